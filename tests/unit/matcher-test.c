/*
 * matcher-test.c - which lines match, and where, against PCRE2 given one line at a time, one pattern
 * at a time, without the JIT.
 */
#include "match/matcher.h"

#include "base/utf8.h"
#include "sys/memory.h"
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

static pcre2_code *compile(const char *text, size_t length, unsigned mode)
{
    int code;
    size_t offset;
    /* Without that, the interpreter takes .* for anchored and finds less than the JIT behind invalid UTF-8. */
    uint32_t flags = PCRE2_NO_DOTSTAR_ANCHOR | (mode & CASELESS ? PCRE2_CASELESS : 0) |
                     (mode & UNICODE ? PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF : 0);
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    pcre2_code *compiled = pcre2_compile((PCRE2_SPTR)text, length, flags, &code, &offset, context);
    uint32_t all = 0;
    if (compiled)
        pcre2_pattern_info(compiled, PCRE2_INFO_ALLOPTIONS, &all);
    if (all & PCRE2_UTF && !(all & PCRE2_MATCH_INVALID_UTF)) {
        pcre2_code_free(compiled);
        flags |= PCRE2_MATCH_INVALID_UTF;
        compiled = pcre2_compile((PCRE2_SPTR)text, length, flags, &code, &offset, context);
    }
    pcre2_compile_context_free(context);
    if (!compiled)
        fail_msg("the reference cannot be compiled: %s", text);
    return compiled;
}

static bool is_utf8(const char *text)
{
    int code;
    size_t offset;
    pcre2_code *compiled =
        pcre2_compile((PCRE2_SPTR)text, strlen(text), PCRE2_LITERAL | PCRE2_UTF, &code, &offset, NULL);
    pcre2_code_free(compiled);
    return compiled != NULL;
}

static void reference_add(struct reference *reference, const struct source *source, unsigned mode)
{
    char text[1024];
    const char *prefix = mode & LINE ? "^(?:" : mode & WORD ? "(?<!\\w)(?:" : "";
    const char *suffix = mode & LINE ? ")$" : mode & WORD ? ")(?!\\w)" : "";
    char body[512];
    if (mode & FIXED) {
        /* Literals of the tests hold no \E. */
        snprintf(body, sizeof body, "\\Q%s\\E", source->body);
        if (!is_utf8(source->body))
            mode &= ~(unsigned)UNICODE;
    } else {
        snprintf(body, sizeof body, "%s%s", source->body, source->ending);
    }
    snprintf(text, sizeof text, "%s%s%s%s", source->start, prefix, body, suffix);
    reference->codes[reference->count++] = compile(text, strlen(text), mode);
}

static void reference_free(struct reference *reference)
{
    for (size_t i = 0; i < reference->count; i++)
        pcre2_code_free(reference->codes[i]);
    pcre2_match_data_free(reference->match_data);
}

