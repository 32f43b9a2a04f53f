/*
 * matcher-reference.h - the texts of the matcher's tests, and the comparison with PCRE2 given one line at a time, one
 * pattern at a time, without the JIT.
 */
#ifndef MSCAN_TEST_MATCHER_REFERENCE_H
#define MSCAN_TEST_MATCHER_REFERENCE_H

#include "match/matcher.h"

#include "base/utf8.h"
#include "pattern/posix-class.h"
#include "sys/memory.h"

#include "../cased-compile.h"
#include "test.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <inttypes.h>

/* --- the reference --- */

enum { UNICODE = 1, CASELESS = 2, WORD = 4, LINE = 8, FIXED = 16 };

/* A pattern in parts, because -w and -x put something around the middle one. */
struct source {
    const char *start; /* (*UTF) and the like */
    const char *body;
    const char *ending; /* what has to come before anything that follows: the end of a comment, of a quotation */
};

struct reference {
    pcre2_code *codes[8];
    size_t count;
    pcre2_match_data *match_data;
};

static inline pcre2_code *compile(const char *text, size_t length, unsigned mode)
{
    int code;
    size_t offset;
    /* Without that, the interpreter takes .* for anchored and finds less than the JIT behind invalid UTF-8. */
    uint32_t flags = PCRE2_NO_DOTSTAR_ANCHOR | (mode & CASELESS ? PCRE2_CASELESS : 0) |
                     (mode & UNICODE ? PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF : 0);
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    pcre2_code *compiled = cased_compile(text, length, flags, &code, &offset, context);
    uint32_t all = 0;
    if (compiled)
        pcre2_pattern_info(compiled, PCRE2_INFO_ALLOPTIONS, &all);
    if (all & PCRE2_UTF && !(all & PCRE2_MATCH_INVALID_UTF)) {
        pcre2_code_free(compiled);
        flags |= PCRE2_MATCH_INVALID_UTF;
        compiled = cased_compile(text, length, flags, &code, &offset, context);
    }
    pcre2_compile_context_free(context);
    if (!compiled)
        fail_msg("the reference cannot be compiled: %s", text);
    return compiled;
}

static inline bool is_utf8(const char *text)
{
    int code;
    size_t offset;
    pcre2_code *compiled =
        pcre2_compile((PCRE2_SPTR)text, strlen(text), PCRE2_LITERAL | PCRE2_UTF, &code, &offset, NULL);
    pcre2_code_free(compiled);
    return compiled != NULL;
}

static inline void reference_add(struct reference *reference, const struct source *source, unsigned mode)
{
    char text[1024], body[512], prefix[128] = "", suffix[128] = "";
    const char *word = "\\w";
    if (mode & FIXED) {
        /* Literals of the tests hold no \E. */
        snprintf(body, sizeof body, "\\Q%s\\E", source->body);
        if (!is_utf8(source->body))
            mode &= ~(unsigned)UNICODE;
        /* The words of -F are those of the C library. */
        word = posix_word_members(mode & UNICODE);
    } else {
        snprintf(body, sizeof body, "%s%s", source->body, source->ending);
    }
    if (mode & (LINE | WORD)) {
        /* A pattern that calls itself is not bounded there. */
        bool calls = strstr(source->body, "(?R)");
        char before[64] = "^", after[64] = "$";
        if (!(mode & LINE)) {
            snprintf(before, sizeof before, "(?<![%s])", word);
            snprintf(after, sizeof after, "(?![%s])", word);
        }
        snprintf(prefix, sizeof prefix, calls ? "(?(R)|%s)(?:" : "%s(?:", before);
        snprintf(suffix, sizeof suffix, calls ? ")(?(R)|%s)" : ")%s", after);
    }
    snprintf(text, sizeof text, "%s%s%s%s", source->start, prefix, body, suffix);
    reference->codes[reference->count++] = compile(text, strlen(text), mode);
}

static inline void reference_free(struct reference *reference)
{
    for (size_t i = 0; i < reference->count; i++)
        pcre2_code_free(reference->codes[i]);
    pcre2_match_data_free(reference->match_data);
}

