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

/*
 * The patterns that the engine looks for, and those that it cannot, which are left to PCRE2.  Where there is no engine,
 * all are of the first part.
 */
enum part { PART_COVERED, PART_APART, PARTS };

struct matcher {
    struct matcher_options options;
    struct arbiter_limits limits;
    enum nfa_bounds bounds;
    struct reserve *reserves[PARTS]; /* their programs; the second may be NULL */
    bool apart_in_ascii;             /* patterns of the second part may match in text of ASCII */
    struct engine *engine;           /* may be NULL */
    bool all;                        /* some pattern is empty and matches every line */
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

/* The next line of one part in the window. */
struct ahead {
    bool searched, found;
    struct span line;
};

struct matcher_state {
    const struct matcher *matcher;
    matcher_trouble *trouble;
    void *trouble_context;
    const char *troubled;          /* the line that was reported last */
    struct seeker *seekers[PARTS]; /* NULL where there are no programs */
    struct engine_state *engine;   /* NULL without an engine */

    const char *position, *end;            /* what matcher_next() has yet to look at */
    struct matcher_seam known;             /* of it */
    const char *window_begin, *window_end; /* the current window */
    bool by_engine;                        /* the engine takes it, and PCRE2 what is not certain */
    bool apart;                            /* the second part may match in the window */
    struct ahead ahead[PARTS];             /* if so */
    struct span line;                      /* of matcher_find() */
    bool line_apart;                       /* the second part may match in it */
    bool located;                          /* the engine knows its matches */
    int found_in;                          /* the part that has the match of matcher_find() */
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
                    .crlf = options->crlf,
                    .lines_only = options->lines_only,
                    .tables = matcher->tables},
    };
}

/* Those of -F, -G and -E. */
static bool wants_longest(const struct matcher_options *options)
{
    return options->posix || options->fixed;
}

/* The parser knows the C locale's letters only, and the engine lines that end in a newline. */
static bool wants_engine(const struct matcher *matcher)
{
    const struct matcher_options *options = &matcher->options;
    return options->engine != ENGINE_PCRE2 && !matcher->tables && !options->null_lines && !matcher->all;
}

/* For patterns that are `strings`, or else have a syntax; nothing where there are none. */
static void create_engine(struct matcher *matcher, const struct pattern_list *patterns, bool strings)
{
    const struct matcher_options *options = &matcher->options;
    const struct engine_options engine_options = {
        .kind = options->engine,
        .fixed = strings,
        .caseless = options->ignore_case,
        .unicode = options->unicode,
        .ordered = options->posix == POSIX_NONE && !options->lines_only,
        .crlf = options->crlf,
        .bounds = matcher->bounds,
        .library_words = wants_longest(options),
        .kernels = options->kernels,
    };
    if (wants_engine(matcher) && (patterns->count || !matcher->reserves[PART_APART]))
        matcher->engine = engine_create(patterns, &engine_options);
}

/* The same for strings, which it may put into another order. */
static void create_engine_of_strings(struct matcher *matcher, struct pattern_list *strings)
{
    /* Of those at a place, the engine takes the first of the list. */
    if (matcher->options.fixed && !matcher->options.lines_only)
        pattern_list_sort(strings);
    create_engine(matcher, strings, true);
}

/* Characters beyond ASCII that fold to letters of it. */
#define LONG_S "\xc5\xbf"
#define KELVIN_SIGN "\xe2\x84\xaa"

static bool has(const struct pattern *pattern, const char *bytes)
{
    return memmem(pattern->text, pattern->length, bytes, strlen(bytes)) != NULL;
}

/* Whether there are no literals to look for a string by: it is empty, or has characters with cases beyond ASCII. */
static bool is_string_apart(const struct matcher_options *options, const struct pattern *string)
{
    return string->length == 0 || (options->ignore_case && options->unicode &&
                                   options->kernels->classify(string->text, string->length) & TEXT_HIGH);
}

