/* lines-test.c - steps over whole lines, against a walk byte by byte. */
#include "task/lines.h"

#include "test.h"

enum { LONGEST = 12 };

/* Whether a line begins at the place. */
static bool begins_line(const char *text, size_t at, char line_end)
{
    return at == 0 || text[at - 1] == line_end;
}

static void check_on(const char *text, size_t length, size_t from, char line_end)
{
    size_t at = from;
    uint64_t passed = 0;
    for (uint64_t wanted = 0; wanted < LONGEST; wanted++) {
        uint64_t lines = wanted;
        assert_ptr_equal(lines_on(text + from, text + length, line_end, &lines), text + at);
        assert_int_equal(lines, wanted - passed);
        if (at == length)
            continue;
        passed++;
        do
            at++;
        while (at < length && !begins_line(text, at, line_end));
    }
}

static void check_back(const char *text, size_t from, char line_end)
{
    size_t at = from;
    uint64_t before = 0;
    for (uint64_t wanted = 0; wanted < LONGEST; wanted++) {
        uint64_t lines = wanted;
        assert_ptr_equal(lines_back(text, text + from, line_end, &lines), text + at);
        assert_int_equal(lines, wanted - before);
        if (at == 0)
            continue;
        before++;
        do
            at--;
        while (!begins_line(text, at, line_end));
    }
}

static void test_steps(void **state)
{
    (void)state;
    struct dice dice = {7};
    for (size_t i = 0; i < 20000; i++) {
        char text[LONGEST];
        size_t length = dice_below(&dice, sizeof text);
        char line_end = dice_below(&dice, 2) ? '\n' : '\0';
        for (size_t j = 0; j < length; j++)
            text[j] = "a\n\0"[dice_below(&dice, 3)];
        for (size_t from = 0; from <= length; from++) {
            if (from < length && !begins_line(text, from, line_end))
                continue;
            check_on(text, length, from, line_end);
            if (begins_line(text, from, line_end))
                check_back(text, from, line_end);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_steps)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
