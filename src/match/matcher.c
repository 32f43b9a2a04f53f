#include "match/matcher.h"

#include "base/alloc.h"
#include "match/arbiter.h"
#include "match/engine.h"
#include "match/piece.h"
#include "match/program-list.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct matcher {
    struct matcher_options options;
    struct arbiter_limits limits;
    enum nfa_bounds bounds;
    struct program_list programs;
    struct engine *engine; /* in front of them; may be NULL */
    bool all;              /* some pattern is empty and matches every line */
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

/* What a program found next, kept until the scan has passed it. */
struct hit {
    bool found;
    bool by_line; /* look at the rest of the window line by line */
    struct span line;
    struct span match; /* the first in the line */
};

/* The same for matcher_find(). */
struct find {
    bool searched, found;
    bool longest; /* as long as it is wanted */
    struct span match;
};

struct matcher_state {
    const struct matcher *matcher;
    matcher_trouble *trouble;
    void *trouble_context;
    const char *troubled; /* the line that was reported last */
    struct arbiter *arbiter;
    struct engine_state *engine; /* NULL without an engine */

    const char *position, *end;            /* what matcher_next() has yet to look at */
    struct matcher_seam known;             /* of it */
    const char *window_begin, *window_end; /* the current window */
    bool by_engine;                        /* the engine takes it; then `forms` is not known */
    const struct form **forms;             /* of each program, for the current window */
    struct hit *hits;                      /* of each program, in the current window */

    struct span line; /* of matcher_find() */
    const struct form **line_forms;
    struct find *finds;
};

/* --- compiling --- */

void matcher_error_message(int error, char *message, size_t size)
{
    if (pcre2_get_error_message(error, (PCRE2_UCHAR *)message, size) < 0)
        snprintf(message, size, "PCRE2 error %d", error);
}

/* Makes all patterns pieces, which free_pieces() frees in any case. */
static bool make_pieces(const struct matcher_options *options, const struct pattern_list *patterns,
                        struct piece *pieces, struct matcher_error *error)
{
    const struct piece_options piece_options = {
        .fixed = options->fixed,
        .posix = options->posix,
        .ignore_case = options->ignore_case,
        .unicode = options->unicode,
        .alone = patterns->count == 1,
        .warn = options->warn,
    };
    struct piece_error piece_error;
    for (size_t i = 0; i < patterns->count; i++)
        if (!piece_make(&pieces[i], &patterns->items[i], &piece_options, &piece_error)) {
            *error = (struct matcher_error){.pattern = i, .offset = piece_error.offset};
            snprintf(error->message, sizeof error->message, "%s", piece_error.message);
            return false;
        }
    if (options->fixed)
        piece_sort_literals(pieces, patterns->count);
    return true;
}

static void free_pieces(struct piece *pieces, size_t count)
{
    for (size_t i = 0; i < count; i++)
        piece_release(&pieces[i]);
    free(pieces);
}

static bool compile_programs(struct matcher *matcher, const struct piece *pieces, size_t count,
                             struct matcher_error *error)
{
    const struct matcher_options *options = &matcher->options;
    const struct program_list_options program_options = {
        .fixed = options->fixed,
        .longest = options->posix != POSIX_NONE,
        .bounds = matcher->bounds,
        .program = {.caseless = options->ignore_case,
                    .unicode = options->unicode,
                    .null_lines = options->null_lines,
                    .lines_only = options->lines_only,
                    .tables = matcher->tables},
    };
    struct program_error program_error;
    if (program_list_compile(&matcher->programs, pieces, count, &program_options, &program_error, &error->pattern))
        return true;
    error->offset = program_error.offset;
    matcher_error_message(program_error.code, error->message, sizeof error->message);
    return false;
}

static void create_engine(struct matcher *matcher, const struct pattern_list *patterns)
{
    const struct matcher_options *options = &matcher->options;
    const struct engine_options engine_options = {
        .kind = options->engine,
        .fixed = options->fixed,
        .caseless = options->ignore_case,
        .unicode = options->unicode,
        .bounds = matcher->bounds,
        .kernels = options->kernels,
    };
    /* The parser knows the C locale's letters only, and the engine lines that end in a newline. */
    if (options->engine != ENGINE_PCRE2 && !matcher->tables && !options->null_lines && !matcher->all)
        matcher->engine = engine_create(patterns, &engine_options);
}

