/*
 * pattern-facts-test.c - what is known of a pattern, by a table.
 */
#include "pcre2/pattern-facts.h"

#include "test.h"

enum {
    LINE = 1,      /* there is a reason to show it one line at a time */
    ASCII = 2,     /* ascii_as_bytes */
    ALWAYS = 4,    /* always_as_bytes */
    JOIN = 8,      /* joinable */
    EXTENDED = 16, /* extended_at_end */
    QUOTED = 32    /* quoted_at_end */
};

static const struct {
    const char *pattern;
    unsigned facts; /* with Unicode */
    bool caseless;
} cases[] = {
    /* Plain. */
    {"", ASCII | JOIN, false},
    {"(?:a|)b?", ASCII | JOIN, false},
    {"foo", ASCII | ALWAYS | JOIN, false},
    {"foo|bar", ASCII | ALWAYS | JOIN, false},
    {"a(b)+[cd]{2,3}", ASCII | ALWAYS | JOIN, false},
    {"^foo$", ASCII | JOIN, false},
    {"a(?!b)", ASCII | JOIN, false},
    {"(?<=a)b", ASCII | JOIN, false},
    {"a\\Kb", ASCII | JOIN, false},
    {"(?:a\\K)?b", ASCII | JOIN, false},
    {"(?>a+)b", ASCII | ALWAYS | JOIN, false},
    {"\\x41", ASCII | ALWAYS | JOIN, false},
    {"\\Qa.b", ASCII | ALWAYS | JOIN | QUOTED, false},
    {"\\Qa.b\\E", ASCII | ALWAYS | JOIN, false},
    {"\\\\Qa", ASCII | ALWAYS | JOIN, false},
    {"a|b\\Q|", ASCII | ALWAYS | JOIN | QUOTED, false},
    /* What may match more than ASCII: the same in ASCII only. */
    {".", ASCII | JOIN, false},
    {"foo.*bar", ASCII | JOIN, false},
    {"\\w+", ASCII | JOIN, false},
    {"\\d", ASCII | JOIN, false},
    {"\\bfoo", ASCII | JOIN, false},
    {"foo\\B", ASCII | JOIN, false},
    {"\\h", ASCII | JOIN, false},
    {"[^\\n]", ASCII | JOIN, false},
    {"[^\\na]", ASCII | JOIN, false},
    {"\\p{Lu}", ASCII | JOIN, false},
    {"[[:alpha:]]", ASCII | JOIN, false},
    {"\\N", ASCII | JOIN, false},
    /* k and s have other cases beyond ASCII. */
    {"foo", ASCII | ALWAYS | JOIN, true},
    {"kilo", ASCII | JOIN, true},
    {"sun", ASCII | JOIN, true},
    {"(?i)k", ASCII | JOIN, false},
    {"(?i)o", ASCII | ALWAYS | JOIN, false},
    /* Characters beyond ASCII. */
    {"\xd1\x8f", JOIN, false},
    {"[\xd1\x8f]", JOIN, false},
    {"\\x{44f}", JOIN, false},
    {"\\x{e9}", JOIN, false},
    {"\\xe9", JOIN, false},
    {"a|\\N{U+44f}", JOIN, false},
    /* What can match a newline, or look at one: where that can be taken out of it. */
    {"\\s", ASCII | JOIN, false},
    {"a\\s*b", ASCII | JOIN, false},
    {"\\W", ASCII | JOIN, false},
    {"\\D", ASCII | JOIN, false},
    {"\\H", ASCII | JOIN, false},
    {"\\v", ASCII | JOIN, false},
    /* And where not. */
    {"\\n", LINE | ASCII | ALWAYS | JOIN, false},
    {"a\nb", LINE | ASCII | ALWAYS | JOIN, false},
    {"\\x0a", LINE | ASCII | ALWAYS | JOIN, false},
    {"\\012", LINE | ASCII | ALWAYS | JOIN, false},
    {"\\cJ", LINE | ASCII | ALWAYS | JOIN, false},
    {"[^a]", ASCII | JOIN, false},
    {"[\\t-\\r]", LINE | ASCII | ALWAYS | JOIN, false},
    {"[[:space:]]", LINE | ASCII | JOIN, false},
    {"[[:^digit:]]", LINE | ASCII | JOIN, false},
    {"[[:cntrl:]]", LINE | ASCII | JOIN, false},
    {"\\P{Lu}", JOIN, false},
    {"(?s).", ASCII | JOIN, false},
    {"(?s:a.b)", ASCII | JOIN, false},
    {"a(?!\\s)", ASCII | JOIN, false},
    {"(?<![^a])b", ASCII | JOIN, false},
    {"(?=a\\W)", ASCII | JOIN, false},
    {"x(?:a|[^b])", ASCII | JOIN, false},
    {"x[^b]{0,0}", ASCII | JOIN, false},
    /* What knows the subject's ends. */
    {"\\Afoo", LINE | ASCII | JOIN, false},
    {"foo\\z", LINE | ASCII | JOIN, false},
    {"foo\\Z", LINE | ASCII | JOIN, false},
    {"\\Gfoo", LINE | ASCII | JOIN, false},
    {"a(?=b\\z)", LINE | ASCII | JOIN, false},
    /* Options that may undo PCRE2_MULTILINE. */
    {"(?-m)^a", LINE | ASCII | JOIN, false},
    {"(?^)a$", LINE | ASCII | JOIN, false},
    {"(?-m:a$)", LINE | ASCII | JOIN, false},
    {"(?i)foo", ASCII | ALWAYS | JOIN, false},
    {"(?-m)foo", ASCII | ALWAYS | JOIN, false},
    /* What cannot be a branch. */
    {"(a)\\1", ASCII, false},
    {"(a)\\g{-1}", ASCII, false},
    {"(?<n>a)", ASCII | ALWAYS, false},
    {"(?<n>a)\\k<n>", ASCII, false},
    {"(?x) a # b", ASCII | ALWAYS | EXTENDED, false},
    {"a(?x)", ASCII | ALWAYS | EXTENDED, false},
    {"(?x: a )b", ASCII | ALWAYS | JOIN, false},
    {"(?x)a(?-x)b", ASCII | ALWAYS | JOIN, false},
    /* What is not understood is left alone. */
    {"(?R)?a", LINE, false},
    {"(a)(?1)", LINE, false},
    {"a(*SKIP)b", LINE, false},
    {"(*UTF)a", LINE, false},
    {"(*CRLF)a$", LINE, false},
    {"(?|(a)|(b))", LINE, false},
    {"(a)?(?(1)b|c)", LINE, false},
    {"(?C1)a", LINE, false},
    {"(*napla:a)b", LINE, false},
    /* What can match a newline in ways that are not sets. */
    {"\\R", LINE | JOIN, false},
    {"\\X", LINE | JOIN, false},
};

