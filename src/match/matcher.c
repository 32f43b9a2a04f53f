#include "match/matcher.h"

#include "base/alloc.h"
#include "match/arbiter.h"
#include "match/engine.h"
#include "match/piece.h"
#include "match/reserve.h"
#include "match/seeker.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct matcher {
    struct matcher_options options;
    struct arbiter_limits limits;
    enum nfa_bounds bounds;
    struct reserve *reserve; /* the programs */
    struct engine *engine;   /* in front of them; may be NULL */
    bool all;                /* some pattern is empty and matches every line */
    const unsigned char *tables;
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

struct matcher_state {
    const struct matcher *matcher;
    matcher_trouble *trouble;
    void *trouble_context;
    const char *troubled; /* the line that was reported last */
    struct seeker *seeker;
    struct engine_state *engine; /* NULL without an engine */

    const char *position, *end;            /* what matcher_next() has yet to look at */
    const char *window_begin, *window_end; /* the current window */
    bool by_engine;                        /* the engine takes it, and PCRE2 what is not certain */
    struct span line;                      /* of matcher_find() */
    bool located;                          /* the engine knows its matches */
};

/* --- compiling --- */

void matcher_error_message(int error, char *message, size_t size)
{
    if (pcre2_get_error_message(error, (PCRE2_UCHAR *)message, size) < 0)
        snprintf(message, size, "PCRE2 error %d", error);
}

/* Makes all patterns pieces, which free_pieces() frees in any case. */
static bool make_pieces(const struct pattern_list *patterns, const struct piece_options *options, struct piece *pieces,
                        struct matcher_error *error)
{
    struct piece_error piece_error;
    for (size_t i = 0; i < patterns->count; i++)
        if (!piece_make(&pieces[i], &patterns->items[i], options, &piece_error)) {
            *error = (struct matcher_error){.pattern = i, .offset = piece_error.offset};
            snprintf(error->message, sizeof error->message, "%s", piece_error.message);
            return false;
        }
    return true;
}

static void free_pieces(struct piece *pieces, size_t count)
{
    for (size_t i = 0; i < count; i++)
        piece_release(&pieces[i]);
    free(pieces);
}

static struct program_list_options list_options(const struct matcher *matcher)
{
    const struct matcher_options *options = &matcher->options;
    return (struct program_list_options){
        .fixed = options->fixed,
        .longest = options->posix != POSIX_NONE,
        .bounds = matcher->bounds,
        .program = {.caseless = options->ignore_case,
                    .unicode = options->unicode,
                    .null_lines = options->null_lines,
                    .lines_only = options->lines_only,
                    .tables = matcher->tables},
    };
}

/* For patterns that are `strings`, or else have a syntax. */
static void create_engine(struct matcher *matcher, const struct pattern_list *patterns, bool strings)
{
    const struct matcher_options *options = &matcher->options;
    const struct engine_options engine_options = {
        .kind = options->engine,
        .fixed = strings,
        .caseless = options->ignore_case,
        .unicode = options->unicode,
        .ordered = options->posix == POSIX_NONE && !options->lines_only,
        .bounds = matcher->bounds,
        .kernels = options->kernels,
    };
    /* The parser knows the C locale's letters only, and the engine lines that end in a newline. */
    if (options->engine != ENGINE_PCRE2 && !matcher->tables && !options->null_lines && !matcher->all)
        matcher->engine = engine_create(patterns, &engine_options);
}

/* The same for -F, where of the strings at a place the longest is the match. */
static void create_engine_of_strings(struct matcher *matcher, const struct pattern_list *strings)
{
    struct pattern_list sorted = {.count = strings->count};
    if (matcher->options.lines_only) {
        create_engine(matcher, strings, true);
        return;
    }
    sorted.items = xcalloc(strings->count, sizeof *sorted.items);
    for (size_t i = 0; i < strings->count; i++)
        sorted.items[i] = strings->items[i];
    pattern_list_sort(&sorted);
    create_engine(matcher, &sorted, true);
    free(sorted.items);
}

/* The same for patterns that are pieces, which the engine is given as PCRE2 is: POSIX ones translated. */
static void create_engine_for(struct matcher *matcher, const struct piece *pieces, size_t count)
{
    struct pattern_list translated = {.items = xcalloc(count, sizeof *translated.items), .count = count};
    for (size_t i = 0; i < count; i++)
        translated.items[i] = (struct pattern){pieces[i].text, pieces[i].length};
    create_engine(matcher, &translated, false);
    free(translated.items);
}

