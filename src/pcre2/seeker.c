#include "pcre2/seeker.h"

#include "base/alloc.h"
#include "base/compiler.h"
#include "pcre2/arbiter.h"
#include "pcre2/captures.h"
#include "pcre2/program-list.h"
#include "pcre2/reserve.h"

#include <stdlib.h>
#include <string.h>

/* What a program found next, kept until the scan has passed it. */
struct hit {
    bool found;
    bool by_line; /* look at the rest of the window line by line */
    struct span line;
    struct span match;   /* the first in the line */
    const char *attempt; /* as in struct seeker_match */
};

/* The same for seeker_find(). */
struct find {
    bool searched, found;
    bool longest;     /* as long as it is wanted */
    const char *from; /* where the search for it began */
    struct span match;
    const char *attempt;
};

struct seeker {
    struct seeker_options options;
    struct arbiter *arbiter;
    const struct program_list *programs; /* NULL: not wanted yet, and there are no arrays of what is of each: */
    const struct form **forms;           /* for the window */
    struct hit *hits;                    /* in the window */
    const struct form **line_forms;      /* for the line */
    struct find *finds;                  /* in the line */
    struct span window;                  /* may have been a single line, or be nothing */
    struct span line;                    /* of seeker_find() */
    bool line_known;                     /* the arrays are set for it */
    size_t found;                        /* the index of the program whose match seeker_find() gave */
    bool captured;
    struct captures *captures; /* of that match, when `captured`; NULL without groups */
};

struct seeker *seeker_create(const struct seeker_options *options)
{
    struct seeker *seeker = xcalloc(1, sizeof *seeker);
    seeker->options = *options;
    seeker->arbiter = arbiter_create(options->limits);
    return seeker;
}

void seeker_free(struct seeker *seeker)
{
    if (!seeker)
        return;
    arbiter_free(seeker->arbiter);
    captures_free(seeker->captures);
    free(seeker->forms);
    free(seeker->hits);
    free(seeker->line_forms);
    free(seeker->finds);
    free(seeker);
}

/* Where PCRE2 is wanted. */
static const struct program_list *programs_of(struct seeker *seeker)
{
    if (LIKELY(seeker->programs != NULL))
        return seeker->programs;
    seeker->programs = reserve_programs(seeker->options.reserve);
    const size_t count = seeker->programs->count;
    seeker->forms = xcalloc(count, sizeof(const struct form *));
    seeker->hits = xcalloc(count, sizeof *seeker->hits);
    seeker->line_forms = xcalloc(count, sizeof(const struct form *));
    seeker->finds = xcalloc(count, sizeof *seeker->finds);
    if (seeker->options.groups)
        seeker->captures = captures_create(program_list_groups(seeker->programs));
    return seeker->programs;
}

static const char *line_end(const struct seeker *seeker, const char *from, const char *end)
{
    const char *newline = memchr(from, seeker->options.line_ending, (size_t)(end - from));
    return newline ? newline : end;
}

struct span seeker_subject(const struct seeker *seeker, struct span line)
{
    if (seeker->options.crlf && line.end > line.begin && line.end[-1] == '\r')
        line.end--;
    return line;
}

static bool match_in_line(struct seeker *seeker, const struct program *program, const struct form *form,
                          struct span line, const char *from, struct span *found, const char **attempt)
{
    int result = arbiter_match_line(seeker->arbiter, program, form, line, from, found);
    if (UNLIKELY(result < 0))
        seeker->options.trouble(seeker->options.context, line.begin, result);
    if (result > 0) /* POSIX has no \K, and its matches may be found in another way */
        *attempt = program->longest ? found->begin : arbiter_attempt(seeker->arbiter, line.begin);
    return result > 0;
}

