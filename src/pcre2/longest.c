#include "pcre2/longest.h"

#include "base/alloc.h"
#include "base/compiler.h"
#include "base/text.h"
#include "base/utf8.h"
#include "pcre2/ambiguity.h"
#include "syntax/syntax.h"

#include <stdlib.h>
#include <string.h>

/*
 * There are two ways.  The quick one lets PCRE2 go through all matches at the place, by a callout at the pattern's end
 * that refuses each; where that takes too many steps, pcre2_dfa_match() follows all of them at once, without
 * backtracking, but slowly, and it knows no back-references.
 */
struct longest {
    pcre2_code *tries; /* NULL: PCRE2's first match is the longest, or the longest is not needed */
    pcre2_code *dfa;   /* NULL with back-references */
    bool unicode;
};

/*
 * pcre2_dfa_match() keeps all states of the search in an array of integers, of which a pattern with many alternatives
 * and counted repetitions needs more.
 */
#define WORKSPACE_START ((size_t)4 << 10)
#define WORKSPACE_MAX ((size_t)64 << 20)

/*
 * The most steps for trying all matches at a place; with back-references, where there is nothing else, more.  -o
 * "([a-z]+ ?)+(al|alice)" in 100,000 lines of 87 bytes took 9.5 s with 100 steps, 7.4 with 10,000, 22.8 with 1,000,000.
 */
#define TRIES_LIMIT 10000
#define TRIES_LIMIT_ALONE 1000000

struct longest_state {
    pcre2_match_data *match_data;
    pcre2_match_context *tries_context, *dfa_context;
    uint32_t match_limit;
    int *workspace;
    size_t workspace_size;
    const char *valid_begin, *valid_end; /* where the line is known to be valid UTF-8 */
    const char *tried_base, *tried_last; /* the subject of a try */
    const char *tried_end;               /* and the longest match so far */
    const char *wanted_end;              /* only matches that end here count; NULL: all do */
};

/* --- compiling --- */

static bool is_ambiguous(const char *text, size_t length, const struct longest_options *options)
{
    /* The parser takes no newline for a dot. */
    if (options->dialect->null_lines)
        return true;
    struct syntax *syntax = syntax_parse(text, length, options->dialect);
    bool ambiguous = !syntax->root || ambiguity_find(syntax->root);
    syntax_free(syntax);
    return ambiguous;
}

/* The bytes of the class that begins at `at`. */
static size_t class_length(const char *at, const char *end)
{
    const char *p = at + 1;
    while (p < end && *p != ']') {
        if (*p == '[' && end - p > 1 && p[1] == ':') {
            const char *close = memmem(p, (size_t)(end - p), ":]", 2);
            p = close ? close + 2 : end;
        } else {
            p += *p == '\\' && end - p > 1 ? 2 : 1;
        }
    }
    return (size_t)(p < end ? p + 1 - at : end - at);
}

/* The bytes of what begins at `at` and matches one character, 0 when it is something else. */
static size_t character_length(const char *at, const char *end)
{
    const char *p = at;
    if (*p == '[')
        return class_length(at, end);
    if (strchr("()|^$*+?{", *p))
        return 0;
    if (*p == '\\' && end - p > 3 && p[1] == 'x')
        return 4;
    if (*p == '\\')
        return end - p > 1 ? 2 : 1;
    for (p++; p < end && ((unsigned char)*p & 0xc0) == 0x80;)
        p++;
    return (size_t)(p - at);
}

/* The bytes of the quantifier "+" or "{n,}" at `at`, 0 when there is none; of the second those before the comma too. */
static size_t plus_length(const char *at, const char *end, size_t *number_length)
{
    *number_length = 0;
    if (at < end && *at == '+')
        return 1;
    if (end - at < 4 || *at != '{')
        return 0;
    size_t digits = 1;
    while (at + digits < end && at[digits] >= '0' && at[digits] <= '9')
        digits++;
    if (digits == 1 || end - at < (ptrdiff_t)digits + 2 || memcmp(at + digits, ",}", 2) != 0)
        return 0;
    *number_length = digits;
    return digits + 2;
}

/*
 * Writes x+ as xx* and x{n,} as x{n}x*.  pcre2_dfa_match() counts how often x was matched, to no use, and
 * follows as many states as the line has characters where that may have begun in many places.
 */