static void test_table(void **state)
{
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct pattern_facts facts;
        pattern_facts_find(&facts, cases[i].pattern, strlen(cases[i].pattern),
                           &(struct dialect){.caseless = cases[i].caseless, .unicode = true});
        unsigned found = (facts.line_reason ? (unsigned)LINE : 0) | (facts.ascii_as_bytes ? (unsigned)ASCII : 0) |
                         (facts.always_as_bytes ? (unsigned)ALWAYS : 0) | (facts.joinable ? (unsigned)JOIN : 0) |
                         (facts.extended_at_end ? (unsigned)EXTENDED : 0) |
                         (facts.quoted_at_end ? (unsigned)QUOTED : 0);
        /* The ends of what is not understood are not known: "perhaps" is right there. */
        if (!facts.understood)
            found &= ~(unsigned)(EXTENDED | QUOTED);
        if (found != cases[i].facts) {
            print_error("%s: %u instead of %u (%s)\n", cases[i].pattern, found, cases[i].facts,
                        facts.line_reason ? facts.line_reason : "many lines");
            wrong++;
        }
        assert_true(!facts.line_reason || *facts.line_reason);
        assert_true((facts.text != NULL) == !facts.line_reason);
        assert_true(facts.understood || facts.line_reason);
        pattern_facts_free(&facts);
        assert_null(facts.text);
    }
    assert_int_equal(wrong, 0);
}

