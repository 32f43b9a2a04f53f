/*
 * visible-test.c - control characters in text that a terminal shows.
 */
#include "base/visible.h"

#include "base/quote.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

static void check(const char *text, const char *expected)
{
    char *shown = quote_controls(text, strlen(text));
    assert_string_equal(shown, expected);
    free(shown);
}

static void test_what_stays(void **state)
{
    (void)state;
    check("", "");
    check("a file", "a file");
    check("\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80");
    check("\xc2\xa0", "\xc2\xa0");
    check("\xe9t\xe9", "\xe9t\xe9"); /* ISO 8859-1 */
    check("a\\033", "a\\033");
}

static void test_what_is_escaped(void **state)
{
    (void)state;
    check("\33]0;title\7", "\\033]0;title\\a");
    check("a\nb\tc\rd", "a\\nb\\tc\\rd");
    check("\x7f", "\\177");
    check("\xc2\x9b"
          "31m",
          "\\302\\23331m");
    check("\x9b"
          "31m",
          "\\23331m");
    check("\xe2\x82", "\xe2\\202"); /* a character cut short */
    check("\xc3\xa9\x1b", "\xc3\xa9\\033");
}

/* No byte of any pair is a control character afterwards, and nothing else has changed. */
static void test_all_pairs(void **state)
{
    (void)state;
    for (unsigned pair = 0; pair < 65536; pair++) {
        const char text[2] = {(char)(pair >> 8), (char)pair};
        char *shown = quote_controls(text, 2);
        size_t size, length = strlen(shown);
        assert_int_equal(visible_length(shown, length, &size), length);
        assert_int_equal(size, 0);
        if (visible_length(text, 2, &size) == 2)
            assert_memory_equal(shown, text, 2);
        free(shown);
    }
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_what_stays), cmocka_unit_test(test_what_is_escaped),
                                       cmocka_unit_test(test_all_pairs)};
    return cmocka_run_group_tests_name("visible", tests, NULL, NULL);
}
