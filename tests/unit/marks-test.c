/*
 * marks-test.c - the set of places against a plain array.
 */
#include "automaton/marks.h"

#include "test.h"

#define LONGEST 1000

static void check(const struct marks *marks, const char *text, size_t length, const bool *present)
{
    const char *expected = NULL;
    size_t count = 0;
    for (size_t i = length + 1; i-- > 0;) {
        if (i < length && present[i]) {
            expected = text + i;
            count++;
        }
        if (marks_next(marks, text + i) != expected)
            fail_msg("from %zu of %zu: %td, not %td", i, length, marks_next(marks, text + i) - text, expected - text);
    }
    assert_int_equal(marks->count, count);
}

/* One after the other in the same set, longer and shorter, so that none leaves places behind. */
static void test_random(void **state)
{
    (void)state;
    static char text[LONGEST];
    static bool present[LONGEST];
    struct marks marks = {.words = NULL};
    struct dice dice = {41};
    for (int i = 0; i < 2000; i++) {
        size_t length = dice_below(&dice, dice_below(&dice, 2) ? LONGEST : 140), share = 1 + dice_below(&dice, 200);
        const char *begin = text + dice_below(&dice, LONGEST - length);
        marks_begin(&marks, begin, begin + length);
        memset(present, 0, sizeof present);
        /* In no special order. */
        for (size_t k = 0; k < length; k++) {
            size_t at = k * 7919 % length;
            if (!present[at] && dice_below(&dice, share) == 0) {
                marks_add(&marks, begin + at);
                present[at] = true;
            }
        }
        check(&marks, begin, length, present);
    }
    marks_free(&marks);
    assert_null(marks.words);
    assert_int_equal(marks.count, 0);
}

/* Each place alone, in windows around whole words. */
static void test_single(void **state)
{
    (void)state;
    static char text[200];
    struct marks marks = {.words = NULL};
    for (size_t length = 0; length < sizeof text; length++)
        for (size_t at = 0; at < length; at++) {
            bool present[sizeof text] = {false};
            present[at] = true;
            marks_begin(&marks, text, text + length);
            assert_null(marks_next(&marks, text));
            marks_add(&marks, text + at);
            check(&marks, text, length, present);
        }
    marks_free(&marks);
}

static void test_empty(void **state)
{
    (void)state;
    char text[1] = "";
    struct marks marks = {.words = NULL};
    marks_begin(&marks, text, text);
    assert_null(marks_next(&marks, text));
    assert_int_equal(marks.count, 0);
    marks_free(&marks);
    marks_free(&marks);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_single),
        cmocka_unit_test(test_empty),
    };
    return cmocka_run_group_tests_name("marks", tests, NULL, NULL);
}
