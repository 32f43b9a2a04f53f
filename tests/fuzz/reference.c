#include "reference.h"

#include "../cased-compile.h"
#include "base/alloc.h"
#include "bytes.h"
#include "pattern/posix-class.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* A pattern as it is compiled. */
struct compiled {
    pcre2_code *code;
    bool jit;
    struct bytes text; /* the pattern with what -w or -x puts around it */
    struct bytes plain;
    uint32_t flags;
};

struct reference {
    struct compiled *patterns;
    size_t count;
    bool longest; /* of the matches at a place the longest is wanted, not the first pattern's: -F */
    pcre2_match_data *match_data;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
    char *line; /* a copy with zeros behind it */
    size_t length, room;
};

/* More than PCRE2's JIT ever looks behind a subject. */
#define SLACK 64

/* In a line of so many bytes every pattern is tried, so that the caller sees how long that takes. */
#define LONG_LINE 1000

/* So many places before the one that is looked at are asked for agreement. */
#define AGREE_BYTES 100

/* The JIT code of many patterns takes long to make. */
#define JIT_PATTERNS 300

static pcre2_code *compile(const struct bytes *text, uint32_t flags, int *error, size_t *offset)
{
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    pcre2_code *code = cased_compile(text->text, text->length, flags, error, offset, context);
    uint32_t found = 0;
    if (code)
        pcre2_pattern_info(code, PCRE2_INFO_ALLOPTIONS, &found);
    if (code && found & PCRE2_UTF && !(found & PCRE2_MATCH_INVALID_UTF)) { /* (*UTF) */
        pcre2_code_free(code);
        code = cased_compile(text->text, text->length, flags | PCRE2_MATCH_INVALID_UTF, error, offset, context);
    }
    pcre2_compile_context_free(context);
    return code;
}

/* The length of "(*UTF)(*LF)" and the like, which have to stay in front. */
static size_t start_length(const struct bytes *pattern)
{
    static const char *const names[] = {"UTF)",
                                        "UCP)",
                                        "NOTEMPTY)",
                                        "NOTEMPTY_ATSTART)",
                                        "NO_AUTO_POSSESS)",
                                        "NO_START_OPT)",
                                        "NO_JIT)",
                                        "NO_DOTSTAR_ANCHOR)",
                                        "CR)",
                                        "LF)",
                                        "CRLF)",
                                        "ANYCRLF)",
                                        "ANY)",
                                        "NUL)",
                                        "BSR_ANYCRLF)",
                                        "BSR_UNICODE)",
                                        "LIMIT_MATCH=",
                                        "LIMIT_HEAP=",
                                        "LIMIT_DEPTH=",
                                        "LIMIT_RECURSION="};
    size_t at = 0;
    for (size_t i = 0; i < COUNT(names); i++) {
        if (strncmp(pattern->text + at, "(*", 2) != 0)
            break;
        if (strncmp(pattern->text + at + 2, names[i], strlen(names[i])) == 0) {
            at = (size_t)(strchr(pattern->text + at, ')') + 1 - pattern->text);
            i = SIZE_MAX;
        }
    }
    return at;
}

/* \E ends an open \Q and means nothing else; a newline ends a comment of (?x). */
static void wrap(const struct bytes *pattern, const char *prefix, const char *end, const char *suffix,
                 struct bytes *text)
{
    size_t start = start_length(pattern);
    bytes_clear(text);
    bytes_add(text, pattern->text, start);
    bytes_add_string(text, prefix);
    bytes_add(text, pattern->text + start, pattern->length - start);
    bytes_add_string(text, end);
    bytes_add_string(text, suffix);
}

static pcre2_code *compile_wrapped(const struct bytes *pattern, const char *prefix, const char *suffix, uint32_t flags,
                                   struct bytes *text, int *error)
{
    static const char *const ends[] = {"\\E", "\\E\n"};
    pcre2_code *code = NULL;
    size_t offset;
    for (size_t i = 0; i < COUNT(ends) && !code; i++) {
        wrap(pattern, prefix, ends[i], suffix, text);
        code = compile(text, flags, error, &offset);
    }
    return code;
}

static void quote(const struct pattern *pattern, struct bytes *text)
{
    for (size_t i = 0; i < pattern->length; i++) {
        unsigned char c = (unsigned char)pattern->text[i];
        if (c >= 0x80 || isalnum(c))
            bytes_add_char(text, (char)c);
        else
            bytes_add_format(text, "\\x%02x", c);
    }
}

static bool is_utf8(const struct pattern *pattern)
{
    int error;
    size_t offset;
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR)pattern->text, pattern->length, PCRE2_LITERAL | PCRE2_UTF, &error, &offset, NULL);
    pcre2_code_free(code);
    return code != NULL;
}

