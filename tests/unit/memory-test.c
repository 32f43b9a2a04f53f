/*
 * memory-test.c - memory from the kernel.
 */
#include "sys/memory.h"

#include "test.h"

#include <errno.h>
#include <fcntl.h>

static void test_sizes(void **state)
{
    (void)state;
    size_t page = memory_page_size();
    assert_true(page >= 4096 && (page & (page - 1)) == 0);
    uint64_t physical = (uint64_t)sysconf(_SC_PHYS_PAGES) * page;
    assert_true(memory_total() > page && memory_total() <= physical);
}

static void test_alloc(void **state)
{
    (void)state;
    static const size_t counts[] = {1, 2, 5};
    for (int policy = HUGE_AUTO; policy <= HUGE_NEVER; policy++)
        for (size_t i = 0; i < COUNT(counts); i++)
            for (unsigned round = 0; round < 2; round++) {
                size_t size = counts[i] * HUGE_PAGE_SIZE;
                const char *reason = "not touched";
                char *block = memory_alloc(size, (enum huge_policy)policy, &reason);
                if (policy == HUGE_ALWAYS && !block) {
                    assert_non_null(reason);
                    continue;
                }
                assert_non_null(block);
                assert_null(reason);
                assert_int_equal((uintptr_t)block % HUGE_PAGE_SIZE, 0);
                for (size_t at = 0; at < size; at += sizeof(uint64_t))
                    if (*(const uint64_t *)(const void *)(block + at))
                        fail_msg("not zero at %zu", at);
                memset(block, 0xff, size);
                uint64_t huge = memory_huge_bytes(block, size);
                assert_int_equal(huge % HUGE_PAGE_SIZE, 0);
                if (policy == HUGE_ALWAYS)
                    assert_true(huge >= HUGE_PAGE_SIZE);
                memory_free(block, size);
            }
}

static void test_alloc_failure(void **state)
{
    (void)state;
    for (int policy = HUGE_AUTO; policy <= HUGE_NEVER; policy += HUGE_NEVER - HUGE_AUTO) {
        const char *reason = "not touched";
        errno = 0;
        assert_null(memory_alloc(SIZE_MAX / 2 / HUGE_PAGE_SIZE * HUGE_PAGE_SIZE, (enum huge_policy)policy, &reason));
        assert_int_equal(errno, ENOMEM);
        assert_null(reason);
    }
}

/* Whether a byte can be read, as the kernel sees it. */
static bool is_readable(const char *at)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    bool readable = write(ends[1], at, 1) == 1;
    close(ends[0]);
    close(ends[1]);
    return readable;
}

static void test_reserve(void **state)
{
    (void)state;
    size_t page = memory_page_size();
    const size_t sizes[] = {page, 3 * page, HUGE_PAGE_SIZE, HUGE_PAGE_SIZE + page};
    for (size_t i = 0; i < COUNT(sizes); i++)
        for (size_t alignment = page; alignment <= 4 * HUGE_PAGE_SIZE; alignment *= 2) {
            char *addresses = memory_reserve(sizes[i], alignment);
            assert_non_null(addresses);
            assert_int_equal((uintptr_t)addresses % alignment, 0);
            assert_false(is_readable(addresses));
            assert_false(is_readable(addresses + sizes[i] - 1));
            /* It is ours from the first byte to the last. */
            assert_int_equal(mprotect(addresses, sizes[i], PROT_READ | PROT_WRITE), 0);
            addresses[0] = addresses[sizes[i] - 1] = 'x';
            assert_int_equal(munmap(addresses, sizes[i]), 0);
        }
    errno = 0;
    assert_null(memory_reserve(SIZE_MAX / 2, HUGE_PAGE_SIZE));
    assert_int_equal(errno, ENOMEM);
}

/* What is reserved again and again and given back leaves nothing behind. */
static void test_reserve_is_exact(void **state)
{
    (void)state;
    size_t size = memory_page_size(), alignment = (size_t)1 << 38;
    for (unsigned i = 0; i < 1000; i++) {
        char *addresses = memory_reserve(size, alignment);
        if (!addresses && i == 0)
            skip(); /* addresses are limited here */
        assert_non_null(addresses);
        assert_int_equal((uintptr_t)addresses % alignment, 0);
        assert_int_equal(munmap(addresses, size), 0);
    }
}

static void test_advise(void **state)
{
    (void)state;
    char *addresses = memory_reserve(HUGE_PAGE_SIZE, HUGE_PAGE_SIZE);
    assert_non_null(addresses);
    for (int policy = HUGE_AUTO; policy <= HUGE_NEVER; policy++) {
        errno = 0;
        assert_true(memory_advise_huge(addresses, HUGE_PAGE_SIZE, (enum huge_policy)policy) || errno != 0);
    }
    assert_int_equal(munmap(addresses, HUGE_PAGE_SIZE), 0);
    assert_int_equal(memory_huge_bytes(NULL, 0), 0);
    /* All mappings hold no less than one of them. */
    const char *reason;
    char *block = memory_alloc(HUGE_PAGE_SIZE, HUGE_AUTO, &reason);
    assert_non_null(block);
    memset(block, 1, HUGE_PAGE_SIZE);
    assert_true(memory_huge_bytes(NULL, SIZE_MAX) >= memory_huge_bytes(block, 1));
    memory_free(block, HUGE_PAGE_SIZE);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_alloc),
        cmocka_unit_test(test_alloc_failure),
        cmocka_unit_test(test_reserve),
        cmocka_unit_test(test_reserve_is_exact),
        cmocka_unit_test(test_advise),
    };
    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