/* Programs and engine of patterns that have to be compiled now. */
static bool compile_now(struct matcher *matcher, const struct pattern_list *patterns,
                        const struct piece_options *piece_options, struct matcher_error *error)
{
    const struct program_list_options options = list_options(matcher);
    struct piece *pieces = xcalloc(patterns->count, sizeof *pieces);
    struct program_error program_error;
    bool made = make_pieces(patterns, piece_options, pieces, error);
    if (made && piece_options->fixed)
        piece_sort_literals(pieces, patterns->count);
    if (made)
        matcher->reserve = reserve_now(pieces, patterns->count, &options, &program_error, &error->pattern);
    if (made && !matcher->reserve) {
        error->offset = program_error.offset;
        matcher_error_message(program_error.code, error->message, sizeof error->message);
    }
    if (matcher->reserve && piece_options->fixed)
        create_engine_of_strings(matcher, patterns);
    else if (matcher->reserve)
        create_engine_for(matcher, pieces, patterns->count);
    free_pieces(pieces, patterns->count);
    return matcher->reserve != NULL;
}

struct matcher *matcher_compile(const struct pattern_list *patterns, const struct matcher_options *options,
                                struct matcher_error *error)
{
    struct matcher *matcher = xcalloc(1, sizeof *matcher);
    matcher->options = *options;
    matcher->limits = (struct arbiter_limits){
        .match = options->match_limit ? options->match_limit : MATCH_LIMIT,
        .depth = options->depth_limit ? options->depth_limit : DEPTH_LIMIT,
        .heap = options->heap_limit ? options->heap_limit : HEAP_LIMIT_KIB,
    };
    matcher->bounds = options->line ? BOUNDS_LINE : options->word ? BOUNDS_WORD : BOUNDS_NONE;
    const char *locale = setlocale(LC_CTYPE, NULL);
    if (!options->unicode && strcmp(locale, "C") != 0 && strcmp(locale, "POSIX") != 0)
        matcher->tables = pcre2_maketables(NULL);
    for (size_t i = 0; i < patterns->count; i++)
        matcher->all |= patterns->items[i].length == 0 && matcher->bounds == BOUNDS_NONE;

    const struct piece_options piece_options = {
        .fixed = options->fixed,
        .posix = options->posix,
        .ignore_case = options->ignore_case,
        .unicode = options->unicode,
        .alone = patterns->count == 1,
        .warn = options->warn,
    };
    if (reserve_can_wait(patterns, &piece_options)) {
        const struct program_list_options program_options = list_options(matcher);
        matcher->reserve = reserve_later(patterns, &piece_options, &program_options);
        /* What waits means only itself; of that many there is no automaton, and then their trees say no more. */
        if (options->fixed)
            create_engine_of_strings(matcher, patterns);
        else
            create_engine(matcher, patterns, patterns->count > NFA_STATES_MAX);
    } else if (!compile_now(matcher, patterns, &piece_options, error)) {
        matcher_free(matcher);
        return NULL;
    }
    return matcher;
}

void matcher_free(struct matcher *matcher)
{
    if (!matcher)
        return;
    engine_free(matcher->engine);
    reserve_free(matcher->reserve);
    if (matcher->tables)
        pcre2_maketables_free(NULL, matcher->tables);
    free(matcher);
}

bool matcher_matches_all(const struct matcher *matcher)
{
    return matcher->all;
}

char *matcher_explain(const struct matcher *matcher)
{
    const struct matcher_options *options = &matcher->options;
    const struct program_list *programs = reserve_programs(matcher->reserve);
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (!out)
        return xstrdup("");
    if (programs->count == 0)
        fprintf(out, "patterns: none, so no line matches\n");
    if (matcher->all)
        fprintf(out, "engine: none: the empty pattern matches every line\n");
    else if (matcher->engine)
        engine_explain(matcher->engine, out);
    else
        fprintf(out, "engine for all text: PCRE2 (%s)\n",
                matcher->tables       ? "the letters are those of an 8-bit locale"
                : options->null_lines ? "lines end in NUL"
                                      : "as --engine says");
    for (size_t i = 0; i < programs->count; i++)
        program_explain(&programs->items[i], out);
    fclose(out);
    return text;
}

/* --- running --- */

