#include "match/matcher.h"

#include "base/alloc.h"
#include "match/facts.h"
#include "match/program.h"

#include <ctype.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct matcher {
    struct matcher_options options;
    struct program *programs;
    size_t count;
    bool all; /* some pattern is empty and matches every line */
    const unsigned char *tables;
};

/*
 * Lines are looked at a window at a time: whether it is ASCII decides which form of the program
 * takes it.  64 KiB stay in the first or second level of the cache between that look and the match.
 */
#define WINDOW_SIZE ((size_t)64 << 10)

/*
 * The defaults for one line.  "^(a+)+$" on 40 letters a and a c, which would take 2^40 steps, meets the match limit
 * after 0.01 s (JIT) or 0.09 s (interpreter); "(?:a|b)*c" on a line of 4 MB needs 100 MiB of JIT stack, or meets the
 * heap limit.  PCRE2 counts anew at every place where a match may start: what is quadratic in a long line meets none.
 */
#define MATCH_LIMIT 10000000
#define DEPTH_LIMIT 10000000
#define HEAP_LIMIT_KIB (256u << 10)

/* JIT stacks: the one each thread has, and the one a line gets for which that was too small. */
#define JIT_STACK_START ((size_t)32 << 10)
#define JIT_STACK_SIZE ((size_t)512 << 10)
#define JIT_STACK_LARGE ((size_t)128 << 20)

/* The most pattern text that is joined into one program; PCRE2 compiles up to 64 KiB of code (link size 2). */
#define JOIN_SIZE ((size_t)16 << 10)

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
    struct span match;
};

struct matcher_state {
    const struct matcher *matcher;
    matcher_trouble *trouble;
    void *trouble_context;
    const char *troubled; /* the line that was reported last */
    pcre2_match_data *match_data;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;

    const char *position, *end;            /* what matcher_next() has yet to look at */
    const char *window_begin, *window_end; /* the current window */
    const struct form **forms;             /* of each program, for the current window */
    struct hit *hits;                      /* of each program, in the current window */

    struct span line; /* of matcher_find() */
    const struct form **line_forms;
    struct find *finds;
};

/* --- compiling --- */

/* A literal as a pattern: every byte that might mean something gets a backslash. */
static char *quote(const struct pattern *pattern, size_t *length)
{
    char *quoted = xmalloc(4 * pattern->length + 1);
    size_t used = 0;
    for (size_t i = 0; i < pattern->length; i++) {
        unsigned char c = (unsigned char)pattern->text[i];
        if (c == 0) {
            memcpy(quoted + used, "\\x00", 4);
            used += 4;
            continue;
        }
        if (c < 0x80 && !isalnum(c))
            quoted[used++] = '\\';
        quoted[used++] = (char)c;
    }
    *length = used;
    return quoted;
}

/* One pattern on its way to a program. */
struct piece {
    char *text;
    size_t length;
    bool joinable;
    bool line_by_line; /* programs that see one line at a time are kept apart from those that see many */
    bool bytes_only;   /* a literal that is not valid UTF-8 */
};

static const struct wrapping wrappings[] = {
    {"", ""},
    {"(?<!\\w)(?:", ")(?!\\w)"},
    {"^(?:", ")$"},
};

static const struct wrapping *wrapping_of(const struct matcher_options *options)
{
    return &wrappings[options->line ? 2 : options->word ? 1 : 0];
}

static bool compile_piece(struct matcher *matcher, const struct piece *piece, struct program_error *error)
{
    const struct matcher_options *options = &matcher->options;
    matcher->programs = xreallocarray(matcher->programs, matcher->count + 1, sizeof *matcher->programs);
    const struct program_options program_options = {
        .caseless = options->ignore_case,
        .unicode = options->unicode && !piece->bytes_only,
        .tables = matcher->tables,
    };
    if (!program_compile(&matcher->programs[matcher->count], piece->text, piece->length, wrapping_of(options),
                         &program_options, error))
        return false;
    matcher->count++;
    return true;
}