/* The first match from `from` on: that of the leftmost attempt, then that of the first pattern. */
static inline bool reference_find(const struct reference *reference, struct span line, const char *from,
                                  struct span *match)
{
    bool found = false;
    size_t length = (size_t)(line.end - line.begin), earliest = 0;
    for (size_t i = 0; i < reference->count; i++) {
        int result = pcre2_match(reference->codes[i], (PCRE2_SPTR)line.begin, length, (size_t)(from - line.begin), 0,
                                 reference->match_data, NULL);
        if (result < 0 && result != PCRE2_ERROR_NOMATCH)
            fail_msg("the reference fails: %d", result);
        const size_t *offsets = pcre2_get_ovector_pointer(reference->match_data);
        size_t attempt = pcre2_get_startchar(reference->match_data);
        if (result >= 0 && (!found || attempt < earliest)) {
            found = true;
            earliest = attempt;
            *match = (struct span){line.begin + offsets[0], line.begin + offsets[1]};
        }
    }
    return found;
}

/* --- the comparison --- */

struct text {
    const char *name, *bytes;
    size_t length;
};

/* What a test is about, for its messages. */
struct subject {
    const char *pattern;
    unsigned mode;
    const struct text *text;
    bool strict; /* compare everything */
};

/* What is wrong is told and counted, and fails the test at its end. */
static size_t complaints;

/* Always false. */
static inline bool complain(const struct subject *subject, struct span line, const char *what, struct span found,
                            struct span expected)
{
    const char *text = subject->text->bytes;
    if (complaints++ < 40)
        print_error("/%s/ mode %u in %s, line at %td \"%.*s\": %s: %td-%td instead of %td-%td\n", subject->pattern,
                    subject->mode, subject->text->name, line.begin - text,
                    (int)(line.end - line.begin < 60 ? line.end - line.begin : 60), line.begin, what,
                    found.begin ? found.begin - text : -1, found.end ? found.end - text : -1,
                    expected.begin ? expected.begin - text : -1, expected.end ? expected.end - text : -1);
    return false;
}

static inline void check_complaints(void)
{
    size_t count = complaints;
    complaints = 0;
    assert_int_equal(count, 0);
}

static inline void on_given_up(void *context, const char *line, int error)
{
    (void)line;
    size_t *troubles = context;
    ++*troubles;
    print_error("trouble: %d\n", error);
}

/*
 * The next match that is not empty, from `*from` on, which moves behind it; looked for as the search does.  Without a
 * reference it is the matcher's, else the reference's.
 */
static inline bool next_match(struct matcher_state *state, const struct reference *reference, struct span line,
                              const char **from, struct span *match)
{
    while (*from < line.end &&
           (reference ? reference_find(reference, line, *from, match) : matcher_find(state, *from, match))) {
        bool empty = match->begin == match->end;
        *from = empty && match->end < line.end ? matcher_step(state, match->end) : match->end;
        if (!empty)
            return true;
        if (match->end == line.end)
            return false;
    }
    return false;
}

/*
 * All matches in a line.  Empty ones are compared only for bytes: with Unicode, a pattern that is compiled for bytes
 * may find one inside of a character, where nobody looks at it.
 */
static inline bool check_finds(struct matcher_state *state, const struct reference *reference,
                               const struct subject *subject, struct span line)
{
    const char *from = line.begin, *reference_from = line.begin;
    bool more = true;
    matcher_set_line(state, line);
    while (more) {
        struct span found = {NULL, NULL}, expected = {NULL, NULL};
        more = next_match(state, reference, line, &reference_from, &expected);
        if (next_match(state, NULL, line, &from, &found) != more ||
            (more && (found.begin != expected.begin || found.end != expected.end)))
            return complain(subject, line, "match", found, expected);
    }
    if (subject->mode & UNICODE)
        return true;
    matcher_set_line(state, line);
    for (from = line.begin, more = true; more && from <= line.end;) {
        struct span found = {NULL, NULL}, expected = {NULL, NULL};
        more = reference_find(reference, line, from, &expected);
        if (matcher_find(state, from, &found) != more || found.begin != expected.begin || found.end != expected.end)
            return complain(subject, line, "match, perhaps empty", found, expected);
        from = found.end > found.begin ? found.end : found.end + 1;
    }
    return true;
}

/*
 * Whether it is open what a pattern matches in a line: PCRE2 takes each piece of valid UTF-8 in an invalid line for a
 * subject of its own, with ends of its own, and has no place for an empty match in the bytes between.
 */
