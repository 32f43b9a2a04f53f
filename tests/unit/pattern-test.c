/*
 * pattern-test.c - the list of patterns.
 */
#include "pattern/pattern.h"

#include "test.h"

/* Whether the list holds the patterns in `expected`, one string of them with a '|' after each. */
static void check(const struct pattern_list *list, const char *expected, size_t length)
{
    const char *p = expected, *end = expected + length;
    for (size_t i = 0; i < list->count; i++) {
        const struct pattern *pattern = &list->items[i];
        if ((size_t)(end - p) <= pattern->length || memcmp(p, pattern->text, pattern->length) != 0 ||
            p[pattern->length] != '|')
            fail_msg("pattern %zu is \"%s\", expected %s", i, pattern->text, p);
        assert_int_equal(pattern->text[pattern->length], '\0');
        p += pattern->length + 1;
    }
    if (p != end)
        fail_msg("missing: %s", p);
}

static const struct {
    bool file;
    const char *text;
    size_t length;
    const char *expected;
    size_t expected_length;
} cases[] = {
#define CASE(file, text, expected)                                                                                     \
    {                                                                                                                  \
        file, text, sizeof(text) - 1, expected, sizeof(expected) - 1                                                   \
    }
    CASE(false, "", "|"),
    CASE(false, "a", "a|"),
    CASE(false, "a\nbc", "a|bc|"),
    CASE(false, "a\n", "a||"),
    CASE(false, "\n", "||"),
    CASE(false, "\na\n\nb", "|a||b|"),
    CASE(false, "a\0b\nc\0", "a\0b|c\0|"),
    CASE(false, "a\r\nb", "a\r|b|"),
    CASE(true, "", ""),
    CASE(true, "a", "a|"),
    CASE(true, "a\n", "a|"),
    CASE(true, "\n", "|"),
    CASE(true, "\n\n", "||"),
    CASE(true, "a\n\nb", "a||b|"),
    CASE(true, "a\nb\n", "a|b|"),
    CASE(true, "a\0\n\0\n", "a\0|\0|"),
};

static void test_split(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct pattern_list list = {NULL, 0, 0};
        /* A copy without anything behind it, for the sanitizers. */
        char *text = malloc(cases[i].length ? cases[i].length : 1);
        assert_non_null(text);
        memcpy(text, cases[i].text, cases[i].length);
        if (cases[i].file)
            pattern_list_add_file(&list, "f", text, cases[i].length);
        else
            pattern_list_add(&list, text, cases[i].length);
        free(text);
        check(&list, cases[i].expected, cases[i].expected_length);
        pattern_list_free(&list);
        assert_int_equal(list.count, 0);
    }
}

static void test_append(void **state)
{
    (void)state;
    struct pattern_list list = {NULL, 0, 0};
    pattern_list_add(&list, "a\nb", 3);
    pattern_list_add_file(&list, "e", "", 0);
    pattern_list_add(&list, "", 0);
    pattern_list_add_file(&list, "f", "c\na\n", 4);
    check(&list, "a|b||c|a|", 9);
    pattern_list_unique(&list);
    check(&list, "a|b||c|", 7);
    pattern_list_unique(&list);
    check(&list, "a|b||c|", 7);
    pattern_list_free(&list);
}

/* A pattern knows where it was read first. */
static void test_places(void **state)
{
    (void)state;
    static const struct {
        const char *text, *file;
        size_t line;
    } expected[] = {{"a", NULL, 1}, {"c", "f", 1}, {"d", "f", 3}, {"", "g", 1}, {"e", "g", 2}};
    struct pattern_list list = {NULL, 0, 0};
    pattern_list_add(&list, "a", 1);
    pattern_list_add_file(&list, "f", "c\na\nd\n", 6);
    pattern_list_add_file(&list, "g", "\ne\nd", 4);
    pattern_list_unique(&list);
    assert_int_equal(list.count, COUNT(expected));
    for (size_t i = 0; i < COUNT(expected); i++) {
        const struct pattern *pattern = &list.items[i];
        assert_string_equal(pattern->text, expected[i].text);
        assert_true(expected[i].file ? pattern->file && strcmp(pattern->file, expected[i].file) == 0 : !pattern->file);
        assert_int_equal(pattern->line, expected[i].line);
    }
    pattern_list_free(&list);
}

static void test_unique_small(void **state)
{
    (void)state;
    struct pattern_list list = {NULL, 0, 0};
    pattern_list_unique(&list);
    assert_int_equal(list.count, 0);
    pattern_list_add(&list, "x", 1);
    pattern_list_unique(&list);
    check(&list, "x|", 2);
    pattern_list_free(&list);

    static const char text[] = "b\na\0\na\na\0x\nb\nab\na\na\0\n\n\nab";
    static const char expected[] = "b|a\0|a|a\0x|ab||";
    pattern_list_add(&list, text, sizeof text - 1);
    pattern_list_unique(&list);
    check(&list, expected, sizeof expected - 1);
    pattern_list_free(&list);
}

