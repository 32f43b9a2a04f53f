#include "match/matcher.h"

#include "base/alloc.h"
#include "match/pattern-set.h"
#include "match/summary.h"
#include "pcre2/limits.h"
#include "pcre2/program-search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct matcher {
    struct pattern_set set;
    struct match_limits limits;
};

/*
 * Lines are looked at a window at a time.  Measured for the engine's automata, processor seconds for 128 MiB with
 * windows of 32 / 64 / 128 / 256 KiB: dotted IPv4 0.068 / 0.061 / 0.060 / 0.058, "[A-Z][a-z]+ing\b" 0.052 / 0.051 /
 * 0.048 / 0.047.  For PCRE2 by itself, whether the window is ASCII decides which form of a program takes it, and 64 KiB
 * stay in the first or second level of the cache between that look and the match.
 */
#define ENGINE_WINDOW ((size_t)256 << 10)
#define PCRE2_WINDOW ((size_t)64 << 10)

/*
 * The defaults for one line.  "^(a+)+$" on 40 letters a and a c, which would take 2^40 steps, meets the match limit
 * after 0.01 s (JIT) or 0.09 s (interpreter); "(?:a|b)*c" on a line of 4 MB needs 100 MiB of JIT stack, or meets the
 * heap limit.  PCRE2 counts anew at every place where a match may start: what is quadratic in a long line meets none.
 */
#define MATCH_LIMIT 10000000
#define DEPTH_LIMIT 10000000
#define HEAP_LIMIT_KIB (256u << 10)

/* The next line of one part in the window. */
struct ahead {
    bool searched, found;
    struct span line;
};

struct matcher_state {
    const struct matcher *matcher;
    struct given_up_sink lines, matches;    /* as they were given to matcher_state_create() */
    struct given_up_sink by_line, by_match; /* the same, which drop a line that was reported before */
    const char *reported;                   /* the line that was reported last */
    struct program_search *searches[PARTS]; /* NULL where there are no programs */
    struct engine_state *engine;            /* NULL without an engine */

    const char *position, *end;            /* what matcher_next() has yet to look at */
    struct matcher_seam known;             /* of it */
    const char *window_begin, *window_end; /* the current window */
    bool by_engine;                        /* the engine takes it, and PCRE2 what is not certain */
    bool apart;                            /* the second part may match in the window */
    struct ahead ahead[PARTS];             /* if so */
    struct span line;                      /* of matcher_find() */
    bool line_apart;                       /* the second part may match in it */
    bool located;                          /* the engine knows its matches */
    bool used_pcre2;                       /* for lines, so far */
    int found_in;                          /* the part that has the match of matcher_find() */
};

/* --- compiling --- */

struct matcher *matcher_compile(const struct pattern_list *patterns, const struct matcher_options *options,
                                struct mistake *mistake)
{
    struct matcher *matcher = xcalloc(1, sizeof *matcher);
    matcher->limits = (struct match_limits){
        .match = options->match_limit ? options->match_limit : MATCH_LIMIT,
        .depth = options->depth_limit ? options->depth_limit : DEPTH_LIMIT,
        .heap = options->heap_limit ? options->heap_limit : HEAP_LIMIT_KIB,
    };
    if (pattern_set_make(&matcher->set, patterns, options, mistake))
        return matcher;
    matcher_free(matcher);
    return NULL;
}

void matcher_free(struct matcher *matcher)
{
    if (!matcher)
        return;
    pattern_set_release(&matcher->set);
    free(matcher);
}

unsigned matcher_groups(const struct matcher *matcher)
{
    return pattern_set_groups(&matcher->set);
}

bool matcher_has_name(const struct matcher *matcher, const char *name)
{
    return pattern_set_has_name(&matcher->set, name);
}

char *matcher_explain(const struct matcher *matcher)
{
    return pattern_set_explain(&matcher->set);
}

void matcher_summarize(const struct matcher *matcher, FILE *out)
{
    summary_sentence(&matcher->set, out);
}

bool matcher_matches_all(const struct matcher *matcher)
{
    return matcher->set.all;
}

bool matcher_has_engine(const struct matcher *matcher)
{
    return matcher->set.engine && engine_is_useful(matcher->set.engine);
}

/* --- running --- */

/* PCRE2 may give a line up for several patterns, and again in matcher_find(). */
static void report_once(struct matcher_state *state, const struct given_up_sink *sink, const char *line, int error)
{
    if (line == state->reported)
        return;
    state->reported = line;
    sink->report(sink->context, line, error);
}

static void report_by_line(void *context, const char *line, int error)
{
    struct matcher_state *state = context;
    report_once(state, &state->lines, line, error);
}

static void report_by_match(void *context, const char *line, int error)
{
    struct matcher_state *state = context;
    report_once(state, &state->matches, line, error);
}

static char line_ending(const struct matcher *matcher)
{
    return matcher->set.options.dialect.null_lines ? '\0' : '\n';
}