static struct hit hit_by_line(struct seeker *seeker, const struct program *program, const struct form *form,
                              const char *from, const char *end)
{
    while (from < end) {
        const char *stop = line_end(seeker, from, end);
        struct hit hit = {.found = true, .by_line = true, .line = {from, stop}};
        struct span subject = seeker_subject(seeker, hit.line);
        size_t length = (size_t)(subject.end - subject.begin);
        if (length >= program->min_length &&
            match_in_line(seeker, program, form, subject, from, &hit.match, &hit.attempt))
            return hit;
        from = stop + 1;
    }
    return (struct hit){.by_line = true, .line = {end, end}};
}

static struct hit hit_by_window(struct seeker *seeker, const struct program *program, const struct form *form,
                                const char *from, const char *end)
{
    struct span found;
    int result = arbiter_match_window(seeker->arbiter, program, form, (struct span){from, end}, &found);
    if (UNLIKELY(result < 0)) /* a limit: let the lines say which of them it is */
        return hit_by_line(seeker, program, form, from, end);
    if (result == 0)
        return (struct hit){.line = {end, end}};
    /* No set of the pattern holds a newline: a match with one is a fault of PCRE2's. */
    if (UNLIKELY(memchr(found.begin, '\n', (size_t)(found.end - found.begin)) != NULL))
        return hit_by_line(seeker, program, form, from, end);
    const char *before = memrchr(from, '\n', (size_t)(found.begin - from));
    return (struct hit){
        .found = true,
        .line = {before ? before + 1 : from, line_end(seeker, found.begin, end)},
        .match = found,
        .attempt = arbiter_attempt(seeker->arbiter, from),
    };
}

static const struct form *form_for(const struct program *program, unsigned text_class)
{
    if (!program->wide.code)
        return &program->narrow;
    return program->narrow.code && !(text_class & TEXT_HIGH) ? &program->narrow : &program->wide;
}

/* Chooses every program's form for a text. */
static void choose_forms(const struct seeker *seeker, const struct form **forms, const char *begin, const char *end)
{
    const struct program_list *programs = seeker->programs;
    bool wanted = false;
    for (size_t i = 0; i < programs->count; i++)
        wanted |= programs->items[i].wide.code && programs->items[i].narrow.code;
    unsigned text_class = wanted ? seeker->options.kernels->classify(begin, (size_t)(end - begin)) : TEXT_HIGH;
    for (size_t i = 0; i < programs->count; i++)
        forms[i] = form_for(&programs->items[i], text_class);
}

void seeker_begin(struct seeker *seeker)
{
    seeker->window = (struct span){NULL, NULL};
    seeker->line_known = false;
    for (size_t i = 0; seeker->programs && i < seeker->programs->count; i++)
        seeker->hits[i] = (struct hit){.found = false};
}

void seeker_open(struct seeker *seeker, struct span window)
{
    const struct program_list *programs = programs_of(seeker);
    seeker->window = window;
    choose_forms(seeker, seeker->forms, window.begin, window.end);
    for (size_t i = 0; i < programs->count; i++)
        seeker->hits[i] = (struct hit){.found = true, .by_line = !programs->items[i].by_window};
}

bool seeker_next(struct seeker *seeker, const char *from, struct span *line)
{
    const struct program_list *programs = programs_of(seeker);
    const struct hit *first = NULL;
    for (size_t i = 0; i < programs->count; i++) {
        struct hit *hit = &seeker->hits[i];
        if (hit->found && (!hit->line.begin || hit->line.begin < from))
            *hit = (hit->by_line ? hit_by_line : hit_by_window)(seeker, &programs->items[i], seeker->forms[i], from,
                                                                seeker->window.end);
        if (hit->found && (!first || hit->line.begin < first->line.begin))
            first = hit;
    }
    if (!first)
        return false;
    *line = first->line;
    return true;
}