/* Whether a pattern may call itself: it has (?R), (?0) or the like. */
static bool may_recurse(const struct bytes *pattern)
{
    return memmem(pattern->text, pattern->length, "(?R", 3) || memmem(pattern->text, pattern->length, "(?0", 3) ||
           memmem(pattern->text, pattern->length, "\\g<0", 4) || memmem(pattern->text, pattern->length, "\\g'0", 4);
}

/*
 * What -w and -x put around a pattern, and what of it holds only outside a call.  The words of -F are those of the C
 * library.
 */
static void write_bounds(const struct matcher_options *options, bool utf, bool calls, char *prefix, char *suffix,
                         size_t size)
{
    const char *word = options->dialect.fixed ? posix_word_members(utf) : "\\w";
    char before[128] = "^", after[128] = "$";
    if (options->dialect.boundary != BOUNDS_LINE) {
        snprintf(before, sizeof before, "(?<![%s])", word);
        snprintf(after, sizeof after, "(?![%s])", word);
    }
    snprintf(prefix, size, calls ? "(?(R)|%s)(?:" : "%s(?:", before);
    snprintf(suffix, size, calls ? ")(?(R)|%s)" : ")%s", after);
}

static bool compile_pattern(struct reference *reference, const struct pattern *pattern,
                            const struct matcher_options *options, struct mistake *mistake)
{
    struct compiled *compiled = &reference->patterns[reference->count++];
    bool utf = options->dialect.unicode && !(options->dialect.fixed && !is_utf8(pattern));
    compiled->flags =
        (options->dialect.caseless ? PCRE2_CASELESS : 0) | (utf ? PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF : 0);
    bytes_add(&compiled->plain, "", 0);
    if (options->dialect.fixed)
        quote(pattern, &compiled->plain);
    else
        bytes_add(&compiled->plain, pattern->text, pattern->length);
    int code;
    pcre2_code *alone = compile(&compiled->plain, compiled->flags, &code, &mistake->offset);
    if (alone && options->dialect.boundary != BOUNDS_NONE) {
        pcre2_code_free(alone);
        char prefix[256], suffix[256];
        bool calls = !options->dialect.fixed && may_recurse(&compiled->plain);
        write_bounds(options, utf, calls, prefix, suffix, sizeof prefix);
        alone = compile_wrapped(&compiled->plain, prefix, suffix, compiled->flags, &compiled->text, &code);
        mistake->offset = pattern->length;
    } else if (alone) {
        bytes_add(&compiled->text, compiled->plain.text, compiled->plain.length);
    }
    compiled->code = alone;
    if (alone)
        return true;
    given_up_reason(code, mistake->message, sizeof mistake->message);
    return false;
}

static bool jit_compile(pcre2_code *code)
{
    size_t size = 0;
    return pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) == 0 &&
           pcre2_pattern_info(code, PCRE2_INFO_JITSIZE, &size) == 0 && size > 0;
}

struct reference *reference_create(const struct pattern_list *patterns, const struct matcher_options *options,
                                   struct mistake *mistake)
{
    struct reference *reference = xcalloc(1, sizeof *reference);
    reference->patterns = xcalloc(patterns->count, sizeof *reference->patterns);
    reference->longest = options->dialect.fixed;
    for (size_t i = 0; i < patterns->count; i++) {
        if (!compile_pattern(reference, &patterns->items[i], options, mistake)) {
            mistake->pattern = i;
            reference_free(reference);
            return NULL;
        }
        if (patterns->count < JIT_PATTERNS)
            reference->patterns[i].jit = jit_compile(reference->patterns[i].code);
    }
    reference->match_data = xnonnull(pcre2_match_data_create(1, NULL));
    reference->context = xnonnull(pcre2_match_context_create(NULL));
    reference->stack = xnonnull(pcre2_jit_stack_create((size_t)32 << 10, (size_t)1 << 20, NULL));
    pcre2_jit_stack_assign(reference->context, NULL, reference->stack);
    pcre2_set_match_limit(reference->context, options->match_limit);
    pcre2_set_depth_limit(reference->context, options->depth_limit);
    pcre2_set_heap_limit(reference->context, options->heap_limit);
    return reference;
}

void reference_free(struct reference *reference)
{
    if (!reference)
        return;
    for (size_t i = 0; i < reference->count; i++) {
        pcre2_code_free(reference->patterns[i].code);
        bytes_free(&reference->patterns[i].text);
        bytes_free(&reference->patterns[i].plain);
    }
    free(reference->patterns);
    pcre2_match_data_free(reference->match_data);
    pcre2_match_context_free(reference->context);
    if (reference->stack)
        pcre2_jit_stack_free(reference->stack);
    free(reference->line);
    free(reference);
}

void reference_set_line(struct reference *reference, const char *line, size_t length)
{
    if (reference->room < length + SLACK) {
        reference->room = 2 * length + SLACK;
        reference->line = xreallocarray(reference->line, reference->room, 1);
    }
    memcpy(reference->line, line, length);
    memset(reference->line + length, 0, SLACK);
    reference->length = length;
}