static struct text expand_plus(const char *text, size_t length)
{
    struct text expanded = {NULL, 0, 0};
    const char *end = text + length;
    text_append(&expanded, "", 0);
    for (const char *p = text; p < end;) {
        size_t character = character_length(p, end), number = 0;
        size_t plus = character ? plus_length(p + character, end, &number) : 0;
        if (character == 0)
            character = *p == '(' && end - p > 2 && p[1] == '?' ? 2 : 1;
        text_append(&expanded, p, character);
        if (plus) {
            text_append(&expanded, p + character, number);
            text_add(&expanded, number ? "}" : "");
            text_append(&expanded, p, character);
            text_add(&expanded, "*");
        }
        p += character + plus;
    }
    return expanded;
}

static pcre2_code *compile(const char *prefix, const char *text, size_t length, const char *suffix, uint32_t flags,
                           const struct longest_options *options)
{
    struct text whole = {NULL, 0, 0};
    text_add(&whole, prefix);
    text_append(&whole, text, length);
    text_add(&whole, suffix);
    pcre2_compile_context *context = xnonnull(pcre2_compile_context_create(NULL));
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    if (options->tables && !options->dialect->unicode)
        pcre2_set_character_tables(context, options->tables);
    flags |= (options->dialect->caseless ? PCRE2_CASELESS : 0) |
             (options->dialect->unicode ? PCRE2_UTF | PCRE2_UCP : 0) |
             (options->dialect->records      ? PCRE2_MULTILINE | PCRE2_ALT_CIRCUMFLEX
              : options->dialect->null_lines ? PCRE2_DOLLAR_ENDONLY | PCRE2_DOTALL
                                             : 0);
    int error;
    size_t offset;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)whole.bytes, whole.length, flags, &error, &offset, context);
    pcre2_compile_context_free(context);
    free(whole.bytes);
    return code;
}

struct longest *longest_compile(const char *text, size_t length, const struct longest_options *options)
{
    struct longest *longest = xcalloc(1, sizeof *longest);
    longest->unicode = options->dialect->unicode;
    /* Where PCRE2 finds this too large, the first match must do. */
    if (!options->lines_only && is_ambiguous(text, length, options))
        longest->tries = compile("(?:", text, length, ")(?C1)", PCRE2_ANCHORED, options);
    if (longest->tries && !options->interpreted)
        pcre2_jit_compile(longest->tries, PCRE2_JIT_COMPLETE);
    if (!options->back_references) {
        struct text expanded = expand_plus(text, length);
        longest->dfa = compile("", expanded.bytes, expanded.length, "", 0, options);
        free(expanded.bytes);
    }
    return longest;
}

void longest_free(struct longest *longest)
{
    if (!longest)
        return;
    pcre2_code_free(longest->tries);
    pcre2_code_free(longest->dfa);
    free(longest);
}

/* --- running --- */

static int on_match(pcre2_callout_block *block, void *context)
{
    struct longest_state *state = context;
    const char *end = state->tried_base + block->current_position;
    if (state->wanted_end)
        return end != state->wanted_end;
    if (end > state->tried_end)
        state->tried_end = end;
    return end < state->tried_last;
}

struct longest_state *longest_state_create(uint32_t match_limit, uint32_t heap_limit)
{
    struct longest_state *state = xcalloc(1, sizeof *state);
    state->match_data = xnonnull(pcre2_match_data_create(1, NULL));
    state->tries_context = xnonnull(pcre2_match_context_create(NULL));
    state->match_limit = match_limit;
    pcre2_set_heap_limit(state->tries_context, heap_limit);
    pcre2_set_callout(state->tries_context, on_match, state);
    state->dfa_context = xnonnull(pcre2_match_context_create(NULL));
    pcre2_set_match_limit(state->dfa_context, match_limit);
    pcre2_set_heap_limit(state->dfa_context, heap_limit);
    return state;
}

void longest_state_free(struct longest_state *state)
{
    if (!state)
        return;
    pcre2_match_data_free(state->match_data);
    pcre2_match_context_free(state->tries_context);
    pcre2_match_context_free(state->dfa_context);
    free(state->workspace);
    free(state);
}

void longest_forget(struct longest_state *state)
{
    state->valid_begin = state->valid_end = NULL;
}

/* A piece of a line that PCRE2 may be given without looking whether it is valid UTF-8. */
struct piece {
    const char *begin, *end;
    uint32_t options;
};

