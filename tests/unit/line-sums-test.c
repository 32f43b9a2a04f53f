/*
 * line-sums-test.c - the numbers of lines, when chunks are counted in any order.
 */
#include "scan/line-sums.h"

#include "test.h"

/* The lines of chunk number i: up to a million, often none. */
static uint64_t lines_of(uint64_t chunk)
{
    return chunk % 3 ? chunk * 7919 % 1000003 : 0;
}

#define CHUNKS 5000

/*
 * Chunks are counted in any order, but no more than `ahead` before the one that is committed next, which moves on
 * when it has been counted.
 */
static void check_numbers(unsigned seed, uint64_t ahead)
{
    static uint64_t right[CHUNKS + 1];
    static bool counted[CHUNKS];
    memset(counted, 0, sizeof counted);
    for (uint64_t i = 0; i < CHUNKS; i++)
        right[i + 1] = right[i] + lines_of(i);
    struct dice dice = {seed};
    struct line_sums *sums = line_sums_create((size_t)ahead);
    bool begun = seed % 5 == 4; /* another file may have the turn at first */
    uint64_t committed = 0, gapless = 0;
    for (uint64_t done = 0; done < CHUNKS;) {
        uint64_t chunk = committed + dice_below(&dice, (size_t)ahead + 1);
        if (chunk < CHUNKS && !counted[chunk]) {
            counted[chunk] = true;
            line_sums_add(sums, chunk, lines_of(chunk));
            done++;
        }
        while (gapless < CHUNKS && counted[gapless])
            gapless++;
        for (uint64_t i = committed; i < committed + 2 * ahead + 5 && i <= CHUNKS; i++) {
            uint64_t lines = UINT64_MAX;
            bool known = line_sums_before(sums, i, &lines);
            if (known != (i <= gapless) || (known && lines != right[i]))
                fail_msg("before chunk %d, %d counted, %d committed: %d lines (%d) instead of %d", (int)i, (int)gapless,
                         (int)committed, (int)lines, known, (int)right[i]);
        }
        if (!begun) {
            begun = dice_below(&dice, 20) == 0;
        } else if (dice_below(&dice, 2)) {
            /* Some of what has been counted is committed. */
            uint64_t most = gapless - committed;
            committed += dice_below(&dice, (size_t)(most < 40 ? most : 40) + 1);
        }
    }
    free(sums);
}

static void test_numbers(void **state)
{
    (void)state;
    static const uint64_t aheads[] = {0, 1, 2, 10, 100, 254, 300};
    for (size_t i = 0; i < COUNT(aheads); i++)
        for (unsigned seed = 0; seed < 4; seed++)
            check_numbers(seed, aheads[i]);
}

static void test_none(void **state)
{
    (void)state;
    uint64_t lines = 1;
    assert_true(line_sums_before(NULL, 0, &lines));
    assert_int_equal(lines, 0);
    assert_false(line_sums_before(NULL, 1, &lines));
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_numbers), cmocka_unit_test(test_none)};
    return cmocka_run_group_tests_name("line-sums", tests, NULL, NULL);
}