/* What a pattern is written as so that it may see many lines. */
static const struct {
    const char *pattern, *text;
} texts[] = {
    {"", ""},
    {"foo.bar$", "foo.bar$"},
    {"\\s", "[^\\S\\n]"},
    {"a\\s+b\\Wc", "a[^\\S\\n]+b[^\\w\\n]c"},
    {"\\D\\H\\v", "[^\\d\\n][^\\h\\n][^\\V\\n]"},
    {"\\P{Lu}x", "[^\\p{Lu}\\n]x"},
    {"[^a]", "[^\\na]"},
    {"\"[^\"]*\"", "\"[^\\n\"]*\""},
    {"[^]a]", "[^\\n\\]a]"},
    {"[^-a]", "[^\\n\\-a]"},
    {"[^\\]a]", "[^\\n\\]a]"},
    {"(?s).a(?-s).", "(?s)\\Na(?-s)."},
    {"(?i)[^a]\\s(?=\\W)", "(?i)[^\\na][^\\S\\n](?=[^\\w\\n])"},
    {"[^\\n]\\S\\w\\d.\\N", "[^\\n]\\S\\w\\d.\\N"},
    {"(?x) [^a] # \\s\n \\s", "(?x) [^\\na] # \\s\n [^\\S\\n]"},
    {"\\Q[^a]\\s", "\\Q[^a]\\s"},
    {"\\[^a\\\\\\s", "\\[^a\\\\[^\\S\\n]"},
};

static void test_texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct pattern_facts facts;
        pattern_facts_find(&facts, texts[i].pattern, strlen(texts[i].pattern),
                           &(struct dialect){.caseless = false, .unicode = true});
        if (!facts.text)
            fail_msg("%s: %s", texts[i].pattern, facts.line_reason);
        if (facts.length != strlen(texts[i].text) || memcmp(facts.text, texts[i].text, facts.length) != 0)
            fail_msg("%s becomes %.*s", texts[i].pattern, (int)facts.length, facts.text);
        pattern_facts_free(&facts);
    }
}

/* For bytes, and of patterns with NUL bytes. */
static void test_bytes(void **state)
{
    (void)state;
    static const struct {
        const char *pattern;
        size_t length;
        bool line;
    } byte_cases[] = {
        {"foo", 3, false},  {"\xff", 1, false}, {".", 1, false},        {"[\x80-\xff]", 5, false},
        {"a\0b", 3, false}, {"\\s", 2, false},  {"a\0\n", 3, true},     {"[^\0]", 4, false},
        {"\\C", 2, true},   {"\\W", 2, false},  {"\xd1\x8f", 2, false}, {"\\x85", 4, false},
    };
    for (size_t i = 0; i < COUNT(byte_cases); i++) {
        struct pattern_facts facts;
        pattern_facts_find(&facts, byte_cases[i].pattern, byte_cases[i].length,
                           &(struct dialect){.caseless = false, .unicode = false});
        if ((facts.line_reason != NULL) != byte_cases[i].line)
            fail_msg("%s: %s", byte_cases[i].pattern, facts.line_reason ? facts.line_reason : "many lines");
        assert_true(facts.joinable);
        assert_false(facts.extended_at_end);
        pattern_facts_free(&facts);
    }
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_bytes),
    };
    return cmocka_run_group_tests_name("pattern-facts", tests, NULL, NULL);
}