/* The first match from `from` on: the leftmost, then that of the first pattern. */
static bool reference_find(const struct reference *reference, struct span line, const char *from, struct span *match)
{
    bool found = false;
    size_t length = (size_t)(line.end - line.begin);
    for (size_t i = 0; i < reference->count; i++) {
        int result = pcre2_match(reference->codes[i], (PCRE2_SPTR)line.begin, length, (size_t)(from - line.begin), 0,
                                 reference->match_data, NULL);
        if (result < 0 && result != PCRE2_ERROR_NOMATCH)
            fail_msg("the reference fails: %d", result);
        const size_t *offsets = pcre2_get_ovector_pointer(reference->match_data);
        if (result >= 0 && (!found || line.begin + offsets[0] < match->begin)) {
            found = true;
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
static bool complain(const struct subject *subject, struct span line, const char *what, struct span found,
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

static void check_complaints(void)
{
    size_t count = complaints;
    complaints = 0;
    assert_int_equal(count, 0);
}

static void on_trouble(void *context, const char *line, int error)
{
    (void)line;
    size_t *troubles = context;
    ++*troubles;
    print_error("trouble: %d\n", error);
}

/* The next match that is not empty, from `*from` on, which moves behind it; looked for as the search does. */
static bool next_found(struct matcher_state *state, struct span line, const char **from, struct span *match)
{
    while (*from < line.end && matcher_find(state, *from, match)) {
        bool empty = match->begin == match->end;
        *from = empty && match->end < line.end ? matcher_step(state, match->end) : match->end;
        if (!empty)
            return true;
        if (match->end == line.end)
            return false;
    }
    return false;
}

static bool next_expected(struct matcher_state *state, const struct reference *reference, struct span line,
                          const char **from, struct span *match)
{
    while (*from < line.end && reference_find(reference, line, *from, match)) {
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
static bool check_finds(struct matcher_state *state, const struct reference *reference, const struct subject *subject,
                        struct span line)
{
    const char *from = line.begin, *reference_from = line.begin;
    bool more = true;
    matcher_set_line(state, line);
    while (more) {
        struct span found = {NULL, NULL}, expected = {NULL, NULL};
        more = next_expected(state, reference, line, &reference_from, &expected);
        if (next_found(state, line, &from, &found) != more ||
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
static bool is_vague(const struct reference *reference, const struct subject *subject, struct span line)
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
static bool check_lines(struct matcher_state *state, const struct reference *reference, const struct subject *subject)
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

static void check_text(const struct matcher *matcher, const struct reference *reference, const struct subject *subject)
{
    size_t troubles = 0;
    struct matcher_state *state = matcher_state_create(matcher, on_trouble, &troubles);
    check_lines(state, reference, subject);
    assert_int_equal(troubles, 0);
    matcher_state_free(state);
}

static struct matcher *compile_matcher(const struct pattern_list *list, unsigned mode)
{
    const struct matcher_options options = {
        .fixed = mode & FIXED,
        .ignore_case = mode & CASELESS,
        .word = mode & WORD,
        .line = mode & LINE,
        .unicode = mode & UNICODE,
        .kernels = kernels_get(0),
    };
    struct matcher_error error;
    struct matcher *matcher = matcher_compile(list, &options, &error);
    if (!matcher)
        fail_msg("pattern %zu, mode %u: %s at %zu", error.pattern, mode, error.message, error.offset);
    return matcher;
}

static void check_source(const struct source *sources, size_t count, unsigned mode, const struct text *texts,
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
        list.items[list.count++] = (struct pattern){strdup(pattern), strlen(pattern)};
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

static void check(const struct source *sources, size_t count, unsigned mode, const struct text *texts,
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

static void add_line(char **p, const char *line, size_t length)
{
    memcpy(*p, line, length);
    *p += length;
}

static void make_texts(void)
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

static int set_up(void **state)
{
    (void)state;
    make_texts();
    return 0;
}

static int tear_down(void **state)
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

static const struct source sources[] = {
    P(""),
    P("foo"),
    P("a"),
    P("foo|bar|ab"),
    P("bar|foo bar"),
    P("^"),
    P("$"),
    P("^$"),
    P("^foo"),
    P("foo$"),
    P("^foo$|^$"),
    P("^\\s*$"),
    P("\\s"),
    P("\\S+\\s+\\S+"),
    P("\\W"),
    P("\\W$"),
    P("\\D+"),
    P("\\d{1,3}(?:\\.\\d{1,3}){3}"),
    P("^\\d{4}-\\d{2}-\\d{2} .*(WARN|ERROR)"),
    P("[^a]"),
    P("[^\"]*"),
    P("\"[^\"]*\""),
    P("[^]x]y"),
    P("[^-a]-"),
    P("[^\\w\\s]"),
    P("[^\\d]$"),
    P("[[:space:]]"),
    P("[[:^alpha:]]+"),
    P("\\v|\\h"),
    P("\\H\\h"),
    P("\\R"),
    P("\\X\\X"),
    P("\\N+"),
    P("."),
    P(".*"),
    P(".+o"),
    P("a*"),
    P("a*?b"),
    P("a++b"),
    P("(?>a+)b"),
    P("a?+a"),
    P("(a|ab)(c|bcd)?"),
    P("(.)\\1"),
    P("(\\w+) \\1"),
    P("(?<n>[ab])\\k<n>"),
    P("(?=foo)"),
    P("foo(?=bar)"),
    P("foo(?!bar)"),
    P("foo(?!\\s)"),
    P("(?<=foo)bar|(?<=-)foo"),
    P("(?<!foo)bar"),
    P("(?<!.)foo"),
    P("(?<![^ ])foo"),
    P("foo(?![^ ])"),
    P("(?<=\\s)\\S"),
    P("o(?=\\W)"),
    P("\\bfoo\\b"),
    P("\\Bo\\b"),
    P("\\b"),
    P("\\B"),
    P("\\Afoo"),
    P("foo\\z"),
    P("foo\\Z"),
    P("\\A\\z"),
    P("foo\\Kbar"),
    P("\\w\\K\\W"),
    P("(?m)^foo$"),
    P("(?m)\\Ab|^a"),
    P("(?-m)^foo$"),
    P("(?s).$"),
    P("(?s)a.b"),
    P("(?s:a.)b"),
    P("(?i)FOO"),
    P("f(?i)O+(?-i)o"),
    P("(?i:k)|s$"),
    P("(?^)foo$"),
    {"", "(?x) f o+ # the end", "\n"},
    {"", "(?x) f o+ # \\Q", "\n"},
    P("(?x: foo )b"),
    P("foo(?#comment)bar"),
    {"", "\\Qa.b", "\\E"},
    {"", "x|\\Qa+b\\E|\\Q(a)[", "\\E"},
    P("\\\\Q|\\\\b"),
    {"(*UTF)", "\xd1\x8f|foo", ""},
    {"(*UTF)(*UCP)", "\\w+", ""},
    {"(*UCP)", "\\w\\W", ""},
    {"(*NO_JIT)", "foo|a", ""},
    {"(*LIMIT_MATCH=100000)", "foo$", ""},
    P("\xd1\x8f"),
    P("\xd0\xbf\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82"),
    P("[\xd0\xb0-\xd1\x8f]+"),
    P("[^\xd0\xb0-\xd1\x8f]+"),
    P("a.b"),
    P("\\w{5,}"),
    P("\\p{Lu}\\p{Ll}"),
    P("\\P{L}"),
    P("\\p{Lu}+"),
    P("k"),
    P("[ks]{2}"),
    P("[^k]"),
    P("\\xff"),
    P("\\x{e9}"),
    P("\\x00"),
    P("[\\x00-\\x1f]"),
    P("\\r$"),
    P("\\r?$"),
    P("\\n"),
    P("a\\n*b"),
    P("(a)?(?(1)b|o)"),
    P("\\((?:[^()]|(?R))*\\)"),
    P("([ab])(?1)c"),
    P("(?|(a)b|(b)a)"),
    P("a(*SKIP)(*FAIL)|b"),
    P("x*"),
    P("(?:)"),
    P("()"),
    P("(?!)"),
    P("a{0}"),
    P("a{2,}|b{2}"),
    P("[x\\]^-]{2}"),
    P("(?:a|b|)$"),
    P("\\w+$"),
    P("^.{3}$"),
    P("^.{0,2}$"),
    P("a|(?<=a)b|$"),
    P("(?<=\\Aa)."),
    P("\\C\\C"),
    P("(?U)a+"),
    P("o\\b.|$"),
    P("\\G."),
};

static void check_all(unsigned mode, size_t first, size_t last)
{
    for (size_t i = 0; i < COUNT(sources); i++)
        check(&sources[i], 1, mode, texts + first, last - first);
}

static void test_bytes(void **state)
{
    (void)state;
    check_all(0, 0, COUNT(texts));
    check_complaints();
}

static void test_unicode(void **state)
{
    (void)state;
    check_all(UNICODE, 0, COUNT(texts));
    check_complaints();
}

static void test_modes(void **state)
{
    (void)state;
    static const unsigned modes[] = {CASELESS, WORD, LINE, WORD | LINE | CASELESS};
    for (size_t i = 0; i < COUNT(modes); i++) {
        check_all(modes[i], 0, BIG);
        check_all(modes[i] | UNICODE, 0, BIG);
    }
    check_complaints();
}

static void test_fixed(void **state)
{
    (void)state;
    static const char *const literals[] = {
        "",         "foo",  "a.b",      "a+b",  "a\\b",  "(a)[b]{c}", "a|b*c?",
        "$^",       "--",   "-foo-",    "\r",   "Foo",   " ",         "\xff",
        "foo\xff",  "\x80", "\xd1\x8f", "\xd1", "#",     "x",         "o",
        "\xc5\xbf", "WaRn", "_",        "\t",   "]y-z^", "kK",        "\xd0\x9f\xd1\x80\xd0\xb8",
    };
    for (size_t i = 0; i < COUNT(literals); i++)
        for (unsigned mode = 0; mode < 16; mode++) {
            struct source source = P(literals[i]);
            check(&source, 1, mode | FIXED, texts, mode < 2 ? COUNT(texts) : BIG);
        }
    /* Bytes of a character, and of none, as several patterns. */
    static const struct source several[] = {P("\xff"), P("foo"), P("\xd1\x8f"), P("\xfe"), P("fo")};
    for (unsigned mode = 0; mode < 16; mode++)
        check(several, COUNT(several), mode | FIXED, texts, mode < 2 ? COUNT(texts) : BIG);
    check_complaints();
}

/* Several patterns, given in this order; a row ends with a pattern that is NULL. */
static const struct source rows[][6] = {
    {P("foo"), P("bar")},
    {P("bar"), P("foobar"), P("foo")},
    {P("a"), P("ab"), P("abc")},
    {P("abc"), P("ab"), P("a")},
    {P("^foo"), P("bar$"), P("\\d+")},
    {P("foo"), P("(.)\\1"), P("bar"), P("(?<n>[ab])\\k<n>")},
    {P("(.)\\1"), P("(.)(.)\\2")},
    {P("(?i)foo"), P("BAR"), P("foo")},
    {P("a|b"), P("c|")},
    {P(""), P("foo")},
    {P("foo"), P("")},
    {{"", "\\Qa.b", "\\E"}, P("a+b"), {"", "(a)\\Q[b", "\\E"}},
    {{"", "(?x) f o+ # x", "\n"}, P("# c"), P("bar")},
    {P("\\Afoo"), P("bar"), P("\\z")},
    {P("\\s"), P("foo"), P("\\W\\W")},
    {P("\xd1\x8f"), P("foo"), P("\\w+")},
    {P("(?s).$"), P("(?-m)^a"), P("foo")},
    {{"(*UTF)", "a|\xd1\x8f", ""}, P("b"), P("foo")},
    {P("(?|(a)|(b))"), P("foo"), P("(?|(c)|(d))")},
    {P("(a)(b)(c)"), P("(\\d)\\1|\\1"), P("x")},
    /* \11 is a tab as long as there are not eleven captures. */
    {P("(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)|zz"), P("\\11 x"), P("foo")},
    {P("a*?"), P("b+")},
    {P("[^a]"), P("aa")},
    {P("\\xff"), P("foo")},
};

static void test_several(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t count = 0;
        while (count < COUNT(rows[i]) && rows[i][count].body)
            count++;
        for (unsigned mode = 0; mode < 16; mode++)
            check(rows[i], count, mode, texts, mode < 2 ? COUNT(texts) : BIG);
    }
    check_complaints();
}

/* --- thousands of words --- */

#define WORDS 3000

/* The leftmost of the words from `from` on, of several there the first. */
static bool find_word(const struct pattern_list *list, struct span line, const char *from, struct span *match)
{
    for (const char *p = from; p < line.end; p++)
        for (size_t i = 0; i < list->count; i++) {
            size_t length = list->items[i].length;
            if (length <= (size_t)(line.end - p) && memcmp(p, list->items[i].text, length) == 0) {
                *match = (struct span){p, p + length};
                return true;
            }
        }
    return false;
}

static void test_many_words(void **state)
{
    (void)state;
    struct dice dice = {5};
    struct pattern_list list = {NULL, 0, 0};
    for (size_t i = 0; i < WORDS; i++) {
        char word[12];
        size_t length = 4 + dice_below(&dice, 7);
        for (size_t j = 0; j < length; j++)
            word[j] = "abcdefgh.("[dice_below(&dice, 10)];
        pattern_list_add(&list, word, length);
    }
    size_t room = 600 * 40;
    char *bytes = malloc(room);
    assert_non_null(bytes);
    size_t length = 0;
    for (size_t i = 0; i < 600; i++) {
        for (size_t j = dice_below(&dice, 20); j; j--)
            bytes[length++] = "abcdefgh.("[dice_below(&dice, 10)];
        if (i % 3 == 0) {
            const struct pattern *word = &list.items[dice_below(&dice, WORDS)];
            memcpy(bytes + length, word->text, word->length);
            length += word->length;
        }
        bytes[length++] = '\n';
    }
    for (unsigned mode = 0; mode < 2; mode++) {
        struct matcher *matcher = compile_matcher(&list, mode | FIXED);
        size_t troubles = 0, matching = 0;
        struct matcher_state *matcher_state = matcher_state_create(matcher, on_trouble, &troubles);
        struct span next;
        matcher_begin(matcher_state, bytes, bytes + length);
        for (const char *p = bytes; p < bytes + length;) {
            const char *newline = memchr(p, '\n', (size_t)(bytes + length - p));
            struct span line = {p, newline}, match, found;
            p = newline + 1;
            if (!find_word(&list, line, line.begin, &match))
                continue;
            matching++;
            assert_true(matcher_next(matcher_state, &next));
            assert_ptr_equal(next.begin, line.begin);
            matcher_set_line(matcher_state, line);
            for (const char *from = line.begin; find_word(&list, line, from, &match); from = match.end) {
                assert_true(matcher_find(matcher_state, from, &found));
                assert_ptr_equal(found.begin, match.begin);
                assert_ptr_equal(found.end, match.end);
            }
        }
        assert_false(matcher_next(matcher_state, &next));
        assert_in_range(matching, 200, 599);
        assert_int_equal(troubles, 0);
        matcher_state_free(matcher_state);
        matcher_free(matcher);
    }
    free(bytes);
    pattern_list_free(&list);
}

/* --- seams --- */

/* Lines of every length around the sizes at which a window may end, with the match in the first and last bytes. */
static void test_seams(void **state)
{
    (void)state;
    static const struct source patterns[] = {P("foo"), P("^foo"),       P("oo$"), P("\\bfoo\\b"),
                                             P("^$"),  P("foo(?!\\s)"), P("x\\Z")};
    size_t length = 200000;
    char *bytes = malloc(length);
    assert_non_null(bytes);
    for (size_t shift = 0; shift < 9; shift++) {
        memset(bytes, 'x', length);
        for (size_t at = 65536 - 4 + shift; at < length; at += 65536) {
            memcpy(bytes + at, "\nfoo", 4);
            bytes[at - 100] = '\n';
            bytes[at + 4 + shift] = '\n';
            bytes[at + 5 + shift] = '\n';
        }
        struct text text = {"seams", bytes, length - shift};
        for (size_t i = 0; i < COUNT(patterns); i++)
            for (unsigned mode = 0; mode < 2; mode++)
                check(&patterns[i], 1, mode, &text, 1);
    }
    free(bytes);
    check_complaints();
}

/* --- what is special --- */

static struct pattern_list list_of(const char *patterns)
{
    struct pattern_list list = {NULL, 0, 0};
    pattern_list_add(&list, patterns, strlen(patterns));
    return list;
}

static void test_matches_all(void **state)
{
    (void)state;
    static const struct {
        const char *patterns;
        unsigned mode;
        bool all;
    } cases[] = {
        {"", 0, true},     {"foo\n", 0, true}, {"\nfoo", UNICODE, true},   {"", FIXED, true},    {"foo", 0, false},
        {"", LINE, false}, {"", WORD, false},  {"foo\nbar", FIXED, false}, {"", CASELESS, true},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct pattern_list list = list_of(cases[i].patterns);
        struct matcher *matcher = compile_matcher(&list, cases[i].mode);
        assert_int_equal(matcher_matches_all(matcher), cases[i].all);
        matcher_free(matcher);
        pattern_list_free(&list);
    }
    matcher_free(NULL);
}

static void test_no_patterns(void **state)
{
    (void)state;
    struct pattern_list list = {NULL, 0, 0};
    for (unsigned mode = 0; mode < 2; mode++) {
        struct matcher *matcher = compile_matcher(&list, mode);
        assert_false(matcher_matches_all(matcher));
        size_t troubles = 0;
        struct matcher_state *matcher_state = matcher_state_create(matcher, on_trouble, &troubles);
        struct span line, match;
        matcher_begin(matcher_state, texts[1].bytes, texts[1].bytes + texts[1].length);
        assert_false(matcher_next(matcher_state, &line));
        matcher_set_line(matcher_state, (struct span){texts[1].bytes, texts[1].bytes + 3});
        assert_false(matcher_find(matcher_state, texts[1].bytes, &match));
        matcher_state_free(matcher_state);
        free(matcher_explain(matcher));
        matcher_free(matcher);
    }
}

/* No text, and a state that is used for one text after another. */
static void test_texts_in_turn(void **state)
{
    (void)state;
    struct pattern_list list = list_of("o$");
    struct matcher *matcher = compile_matcher(&list, UNICODE);
    size_t troubles = 0;
    struct matcher_state *matcher_state = matcher_state_create(matcher, on_trouble, &troubles);
    struct span line;
    static const char *const turns[] = {"", "foo", "a\n", "foo\nfoo\n", "\n\n\n", "x\nfoo"};
    static const size_t counts[] = {0, 1, 0, 2, 0, 1};
    for (size_t i = 0; i < 3 * COUNT(turns); i++) {
        const char *text = turns[i % COUNT(turns)];
        size_t count = 0;
        matcher_begin(matcher_state, text, text + strlen(text));
        /* Some are left in the middle. */
        while ((i < COUNT(turns) || count == 0) && matcher_next(matcher_state, &line))
            count++;
        if (i < COUNT(turns))
            assert_int_equal(count, counts[i]);
    }
    matcher_state_free(matcher_state);
    matcher_state_free(NULL);
    matcher_free(matcher);
    pattern_list_free(&list);
}

static void test_step(void **state)
{
    (void)state;
    struct pattern_list list = list_of("x");
    for (unsigned mode = 0; mode < 2; mode++) {
        struct matcher *matcher = compile_matcher(&list, mode);
        size_t troubles = 0;
        struct matcher_state *matcher_state = matcher_state_create(matcher, on_trouble, &troubles);
        static const char text[] = "a\xd1\x8f\xe2\x82\xac\xf0\x9f\x98\x80z";
        static const size_t starts[] = {0, 1, 3, 6, 10, 11};
        matcher_set_line(matcher_state, (struct span){text, text + sizeof text - 1});
        const char *p = text;
        for (size_t i = 1; i < COUNT(starts) && mode; i++) {
            p = matcher_step(matcher_state, p);
            assert_int_equal(p - text, starts[i]);
        }
        for (size_t i = 0; i < sizeof text - 1 && !mode; i++)
            assert_ptr_equal(matcher_step(matcher_state, text + i), text + i + 1);
        matcher_state_free(matcher_state);
        matcher_free(matcher);
    }
    pattern_list_free(&list);
}

/* The index and the place of a mistake, as PCRE2 gives them for the pattern alone. */
static void test_errors(void **state)
{
    (void)state;
    static const struct {
        const char *patterns;
        size_t pattern, offset;
    } cases[] = {
        {"a(b", 0, 3},   {"foo\nb)\nc", 1, 1},      {"a\nb\n*c", 2, 0}, {"x(?#\ny", 0, 4}, {"foo\\\ny", 0, 4},
        {"a\n[b", 1, 2}, {"(?<n>a)\n\\k<m>", 1, 5}, {"a|b)|(c", 0, 3},  {"a)(b", 0, 1},    {"foo\nbar\n(a)\\2", 2, 5},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        for (unsigned mode = 0; mode < 16; mode++) {
            struct pattern_list list = list_of(cases[i].patterns);
            const struct matcher_options options = {
                .ignore_case = mode & CASELESS,
                .word = mode & WORD,
                .line = mode & LINE,
                .unicode = mode & UNICODE,
                .kernels = kernels_get(0),
            };
            struct matcher_error error = {SIZE_MAX, SIZE_MAX, ""};
            const struct pattern *pattern = &list.items[cases[i].pattern];
            int code;
            size_t offset;
            assert_null(pcre2_compile((PCRE2_SPTR)pattern->text, pattern->length, 0, &code, &offset, NULL));
            assert_null(matcher_compile(&list, &options, &error));
            if (error.pattern != cases[i].pattern || error.offset != offset || !*error.message)
                fail_msg("%s, mode %u: pattern %zu at %zu (%zu): %s", cases[i].patterns, mode, error.pattern,
                         error.offset, offset, error.message);
            pattern_list_free(&list);
        }
    /* Literals are always right. */
    struct pattern_list list = list_of("a(b\nb)\n*c\n\\\n[");
    matcher_free(compile_matcher(&list, FIXED));
    matcher_free(compile_matcher(&list, FIXED | UNICODE | WORD));
    pattern_list_free(&list);
}

/* --- limits --- */

struct record {
    const char *lines[64];
    size_t count;
};

static void note_trouble(void *context, const char *line, int error)
{
    struct record *record = context;
    char message[256] = "";
    matcher_error_message(error, message, sizeof message);
    assert_true(*message);
    if (record->count < COUNT(record->lines))
        record->lines[record->count++] = line;
}

/* `pattern` gives up on lines of many a's, and finds those that hold "ab". */
static void check_limit(const char *pattern, unsigned mode, const struct matcher_options *limits)
{
    struct pattern_list list = list_of(pattern);
    struct matcher_options options = *limits;
    options.engine = ENGINE_PCRE2; /* the engine meets no limits */
    options.unicode = mode & UNICODE;
    options.kernels = kernels_get(0);
    struct matcher_error error;
    struct matcher *matcher = matcher_compile(&list, &options, &error);
    assert_non_null(matcher);
    struct record record = {.count = 0};
    struct matcher_state *state = matcher_state_create(matcher, note_trouble, &record);
    char text[8192];
    size_t length = 0, bad[8], bad_count = 0, good[16], good_count = 0;
    for (int i = 0; i < 12; i++) {
        if (i % 3 == 1 && bad_count < 3) {
            bad[bad_count++] = length;
            memset(text + length, 'a', 60);
            length += 60;
            text[length++] = '!';
        } else {
            good[good_count++] = length;
            memcpy(text + length, "xaab", 4);
            length += 4;
        }
        text[length++] = '\n';
    }
    struct span line;
    size_t found = 0;
    matcher_begin(state, text, text + length);
    while (matcher_next(state, &line)) {
        if (found >= good_count || line.begin != text + good[found])
            fail_msg("%s, mode %u: found %.*s at %td", pattern, mode, (int)(line.end - line.begin), line.begin,
                     line.begin - text);
        found++;
    }
    assert_int_equal(found, good_count);
    if (record.count != bad_count)
        fail_msg("%s, mode %u: %zu troubles instead of %zu", pattern, mode, record.count, bad_count);
    for (size_t i = 0; i < bad_count; i++)
        assert_ptr_equal(record.lines[i], text + bad[i]);
    /* As a whole, without a match. */
    record.count = 0;
    struct span match;
    matcher_set_line(state, (struct span){text + bad[0], text + bad[0] + 61});
    assert_false(matcher_find(state, text + bad[0], &match));
    assert_int_equal(record.count, 1);
    assert_ptr_equal(record.lines[0], text + bad[0]);
    matcher_set_line(state, (struct span){text + good[0], text + good[0] + 4});
    assert_true(matcher_find(state, text + good[0], &match));
    assert_int_equal(record.count, 1);
    matcher_state_free(state);
    matcher_free(matcher);
    pattern_list_free(&list);
}

static void test_limits(void **state)
{
    (void)state;
    const struct matcher_options match_limit = {.match_limit = 20000};
    const struct matcher_options depth_limit = {.match_limit = 1000000, .depth_limit = 40};
    const struct matcher_options heap_limit = {.match_limit = 1000000, .heap_limit = 1};
    for (unsigned mode = 0; mode < 2; mode++) {
        check_limit("(a+)+[bc]$", mode, &match_limit);       /* many lines at a time */
        check_limit("(?:(a+)+[bc])\\z", mode, &match_limit); /* line by line */
        check_limit("(?:|x)(a+)+[bc]$", mode, &match_limit); /* without a first character */
        check_limit("(*NO_JIT)(a+)+[bc]$", mode, &match_limit);
        check_limit("(*NO_JIT)(a+)+[bc]$", mode, &depth_limit);
        check_limit("(*NO_JIT)(a+)+[bc]$", mode, &heap_limit);
        check_limit("(*LIMIT_MATCH=5000)(a+)+[bc]$", mode, &(struct matcher_options){.match_limit = 0});
    }
}

/* With another pattern beside it that finds its own. */
static void test_limit_of_one(void **state)
{
    (void)state;
    struct pattern_list list = list_of("(x)\\1\n(?<n>a+)+[bc]$");
    const struct matcher_options options = {.match_limit = 20000, .engine = ENGINE_PCRE2, .kernels = kernels_get(0)};
    struct matcher_error error;
    struct matcher *matcher = matcher_compile(&list, &options, &error);
    assert_non_null(matcher);
    struct record record = {.count = 0};
    struct matcher_state *matcher_state = matcher_state_create(matcher, note_trouble, &record);
    static const char text[] = "xx\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\nab\nyxx\n";
    static const size_t starts[] = {0, 50, 53};
    struct span line;
    size_t found = 0;
    matcher_begin(matcher_state, text, text + sizeof text - 1);
    while (matcher_next(matcher_state, &line))
        assert_int_equal(line.begin - text, starts[found++]);
    assert_int_equal(found, COUNT(starts));
    assert_int_equal(record.count, 1);
    assert_ptr_equal(record.lines[0], text + 3);
    matcher_state_free(matcher_state);
    matcher_free(matcher);
    pattern_list_free(&list);
}

/* A recursion that needs more stack than a thread's JIT has at first. */
static void test_deep(void **state)
{
    (void)state;
    struct pattern_list list = list_of("^(?:\\((?:[^()]|(?R))*\\)|(\\((?:a|(?1))*\\)))$\n(?:(a)|(b))*c");
    struct matcher *matcher = compile_matcher(&list, 0);
    struct record record = {.count = 0};
    struct matcher_state *matcher_state = matcher_state_create(matcher, note_trouble, &record);
    size_t length = 200000;
    char *text = malloc(length);
    assert_non_null(text);
    for (size_t i = 0; i < length; i++)
        text[i] = i & 1 ? 'a' : 'b';
    text[length - 1] = 'c';
    struct span line;
    matcher_begin(matcher_state, text, text + length);
    assert_true(matcher_next(matcher_state, &line));
    assert_int_equal(record.count, 0);
    matcher_state_free(matcher_state);
    free(text);
    matcher_free(matcher);
    pattern_list_free(&list);
}

/* Texts that end where the readable memory does. */
static void check_fence(const struct source *source)
{
    static const char *const ends[] = {"foo", "foo\n", "\xd1", "\xf0\x9f\x98", "\xff", "a\xe2\x82", "\n", "\xf0"};
    struct fence fences[COUNT(ends)];
    struct text fenced[COUNT(ends)];
    for (size_t i = 0; i < COUNT(ends); i++) {
        size_t length = strlen(ends[i]) + 8;
        fences[i] = fence_create(4096);
        char *bytes = fences[i].end - MEMORY_SLACK - length;
        memcpy(bytes, "xx\nyaab\n", 8);
        memcpy(bytes + 8, ends[i], strlen(ends[i]));
        fenced[i] = (struct text){"fence", bytes, length};
    }
    for (unsigned mode = 0; mode < 2; mode++)
        check(source, 1, mode, fenced, COUNT(ends));
    for (size_t i = 0; i < COUNT(ends); i++)
        fence_free(fences[i]);
}

static void test_fence(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(sources); i++)
        check_fence(&sources[i]);
    check_complaints();
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bytes),         cmocka_unit_test(test_unicode),      cmocka_unit_test(test_modes),
        cmocka_unit_test(test_fixed),         cmocka_unit_test(test_several),      cmocka_unit_test(test_many_words),
        cmocka_unit_test(test_seams),         cmocka_unit_test(test_matches_all),  cmocka_unit_test(test_no_patterns),
        cmocka_unit_test(test_texts_in_turn), cmocka_unit_test(test_step),         cmocka_unit_test(test_errors),
        cmocka_unit_test(test_limits),        cmocka_unit_test(test_limit_of_one), cmocka_unit_test(test_deep),
        cmocka_unit_test(test_fence),

    };
    return cmocka_run_group_tests_name("matcher", tests, set_up, tear_down);
}