struct matcher_state *matcher_state_create(const struct matcher *matcher, const struct given_up_sink *lines,
                                           const struct given_up_sink *matches)
{
    struct matcher_state *state = xcalloc(1, sizeof *state);
    state->matcher = matcher;
    state->lines = *lines;
    state->matches = *matches;
    state->by_line = (struct given_up_sink){report_by_line, state};
    state->by_match = (struct given_up_sink){report_by_match, state};
    const struct pattern_set *set = &matcher->set;
    const struct matcher_options *options = &set->options;
    for (int i = 0; i < PARTS && set->programs[i]; i++) {
        const struct program_search_options search_options = {
            .lazy_programs = set->programs[i],
            .limits = &matcher->limits,
            .kernels = options->kernels,
            .line_ending = line_ending(matcher),
            .crlf = options->dialect.crlf,
            .groups = options->groups,
            .longest = pattern_set_wants_longest(set),
            .lengthen = options->dialect.boundary != BOUNDS_LINE,
        };
        state->searches[i] = program_search_create(&search_options);
    }
    if (matcher_has_engine(matcher))
        state->engine = engine_state_create(set->engine);
    return state;
}

void matcher_state_free(struct matcher_state *state)
{
    if (!state)
        return;
    for (int i = 0; i < PARTS; i++)
        program_search_free(state->searches[i]);
    engine_state_free(state->engine);
    free(state);
}

unsigned matcher_used(const struct matcher_state *state)
{
    return (state->used_pcre2 ? USED_PCRE2 : 0) | (state->engine ? engine_used(state->engine) : 0);
}

/* Whole lines of about `size` bytes, or one that is longer. */
static const char *window_end(const struct matcher_state *state, size_t size)
{
    const char *from = state->position, *end = state->end;
    const char ending = line_ending(state->matcher);
    if ((size_t)(end - from) <= size)
        return end;
    const char *newline = memrchr(from, ending, size);
    if (!newline && from + size < state->known.seam)
        newline = memchr(from + size, ending, (size_t)(state->known.seam - from) - size);
    return newline ? newline + 1 : end;
}

/* Whether patterns of the second part may match in the text. */
static bool may_match_apart(const struct matcher_state *state, struct span text)
{
    const struct matcher *matcher = state->matcher;
    if (LIKELY(!state->searches[PART_APART]))
        return false;
    size_t length = (size_t)(text.end - text.begin);
    return matcher->set.apart_in_ascii || matcher->set.options.kernels->classify(text.begin, length) & TEXT_HIGH;
}

/* The finder without whose hits text is blank; NULL: there is none. */
static const struct finder *blank_finder(const struct matcher *matcher)
{
    return matcher->set.engine && !matcher->set.programs[PART_APART] ? engine_finder(matcher->set.engine) : NULL;
}

/* Whether the window is the line that is known to be blank in part. */
static bool is_partly_blank(const struct matcher_state *state)
{
    return state->window_end == state->end && state->known.seam < state->known.blank_end &&
           state->window_begin + ENGINE_WINDOW < state->known.blank_end && blank_finder(state->matcher);
}

static void open_window(struct matcher_state *state)
{
    state->window_begin = state->position;
    state->window_end = window_end(state, state->engine ? ENGINE_WINDOW : PCRE2_WINDOW);
    state->by_engine = true;
    if (is_partly_blank(state))
        engine_open_blank(state->engine, state->window_begin, state->window_end,
                          (struct span){state->known.seam, state->known.blank_end});
    else
        state->by_engine = state->engine && engine_open(state->engine, state->window_begin, state->window_end);
    const struct span window = {state->window_begin, state->window_end};
    if (!state->by_engine)
        program_search_open(state->searches[PART_COVERED], window);
    state->apart = may_match_apart(state, window);
    if (state->apart)
        program_search_open(state->searches[PART_APART], window);
    state->used_pcre2 |= !state->by_engine || state->apart;
    for (int i = 0; i < PARTS; i++)
        state->ahead[i].searched = false;
}

static void close_window(struct matcher_state *state)
{
    if (state->engine)
        engine_close(state->engine);
    state->position = state->window_end;
}

void matcher_begin(struct matcher_state *state, const char *text, const char *end)
{
    state->position = text;
    state->window_begin = state->window_end = text;
    state->reported = NULL;
    state->end = end;
    for (int i = 0; i < PARTS && state->searches[i]; i++)
        program_search_begin(state->searches[i]);
    state->known = (struct matcher_seam){end, end};
}

void matcher_begin_known(struct matcher_state *state, const char *text, const char *end,
                         const struct matcher_seam *known)
{
    matcher_begin(state, text, end);
    state->known = *known;
}

bool matcher_is_blank(const struct matcher *matcher, const char *from, const char *end, const char *text_end)
{
    const struct finder *finder = blank_finder(matcher);
    if (finder)
        return finder_passes(finder, from, end, text_end);
    return !memchr(from, line_ending(matcher), (size_t)(end - from));
}

static const char *behind(const struct matcher_state *state, struct span line)
{
    return line.end < state->end ? line.end + 1 : state->end;
}

