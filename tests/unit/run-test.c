/*
 * run-test.c - the kernels that pass over runs of bytes, against a plain loop.
 */
#include "kernels/kernels.h"

#include "test.h"

/* The longest vector of any kernel, bytes. */
#define VECTOR 64

static void check(const struct run *run, const bool has[256], const char *text, size_t length)
{
    size_t after = 0, before = 0;
    const struct kernels *kernels;
    while (after < length && has[(unsigned char)text[after]])
        after++;
    while (before < length && has[(unsigned char)text[length - 1 - before]])
        before++;
    for (size_t k = 0; (kernels = kernels_get(k)); k++) {
        size_t found = kernels->run_after(run, text, length);
        if (found != after)
            fail_msg("%s: a run of %zu at the beginning of %zu bytes, not %zu", kernels->name, found, length, after);
        found = kernels->run_before(run, text, length);
        if (found != before)
            fail_msg("%s: a run of %zu at the end of %zu bytes, not %zu", kernels->name, found, length, before);
    }
}

/* A random set, often all but a few bytes or but a few. */
static void random_set(struct dice *dice, bool has[256])
{
    bool most = dice_below(dice, 2);
    for (size_t byte = 0; byte < 256; byte++)
        has[byte] = most;
    for (size_t few = 1 + dice_below(dice, 5); few; few--)
        has[dice_below(dice, 256)] = !most;
    if (dice_below(dice, 2))
        memset(has + 128, dice_below(dice, 2) ? 1 : 0, 128);
}

static void fill(struct dice *dice, const bool has[256], char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        do
            text[i] = (char)dice_below(dice, 256);
        while (!has[(unsigned char)text[i]]);
}

/* Every length and place of the byte that ends it, at the begin and at the end of memory that can be read. */
static void test_lengths(void **state)
{
    (void)state;
    struct fence fence = fence_create(4096);
    struct dice dice = {17};
    struct run run;
    bool has[256];
    for (size_t length = 0; length <= 3 * VECTOR + 2; length++)
        for (size_t end = 0; end <= length; end++) {
            do
                random_set(&dice, has);
            while (!memchr(has, true, 256) || !memchr(has, false, 256));
            if (!run_make(&run, has))
                continue;
            fill(&dice, has, fence.begin, length);
            fill(&dice, has, fence.end - length, length);
            if (end < length) {
                char stop = (char)((const bool *)memchr(has, false, 256) - has);
                fence.begin[end] = fence.end[-1 - (ptrdiff_t)end] = stop;
            }
            check(&run, has, fence.begin, length);
            check(&run, has, fence.end - length, length);
        }
    fence_free(fence);
}

/* Every byte, in and out of the set, in every lane. */
static void test_bytes(void **state)
{
    (void)state;
    struct dice dice = {18};
    struct run run;
    bool has[256];
    char text[2 * VECTOR];
    size_t made = 0;
    for (size_t i = 0; i < 2000; i++) {
        random_set(&dice, has);
        if (!run_make(&run, has))
            continue;
        made++;
        for (size_t byte = 0; byte < 256; byte++)
            assert_true(((run.low[byte & 15] & run.top[byte >> 4]) != 0) == has[byte]);
        for (size_t k = 0; k < sizeof text; k++)
            text[k] = (char)dice_below(&dice, 256);
        for (size_t from = 0; from < VECTOR; from++)
            check(&run, has, text + from, sizeof text - from);
        for (size_t to = 0; to < VECTOR; to++)
            check(&run, has, text, sizeof text - to);
    }
    assert_true(made > 1500);
}

/* Eight kinds of columns are told apart, and not nine. */
static void test_columns(void **state)
{
    (void)state;
    struct run run;
    bool has[256] = {false};
    assert_true(run_make(&run, has));
    for (size_t top = 0; top < 16; top++)
        has[top << 4 | top % RUN_GROUPS] = true;
    assert_true(run_make(&run, has));
    has[0xff] = true;
    assert_false(run_make(&run, has));
    memset(has, true, sizeof has);
    assert_true(run_make(&run, has));
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lengths),
        cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_columns),
    };
    return cmocka_run_group_tests_name("run", tests, NULL, NULL);
}