/* The pieces [first, last) as one alternation. */
static struct piece join(const struct piece *pieces, size_t first, size_t last)
{
    struct piece joined = pieces[first];
    if (last - first == 1) {
        joined.text = xmemdup0(joined.text, joined.length);
        return joined;
    }
    size_t length = 0;
    for (size_t i = first; i < last; i++)
        length += pieces[i].length + 7;
    joined.text = xmalloc(length + 1);
    char *end = joined.text;
    for (size_t i = first; i < last; i++) {
        if (i > first)
            *end++ = '|';
        /* \E closes a \Q that the pattern leaves open, and means nothing otherwise. */
        bool open = memmem(pieces[i].text, pieces[i].length, "\\Q", 2) != NULL;
        end = mempcpy(mempcpy(end, "(?:", 3), pieces[i].text, pieces[i].length);
        if (open)
            end = mempcpy(end, "\\E", 2);
        *end++ = ')';
    }
    *end = '\0';
    joined.length = (size_t)(end - joined.text);
    return joined;
}

void matcher_error_message(int error, char *message, size_t size)
{
    if (pcre2_get_error_message(error, (PCRE2_UCHAR *)message, size) < 0)
        snprintf(message, size, "PCRE2 error %d", error);
}

/* Compiles a run of pieces that may be joined; halves it where PCRE2 finds it too large. */
static bool compile_run(struct matcher *matcher, const struct piece *pieces, size_t first, size_t last,
                        struct matcher_error *error)
{
    struct piece joined = join(pieces, first, last);
    struct program_error program_error;
    bool compiled = compile_piece(matcher, &joined, &program_error);
    free(joined.text);
    if (compiled)
        return true;
    if (last - first > 1) {
        size_t middle = first + (last - first) / 2;
        return compile_run(matcher, pieces, first, middle, error) && compile_run(matcher, pieces, middle, last, error);
    }
    error->pattern = first;
    error->offset = program_error.offset;
    matcher_error_message(program_error.code, error->message, sizeof error->message);
    return false;
}

static bool may_join(const struct piece *a, const struct piece *b)
{
    return a->joinable && b->joinable && a->line_by_line == b->line_by_line && a->bytes_only == b->bytes_only;
}

/* Whether PCRE2 takes the literal for UTF-8. */
static bool valid_utf8(const struct pattern *pattern)
{
    int code;
    size_t offset;
    pcre2_code *compiled =
        pcre2_compile((PCRE2_SPTR)pattern->text, pattern->length, PCRE2_LITERAL | PCRE2_UTF, &code, &offset, NULL);
    pcre2_code_free(compiled);
    return compiled != NULL;
}

static struct piece make_piece(const struct matcher *matcher, const struct pattern *pattern)
{
    const struct matcher_options *options = &matcher->options;
    struct piece piece = {.joinable = true};
    if (options->fixed) {
        piece.text = quote(pattern, &piece.length);
        piece.bytes_only = options->unicode && !valid_utf8(pattern);
        return piece;
    }
    piece.text = xmemdup0(pattern->text, pattern->length);
    piece.length = pattern->length;
    return piece;
}

struct matcher *matcher_compile(const struct pattern_list *patterns, const struct matcher_options *options,
                                struct matcher_error *error)
{
    struct matcher *matcher = xcalloc(1, sizeof *matcher);
    matcher->options = *options;
    if (!matcher->options.match_limit)
        matcher->options.match_limit = MATCH_LIMIT;
    if (!matcher->options.depth_limit)
        matcher->options.depth_limit = DEPTH_LIMIT;
    if (!matcher->options.heap_limit)
        matcher->options.heap_limit = HEAP_LIMIT_KIB;
    const char *locale = setlocale(LC_CTYPE, NULL);
    if (!options->unicode && strcmp(locale, "C") != 0 && strcmp(locale, "POSIX") != 0)
        matcher->tables = pcre2_maketables(NULL);