/* Many patterns, most of them more than once, against the definition. */
static void test_unique_random(void **state)
{
    (void)state;
    struct dice dice = {1};
    for (unsigned round = 0; round < 20; round++) {
        struct pattern_list list = {NULL, 0, 0};
        char expected[8192];
        size_t expected_length = 0, count = 1 + dice_below(&dice, 400);
        for (size_t i = 0; i < count; i++) {
            char text[5];
            size_t length = dice_below(&dice, 5);
            for (size_t j = 0; j < length; j++)
                text[j] = "ab\xff\0"[dice_below(&dice, 4)];
            bool seen = false;
            for (size_t j = 0; j < list.count; j++)
                seen |= list.items[j].length == length && memcmp(list.items[j].text, text, length) == 0;
            pattern_list_add(&list, text, length);
            if (!seen) {
                memcpy(expected + expected_length, text, length);
                expected_length += length;
                expected[expected_length++] = '|';
            }
        }
        assert_int_equal(list.count, count);
        pattern_list_unique(&list);
        check(&list, expected, expected_length);
        pattern_list_free(&list);
    }
}

static void test_plain(void **state)
{
    (void)state;
    static const char special[] = "\\^$.[|()?*+{";
    for (int byte = 0; byte < 256; byte++) {
        char text[] = {'a', (char)byte, 'b', '\0'};
        const struct pattern pattern = {.text = text, .length = 3};
        bool plain = !memchr(special, byte, sizeof special);
        assert_int_equal(pattern_is_plain(&pattern, false), plain);
        assert_int_equal(pattern_is_plain(&pattern, true), plain && byte < 0x80);
    }
    assert_true(pattern_is_plain(&(struct pattern){.text = "", .length = 0}, true));
    assert_true(pattern_is_plain(&(struct pattern){.text = "\xc3\xa9", .length = 2}, true));
}

static void test_mark(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool named, in_string;
    } rows[] = {
        {"", false, false},
        {"\xef\xbb\xbf", true, true},
        {"a\xef\xbb\xbfz", true, true},
        {"\xef\xbb", false, false},
        {"\\x{FEFF}", true, false},
        {"a\\x{000feFf}", true, false},
        {"[a\\x{feff}]", true, false},
        {"\\x{feff0}", false, false},
        {"\\x{feff", false, false},
        {"\\\\x{feff}", false, false},
        {"\\\\\\x{feff}", true, false},
        {"\\o{177377}", true, false},
        {"\\N{U+FEFF}", true, false},
        {"x{feff}", false, false},
        {"[^a].\\W\\p{Cf}", false, false},
        {"\\", false, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[32];
        strcpy(text, rows[i].text);
        const struct pattern pattern = {.text = text, .length = strlen(text)};
        if (pattern_names_mark(&pattern, false) != rows[i].named)
            fail_msg("'%s' is misjudged", text);
        if (pattern_names_mark(&pattern, true) != rows[i].in_string)
            fail_msg("the string '%s' is misjudged", text);
    }
}

static void test_returns(void **state)
{
    (void)state;
    struct pattern_list list = {NULL, 0, 0};
    pattern_list_add(&list, "a\r", 2);
    pattern_list_add_file(&list, "f", "a\r\n\r\nb\r\r\n\rc\nd\r", 14);
    assert_false(pattern_has_return(&list.items[0]));
    assert_true(pattern_has_return(&list.items[1]));
    assert_false(pattern_has_return(&list.items[4]));
    pattern_list_drop_returns(&list);
    check(&list, "a\r|a||b\r|\rc|d|", 14);
    pattern_list_free(&list);
}

static void test_sort(void **state)
{
    (void)state;
    struct pattern_list list = {NULL, 0, 0};
    pattern_list_sort(&list);
    pattern_list_add(&list, "b\nabc\n\nab\nabcde", 15);
    pattern_list_sort(&list);
    check(&list, "abcde|abc|ab|b||", 16);
    pattern_list_free(&list);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_split),         cmocka_unit_test(test_append), cmocka_unit_test(test_unique_small),
        cmocka_unit_test(test_unique_random), cmocka_unit_test(test_sort),   cmocka_unit_test(test_places),
        cmocka_unit_test(test_plain),         cmocka_unit_test(test_mark),   cmocka_unit_test(test_returns),
    };
    return cmocka_run_group_tests_name("pattern", tests, NULL, NULL);
}
