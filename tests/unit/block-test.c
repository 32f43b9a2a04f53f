/*
 * block-test.c - the pool of buffers.
 */
#include "input/block.h"

#include "test.h"

#include <pthread.h>

static const size_t capacities[] = {
    1,
    2,
    4096,
    100000,
    (256 << 10) - 1,
    256 << 10,
    (256 << 10) + 1,
    1 << 20,
    BLOCK_LARGE - 1,
    BLOCK_LARGE,
    BLOCK_LARGE + 1,
    3 * BLOCK_LARGE - 5,
    3 * BLOCK_LARGE,
};

static void test_get(void **state)
{
    (void)state;
    for (int policy = HUGE_AUTO; policy <= HUGE_NEVER; policy += HUGE_NEVER - HUGE_AUTO) {
        struct block_pool *pool = block_pool_create((enum huge_policy)policy);
        struct block blocks[COUNT(capacities)];
        for (unsigned round = 0; round < 3; round++) {
            for (size_t i = 0; i < COUNT(capacities); i++) {
                const char *reason = NULL;
                assert_true(block_get(pool, capacities[i], &blocks[i], &reason));
                assert_non_null(blocks[i].bytes);
                assert_true(blocks[i].capacity >= capacities[i]);
                memset(blocks[i].bytes, (int)i + 1, blocks[i].capacity);
                if (blocks[i].capacity >= BLOCK_LARGE)
                    assert_int_equal((uintptr_t)blocks[i].bytes % HUGE_PAGE_SIZE, 0);
            }
            /* They are different ones. */
            for (size_t i = 0; i < COUNT(capacities); i++) {
                assert_int_equal(blocks[i].bytes[0], i + 1);
                assert_int_equal(blocks[i].bytes[blocks[i].capacity - 1], i + 1);
                block_put(pool, &blocks[i]);
                assert_null(blocks[i].bytes);
                block_put(pool, &blocks[i]);
            }
        }
        block_pool_free(pool);
    }
    block_pool_free(NULL);
}

static void test_grow(void **state)
{
    (void)state;
    struct block_pool *pool = block_pool_create(HUGE_AUTO);
    for (size_t used = 0; used <= 100000; used += 33333) {
        struct block block;
        const char *reason;
        assert_true(block_get(pool, 100000, &block, &reason));
        for (size_t i = 0; i < used; i++)
            block.bytes[i] = (char)(i * 7 % 251);
        while (block.capacity < 4 * BLOCK_LARGE) {
            size_t before = block.capacity;
            assert_true(block_grow(pool, &block, used, &reason));
            assert_true(block.capacity >= 2 * before);
            block.bytes[block.capacity - 1] = 'x';
            for (size_t i = 0; i < used; i++)
                assert_int_equal(block.bytes[i], (char)(i * 7 % 251));
        }
        block_put(pool, &block);
    }
    block_pool_free(pool);
}

static void test_failure(void **state)
{
    (void)state;
    struct block_pool *pool = block_pool_create(HUGE_AUTO);
    const size_t sizes[] = {SIZE_MAX, SIZE_MAX - 1, SIZE_MAX - HUGE_PAGE_SIZE, SIZE_MAX - HUGE_PAGE_SIZE + 1,
                            SIZE_MAX / 2};
    for (size_t i = 0; i < COUNT(sizes); i++) {
        struct block block = {NULL, 0};
        const char *reason = NULL;
        assert_false(block_get(pool, sizes[i], &block, &reason));
        assert_non_null(reason);
    }
    /* A block of which it only matters that twice its size cannot be had. */
    char byte = 'x';
    struct block block = {&byte, SIZE_MAX / 4};
    const char *reason = NULL;
    assert_false(block_grow(pool, &block, 1, &reason));
    assert_non_null(reason);
    assert_ptr_equal(block.bytes, &byte);
    assert_int_equal(block.capacity, SIZE_MAX / 4);
    block_pool_free(pool);
}

static void test_huge_always(void **state)
{
    (void)state;
    struct block_pool *pool = block_pool_create(HUGE_ALWAYS);
    for (unsigned round = 0; round < 2; round++) {
        struct block block = {NULL, 0};
        const char *reason = NULL;
        if (block_get(pool, 100, &block, &reason)) {
            assert_true(block.capacity >= BLOCK_LARGE);
            assert_int_equal((uintptr_t)block.bytes % HUGE_PAGE_SIZE, 0);
            memset(block.bytes, 1, block.capacity);
            block_put(pool, &block);
        } else {
            assert_non_null(reason);
        }
    }
    block_pool_free(pool);
}

static void *borrow(void *context)
{
    struct block_pool *pool = context;
    struct dice dice = {(uint64_t)(uintptr_t)&dice};
    struct block held[8] = {{NULL, 0}};
    for (unsigned i = 0; i < 5000; i++) {
        size_t place = dice_below(&dice, 8);
        struct block *block = &held[place];
        if (block->bytes) {
            /* Nobody else has written into it. */
            if (block->bytes[0] != (char)place || block->bytes[block->capacity - 1] != (char)place)
                return NULL;
            block_put(pool, block);
        } else {
            const char *reason;
            if (!block_get(pool, capacities[dice_below(&dice, 9)], block, &reason))
                return NULL;
            block->bytes[0] = block->bytes[block->capacity - 1] = (char)place;
        }
    }
    for (size_t i = 0; i < COUNT(held); i++)
        block_put(pool, &held[i]);
    return context;
}

static void test_threads(void **state)
{
    (void)state;
    struct block_pool *pool = block_pool_create(HUGE_AUTO);
    pthread_t threads[6];
    for (size_t i = 0; i < COUNT(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, borrow, pool), 0);
    for (size_t i = 0; i < COUNT(threads); i++) {
        void *good = NULL;
        pthread_join(threads[i], &good);
        assert_non_null(good);
    }
    block_pool_free(pool);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_get),         cmocka_unit_test(test_grow),    cmocka_unit_test(test_failure),
        cmocka_unit_test(test_huge_always), cmocka_unit_test(test_threads),
    };
    return cmocka_run_group_tests_name("block", tests, NULL, NULL);
}