    struct piece *pieces = xcalloc(patterns->count, sizeof *pieces);
    for (size_t i = 0; i < patterns->count; i++) {
        matcher->all |= patterns->items[i].length == 0 && !options->word && !options->line;
        pieces[i] = make_piece(matcher, &patterns->items[i]);
        /* Only what the parser understands to its end is joined, so that no mistake can hide in the neighbours. */
        if (!options->fixed && patterns->count > 1) {
            struct facts facts;
            facts_find(&facts, pieces[i].text, pieces[i].length,
                       &(struct fact_options){options->ignore_case, options->unicode});
            pieces[i].joinable = facts.joinable;
            pieces[i].line_by_line = facts.line_reason != NULL;
            facts_free(&facts);
        }
    }
    bool compiled = true;
    for (size_t first = 0, last; compiled && first < patterns->count; first = last) {
        size_t size = pieces[first].length;
        for (last = first + 1; last < patterns->count && size < JOIN_SIZE && may_join(&pieces[first], &pieces[last]);
             last++)
            size += pieces[last].length;
        compiled = compile_run(matcher, pieces, first, last, error);
    }
    for (size_t i = 0; i < patterns->count; i++)
        free(pieces[i].text);
    free(pieces);
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
    for (size_t i = 0; i < matcher->count; i++)
        program_free(&matcher->programs[i]);
    free(matcher->programs);
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
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (!out)
        return xstrdup("");
    if (matcher->count == 0)
        fprintf(out, "patterns: none, so no line matches\n");
    if (matcher->all)
        fprintf(out, "engine: none: the empty pattern matches every line\n");
    for (size_t i = 0; i < matcher->count; i++) {
        const struct program *program = &matcher->programs[i];
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
    state->match_data = xnonnull(pcre2_match_data_create(1, NULL));
    state->context = xnonnull(pcre2_match_context_create(NULL));
    state->stack = pcre2_jit_stack_create(JIT_STACK_START, JIT_STACK_SIZE, NULL);
    pcre2_set_match_limit(state->context, matcher->options.match_limit);
    pcre2_set_depth_limit(state->context, matcher->options.depth_limit);
    pcre2_set_heap_limit(state->context, matcher->options.heap_limit);
    /* Without a stack of its own the JIT takes 32 KiB of the machine's. */
    pcre2_jit_stack_assign(state->context, NULL, state->stack);
    state->forms = xcalloc(matcher->count, sizeof(const struct form *));
    state->hits = xcalloc(matcher->count, sizeof *state->hits);
    state->line_forms = xcalloc(matcher->count, sizeof(const struct form *));
    state->finds = xcalloc(matcher->count, sizeof *state->finds);
    return state;
}

void matcher_state_free(struct matcher_state *state)
{
    if (!state)
        return;
    pcre2_match_data_free(state->match_data);
    pcre2_match_context_free(state->context);
    if (state->stack)
        pcre2_jit_stack_free(state->stack);
    free(state->forms);
    free(state->hits);
    free(state->line_forms);
    free(state->finds);
    free(state);
}

static int match_once(struct matcher_state *state, const struct form *form, const char *subject, size_t length,
                      size_t start)
{
    if (form->jit)
        return pcre2_jit_match(form->code, (PCRE2_SPTR)subject, length, start, 0, state->match_data, state->context);
    return pcre2_match(form->code, (PCRE2_SPTR)subject, length, start, 0, state->match_data, state->context);
}

/* A match of the form in the subject from `start` on: 1, 0, or an error code of PCRE2's. */
static int match(struct matcher_state *state, const struct form *form, const char *subject, size_t length, size_t start)
{
    int result = match_once(state, form, subject, length, start);
    if (UNLIKELY(result == PCRE2_ERROR_JIT_STACKLIMIT)) {
        pcre2_jit_stack *large = pcre2_jit_stack_create(JIT_STACK_SIZE, JIT_STACK_LARGE, NULL);
        if (large) {
            pcre2_jit_stack_assign(state->context, NULL, large);
            result = match_once(state, form, subject, length, start);
            pcre2_jit_stack_assign(state->context, NULL, state->stack);
            pcre2_jit_stack_free(large);
        }
    }
    return result >= 0 ? 1 : result == PCRE2_ERROR_NOMATCH ? 0 : result;
}

static struct span matched(const struct matcher_state *state, const char *subject)
{
    const size_t *offsets = pcre2_get_ovector_pointer(state->match_data);
    /* \K in a lookahead can put the start behind the end. */
    size_t begin = offsets[0] < offsets[1] ? offsets[0] : offsets[1];
    return (struct span){subject + begin, subject + offsets[1]};
}

/* Another pattern may fail on the line as well, and matcher_find() again. */
static void report(struct matcher_state *state, const char *line, int error)
{
    if (line == state->troubled)
        return;
    state->troubled = line;
    state->trouble(state->trouble_context, line, error);
}

static const char *line_end(const char *from, const char *end)
{
    const char *newline = memchr(from, '\n', (size_t)(end - from));
    return newline ? newline : end;
}

static struct hit hit_by_line(struct matcher_state *state, const struct program *program, const struct form *form,
                              const char *from, const char *end)
{
    while (from < end) {
        const char *stop = line_end(from, end);
        size_t length = (size_t)(stop - from);
        if (length >= program->min_length) {
            int result = match(state, form, from, length, 0);
            if (result > 0)
                return (struct hit){true, true, {from, stop}, matched(state, from)};
            if (UNLIKELY(result < 0))
                report(state, from, result);
        }
        from = stop + 1;
    }
    return (struct hit){.by_line = true, .line = {end, end}};
}

static struct hit hit_by_window(struct matcher_state *state, const struct program *program, const struct form *form,
                                const char *from, const char *end)
{
    int result = match(state, form, from, (size_t)(end - from), 0);
    if (UNLIKELY(result < 0)) /* a limit: let the lines say which of them it is */
        return hit_by_line(state, program, form, from, end);
    if (result == 0)
        return (struct hit){.line = {end, end}};
    struct span found = matched(state, from);
    const char *before = memrchr(from, '\n', (size_t)(found.begin - from));
    return (struct hit){true, false, {before ? before + 1 : from, line_end(found.begin, end)}, found};
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
    for (size_t i = 0; i < matcher->count; i++)
        wanted |= matcher->programs[i].wide.code && matcher->programs[i].narrow.code;
    unsigned text_class = wanted ? matcher->options.kernels->classify(begin, (size_t)(end - begin)) : TEXT_HIGH;
    for (size_t i = 0; i < matcher->count; i++)
        forms[i] = form_for(&matcher->programs[i], text_class);
}

static void open_window(struct matcher_state *state)
{
    state->window_begin = state->position;
    state->window_end = state->end;
    if ((size_t)(state->end - state->position) > WINDOW_SIZE) {
        const char *last = line_end(state->position + WINDOW_SIZE - 1, state->end);
        state->window_end = last < state->end ? last + 1 : state->end;
    }
    choose_forms(state->matcher, state->forms, state->position, state->window_end);
    for (size_t i = 0; i < state->matcher->count; i++)
        state->hits[i] = (struct hit){.found = true, .by_line = !state->matcher->programs[i].by_window};
}

void matcher_begin(struct matcher_state *state, const char *text, const char *end)
{
    state->position = text;
    state->window_begin = state->window_end = text;
    state->troubled = NULL;
    state->end = end;
}

bool matcher_next(struct matcher_state *state, struct span *line)
{
    const struct matcher *matcher = state->matcher;
    while (state->position < state->end) {
        if (state->position >= state->window_end)
            open_window(state);
        const struct hit *first = NULL;
        for (size_t i = 0; i < matcher->count; i++) {
            struct hit *hit = &state->hits[i];
            if (hit->found && (!hit->line.begin || hit->line.begin < state->position))
                *hit = (hit->by_line ? hit_by_line : hit_by_window)(state, &matcher->programs[i], state->forms[i],
                                                                    state->position, state->window_end);
            if (hit->found && (!first || hit->line.begin < first->line.begin))
                first = hit;
        }
        if (first) {
            *line = first->line;
            state->position = line->end < state->end ? line->end + 1 : state->end;
            return true;
        }
        state->position = state->window_end;
    }
    return false;
}

void matcher_set_line(struct matcher_state *state, struct span line)
{
    const struct matcher *matcher = state->matcher;
    bool in_window =
        state->window_begin < state->window_end && line.begin >= state->window_begin && line.end <= state->window_end;
    state->line = line;
    if (in_window) /* what does for the window does for each of its lines */
        memcpy(state->line_forms, state->forms, matcher->count * sizeof(const struct form *));
    else
        choose_forms(matcher, state->line_forms, line.begin, line.end);
    for (size_t i = 0; i < matcher->count; i++) {
        const struct hit *hit = &state->hits[i];
        bool known = in_window && hit->found && hit->line.begin == line.begin;
        state->finds[i] = (struct find){.searched = known, .found = known, .match = hit->match};
    }
}

/* The next match of one program; kept, so that a line with many matches of one is not searched again for another. */
static const struct find *find_one(struct matcher_state *state, size_t index, const char *from)
{
    struct find *find = &state->finds[index];
    bool again = state->matcher->programs[index].from_start;
    if (find->searched && !again && (!find->found || find->match.begin >= from))
        return find;
    const char *line = state->line.begin;
    int result = match(state, state->line_forms[index], line, (size_t)(state->line.end - line), (size_t)(from - line));
    if (UNLIKELY(result < 0))
        report(state, line, result);
    find->searched = true;
    find->found = result > 0;
    if (find->found)
        find->match = matched(state, line);
    return find;
}

bool matcher_find(struct matcher_state *state, const char *from, struct span *match)
{
    const struct find *first = NULL;
    for (size_t i = 0; i < state->matcher->count; i++) {
        const struct find *find = find_one(state, i, from);
        if (find->found && (!first || find->match.begin < first->match.begin))
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