static inline bool is_vague(const struct reference *reference, const struct subject *subject, struct span line)
{
    if (!(subject->mode & UNICODE) || subject->strict || utf8_is_valid(line.begin, (size_t)(line.end - line.begin)))
        return false;
    bool vague = strstr(subject->pattern, "\\A") || strstr(subject->pattern, "\\z") || strstr(subject->pattern, "\\Z");
    for (size_t i = 0; i < reference->count; i++) {
        uint32_t empty = 0;
        pcre2_pattern_info(reference->codes[i], PCRE2_INFO_MATCHEMPTY, &empty);
        vague |= empty != 0;
    }
    return vague;
}

/* All lines of a text, and all matches in those that match. */
static inline bool check_lines(struct matcher_state *state, const struct reference *reference,
                               const struct subject *subject)
{
    const char *end = subject->text->bytes + subject->text->length;
    struct span next = {NULL, NULL};
    matcher_begin(state, subject->text->bytes, end);
    bool more = matcher_next(state, &next);
    for (const char *p = subject->text->bytes; p < end;) {
        const char *newline = memchr(p, '\n', (size_t)(end - p));
        struct span line = {p, newline ? newline : end}, match;
        if (is_vague(reference, subject, line)) {
            if (more && next.begin == line.begin)
                more = matcher_next(state, &next);
        } else if (reference_find(reference, line, line.begin, &match)) {
            if (!more || next.begin != line.begin || next.end != line.end)
                return complain(subject, line, "line", next, line);
            if (!check_finds(state, reference, subject, line))
                return false;
            more = matcher_next(state, &next);
        } else if (more && next.begin == line.begin) {
            return complain(subject, line, "line that does not match", next, line);
        }
        p = newline ? newline + 1 : end;
    }
    return !more && !matcher_next(state, &next) ? true : complain(subject, next, "one line more", next, next);
}

static inline void check_text(const struct matcher *matcher, const struct reference *reference,
                              const struct subject *subject)
{
    size_t troubles = 0;
    const struct given_up_sink sink = {on_given_up, &troubles};
    struct matcher_state *state = matcher_state_create(matcher, &sink, &sink);
    check_lines(state, reference, subject);
    assert_int_equal(troubles, 0);
    matcher_state_free(state);
}

static inline struct matcher *compile_matcher(const struct pattern_list *list, unsigned mode)
{
    const struct matcher_options options = {
        .dialect.fixed = mode & FIXED,
        .dialect.caseless = mode & CASELESS,
        .dialect.boundary = mode & LINE   ? BOUNDS_LINE
                            : mode & WORD ? BOUNDS_WORD
                                          : BOUNDS_NONE,
        .dialect.unicode = mode & UNICODE,
        .kernels = kernels_get(0),
    };
    struct mistake mistake;
    struct matcher *matcher = matcher_compile(list, &options, &mistake);
    if (!matcher)
        fail_msg("pattern %zu, mode %u: %s at %zu", mistake.pattern, mode, mistake.message, mistake.offset);
    return matcher;
}

static inline void check_source(const struct source *sources, size_t count, unsigned mode, const struct text *texts,
                                size_t text_count, bool strict)
{
    struct pattern_list list = {NULL, 0, 0};
    struct reference reference = {.match_data = pcre2_match_data_create(1, NULL)};
    char all[1024] = "";
    for (size_t i = 0; i < count; i++) {
        char pattern[512];
        snprintf(pattern, sizeof pattern, "%s%s", sources[i].start, sources[i].body);
        /* A pattern may hold a newline here: the list is not made by splitting. */
        list.items = realloc(list.items, (i + 1) * sizeof *list.items);
        list.items[list.count++] = (struct pattern){.text = strdup(pattern), .length = strlen(pattern)};
        reference_add(&reference, &sources[i], mode);
        strncat(all, pattern, sizeof all - strlen(all) - 2);
        strcat(all, i + 1 < count ? "," : "");
    }
    struct matcher *matcher = compile_matcher(&list, mode);
    pattern_list_free(&list); /* the matcher keeps what it needs */
    for (size_t i = 0; i < text_count; i++) {
        struct subject subject = {all, mode, &texts[i], strict};
        check_text(matcher, &reference, &subject);
    }
    char *explanation = matcher_explain(matcher);
    assert_non_null(strstr(explanation, "pattern"));
    free(explanation);
    matcher_free(matcher);
    reference_free(&reference);
}