/* Divides strings among the parts, whose items are the caller's to free. */
static void divide_strings(struct matcher *matcher, const struct pattern_list *strings, struct pattern_list *parts)
{
    for (int i = 0; i < PARTS; i++)
        parts[i] = (struct pattern_list){.items = xcalloc(strings->count, sizeof *parts[i].items)};
    for (size_t i = 0; i < strings->count; i++) {
        const struct pattern *string = &strings->items[i];
        bool apart = wants_engine(matcher) && is_string_apart(&matcher->options, string);
        struct pattern_list *part = &parts[apart ? PART_APART : PART_COVERED];
        part->items[part->count++] = *string;
        if (apart)
            matcher->apart_in_ascii |= string->length == 0 || has(string, LONG_S) || has(string, KELVIN_SIGN);
    }
}

/* Programs and engine of patterns that can wait for PCRE2. */
static void compile_later(struct matcher *matcher, const struct pattern_list *patterns,
                          const struct piece_options *piece_options)
{
    const struct matcher_options *options = &matcher->options;
    const struct program_list_options program_options = list_options(matcher);
    /* What waits means only itself; of that many there is no automaton, and then their trees say no more. */
    if (!options->fixed && patterns->count <= NFA_STATES_MAX) {
        matcher->reserves[PART_COVERED] = reserve_later(patterns, piece_options, &program_options);
        create_engine(matcher, patterns, false);
        return;
    }
    struct pattern_list parts[PARTS];
    divide_strings(matcher, patterns, parts);
    for (int i = 0; i < PARTS; i++)
        if (i == PART_COVERED || parts[i].count)
            matcher->reserves[i] = reserve_later(&parts[i], piece_options, &program_options);
    create_engine_of_strings(matcher, &parts[PART_COVERED]);
    for (int i = 0; i < PARTS; i++)
        free(parts[i].items);
}

/* The engine for patterns that are pieces; POSIX ones it is given as PCRE2 is, translated. */
static void create_engine_for(struct matcher *matcher, const struct pattern_list *patterns, const struct piece *pieces)
{
    const bool fixed = matcher->options.fixed;
    struct pattern_list covered = {.items = xcalloc(patterns->count, sizeof *covered.items)};
    for (size_t i = 0; i < patterns->count; i++)
        if (!pieces[i].apart)
            covered.items[covered.count++] =
                fixed ? patterns->items[i] : (struct pattern){.text = pieces[i].text, .length = pieces[i].length};
    if (fixed)
        create_engine_of_strings(matcher, &covered);
    else
        create_engine(matcher, &covered, false);
    free(covered.items);
}

/* The programs of pieces; of those that are wrong, the error is that of the first. */
static bool compile_pieces(struct matcher *matcher, const struct piece *pieces, size_t count,
                           struct matcher_error *error)
{
    struct program_list_options options = list_options(matcher);
    bool compiled = true;
    size_t apart = 0;
    for (size_t i = 0; i < count; i++)
        apart += pieces[i].apart;
    for (int i = 0; i < PARTS && (i == PART_COVERED || apart); i++) {
        struct program_error program_error;
        size_t index;
        options.apart = i == PART_APART;
        matcher->reserves[i] = reserve_now(pieces, count, &options, &program_error, &index);
        if (matcher->reserves[i] || (!compiled && index > error->pattern))
            continue;
        compiled = false;
        error->pattern = index;
        error->offset = program_error.offset;
        error->too_large = program_error.code == PCRE2_ERROR_PATTERN_TOO_LARGE;
        matcher_error_message(program_error.code, error->message, sizeof error->message);
    }
    matcher->apart_in_ascii = true;
    return compiled;
}

