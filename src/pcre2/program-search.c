#include "pcre2/program-search.h"

#include "base/alloc.h"
#include "base/compiler.h"
#include "pcre2/captures.h"
#include "pcre2/given-up.h"
#include "pcre2/lazy-programs.h"
#include "pcre2/program-list.h"
#include "pcre2/runner.h"

#include <stdlib.h>
#include <string.h>

/* A match of one program. */
struct found {
    struct span match;
    const char *attempt; /* as in struct program_search_match */
};

/* The next line that a program matches, kept until the search has passed it. */
struct hit {
    bool found;
    bool by_line; /* look at the rest of the window line by line */
    struct span line;
    struct found first; /* in the line */
};

/* The same for program_search_find(). */
struct find {
    bool searched, found;
    bool longest;     /* as long as it is wanted */
    const char *from; /* where the search for it began */
    struct found next;
};

struct program_search {
    struct program_search_options options;
    struct runner *runner;
    const struct program_list
        *programs;                  /* NULL: not needed yet, and then the arrays with an item for each are NULL, too: */
    const struct form **forms;      /* for the window */
    struct hit *hits;               /* in the window */
    const struct form **line_forms; /* for the line */
    struct find *finds;             /* in the line */
    struct span window;             /* it may be a single line, or empty */
    struct span line;               /* of program_search_find() */
    bool line_known;                /* line_forms and finds are set for it */
    size_t found;                   /* the index of the program whose match program_search_find() gave */
    bool captured;
    struct captures *captures; /* of that match, when `captured`; NULL without groups */
};

struct program_search *program_search_create(const struct program_search_options *options)
{
    struct program_search *search = xcalloc(1, sizeof *search);
    search->options = *options;
    search->runner = runner_create(options->limits);
    return search;
}

void program_search_free(struct program_search *search)
{
    if (!search)
        return;
    runner_free(search->runner);
    captures_free(search->captures);
    free(search->forms);
    free(search->hits);
    free(search->line_forms);
    free(search->finds);
    free(search);
}

/* The programs, from when PCRE2 is needed. */
static const struct program_list *programs_of(struct program_search *search)
{
    if (LIKELY(search->programs != NULL))
        return search->programs;
    search->programs = lazy_programs_get(search->options.lazy_programs);
    const size_t count = search->programs->count;
    search->forms = xcalloc(count, sizeof(const struct form *));
    search->hits = xcalloc(count, sizeof *search->hits);
    search->line_forms = xcalloc(count, sizeof(const struct form *));
    search->finds = xcalloc(count, sizeof *search->finds);
    if (search->options.groups)
        search->captures = captures_create(program_list_groups(search->programs));
    return search->programs;
}

static const char *line_end(const struct program_search *search, const char *from, const char *end)
{
    const char *newline = memchr(from, search->options.line_ending, (size_t)(end - from));
    return newline ? newline : end;
}

struct span program_search_subject(const struct program_search *search, struct span line)
{
    if (search->options.crlf && line.end > line.begin && line.end[-1] == '\r')
        line.end--;
    return line;
}

static bool match_in_line(struct program_search *search, const struct program *program, const struct form *form,
                          struct span line, const char *from, const struct given_up_sink *sink, struct found *found)
{
    int result = runner_match_line(search->runner, program, form, line, from, &found->match);
    if (UNLIKELY(result < 0))
        sink->report(sink->context, line.begin, result);
    if (result > 0) /* POSIX has no \K, and its matches may be found in another way */
        found->attempt = program->longest ? found->match.begin : runner_attempt(search->runner, line.begin);
    return result > 0;
}

/* The next line of the window that a program matches, line by line. */
static struct hit hit_by_line(struct program_search *search, size_t index, const char *from,
                              const struct given_up_sink *sink)
{
    const struct program *program = &search->programs->items[index];
    const char *end = search->window.end;
    while (from < end) {
        const char *stop = line_end(search, from, end);
        struct hit hit = {.found = true, .by_line = true, .line = {from, stop}};
        struct span subject = program_search_subject(search, hit.line);
        size_t length = (size_t)(subject.end - subject.begin);
        if (length >= program->min_length &&
            match_in_line(search, program, search->forms[index], subject, from, sink, &hit.first))
            return hit;
        from = stop + 1;
    }
    return (struct hit){.by_line = true, .line = {end, end}};
}

/* The same, many lines at a time. */
static struct hit hit_by_window(struct program_search *search, size_t index, const char *from,
                                const struct given_up_sink *sink)
{
    const char *end = search->window.end;
    struct span found;
    int result = runner_match_window(search->runner, &search->programs->items[index], search->forms[index],
                                     (struct span){from, end}, &found);
    if (UNLIKELY(result < 0)) /* a limit: find out in which line */
        return hit_by_line(search, index, from, sink);
    if (result == 0)
        return (struct hit){.line = {end, end}};
    /* No set of the pattern holds a newline: a match with one is a fault of PCRE2's. */
    if (UNLIKELY(memchr(found.begin, '\n', (size_t)(found.end - found.begin)) != NULL))
        return hit_by_line(search, index, from, sink);
    const char *before = memrchr(from, '\n', (size_t)(found.begin - from));
    return (struct hit){
        .found = true,
        .line = {before ? before + 1 : from, line_end(search, found.begin, end)},
        .first = {found, runner_attempt(search->runner, from)},
    };
}

static const struct form *form_for(const struct program *program, unsigned text_class)
{
    if (!program->wide.code)
        return &program->narrow;
    return program->narrow.code && !(text_class & TEXT_HIGH) ? &program->narrow : &program->wide;
}

