/*
 * number-test.c - numbers in text.
 */
#include "base/number.h"

#include "test.h"

#include <inttypes.h>

#define WRONG 12345 /* what *value holds when it must not be touched */

static const struct {
    const char *text;
    bool suffixes, good;
    uint64_t value;
} cases[] = {
    {"0", false, true, 0},
    {"7", true, true, 7},
    {"007", false, true, 7},
    {"18446744073709551615", false, true, UINT64_MAX},
    {"18446744073709551614", false, true, UINT64_MAX - 1},
    {"18446744073709551616", false, true, UINT64_MAX},
    {"99999999999999999999999999", false, true, UINT64_MAX},
    {"36893488147419103233", false, true, UINT64_MAX}, /* 2^65 + 1: wraps to 1 */
    {"00000000000000000000000000000012", false, true, 12},
    {"1k", true, true, UINT64_C(1) << 10},
    {"1K", true, true, UINT64_C(1) << 10},
    {"3M", true, true, UINT64_C(3) << 20},
    {"3G", true, true, UINT64_C(3) << 30},
    {"5T", true, true, UINT64_C(5) << 40},
    {"5P", true, true, UINT64_C(5) << 50},
    {"0P", true, true, 0},
    {"16383P", true, true, UINT64_C(16383) << 50},
    {"16384P", true, true, UINT64_MAX},
    {"16777217P", true, true, UINT64_MAX},
    {"99999999999999999999999999k", true, true, UINT64_MAX},
    {"18014398509481983k", true, true, UINT64_C(18014398509481983) << 10},
    {"18014398509481984k", true, true, UINT64_MAX},
    {"", false, false, 0},
    {"", true, false, 0},
    {"k", true, false, 0},
    {"1k", false, false, 0},
    {"1kk", true, false, 0},
    {"1kB", true, false, 0},
    {"1m", true, false, 0},
    {"1g", true, false, 0},
    {"1E", true, false, 0},
    {"1 ", true, false, 0},
    {" 1", true, false, 0},
    {"+1", true, false, 0},
    {"-1", true, false, 0},
    {"1.5k", true, false, 0},
    {"0x10", true, false, 0},
    {"1,000", true, false, 0},
    {"12a", false, false, 0},
    {"99999999999999999999999999x", true, false, 0},
};

static void test_parse(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        uint64_t value = WRONG;
        bool good = number_parse(cases[i].text, cases[i].suffixes, &value);
        uint64_t expected = cases[i].good ? cases[i].value : WRONG;
        if (good != cases[i].good || value != expected)
            fail_msg("\"%s\": %d, %" PRIu64, cases[i].text, good, value);
    }
}

static void check_format(uint64_t value)
{
    char expected[NUMBER_DIGITS_MAX + 1], buffer[NUMBER_DIGITS_MAX + 2];
    memset(buffer, '#', sizeof buffer);
    char *end = buffer + 1 + NUMBER_DIGITS_MAX;
    int length = snprintf(expected, sizeof expected, "%" PRIu64, value);
    char *begin = number_format(end, value);
    if (end - begin != length || memcmp(begin, expected, (size_t)length) != 0)
        fail_msg("%s is written %.*s", expected, (int)(end - begin), begin);
    for (const char *p = buffer; p < begin; p++)
        assert_int_equal(*p, '#');
    assert_int_equal(*end, '#');
    uint64_t again = 0;
    assert_true(number_parse(expected, false, &again) && again == value);
}

static void test_format(void **state)
{
    (void)state;
    struct dice dice = {1};
    for (uint64_t value = 0; value < 12000; value++)
        check_format(value);
    for (uint64_t power = 1; power <= UINT64_MAX / 10; power *= 10)
        for (uint64_t near = power * 10 - 2; near <= power * 10 + 2; near++)
            check_format(near);
    for (unsigned i = 0; i < 20000; i++)
        check_format(((dice_throw(&dice) << 32) ^ dice_throw(&dice)) >> dice_below(&dice, 64));
    check_format(UINT64_MAX);
    check_format(UINT64_MAX - 1);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_parse), cmocka_unit_test(test_format)};
    return cmocka_run_group_tests_name("number", tests, NULL, NULL);
}