bool seeker_confirm(struct seeker *seeker, struct span line)
{
    const struct program_list *programs = programs_of(seeker);
    struct span subject = seeker_subject(seeker, line);
    size_t length = (size_t)(subject.end - subject.begin);
    seeker->window = line;
    choose_forms(seeker, seeker->forms, line.begin, line.end);
    for (size_t i = 0; i < programs->count; i++) {
        struct hit *hit = &seeker->hits[i];
        *hit = (struct hit){.line = line};
        if (length < programs->items[i].min_length)
            continue;
        hit->found = match_in_line(seeker, &programs->items[i], seeker->forms[i], subject, line.begin, &hit->match,
                                   &hit->attempt);
        if (hit->found)
            return true;
    }
    return false;
}

void seeker_set_line(struct seeker *seeker, struct span line)
{
    seeker->line = line;
    seeker->line_known = false;
}

/* Comes before PCRE2 is asked about the line. */
static void know_line(struct seeker *seeker)
{
    const struct program_list *programs = programs_of(seeker);
    const struct span line = seeker->line;
    const struct span window = seeker->window;
    bool in_window = window.begin && line.begin >= window.begin && line.end <= window.end;
    if (in_window) /* what does for the window does for each of its lines */
        memcpy(seeker->line_forms, seeker->forms, programs->count * sizeof(const struct form *));
    else
        choose_forms(seeker, seeker->line_forms, line.begin, line.end);
    for (size_t i = 0; i < programs->count; i++) {
        const struct hit *hit = &seeker->hits[i];
        bool known = in_window && hit->found && hit->line.begin == line.begin;
        seeker->finds[i] = (struct find){
            .searched = known,
            .found = known,
            .from = line.begin,
            .match = hit->match,
            .attempt = hit->attempt,
        };
    }
    arbiter_begin_line(seeker->arbiter);
    seeker->line_known = true;
}

/* The next match of one program; kept, so that a line with many matches of one is not searched again for another. */
static const struct find *find_one(struct seeker *seeker, size_t index, const char *from)
{
    struct find *find = &seeker->finds[index];
    bool again = seeker->programs->items[index].from_start;
    if (find->searched && !again && (!find->found || find->attempt >= from))
        return find;
    find->searched = true;
    find->longest = false;
    find->from = from;
    find->found = match_in_line(seeker, &seeker->programs->items[index], seeker->line_forms[index], seeker->line, from,
                                &find->match, &find->attempt);
    return find;
}

/* Makes a match that find_one() found as long as POSIX wants it. */
static void lengthen(struct seeker *seeker, size_t index)
{
    struct find *find = &seeker->finds[index];
    if (find->found && !find->longest && seeker->options.lengthen)
        arbiter_lengthen(seeker->arbiter, &seeker->programs->items[index], seeker->line, &find->match);
    find->longest = true;
}

bool seeker_find(struct seeker *seeker, const char *from, struct seeker_match *match)
{
    const struct find *first = NULL;
    if (!seeker->line_known)
        know_line(seeker);
    for (size_t i = 0; i < seeker->programs->count; i++) {
        const struct find *find = find_one(seeker, i, from);
        if (!find->found || (first && find->attempt > first->attempt))
            continue;
        lengthen(seeker, i);
        if (!first || find->attempt < first->attempt ||
            (seeker->options.longest && find->match.end > first->match.end)) {
            first = find;
            seeker->found = i;
            seeker->captured = false;
        }
    }
    if (first)
        *match = (struct seeker_match){first->match, first->attempt, seeker->programs->items[seeker->found].order};
    return first != NULL;
}

const struct captures *seeker_captures(struct seeker *seeker)
{
    const struct find *find = &seeker->finds[seeker->found];
    if (!seeker->captured) {
        seeker->captured = true;
        int result =
            arbiter_capture(seeker->arbiter, &seeker->programs->items[seeker->found], seeker->line_forms[seeker->found],
                            seeker->line, find->from, &find->match, seeker->captures);
        if (result < 0)
            seeker->options.trouble(seeker->options.context, seeker->line.begin, result);
    }
    return seeker->captures;
}