/* Chooses every program's form for a text. */
static void choose_forms(const struct program_search *search, const struct form **forms, const char *begin,
                         const char *end)
{
    const struct program_list *programs = search->programs;
    bool wanted = false;
    for (size_t i = 0; i < programs->count; i++)
        wanted |= programs->items[i].wide.code && programs->items[i].narrow.code;
    unsigned text_class = wanted ? search->options.kernels->classify(begin, (size_t)(end - begin)) : TEXT_HIGH;
    for (size_t i = 0; i < programs->count; i++)
        forms[i] = form_for(&programs->items[i], text_class);
}

void program_search_begin(struct program_search *search)
{
    search->window = (struct span){NULL, NULL};
    search->line_known = false;
    for (size_t i = 0; search->programs && i < search->programs->count; i++)
        search->hits[i] = (struct hit){.found = false};
}

void program_search_open(struct program_search *search, struct span window)
{
    const struct program_list *programs = programs_of(search);
    search->window = window;
    choose_forms(search, search->forms, window.begin, window.end);
    for (size_t i = 0; i < programs->count; i++)
        search->hits[i] = (struct hit){.found = true, .by_line = !programs->items[i].by_window};
}

bool program_search_next(struct program_search *search, const char *from, const struct given_up_sink *sink,
                         struct span *line)
{
    const struct program_list *programs = programs_of(search);
    const struct hit *first = NULL;
    for (size_t i = 0; i < programs->count; i++) {
        struct hit *hit = &search->hits[i];
        if (hit->found && (!hit->line.begin || hit->line.begin < from))
            *hit = (hit->by_line ? hit_by_line : hit_by_window)(search, i, from, sink);
        if (hit->found && (!first || hit->line.begin < first->line.begin))
            first = hit;
    }
    if (!first)
        return false;
    *line = first->line;
    return true;
}

bool program_search_confirm(struct program_search *search, struct span line, const struct given_up_sink *sink)
{
    const struct program_list *programs = programs_of(search);
    struct span subject = program_search_subject(search, line);
    size_t length = (size_t)(subject.end - subject.begin);
    search->window = line;
    choose_forms(search, search->forms, line.begin, line.end);
    for (size_t i = 0; i < programs->count; i++) {
        struct hit *hit = &search->hits[i];
        *hit = (struct hit){.line = line};
        if (length < programs->items[i].min_length)
            continue;
        hit->found =
            match_in_line(search, &programs->items[i], search->forms[i], subject, line.begin, sink, &hit->first);
        if (hit->found)
            return true;
    }
    return false;
}

void program_search_set_line(struct program_search *search, struct span line)
{
    search->line = line;
    search->line_known = false;
}

/* Prepares for asking PCRE2 about the line. */
static void know_line(struct program_search *search)
{
    const struct program_list *programs = programs_of(search);
    const struct span line = search->line;
    const struct span window = search->window;
    bool in_window = window.begin && line.begin >= window.begin && line.end <= window.end;
    if (in_window) /* what is right for the window is right for its lines */
        memcpy(search->line_forms, search->forms, programs->count * sizeof(const struct form *));
    else
        choose_forms(search, search->line_forms, line.begin, line.end);
    for (size_t i = 0; i < programs->count; i++) {
        const struct hit *hit = &search->hits[i];
        bool known = in_window && hit->found && hit->line.begin == line.begin;
        search->finds[i] = (struct find){
            .searched = known,
            .found = known,
            .from = line.begin,
            .next = hit->first,
        };
    }
    runner_begin_line(search->runner);
    search->line_known = true;
}

/* The next match of one program; kept, so that a line with many matches of one is not searched again for another. */
static const struct find *find_one(struct program_search *search, size_t index, const char *from,
                                   const struct given_up_sink *sink)
{
    struct find *find = &search->finds[index];
    bool again = search->programs->items[index].from_start;
    if (find->searched && !again && (!find->found || find->next.attempt >= from))
        return find;
    find->searched = true;
    find->longest = false;
    find->from = from;
    find->found = match_in_line(search, &search->programs->items[index], search->line_forms[index], search->line, from,
                                sink, &find->next);
    return find;
}

/* Makes a match that find_one() found as long as POSIX wants it. */
static void lengthen(struct program_search *search, size_t index)
{
    struct find *find = &search->finds[index];
    if (find->found && !find->longest && search->options.lengthen)
        runner_lengthen(search->runner, &search->programs->items[index], search->line, &find->next.match);
    find->longest = true;
}

bool program_search_find(struct program_search *search, const char *from, const struct given_up_sink *sink,
                         struct program_search_match *match)
{
    const struct find *first = NULL;
    if (!search->line_known)
        know_line(search);
    for (size_t i = 0; i < search->programs->count; i++) {
        const struct find *find = find_one(search, i, from, sink);
        if (!find->found || (first && find->next.attempt > first->next.attempt))
            continue;
        lengthen(search, i);
        if (!first || find->next.attempt < first->next.attempt ||
            (search->options.longest && find->next.match.end > first->next.match.end)) {
            first = find;
            search->found = i;
            search->captured = false;
        }
    }
    if (first)
        *match = (struct program_search_match){first->next.match, first->next.attempt,
                                               search->programs->items[search->found].order};
    return first != NULL;
}

const struct captures *program_search_captures(struct program_search *search, const struct given_up_sink *sink)
{
    const struct find *find = &search->finds[search->found];
    if (!search->captured) {
        search->captured = true;
        int result =
            runner_capture(search->runner, &search->programs->items[search->found], search->line_forms[search->found],
                           search->line, find->from, &find->next.match, search->captures);
        if (result < 0)
            sink->report(sink->context, search->line.begin, result);
    }
    return search->captures;
}
