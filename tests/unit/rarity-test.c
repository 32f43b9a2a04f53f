/*
 * rarity-test.c - the shares of bytes: they sum up, and agree with the kernels' table.
 */
#include "literal/rarity.h"

#include "test.h"

static void test_bytes(void **state)
{
    (void)state;
    double sum = 0;
    for (unsigned byte = 0; byte < 256; byte++) {
        double share = rarity_share((uint8_t)byte, 0xff);
        assert_true(share > 0 && share < 0.5);
        sum += share;
    }
    assert_true(sum > 0.98 && sum < 1.02);
    assert_true(rarity_share(' ', 0xff) > rarity_share('e', 0xff));
    assert_true(rarity_share('e', 0xff) > rarity_share('q', 0xff));
    assert_true(rarity_share('q', 0xff) > rarity_share(0, 0xff));
}

/* A mask has the shares of all bytes that fit. */
static void test_masks(void **state)
{
    (void)state;
    for (unsigned mask = 0; mask < 256; mask++)
        for (unsigned value = 0; value < 256; value++) {
            if (value & ~mask)
                continue;
            double sum = 0;
            for (unsigned byte = 0; byte < 256; byte++)
                sum += (byte & mask) == value ? rarity_share((uint8_t)byte, 0xff) : 0;
            double share = rarity_share((uint8_t)value, (uint8_t)mask);
            assert_true(share > 0 && share <= 1);
            assert_true(share > sum - 0.02 && share < sum + 0.02);
        }
    assert_true(rarity_share(0, 0) == 1);
}

static void test_table(void **state)
{
    (void)state;
    needle_rarity rarity;
    rarity_table(rarity);
    for (unsigned byte = 0; byte < 256; byte++) {
        /* -16 * log2(share), rounded up: share * 2^(rarity / 16) is about 1. */
        double product = rarity_share((uint8_t)byte, 0xff);
        for (unsigned whole = rarity[byte] / 16; whole > 0; whole--)
            product *= 2;
        for (unsigned rest = rarity[byte] % 16; rest > 0; rest--)
            product *= 1.0442737824274138;
        assert_true(rarity[byte] == 255 ? product <= 1.05 : product > 0.99 && product < 1.05);
        for (unsigned other = 0; other < 256; other++)
            if (rarity_share((uint8_t)byte, 0xff) > rarity_share((uint8_t)other, 0xff))
                assert_true(rarity[byte] <= rarity[other]);
    }
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_masks),
        cmocka_unit_test(test_table),
    };
    return cmocka_run_group_tests_name("rarity", tests, NULL, NULL);
}