/* What a code says of the line from `from` on; a match's bounds too. */
static enum verdict match(struct reference *reference, const pcre2_code *code, bool jit, size_t from, size_t *begin,
                          size_t *end)
{
    PCRE2_SPTR line = (PCRE2_SPTR)reference->line;
    int result =
        jit ? pcre2_jit_match(code, line, reference->length, from, 0, reference->match_data, reference->context)
            : pcre2_match(code, line, reference->length, from, PCRE2_NO_JIT, reference->match_data, reference->context);
    if (result < 0)
        return result == PCRE2_ERROR_NOMATCH ? VERDICT_NO : VERDICT_OPEN;
    const size_t *offsets = pcre2_get_ovector_pointer(reference->match_data);
    *end = offsets[1];
    /* \K in a lookahead can put the start behind the end. */
    *begin = offsets[0] < offsets[1] ? offsets[0] : offsets[1];
    return VERDICT_YES;
}

enum verdict reference_line(struct reference *reference)
{
    bool matches = false, gave_up = false;
    for (size_t i = 0; i < reference->count; i++) {
        size_t begin, end;
        const struct compiled *pattern = &reference->patterns[i];
        enum verdict verdict = match(reference, pattern->code, pattern->jit, 0, &begin, &end);
        matches |= verdict == VERDICT_YES;
        if (matches && reference->length < LONG_LINE)
            break;
        gave_up |= verdict == VERDICT_OPEN;
    }
    return matches ? VERDICT_YES : gave_up ? VERDICT_OPEN : VERDICT_NO;
}

enum verdict reference_find(struct reference *reference, size_t from, size_t *begin, size_t *end)
{
    enum verdict best = VERDICT_NO;
    size_t earliest = 0;
    for (size_t i = 0; i < reference->count; i++) {
        size_t first, last;
        const struct compiled *pattern = &reference->patterns[i];
        enum verdict verdict = match(reference, pattern->code, pattern->jit, from, &first, &last);
        if (verdict == VERDICT_OPEN)
            return VERDICT_OPEN;
        /* The start of the attempt, which \K does not move: as if the patterns were alternatives of one. */
        size_t attempt = pcre2_get_startchar(reference->match_data);
        if (verdict == VERDICT_YES &&
            (best == VERDICT_NO || attempt < earliest || (reference->longest && attempt == earliest && last > *end))) {
            best = VERDICT_YES;
            earliest = attempt;
            *begin = first;
            *end = last;
        }
    }
    return best;
}

bool reference_depends(const struct reference *reference)
{
    bool depends = false;
    for (size_t i = 0; i < reference->count; i++) {
        const struct bytes *text = &reference->patterns[i].text;
        depends |= memmem(text->text, text->length, "(*", 2) != NULL;
    }
    return depends && reference->count > 1;
}

static bool variant_agrees(struct reference *reference, pcre2_code *code, bool jit, size_t from, enum verdict expected,
                           size_t begin, size_t end)
{
    size_t first = 0, last = 0;
    enum verdict verdict = match(reference, code, jit, from, &first, &last);
    if (verdict == VERDICT_OPEN)
        return true;
    return verdict == expected && (verdict == VERDICT_NO || (first == begin && last == end));
}

static bool pattern_agrees(struct reference *reference, const struct compiled *pattern, size_t from)
{
    size_t begin = 0, end = 0;
    enum verdict expected = match(reference, pattern->code, pattern->jit, from, &begin, &end);
    if (expected == VERDICT_OPEN)
        return false;
    bool agrees = variant_agrees(reference, pattern->code, false, from, expected, begin, end);
    uint32_t flags = pattern->flags | PCRE2_NO_AUTO_POSSESS | PCRE2_NO_START_OPTIMIZE | PCRE2_NO_DOTSTAR_ANCHOR;
    static const char *const suffixes[] = {")", ")|(?!)"};
    for (size_t i = 0; i < COUNT(suffixes); i++) {
        struct bytes text = {NULL, 0, 0};
        int error;
        pcre2_code *code = compile_wrapped(&pattern->text, "(?:", suffixes[i], flags, &text, &error);
        if (code) {
            agrees &= variant_agrees(reference, code, false, from, expected, begin, end);
            agrees &= !jit_compile(code) || variant_agrees(reference, code, true, from, expected, begin, end);
        }
        pcre2_code_free(code);
        bytes_free(&text);
    }
    return agrees;
}

bool reference_agrees(struct reference *reference, size_t from)
{
    for (size_t at = 0; at <= from; at = at < AGREE_BYTES || at == from ? at + 1 : from)
        for (size_t i = 0; i < reference->count; i++)
            if (!pattern_agrees(reference, &reference->patterns[i], at))
                return false;
    return true;
}
