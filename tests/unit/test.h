/*
 * test.h - what the unit tests share: cmocka, numbers that look random, text between fences,
 * temporary files.
 */
#ifndef MSCAN_TEST_H
#define MSCAN_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* A linear congruential generator; the multiplier is that of D. Knuth's MMIX.  The same in every run. */
struct dice {
    uint64_t state;
};

static inline uint64_t dice_throw(struct dice *dice)
{
    dice->state = dice->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return dice->state >> 31;
}

/* A number below `limit`. */
static inline size_t dice_below(struct dice *dice, size_t limit)
{
    return (size_t)(dice_throw(dice) % limit);
}

/* Ends a test that hangs, long after any that does not is done, even where processors are slow. */
static inline void watch(void)
{
    alarm(getenv("TESTS_QUICK") ? 900 : 120);
}

/*
 * How far a loop over cases goes on: by 1, and by `step` with TESTS_QUICK in the environment, for slow processors and
 * builds.
 */
static inline size_t quick_step(size_t step)
{
    return getenv("TESTS_QUICK") ? step : 1;
}

/* Readable bytes between two pages that are not. */
struct fence {
    char *begin, *end;
};

static inline struct fence fence_create(size_t length)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t inside = (length + page - 1) / page * page;
    char *base = mmap(NULL, inside + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_true(base != MAP_FAILED);
    assert_int_equal(mprotect(base + page, inside, PROT_READ | PROT_WRITE), 0);
    return (struct fence){base + page, base + page + inside};
}

static inline void fence_free(struct fence fence)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    munmap(fence.begin - page, (size_t)(fence.end - fence.begin) + 2 * page);
}

/* An open temporary file that has no name any more, with that content, at its start. */
static inline int temporary_file(const char *content, size_t length)
{
    const char *directory = getenv("TMPDIR");
    char path[4096];
    snprintf(path, sizeof path, "%s/mscan-test-XXXXXX", directory && *directory ? directory : "/tmp");
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    unlink(path);
    for (size_t done = 0; done < length;) {
        ssize_t written = write(fd, content + done, length - done);
        assert_true(written > 0);
        done += (size_t)written;
    }
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    return fd;
}

#endif