static inline void check(const struct source *sources, size_t count, unsigned mode, const struct text *texts,
                         size_t text_count)
{
    check_source(sources, count, mode, texts, text_count, false);
}

/* --- texts --- */

static const char *const lines[] = {
    "",
    "foo",
    "foo bar",
    "foobar\r",
    "\r",
    " ",
    "\t x \t",
    "aa",
    "aaa bb",
    "ab",
    "abc abc",
    "abcabc",
    "ABC xyz",
    "Foo_bar foo-bar fOO",
    "key=value # comment",
    "2024-01-31 12:34:56 ERROR [main] 192.168.0.1 \"GET /x\"",
    "\"quoted\" and \"another\"",
    "a.b",
    "a+b",
    "a\\b",
    "x]y-z^",
    "12 34.5 0x7f",
    "\xd0\xbf\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82 \xd0\xbc\xd0\xb8\xd1\x80",
    "\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82",
    "a\xd1\x8f"
    "b",
    "\xd1\x8f",
    "kK\xe2\x84\xaa sS\xc5\xbf",
    "na\xc3\xafve caf\xc3\xa9",
    "\xf0\x9f\x98\x80 e\xcc\x81",
    "a\xc2\x85"
    "b\xe2\x80\xa8"
    "c\xc2\xa0"
    "d",
    "\xff",
    "a\xff"
    "b",
    "foo\xff\xfe"
    "bar",
    "\x80\x80 foo",
    "foo \xd1",
    "\xed\xa0\x80 foo",
    "x",
    "xx",
    "(a)[b]{c}",
    "a|b*c?",
    "$^",
    "the quick brown fox",
    "WARN warn Warn",
    "aaaaaaaaaaaaaaaaaaaab",
    "--",
    "-foo-",
    "foo foofoo _foo foo1",
};

static struct text texts[6];
#define BIG 5 /* the index of the text that is larger than a window */

static inline void add_line(char **p, const char *line, size_t length)
{
    memcpy(*p, line, length);
    *p += length;
}

static inline void make_texts(void)
{
    char *p, *start;
    size_t room = 0;
    for (size_t i = 0; i < COUNT(lines); i++)
        room += strlen(lines[i]) + 8;
    for (int i = 0; i < BIG; i++) {
        p = start = malloc(8 * room);
        assert_non_null(start);
        for (size_t j = 0; j < COUNT(lines); j++) {
            bool ascii = true;
            for (const char *c = lines[j]; *c; c++)
                ascii &= (*c & 0x80) == 0;
            if (i == 0 && !ascii)
                continue;
            add_line(&p, lines[j], strlen(lines[j]));
            if (i == 2)
                add_line(&p, "\r", 1);
            if (i == 3)
                add_line(&p, "\0foo\0", 5);
            add_line(&p, "\n", 1);
            if (i == 4 && j % 3 == 0)
                add_line(&p, "\n\n", 2);
        }
        if (i == 1)
            p--; /* the last line has no newline */
        texts[i] = (struct text){(const char *const[]){"ASCII", "all", "CRLF", "NUL", "empty lines"}[i], start,
                                 (size_t)(p - start)};
    }
    /* Windows of all kinds: ASCII, Cyrillic, mixed; the seams fall into all kinds of lines. */
    struct dice dice = {7};
    size_t length = 160000;
    p = start = malloc(length + 4096);
    assert_non_null(start);
    while ((size_t)(p - start) < length) {
        bool ascii = (size_t)(p - start) < length / 2;
        const char *line = lines[dice_below(&dice, ascii ? 22 : COUNT(lines))];
        for (size_t i = dice_below(&dice, 8) ? 1 : 12; i; i--)
            add_line(&p, line, strlen(line));
        add_line(&p, "\n", 1);
    }
    add_line(&p, "foo", 3);
    texts[BIG] = (struct text){"big", start, (size_t)(p - start)};
}

static inline int set_up(void **state)
{
    (void)state;
    make_texts();
    return 0;
}

static inline int tear_down(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++)
        free((char *)(uintptr_t)texts[i].bytes);
    return 0;
}

/* --- patterns --- */

#define P(body)                                                                                                        \
    {                                                                                                                  \
        "", body, ""                                                                                                   \
    }

#endif
