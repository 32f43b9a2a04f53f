/*
 * casing-test.c - which letters of patterns count for -S.
 */
#include "pattern/casing.h"

#include "test.h"

static struct casing casing_of(const char *pattern, const struct dialect *options)
{
    struct pattern_list list = {NULL, 0, 0};
    struct casing casing = {.letters = false};
    pattern_list_add(&list, pattern, strlen(pattern));
    casing_add(&casing, &list, options);
    pattern_list_free(&list);
    return casing;
}

static void check(const char *pattern, const struct dialect *options, bool letters, bool upper)
{
    struct casing casing = casing_of(pattern, options);
    if (casing.letters != letters || casing.upper != upper)
        fail_msg("%s: letters %d, upper %d", pattern, casing.letters, casing.upper);
}

static void test_perl(void **state)
{
    (void)state;
    static const struct dialect options = {.unicode = true};
    static const char *const upper[] = {
        "A",
        "aBc",
        "[A-z]",
        "[a-zB]",
        "[]A]",
        "[^]A]",
        "[\\]A]",
        "\\QA",
        "\\Qa\\B\\E",
        "[\\QA\\E]",
        "[\\Q]A\\E]",
        "(?:a|B)",
        "(?<n>A)",
        "(?P<n>A)",
        "(?'n'A)",
        "(?=A)",
        "(?!A)",
        "(?<=A)",
        "(?<!A)",
        "(?>A)",
        "(?|A|b)",
        "(?i)A",
        "(?i:A)",
        "(?^x:A)",
        "(*UTF)A",
        "(*pla:A)",
        "(?(1)A|b)",
        "(?(?=A)b|c)",
        "(?(<N>)a|B)",
        "(?&n)A",
        "(?P>n)A",
        "(?P=n)A",
        "(?R)A",
        "(?1)A",
        "(?#c)A",
        "(?C1)A",
        "(?x)#a\nA",
        "(?x:#a\n)#A",
        "(?x)(?-x)#A",
        "(?x)(?-x:#A)",
        "(?x)(?^)#A",
        "(?x:a)#A",
        "((?x)a)#A",
        "\\x4AB",
        "\\x{4A}B",
        "\\o{101}B",
        "\\cAB",
        "\\pLB",
        "\\p{Lu}B",
        "\\PLB",
        "\\g{1}B",
        "\\g1B",
        "\\k<n>B",
        "\\k'n'B",
        "\\k{n}B",
        "\\g<n>B",
        "\\g'n'B",
        "\\N{U+41}B",
        "\\1B",
        "[[:upper:]A]",
        "[[:^upper:]A]",
        "[[:A]",
        "[[:a:A]",
        "\\\\A",
        "[\\\\A]",
        "a(B",
        "a[B",
        "É",
        "aЖ",
        "[É]",
        "\xc7\x85",
        "\xe2\x85\xa7",
        "\xff\xc3\x89",
        "#A",
        "a{2}B",
        "(*ACCEPT)B",
    };
    static const char *const lower[] = {
        "a",
        "a\\S",
        "a\\W\\D\\B\\A\\Z\\K",
        "a\\x4A",
        "a\\x4",
        "a\\x{4A}",
        "a\\x{4A",
        "a\\o{A}",
        "a\\cA",
        "a\\pL",
        "a\\PL",
        "a\\p{Lu}",
        "a\\P{Lu}",
        "a\\N{U+4A}",
        "a\\N",
        "a\\R\\X\\G\\H\\V",
        "a[[:upper:]]",
        "a[\\S]",
        "a[\\x4A]",
        "a[\\p{Lu}]",
        "(?<N>a)",
        "(?P<N>a)",
        "(?'N'a)",
        "a\\k<N>",
        "a\\k'N'",
        "a\\k{N}",
        "a\\g{N}",
        "a\\g<N>",
        "a\\g'N'",
        "a(?P=N)",
        "a(?P>N)",
        "a(?&N)",
        "a(?R)",
        "a(?C1)",
        "a(?(<N>)b)",
        "a(?('N')b)",
        "a(?(N)b)",
        "a(?(R&N)b)",
        "a(?(DEFINE)b)",
        "(?J)a",
        "(?U:a)",
        "a(?#A)",
        "(?x)a#A",
        "(?x)a#A\n",
        "(?x)(a)#A",
        "(?x)(a#A\n)",
        "(?xi:a#A\n)",
        "(?x)(?i)a#A",
        "(?x:a(?-x:b)#A\n)",
        "(*UTF)(*UCP)a",
        "(*MARK:A)a",
        "(*:A)a",
        "(*SKIP)a",
        "(*positive_lookahead:a)",
        "\\Qa\\E\\S",
        "é",
        "aж",
        "ß",
        "日a",
        "a\\",
        "a[",
        "a(?",
        "a(?<A",
        "a(*A",
        "\xff.a",
        "\xe2\x85\xb7",
    };
    static const char *const none[] = {"",     "1.2",   "\\S",    "\\x41",  "[[:upper:]]", "\\p{Lu}", "(?<N>.)",
                                       "\xff", "(?#A)", "(*UTF)", "\\Q\\E", "\\",          "["};
    for (size_t i = 0; i < COUNT(upper); i++)
        check(upper[i], &options, true, true);
    for (size_t i = 0; i < COUNT(lower); i++)
        check(lower[i], &options, true, false);
    for (size_t i = 0; i < COUNT(none); i++)
        check(none[i], &options, false, false);
}

static void test_deep(void **state)
{
    (void)state;
    static const struct dialect options = {.unicode = true};
    char pattern[2010];
    memset(pattern, '(', 1000);
    pattern[1000] = 'a';
    memset(pattern + 1001, ')', 1000);
    pattern[2001] = '\0';
    check(pattern, &options, true, false);
    pattern[2001] = 'A';
    pattern[2002] = '\0';
    check(pattern, &options, true, true);
}

static void test_posix(void **state)
{
    (void)state;
    static const struct dialect basic = {.posix = POSIX_BASIC, .unicode = true},
                                extended = {.posix = POSIX_EXTENDED, .unicode = true};
    static const char *const upper[] = {"A", "[A]", "[]A]", "[^]A]", "[\\A]", "[[.A.]]", "(?#A)", "\\(A\\)", "(A)"};
    static const char *const lower[] = {"a\\W", "a\\S\\B", "a[[:upper:]]", "a[^[:upper:]]", "(*a)"};
    for (size_t i = 0; i < COUNT(upper); i++) {
        check(upper[i], &basic, true, true);
        check(upper[i], &extended, true, true);
    }
    for (size_t i = 0; i < COUNT(lower); i++) {
        check(lower[i], &basic, true, false);
        check(lower[i], &extended, true, false);
    }
    check("\\W", &basic, false, false);
}

static void test_strings(void **state)
{
    (void)state;
    static const struct dialect options = {.fixed = true, .unicode = true}, bytes = {.fixed = true};
    check("\\S", &options, true, true);
    check("(?<N>", &options, true, true);
    check("\\s", &options, true, false);
    check("\\1", &options, false, false);
    check("É", &options, true, true);
    check("É", &bytes, false, false);
    check("aÉ", &bytes, true, false);
    check("a\nB", &options, true, true);
    check("a\nb", &options, true, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_perl), cmocka_unit_test(test_deep),
                                       cmocka_unit_test(test_posix), cmocka_unit_test(test_strings)};
    watch();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