/* Programs and engine of patterns that have to be compiled now. */
static bool compile_now(struct matcher *matcher, const struct pattern_list *patterns,
                        const struct piece_options *piece_options, struct matcher_error *error)
{
    struct piece *pieces = xcalloc(patterns->count, sizeof *pieces);
    bool compiled = make_pieces(patterns, piece_options, pieces, error);
    for (size_t i = 0; i < patterns->count; i++)
        pieces[i].apart &= wants_engine(matcher);
    if (compiled && piece_options->fixed)
        piece_sort_literals(pieces, patterns->count);
    compiled = compiled && compile_pieces(matcher, pieces, patterns->count, error);
    if (compiled)
        create_engine_for(matcher, patterns, pieces);
    free_pieces(pieces, patterns->count);
    return compiled;
}

struct matcher *matcher_compile(const struct pattern_list *patterns, const struct matcher_options *options,
                                struct matcher_error *error)
{
    struct matcher *matcher = xcalloc(1, sizeof *matcher);
    matcher->options = *options;
    matcher->options.crlf &= !options->null_lines;
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
        .groups = options->groups,
        .alone = patterns->count == 1,
        .warn = options->warn,
    };
    if (reserve_can_wait(patterns, &piece_options)) {
        compile_later(matcher, patterns, &piece_options);
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
    for (int i = 0; i < PARTS; i++)
        reserve_free(matcher->reserves[i]);
    if (matcher->tables)
        pcre2_maketables_free(NULL, matcher->tables);
    free(matcher);
}

unsigned matcher_groups(const struct matcher *matcher)
{
    unsigned most = 0;
    for (int i = 0; i < PARTS && matcher->reserves[i]; i++) {
        unsigned groups = program_list_groups(reserve_programs(matcher->reserves[i]));
        most = groups > most ? groups : most;
    }
    return most;
}

bool matcher_has_name(const struct matcher *matcher, const char *name)
{
    bool has = false;
    for (int i = 0; i < PARTS && matcher->reserves[i]; i++)
        has |= program_list_has_name(reserve_programs(matcher->reserves[i]), name);
    return has;
}

bool matcher_matches_all(const struct matcher *matcher)
{
    return matcher->all;
}

bool matcher_has_engine(const struct matcher *matcher)
{
    return matcher->engine && engine_is_useful(matcher->engine);
}

char *matcher_explain(const struct matcher *matcher)
{
    const struct matcher_options *options = &matcher->options;
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (!out)
        return xstrdup("");
    if (!matcher->reserves[PART_APART] && reserve_programs(matcher->reserves[PART_COVERED])->count == 0)
        fprintf(out, "patterns: none, so no line matches\n");
    if (matcher->all)
        fprintf(out, "engine: none: the empty pattern matches every line\n");
    else if (matcher->engine)
        engine_explain(matcher->engine, out);
    else
        fprintf(out, "engine for all text: PCRE2 (%s)\n",
                matcher->tables         ? "the letters are those of an 8-bit locale"
                : options->null_lines   ? "lines end in NUL"
                : wants_engine(matcher) ? "the engine can look for none of the patterns"
                                        : "as --engine says");
    for (int part = 0; part < PARTS && matcher->reserves[part]; part++) {
        const struct program_list *programs = reserve_programs(matcher->reserves[part]);
        if (part == PART_APART && matcher->engine)
            fprintf(out, "for PCRE2 alone, in %s:\n", matcher->apart_in_ascii ? "all text" : "text beyond ASCII");
        for (size_t i = 0; i < programs->count; i++)
            program_explain(&programs->items[i], out);
    }
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
    for (int i = 0; i < PARTS && matcher->reserves[i]; i++) {
        const struct seeker_options seeker_options = {
            .reserve = matcher->reserves[i],
            .limits = &matcher->limits,
            .kernels = options->kernels,
            .line_ending = line_ending(matcher),
            .crlf = options->crlf,
            .groups = options->groups,
            .longest = wants_longest(options),
            .lengthen = !options->line,
            .trouble = report,
            .context = state,
        };
        state->seekers[i] = seeker_create(&seeker_options);
    }
    if (matcher_has_engine(matcher))
        state->engine = engine_state_create(matcher->engine);
    return state;
}