static bool next_by_engine(struct matcher_state *state, const char *from, struct span *line)
{
    struct candidate candidate;
    while (engine_next(state->engine, from, &candidate)) {
        state->used_pcre2 |= !candidate.certain;
        if (candidate.certain ||
            program_search_confirm(state->searches[PART_COVERED], candidate.line, &state->by_line)) {
            *line = candidate.line;
            return true;
        }
        from = behind(state, candidate.line);
    }
    return false;
}

static bool next_of(struct matcher_state *state, enum part part, struct span *line)
{
    if (part == PART_COVERED && state->by_engine)
        return next_by_engine(state, state->position, line);
    return program_search_next(state->searches[part], state->position, &state->by_line, line);
}

/* The next line that either part matches. */
static bool next_of_both(struct matcher_state *state, struct span *line)
{
    const struct ahead *first = NULL;
    for (int i = 0; i < PARTS; i++) {
        struct ahead *ahead = &state->ahead[i];
        if (!ahead->searched || (ahead->found && ahead->line.begin < state->position))
            ahead->found = next_of(state, (enum part)i, &ahead->line);
        ahead->searched = true;
        if (ahead->found && (!first || ahead->line.begin < first->line.begin))
            first = ahead;
    }
    if (first)
        *line = first->line;
    return first != NULL;
}

/* Takes the next line of the window, and closes the window after the last. */
static bool next_in_window(struct matcher_state *state, struct span *line)
{
    bool found = state->apart ? next_of_both(state, line) : next_of(state, PART_COVERED, line);
    if (found)
        state->position = behind(state, *line);
    if (!found || state->position >= state->window_end)
        close_window(state);
    return found;
}

bool matcher_next(struct matcher_state *state, struct span *line)
{
    while (state->position < state->end) {
        if (state->position >= state->window_end)
            open_window(state);
        if (next_in_window(state, line))
            return true;
    }
    return false;
}

void matcher_skip(struct matcher_state *state, const char *to)
{
    if (to > state->position)
        state->position = to;
}

struct span matcher_line(const struct matcher_state *state, const char *begin)
{
    const char *end = memchr(begin, line_ending(state->matcher), (size_t)(state->end - begin));
    return (struct span){begin, end ? end : state->end};
}

uint64_t matcher_count(struct matcher_state *state)
{
    uint64_t count = 0;
    struct span line;
    while (state->position < state->end) {
        if (state->position >= state->window_end)
            open_window(state);
        if (state->by_engine && !state->apart)
            count += engine_count(state->engine, &state->position);
        if (state->position < state->window_end)
            count += next_in_window(state, &line);
        else
            close_window(state);
    }
    return count;
}

void matcher_set_line(struct matcher_state *state, struct span line)
{
    bool both = state->searches[PART_APART] != NULL;
    line = program_search_subject(state->searches[PART_COVERED], line);
    state->line = line;
    for (int i = 0; i < PARTS && state->searches[i]; i++)
        program_search_set_line(state->searches[i], line);
    state->line_apart = may_match_apart(state, line);
    /* The engine does not tell which pattern matched, which decides between the parts, nor the groups. */
    const struct pattern_set *set = &state->matcher->set;
    state->located = state->engine && !set->options.groups && (!both || pattern_set_wants_longest(set)) &&
                     engine_set_line(state->engine, line);
}

static bool find_covered(struct matcher_state *state, const char *from, struct program_search_match *match)
{
    if (state->located) {
        enum verdict verdict = engine_locate(state->engine, from, &match->span);
        match->attempt = match->span.begin;
        if (verdict != VERDICT_OPEN)
            return verdict == VERDICT_YES;
        state->located = false;
    }
    return program_search_find(state->searches[PART_COVERED], from, &state->by_match, match);
}

/* Whether the first of two matches counts, as if their patterns were alternatives of one. */
static bool comes_before(const struct matcher_state *state, const struct program_search_match *a,
                         const struct program_search_match *b)
{
    if (a->attempt != b->attempt)
        return a->attempt < b->attempt;
    return pattern_set_wants_longest(&state->matcher->set) ? a->span.end > b->span.end : a->order < b->order;
}

bool matcher_find(struct matcher_state *state, const char *from, struct span *match)
{
    struct program_search_match covered = {.order = 0}, apart;
    if (from > state->line.end) /* after the carriage return that belongs to the line's end */
        return false;
    bool found = find_covered(state, from, &covered);
    bool found_apart =
        state->line_apart && program_search_find(state->searches[PART_APART], from, &state->by_match, &apart);
    bool by_apart = found_apart && (!found || comes_before(state, &apart, &covered));
    state->found_in = by_apart ? PART_APART : PART_COVERED;
    *match = by_apart ? apart.span : covered.span;
    return found || found_apart;
}

const struct captures *matcher_captures(struct matcher_state *state)
{
    return program_search_captures(state->searches[state->found_in], &state->by_match);
}

const char *matcher_step(const struct matcher_state *state, const char *at)
{
    at++;
    if (state->matcher->set.options.dialect.unicode)
        while (at < state->line.end && ((unsigned char)*at & 0xc0) == 0x80)
            at++;
    return at;
}
