/*
 * syntax-test.c - the pattern parser: tables of what it makes of patterns.
 */
#include "syntax-patterns.h"

#include "characters/characters.h"

static void test_descriptions(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(descriptions); i++) {
        size_t length = strlen(descriptions[i].pattern);
        pcre2_code *code = compile(descriptions[i].pattern, length, descriptions[i].mode);
        if (!code)
            fail_msg("PCRE2 refuses %s", descriptions[i].pattern);
        pcre2_code_free(code);
        struct syntax *syntax = parse(descriptions[i].pattern, length, descriptions[i].mode);
        char *description = syntax_describe(syntax);
        if (strcmp(description, descriptions[i].description) != 0)
            fail_msg("%s is described as\n%s instead of\n%s", descriptions[i].pattern, description,
                     descriptions[i].description);
        free(description);
        syntax_free(syntax);
    }
}

static const struct {
    const char *pattern;
    unsigned mode;
    const char *reason;
    size_t offset;
} refusals[] = {
    {"a(?R)?", BYTES, "recursion", 1},
    {"(a)(?1)(?-1)", BYTES, "recursion", 3},
    {"(?<n>a)(?&n)", BYTES, "subroutine call", 7},
    {"(?<n>a)(?P>n)", BYTES, "subroutine call", 7},
    {"(a)\\g<1>", BYTES, "subroutine call", 5},
    {"(a)?(?(1)b|c)", BYTES, "conditional group", 4},
    {"(?|(a)|(b))", BYTES, "branch reset", 0},
    {"a(?C1)b", BYTES, "callout", 1},
    {"(*UTF)a", BYTES, "backtracking verb", 0},
    {"a(*SKIP)b", BYTES, "backtracking verb", 1},
    {"(*napla:a)", BYTES, "special group", 0},
    {"(*sr:a)", BYTES, "special group", 0},
    {"(?=a\\K)", BYTES, "\\K in a lookaround", 4},
    {"[[:<:]]+", BYTES, "quantifier without an item", 7},
    {"a{2}{3}", BYTES, "quantifier without an item", 4},
    {"(?[[a]])", BYTES, "extended class", 0},
    {"(?r)a", BYTES, "option setting", 0},
    {"(?i-r:k)", UNICODE, "option setting", 0},
    {"(?aD)\\d", UNICODE, "option setting", 0},
    {"(?^a:\\w)", UNICODE, "option setting", 0},
    {"(?[ [a-d] - [c] ])", UNICODE, "extended class", 0},
    {"(a+)(*scs:(1)a)", BYTES, "special group", 4},
    {"(a+)(*scan_substring:(1)a)", BYTES, "special group", 4},
    {"(*CASELESS_RESTRICT)k", UNICODE, "backtracking verb", 0},
    {"(*TURKISH_CASING)i", UNICODE, "backtracking verb", 0},
    {"a\\C", UNICODE, "\\C with Unicode", 1},
    {"(?:a|^){0}b", BYTES, "group repeated no times", 7},
};

/* What PCRE2 compiles from a release on. */
static void test_recent(void **state)
{
    (void)state;
    static const struct {
        int since;
        const char *pattern, *description;
    } recent[] = {
        {43, "\\x{ 41}\\x{42\t }\\o{ 103 }", "\"ABC\""},
        {43, "\\N{ U+41}[\\N{U+42 }]", "\"AB\""},
        {43, "(?<n>a)(b)\\k{ n }\\g{\tn }\\g{ 1 }\\g{ -1}",
         "cat(capture(1, \"a\"), capture(2, \"b\"), backref(1), backref(1), backref(1), backref(2))"},
        {43, "(?<=a{1,2}|b?)c",
         "cat(lookbehind(alt(repeat(\"a\", 1, 2, greedy), repeat(\"b\", 0, 1, greedy))), \"c\")"},
        {45, "[\\k<n>]", "set[<>kn]"},
    };
    for (size_t i = 0; i < COUNT(recent); i++) {
        size_t length = strlen(recent[i].pattern);
        pcre2_code *code = compile(recent[i].pattern, length, UNICODE);
        assert_int_equal(code != NULL, characters_since(10, recent[i].since));
        pcre2_code_free(code);
        struct syntax *syntax = parse(recent[i].pattern, length, UNICODE);
        char *description = syntax_describe(syntax);
        assert_string_equal(description, recent[i].description);
        free(description);
        syntax_free(syntax);
    }
}