void matcher_state_free(struct matcher_state *state)
{
    if (!state)
        return;
    for (int i = 0; i < PARTS; i++)
        seeker_free(state->seekers[i]);
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
    if (!newline && from + size < state->known.seam)
        newline = memchr(from + size, ending, (size_t)(state->known.seam - from) - size);
    return newline ? newline + 1 : end;
}

/* Whether patterns of the second part may match in the text. */
static bool may_match_apart(const struct matcher_state *state, struct span text)
{
    const struct matcher *matcher = state->matcher;
    if (LIKELY(!state->seekers[PART_APART]))
        return false;
    size_t length = (size_t)(text.end - text.begin);
    return matcher->apart_in_ascii || matcher->options.kernels->classify(text.begin, length) & TEXT_HIGH;
}

/* Of what is blank where it finds nothing; NULL. */
static const struct finder *blank_finder(const struct matcher *matcher)
{
    return matcher->engine && !matcher->reserves[PART_APART] ? engine_finder(matcher->engine) : NULL;
}

/* Whether the window is the line of which some is known to be blank. */
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
        seeker_open(state->seekers[PART_COVERED], window);
    state->apart = may_match_apart(state, window);
    if (state->apart)
        seeker_open(state->seekers[PART_APART], window);
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
    state->troubled = NULL;
    state->end = end;
    for (int i = 0; i < PARTS && state->seekers[i]; i++)
        seeker_begin(state->seekers[i]);
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
        if (candidate.certain || seeker_confirm(state->seekers[PART_COVERED], candidate.line)) {
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
    return seeker_next(state->seekers[part], state->position, line);
}

/* The next line that one of both parts matches. */
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

/* The next line of the window, which is passed over; the window is closed behind its last. */
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
    bool both = state->seekers[PART_APART] != NULL;
    line = seeker_subject(state->seekers[PART_COVERED], line);
    state->line = line;
    for (int i = 0; i < PARTS && state->seekers[i]; i++)
        seeker_set_line(state->seekers[i], line);
    state->line_apart = may_match_apart(state, line);
    /* It does not say which pattern it is, by which it might come before one that is apart, nor what its groups are. */
    const struct matcher_options *options = &state->matcher->options;
    state->located =
        state->engine && !options->groups && (!both || wants_longest(options)) && engine_set_line(state->engine, line);
}

static bool find_covered(struct matcher_state *state, const char *from, struct span *match, size_t *order)
{
    if (state->located) {
        enum located located = engine_locate(state->engine, from, match);
        if (located != LOCATED_OPEN)
            return located == LOCATED_ONE;
        state->located = false;
    }
    return seeker_find(state->seekers[PART_COVERED], from, match, order);
}

bool matcher_find(struct matcher_state *state, const char *from, struct span *match)
{
    struct span other;
    size_t order = 0, other_order;
    if (from > state->line.end) /* behind the carriage return that belongs to the line's end */
        return false;
    bool found = find_covered(state, from, match, &order);
    state->found_in = PART_COVERED;
    if (!state->line_apart || !seeker_find(state->seekers[PART_APART], from, &other, &other_order))
        return found;
    bool first = !found || other.begin < match->begin;
    if (!first && other.begin == match->begin)
        first = wants_longest(&state->matcher->options) ? other.end > match->end : other_order < order;
    if (first) {
        *match = other;
        state->found_in = PART_APART;
    }
    return true;
}

const struct captures *matcher_captures(struct matcher_state *state)
{
    return seeker_captures(state->seekers[state->found_in]);
}

const char *matcher_step(const struct matcher_state *state, const char *at)
{
    at++;
    if (state->matcher->options.unicode)
        while (at < state->line.end && ((unsigned char)*at & 0xc0) == 0x80)
            at++;
    return at;
}