/* Another pattern may fail on the line as well, and matcher_find() again. */
static void report(void *context, const char *line, int error)
{
    struct matcher_state *state = context;
    if (line == state->troubled)
        return;
    state->troubled = line;
    state->trouble(state->trouble_context, line, error);
}

static char line_ending(const struct matcher *matcher)
{
    return matcher->options.null_lines ? '\0' : '\n';
}

struct matcher_state *matcher_state_create(const struct matcher *matcher, matcher_trouble *trouble, void *context)
{
    struct matcher_state *state = xcalloc(1, sizeof *state);
    state->matcher = matcher;
    state->trouble = trouble;
    state->trouble_context = context;
    const struct matcher_options *options = &matcher->options;
    const struct seeker_options seeker_options = {
        .reserve = matcher->reserve,
        .limits = &matcher->limits,
        .kernels = options->kernels,
        .line_ending = line_ending(matcher),
        .longest = options->posix || options->fixed,
        .lengthen = !options->line,
        .trouble = report,
        .context = state,
    };
    state->seeker = seeker_create(&seeker_options);
    if (matcher->engine && engine_is_useful(matcher->engine))
        state->engine = engine_state_create(matcher->engine);
    return state;
}

void matcher_state_free(struct matcher_state *state)
{
    if (!state)
        return;
    seeker_free(state->seeker);
    engine_state_free(state->engine);
    free(state);
}

/* Whole lines of about `size` bytes, or one that is longer. */
static const char *window_end(const struct matcher_state *state, size_t size)
{
    const char *from = state->position, *end = state->end;
    const char ending = line_ending(state->matcher);
    if ((size_t)(end - from) <= size)
        return end;
    const char *newline = memrchr(from, ending, size);
    if (!newline)
        newline = memchr(from + size, ending, (size_t)(end - from) - size);
    return newline ? newline + 1 : end;
}

static void open_window(struct matcher_state *state)
{
    state->window_begin = state->position;
    state->window_end = window_end(state, state->engine ? ENGINE_WINDOW : PCRE2_WINDOW);
    state->by_engine = state->engine && engine_open(state->engine, state->window_begin, state->window_end);
    if (!state->by_engine)
        seeker_open(state->seeker, (struct span){state->window_begin, state->window_end});
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
    state->troubled = NULL;
    state->end = end;
    seeker_begin(state->seeker);
}

static bool next_by_engine(struct matcher_state *state, struct span *line)
{
    struct candidate candidate;
    while (engine_next(state->engine, state->position, &candidate)) {
        state->position = candidate.line.end < state->end ? candidate.line.end + 1 : state->end;
        if (candidate.certain || seeker_confirm(state->seeker, candidate.line)) {
            *line = candidate.line;
            return true;
        }
    }
    return false;
}

static bool next_by_pcre2(struct matcher_state *state, struct span *line)
{
    if (!seeker_next(state->seeker, state->position, line))
        return false;
    state->position = line->end < state->end ? line->end + 1 : state->end;
    return true;
}

bool matcher_next(struct matcher_state *state, struct span *line)
{
    while (state->position < state->end) {
        if (state->position >= state->window_end)
            open_window(state);
        if ((state->by_engine ? next_by_engine : next_by_pcre2)(state, line))
            return true;
        close_window(state);
    }
    return false;
}

uint64_t matcher_count(struct matcher_state *state)
{
    uint64_t count = 0, some;
    struct span line;
    while (state->position < state->end) {
        if (state->position >= state->window_end)
            open_window(state);
        if (state->by_engine && engine_count(state->engine, state->position, &some)) {
            count += some;
            close_window(state);
        } else if ((state->by_engine ? next_by_engine : next_by_pcre2)(state, &line)) {
            count++;
        } else {
            close_window(state);
        }
    }
    return count;
}

void matcher_set_line(struct matcher_state *state, struct span line)
{
    state->line = line;
    seeker_set_line(state->seeker, line);
    state->located = state->engine && engine_set_line(state->engine, line);
}

bool matcher_find(struct matcher_state *state, const char *from, struct span *match)
{
    if (state->located) {
        enum located located = engine_locate(state->engine, from, match);
        if (located != LOCATED_OPEN)
            return located == LOCATED_ONE;
        state->located = false;
    }
    return seeker_find(state->seeker, from, match);
}

const char *matcher_step(const struct matcher_state *state, const char *at)
{
    at++;
    if (state->matcher->options.unicode)
        while (at < state->line.end && ((unsigned char)*at & 0xc0) == 0x80)
            at++;
    return at;
}