/* What is a quantifier from 10.43 on. */
static void test_quantifiers(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *before, *since;
    } quantifiers[] = {
        {"a{,3}", "\"a{,3}\"", "repeat(\"a\", 0, 3, greedy)"},
        {"a{ 1}", "\"a{ 1}\"", "repeat(\"a\", 1, 1, greedy)"},
        {"a{1 ,}?", "cat(\"a{1 ,\", repeat(\"}\", 0, 1, greedy))", "repeat(\"a\", 1, inf, lazy)"},
        {"a{1,\t2 }", "\"a{1,\\t2 }\"", "repeat(\"a\", 1, 2, greedy)"},
        {"a{,}", "\"a{,}\"", "\"a{,}\""},
        {"a{ }", "\"a{ }\"", "\"a{ }\""},
        {"a{1, 2", "\"a{1, 2\"", "\"a{1, 2\""},
    };
    for (size_t i = 0; i < COUNT(quantifiers); i++) {
        struct syntax *syntax = parse(quantifiers[i].pattern, strlen(quantifiers[i].pattern), BYTES);
        char *description = syntax_describe(syntax);
        assert_string_equal(description, characters_since(10, 43) ? quantifiers[i].since : quantifiers[i].before);
        free(description);
        syntax_free(syntax);
    }
}

static void test_refusals(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(refusals); i++) {
        struct syntax *syntax = parse(refusals[i].pattern, strlen(refusals[i].pattern), refusals[i].mode);
        assert_null(syntax->root);
        assert_string_equal(syntax->unsupported, refusals[i].reason);
        assert_int_equal(syntax->unsupported_offset, refusals[i].offset);
        assert_true(syntax->unsets_multiline && syntax->extended_at_end && syntax->quoted_at_end && syntax->has_names);
        char *description = syntax_describe(syntax), expected[100];
        snprintf(expected, sizeof expected, "(not understood: %s at %zu)", refusals[i].reason, refusals[i].offset);
        assert_string_equal(description, expected);
        free(description);
        syntax_free(syntax);
    }
}

static void test_flags(void **state)
{
    (void)state;
    static const struct {
        const char *pattern;
        uint32_t captures;
        const char *flags; /* n: has_names, m: unsets_multiline, x: extended_at_end, q: quoted_at_end, a: only_ascii */
    } rows[] = {
        {"(a)(?:b)(c)", 2, "a"}, {"(?<n>\xC3\xA9)", 1, "n"}, {"(?i)a", 0, "a"},     {"(?x)a #", 0, "xa"},
        {"(?x:a)", 0, "a"},      {"((?x)a)b", 1, "a"},       {"(?)a(?:b)", 0, "a"}, {"(?^)a", 0, "ma"},
        {"a\\Qb", 0, "qa"},      {"a\\Qb\\E", 0, "a"},       {"(?xx-x)", 0, "a"},   {"\\xe9", 0, "a"},
        {"(?m)a", 0, "a"},       {"(?-m:a)", 0, "ma"},       {"(?i-sm)a", 0, "ma"}, {"(?^m:a)", 0, "a"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct syntax *syntax = parse(rows[i].pattern, strlen(rows[i].pattern), BYTES);
        char flags[6];
        snprintf(flags, sizeof flags, "%s%s%s%s%s", syntax->has_names ? "n" : "", syntax->unsets_multiline ? "m" : "",
                 syntax->extended_at_end ? "x" : "", syntax->quoted_at_end ? "q" : "", syntax->only_ascii ? "a" : "");
        assert_non_null(syntax->root);
        assert_string_equal(flags, rows[i].flags);
        assert_int_equal(syntax->capture_count, rows[i].captures);
        syntax_free(syntax);
    }
    syntax_free(NULL);
}

/* Long patterns cost time and memory in proportion, and no stack. */
static void test_large(void **state)
{
    (void)state;
    static const struct {
        const char *opening, *repeated, *closing;
        size_t times;
        bool understood;
    } rows[] = {
        {"", "a|", "", 500000, true},       {"", "[a-z]", "", 200000, true},    {"", "(?i)a+", "", 200000, true},
        {"", "(a)", "", 60000, true},       {"", "(?<=x)", "", 200000, true},   {"(?<n>)", "\\k<n>", "", 200000, true},
        {"((", "a|b|", "))", 200000, true}, {"", "[[:a", "]", 100000, true},    {"", "(", "", 100000, false},
        {"", "\\Q", "", 300000, true},      {"(?x)", " #\n", "", 300000, true}, {"", "a{1", "", 300000, true},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t unit = strlen(rows[i].repeated);
        size_t size = strlen(rows[i].opening) + unit * rows[i].times + strlen(rows[i].closing);
        char *pattern = malloc(size + 1), *end = stpcpy(pattern, rows[i].opening);
        for (size_t n = 0; n < rows[i].times; n++)
            end = stpcpy(end, rows[i].repeated);
        stpcpy(end, rows[i].closing);
        struct syntax *syntax = parse(pattern, size, BYTES);
        assert_true(!!syntax->root == rows[i].understood);
        char *description = syntax_describe(syntax);
        assert_non_null(description);
        free(description);
        syntax_free(syntax);
        free(pattern);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_descriptions), cmocka_unit_test(test_recent), cmocka_unit_test(test_quantifiers),
        cmocka_unit_test(test_refusals),     cmocka_unit_test(test_flags),  cmocka_unit_test(test_large),
    };
    return cmocka_run_group_tests_name("syntax", tests, NULL, NULL);
}