/* The piece around a place: what is valid after it, and before it the one character that assertions look at. */
static struct piece piece_at(struct longest_state *state, const struct longest *longest, const char *line,
                             const char *line_end, const char *at)
{
    if (!longest->unicode)
        return (struct piece){line, line_end, 0};
    if (!state->valid_begin || at < state->valid_begin || at > state->valid_end) {
        state->valid_begin = at;
        state->valid_end = at + utf8_valid_length(at, (size_t)(line_end - at));
    }
    struct piece piece = {at, state->valid_end, PCRE2_NO_UTF_CHECK};
    for (const char *before = at; before > line && at - before < 4;) {
        before--;
        if (((unsigned char)*before & 0xc0) == 0x80)
            continue;
        if (utf8_is_valid(before, (size_t)(at - before)))
            piece.begin = before;
        break;
    }
    if (piece.begin > line)
        piece.options |= PCRE2_NOTBOL;
    if (piece.end < line_end)
        piece.options |= PCRE2_NOTEOL;
    return piece;
}

static int match_dfa(struct longest_state *state, const struct longest *longest, const struct piece *piece,
                     const char *from, uint32_t options)
{
    for (;;) {
        int result = PCRE2_ERROR_DFA_WSSIZE;
        if (state->workspace_size)
            result = pcre2_dfa_match(longest->dfa, (PCRE2_SPTR)piece->begin, (size_t)(piece->end - piece->begin),
                                     (size_t)(from - piece->begin), piece->options | options, state->match_data,
                                     state->dfa_context, state->workspace, state->workspace_size);
        if (result != PCRE2_ERROR_DFA_WSSIZE || state->workspace_size >= WORKSPACE_MAX)
            return result >= 0 ? 1 : result == PCRE2_ERROR_NOMATCH ? 0 : result;
        state->workspace_size = state->workspace_size ? 4 * state->workspace_size : WORKSPACE_START;
        state->workspace = xreallocarray(state->workspace, state->workspace_size, sizeof *state->workspace);
    }
}

/* Goes through all matches at a place; false when they are too many, and state->tried_end is the longest so far. */
static bool try_all(struct longest_state *state, const struct longest *longest, const struct piece *piece,
                    const char *begin, const char *end)
{
    state->tried_base = piece->begin;
    state->tried_last = piece->end;
    state->tried_end = end;
    pcre2_set_match_limit(state->tries_context, longest->dfa ? TRIES_LIMIT : TRIES_LIMIT_ALONE);
    int result = pcre2_match(longest->tries, (PCRE2_SPTR)piece->begin, (size_t)(piece->end - piece->begin),
                             (size_t)(begin - piece->begin), piece->options, state->match_data, state->tries_context);
    return result >= 0 || result == PCRE2_ERROR_NOMATCH;
}

const char *longest_end(struct longest_state *state, const struct longest *longest, const char *line,
                        const char *line_end, const char *begin, const char *end)
{
    if (!longest->tries)
        return end;
    struct piece piece = piece_at(state, longest, line, line_end, begin);
    if (try_all(state, longest, &piece, begin, end) || !longest->dfa ||
        match_dfa(state, longest, &piece, begin, PCRE2_ANCHORED) <= 0)
        return state->tried_end;
    const char *found = piece.begin + pcre2_get_ovector_pointer(state->match_data)[1];
    return found > end ? found : end;
}

int longest_capture(struct longest_state *state, const struct longest *longest, const char *line, const char *line_end,
                    const char *begin, const char *end, pcre2_match_data *match_data, const char **base)
{
    if (!longest->tries)
        return PCRE2_ERROR_MATCHLIMIT;
    struct piece piece = piece_at(state, longest, line, line_end, begin);
    *base = state->tried_base = piece.begin;
    state->wanted_end = end;
    pcre2_set_match_limit(state->tries_context, state->match_limit);
    int result = pcre2_match(longest->tries, (PCRE2_SPTR)piece.begin, (size_t)(piece.end - piece.begin),
                             (size_t)(begin - piece.begin), piece.options, match_data, state->tries_context);
    state->wanted_end = NULL;
    return result >= 0 ? 1 : result == PCRE2_ERROR_NOMATCH ? 0 : result;
}

bool longest_can_search(const struct longest *longest)
{
    return longest->dfa != NULL;
}

int longest_search(struct longest_state *state, const struct longest *longest, const char *line, const char *line_end,
                   const char *from, const char **begin, const char **end)
{
    if (!longest->dfa)
        return PCRE2_ERROR_MATCHLIMIT;
    for (;;) {
        struct piece piece = piece_at(state, longest, line, line_end, from);
        int result = match_dfa(state, longest, &piece, from, 0);
        if (result > 0) {
            const size_t *offsets = pcre2_get_ovector_pointer(state->match_data);
            *begin = piece.begin + offsets[0];
            *end = piece.begin + offsets[1];
        }
        if (result != 0 || piece.end >= line_end)
            return result;
        from = piece.end + 1;
        longest_forget(state);
    }
}