/* The same for POSIX patterns, which the engine is given as PCRE2 is: translated. */
static void create_engine_for(struct matcher *matcher, const struct piece *pieces, size_t count)
{
    struct pattern_list translated = {.items = xcalloc(count, sizeof *translated.items), .count = count};
    for (size_t i = 0; i < count; i++)
        translated.items[i] = (struct pattern){pieces[i].text, pieces[i].length};
    create_engine(matcher, &translated);
    free(translated.items);
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

    struct piece *pieces = xcalloc(patterns->count, sizeof *pieces);
    bool compiled =
        make_pieces(options, patterns, pieces, error) && compile_programs(matcher, pieces, patterns->count, error);
    if (compiled && options->posix)
        create_engine_for(matcher, pieces, patterns->count);
    else if (compiled)
        create_engine(matcher, patterns);
    free_pieces(pieces, patterns->count);
    if (!compiled) {
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
    program_list_free(&matcher->programs);
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
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (!out)
        return xstrdup("");
    if (matcher->programs.count == 0)
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
    for (size_t i = 0; i < matcher->programs.count; i++) {
        const struct program *program = &matcher->programs.items[i];
        const struct form *form = program->narrow.code ? &program->narrow : &program->wide;
        fprintf(out, "pattern: ");
        fwrite(program->text, 1, program->length < 1000 ? program->length : 1000, out);
        fprintf(out, "%s\n", program->length < 1000 ? "" : "...");
        fprintf(out, "  engine: PCRE2, %s\n",
                form->jit ? "compiled (JIT)" : "interpreted: no JIT for this pattern or here");
        fprintf(out, "  scope: %s (%s)\n", program->by_window ? "many lines at a time" : "line by line",
                program->reason);
        fprintf(out, "  form: %s\n",
                !program->wide.code     ? "bytes, for every text"
                : !program->narrow.code ? "UTF-8, for every text"
                                        : "bytes for ASCII text, UTF-8 for other text");
        fprintf(out, "  shortest line that can match: %u bytes\n", (unsigned)program->min_length);
    }
    fclose(out);
    return text;
}

/* --- running --- */

struct matcher_state *matcher_state_create(const struct matcher *matcher, matcher_trouble *trouble, void *context)
{
    struct matcher_state *state = xcalloc(1, sizeof *state);
    state->matcher = matcher;
    state->trouble = trouble;
    state->trouble_context = context;
    state->arbiter = arbiter_create(&matcher->limits);
    if (matcher->engine && engine_is_useful(matcher->engine))
        state->engine = engine_state_create(matcher->engine);
    state->forms = xcalloc(matcher->programs.count, sizeof(const struct form *));
    state->hits = xcalloc(matcher->programs.count, sizeof *state->hits);
    state->line_forms = xcalloc(matcher->programs.count, sizeof(const struct form *));
    state->finds = xcalloc(matcher->programs.count, sizeof *state->finds);
    return state;
}

void matcher_state_free(struct matcher_state *state)
{
    if (!state)
        return;
    arbiter_free(state->arbiter);
    engine_state_free(state->engine);
    free(state->forms);
    free(state->hits);
    free(state->line_forms);
    free(state->finds);
    free(state);
}

/* Another pattern may fail on the line as well, and matcher_find() again. */
static void report(struct matcher_state *state, const char *line, int error)
{
    if (line == state->troubled)
        return;
    state->troubled = line;
    state->trouble(state->trouble_context, line, error);
}

static char line_ending(const struct matcher *matcher)
{
    return matcher->options.null_lines ? '\0' : '\n';
}

static const char *line_end(const struct matcher_state *state, const char *from, const char *end)
{
    const char *newline = memchr(from, line_ending(state->matcher), (size_t)(end - from));
    return newline ? newline : end;
}

static int match_in_line(struct matcher_state *state, const struct program *program, const struct form *form,
                         struct span line, const char *from, struct span *found)
{
    int result = arbiter_match_line(state->arbiter, program, form, line, from, found);
    if (UNLIKELY(result < 0))
        report(state, line.begin, result);
    return result;
}

static struct hit hit_by_line(struct matcher_state *state, const struct program *program, const struct form *form,
                              const char *from, const char *end)
{
    while (from < end) {
        const char *stop = line_end(state, from, end);
        size_t length = (size_t)(stop - from);
        struct hit hit = {true, true, {from, stop}, {NULL, NULL}};
        if (length >= program->min_length && match_in_line(state, program, form, hit.line, from, &hit.match) > 0)
            return hit;
        from = stop + 1;
    }
    return (struct hit){.by_line = true, .line = {end, end}};
}

static struct hit hit_by_window(struct matcher_state *state, const struct program *program, const struct form *form,
                                const char *from, const char *end)
{
    struct span found;
    int result = arbiter_match_window(state->arbiter, program, form, (struct span){from, end}, &found);
    if (UNLIKELY(result < 0)) /* a limit: let the lines say which of them it is */
        return hit_by_line(state, program, form, from, end);
    if (result == 0)
        return (struct hit){.line = {end, end}};
    /* No set of the pattern holds a newline, but the JIT of PCRE2 10.42 finds one in [[:graph:]\S]. */
    if (UNLIKELY(memchr(found.begin, '\n', (size_t)(found.end - found.begin)) != NULL))
        return hit_by_line(state, program, form, from, end);
    const char *before = memrchr(from, '\n', (size_t)(found.begin - from));
    return (struct hit){true, false, {before ? before + 1 : from, line_end(state, found.begin, end)}, found};
}

static const struct form *form_for(const struct program *program, unsigned text_class)
{
    if (!program->wide.code)
        return &program->narrow;
    return program->narrow.code && !(text_class & TEXT_HIGH) ? &program->narrow : &program->wide;
}

/* Chooses every program's form for a text. */
static void choose_forms(const struct matcher *matcher, const struct form **forms, const char *begin, const char *end)
{
    bool wanted = false;
    for (size_t i = 0; i < matcher->programs.count; i++)
        wanted |= matcher->programs.items[i].wide.code && matcher->programs.items[i].narrow.code;
    unsigned text_class = wanted ? matcher->options.kernels->classify(begin, (size_t)(end - begin)) : TEXT_HIGH;
    for (size_t i = 0; i < matcher->programs.count; i++)
        forms[i] = form_for(&matcher->programs.items[i], text_class);
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

/* Of what is blank where it finds nothing; NULL. */
static const struct finder *blank_finder(const struct matcher *matcher)
{
    return matcher->engine ? engine_finder(matcher->engine) : NULL;
}

/* Whether the window is the line of which some is known to be blank. */
static bool is_partly_blank(const struct matcher_state *state)
{
    return state->window_end == state->end && state->known.seam < state->known.blank_end &&
           state->window_begin + ENGINE_WINDOW < state->known.blank_end && blank_finder(state->matcher);
}

static void open_window(struct matcher_state *state)
{
    const struct program_list *programs = &state->matcher->programs;
    state->window_begin = state->position;
    state->window_end = window_end(state, state->engine ? ENGINE_WINDOW : PCRE2_WINDOW);
    state->by_engine = true;
    if (is_partly_blank(state))
        engine_open_blank(state->engine, state->window_begin, state->window_end,
                          (struct span){state->known.seam, state->known.blank_end});
    else
        state->by_engine = state->engine && engine_open(state->engine, state->window_begin, state->window_end);
    if (!state->by_engine)
        choose_forms(state->matcher, state->forms, state->position, state->window_end);
    for (size_t i = 0; i < programs->count; i++)
        state->hits[i] = (struct hit){.found = !state->by_engine, .by_line = !programs->items[i].by_window};
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

/* Asks PCRE2 about one line. */
static bool confirm(struct matcher_state *state, struct span line)
{
    const struct program_list *programs = &state->matcher->programs;
    size_t length = (size_t)(line.end - line.begin);
    choose_forms(state->matcher, state->forms, line.begin, line.end);
    for (size_t i = 0; i < programs->count; i++) {
        struct hit *hit = &state->hits[i];
        *hit = (struct hit){.line = line};
        if (length < programs->items[i].min_length)
            continue;
        hit->found = match_in_line(state, &programs->items[i], state->forms[i], line, line.begin, &hit->match) > 0;
        if (hit->found)
            return true;
    }
    return false;
}

static bool next_by_engine(struct matcher_state *state, struct span *line)
{
    struct candidate candidate;
    while (engine_next(state->engine, state->position, &candidate)) {
        state->position = candidate.line.end < state->end ? candidate.line.end + 1 : state->end;
        if (candidate.certain || confirm(state, candidate.line)) {
            *line = candidate.line;
            return true;
        }
    }
    return false;
}

static bool next_by_pcre2(struct matcher_state *state, struct span *line)
{
    const struct program_list *programs = &state->matcher->programs;
    const struct hit *first = NULL;
    for (size_t i = 0; i < programs->count; i++) {
        struct hit *hit = &state->hits[i];
        if (hit->found && (!hit->line.begin || hit->line.begin < state->position))
            *hit = (hit->by_line ? hit_by_line : hit_by_window)(state, &programs->items[i], state->forms[i],
                                                                state->position, state->window_end);
        if (hit->found && (!first || hit->line.begin < first->line.begin))
            first = hit;
    }
    if (!first)
        return false;
    *line = first->line;
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
    uint64_t count = 0;
    struct span line;
    while (state->position < state->end) {
        if (state->position >= state->window_end)
            open_window(state);
        if (state->by_engine)
            state->position = engine_count(state->engine, state->position, &count);
        if (state->position < state->window_end && (state->by_engine ? next_by_engine : next_by_pcre2)(state, &line))
            count++;
        else
            close_window(state);
    }
    return count;
}

void matcher_set_line(struct matcher_state *state, struct span line)
{
    const struct matcher *matcher = state->matcher;
    bool in_window =
        state->window_begin < state->window_end && line.begin >= state->window_begin && line.end <= state->window_end;
    state->line = line;
    if (in_window && !state->by_engine) /* what does for the window does for each of its lines */
        memcpy(state->line_forms, state->forms, matcher->programs.count * sizeof(const struct form *));
    else
        choose_forms(matcher, state->line_forms, line.begin, line.end);
    for (size_t i = 0; i < matcher->programs.count; i++) {
        const struct hit *hit = &state->hits[i];
        bool known = in_window && hit->found && hit->line.begin == line.begin;
        state->finds[i] = (struct find){.searched = known, .found = known, .match = hit->match};
    }
    arbiter_begin_line(state->arbiter);
}

/* The next match of one program; kept, so that a line with many matches of one is not searched again for another. */
static const struct find *find_one(struct matcher_state *state, size_t index, const char *from)
{
    struct find *find = &state->finds[index];
    bool again = state->matcher->programs.items[index].from_start;
    if (find->searched && !again && (!find->found || find->match.begin >= from))
        return find;
    find->searched = true;
    find->longest = false;
    find->found = match_in_line(state, &state->matcher->programs.items[index], state->line_forms[index], state->line,
                                from, &find->match) > 0;
    return find;
}

/* Makes a match that find_one() found as long as POSIX wants it. */
static void lengthen(struct matcher_state *state, size_t index)
{
    struct find *find = &state->finds[index];
    if (find->found && !find->longest && !state->matcher->options.line)
        arbiter_lengthen(state->arbiter, &state->matcher->programs.items[index], state->line, &find->match);
    find->longest = true;
}

static bool wants_longest(const struct matcher_options *options)
{
    return options->posix || options->fixed;
}

bool matcher_find(struct matcher_state *state, const char *from, struct span *match)
{
    const struct find *first = NULL;
    for (size_t i = 0; i < state->matcher->programs.count; i++) {
        const struct find *find = find_one(state, i, from);
        if (!find->found || (first && find->match.begin > first->match.begin))
            continue;
        lengthen(state, i);
        if (!first || find->match.begin < first->match.begin ||
            (wants_longest(&state->matcher->options) && find->match.end > first->match.end))
            first = find;
    }
    if (first)
        *match = first->match;
    return first != NULL;
}

const char *matcher_step(const struct matcher_state *state, const char *at)
{
    at++;
    if (state->matcher->options.unicode)
        while (at < state->line.end && ((unsigned char)*at & 0xc0) == 0x80)
            at++;
    return at;
}
