/*
 * map-test.c - a mapped file, also one that shrinks.
 */
#include "input/map.h"

#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/wait.h>

static size_t page;

/* What the byte at an offset is; never 0. */
static char byte_at(uint64_t offset)
{
    return (char)(1 + (offset * 31 + (offset >> 12) * 17) % 251);
}

static int make_file(size_t length)
{
    char *bytes = malloc(length + 1);
    assert_non_null(bytes);
    for (size_t i = 0; i < length; i++)
        bytes[i] = byte_at(i);
    int fd = temporary_file(bytes, length);
    free(bytes);
    return fd;
}

static struct map *open_map(int fd, uint64_t offset, uint64_t size)
{
    const char *reason = "not touched";
    struct map *map = map_open(fd, offset, size, HUGE_AUTO, ADVICE_NONE, &reason);
    assert_non_null(map);
    assert_null(reason);
    return map;
}

/* Whether every byte from `from` to `to` is what it was. */
static bool is_whole(const struct map *map, uint64_t from, uint64_t to)
{
    for (uint64_t i = from; i < to; i++)
        if (*(volatile const char *)map_at(map, i) != byte_at(i))
            return false;
    return true;
}

static bool is_zero(const struct map *map, uint64_t from, uint64_t to)
{
    for (uint64_t i = from; i < to; i++)
        if (*(volatile const char *)map_at(map, i) != 0)
            return false;
    return true;
}

static void shrink(int fd, uint64_t size)
{
    if (ftruncate(fd, (off_t)size) != 0)
        abort();
}

static void test_offsets(void **state)
{
    (void)state;
    const uint64_t size = HUGE_PAGE_SIZE + 20 * page + 123;
    int fd = make_file(size);
    const uint64_t offsets[] = {0,
                                1,
                                page - 1,
                                page,
                                page + 1,
                                HUGE_PAGE_SIZE - 1,
                                HUGE_PAGE_SIZE,
                                HUGE_PAGE_SIZE + 1,
                                HUGE_PAGE_SIZE + 7 * page,
                                size - 1};
    for (size_t i = 0; i < COUNT(offsets); i++)
        for (int policy = HUGE_AUTO; policy <= HUGE_NEVER; policy += HUGE_NEVER - HUGE_AUTO)
            for (unsigned advice = ADVICE_NONE; advice < 16; advice++) {
                const char *reason;
                struct map *map = map_open(fd, offsets[i], size, (enum huge_policy)policy, advice, &reason);
                assert_non_null(map);
                assert_null(reason);
                assert_int_equal(((uintptr_t)map_at(map, offsets[i]) - offsets[i]) % HUGE_PAGE_SIZE, 0);
                if (advice == ADVICE_NONE && policy == HUGE_AUTO)
                    assert_true(is_whole(map, offsets[i], size));
                assert_true(is_whole(map, size - 1, size) && is_whole(map, offsets[i], offsets[i] + 1));
                map_advance(map, offsets[i]);
                map_advance(map, size);
                map_check(map);
                assert_int_equal(map_bad_offset(map), UINT64_MAX);
                assert_int_equal(map_huge_bytes(map) % HUGE_PAGE_SIZE, 0);
                map_close(map);
            }
    /* Less than all of it, as of a file that has grown since. */
    struct map *map = open_map(fd, 5, page + 17);
    assert_true(is_whole(map, 5, page + 17));
    map_check(map);
    assert_int_equal(map_bad_offset(map), UINT64_MAX);
    map_close(map);
    map_close(NULL);
    /* The descriptor is still the caller's. */
    assert_int_equal(lseek(fd, 0, SEEK_CUR), 0);
    close(fd);
}

static void test_refusals(void **state)
{
    (void)state;
    int ends[2];
    const char *reason = "not touched";
    assert_int_equal(pipe(ends), 0);
    errno = 0;
    assert_null(map_open(ends[0], 0, 100, HUGE_AUTO, ADVICE_NONE, &reason));
    assert_int_not_equal(errno, 0);
    assert_null(reason);
    close(ends[0]);
    close(ends[1]);
    int fd = make_file(3 * page);
    assert_null(map_open(fd, 0, 3 * page, HUGE_ALWAYS, ADVICE_NONE, &reason));
    assert_non_null(reason);
    close(fd);
    /* A larger one may be had in huge pages or not. */
    fd = make_file(HUGE_PAGE_SIZE + 100);
    struct map *map = map_open(fd, 0, HUGE_PAGE_SIZE + 100, HUGE_ALWAYS, ADVICE_NONE, &reason);
    assert_true((map == NULL) == (reason != NULL));
    if (map)
        assert_true(map_huge_bytes(map) >= HUGE_PAGE_SIZE && is_whole(map, 0, HUGE_PAGE_SIZE + 100));
    map_close(map);
    close(fd);
}

/* Without touching anything. */
static void test_check(void **state)
{
    (void)state;
    int fd = make_file(4 * page);
    struct map *map = open_map(fd, 0, 4 * page);
    map_check(map);
    assert_int_equal(map_bad_offset(map), UINT64_MAX);
    shrink(fd, 5 * page);
    map_check(map);
    assert_int_equal(map_bad_offset(map), UINT64_MAX);
    shrink(fd, 4 * page - 1);
    map_check(map);
    assert_int_equal(map_bad_offset(map), 4 * page - 1);
    shrink(fd, page + 9);
    map_check(map);
    assert_int_equal(map_bad_offset(map), page + 9);
    assert_int_equal(map_bad_error(map), 0);
    /* What was gone once is not trusted again. */
    shrink(fd, 4 * page);
    map_check(map);
    assert_int_equal(map_bad_offset(map), page + 9);
    shrink(fd, 0);
    map_check(map);
    assert_int_equal(map_bad_offset(map), 0);
    map_close(map);
    close(fd);
}

static void test_mark_bad(void **state)
{
    (void)state;
    int fd = make_file(4 * page);
    struct map *map = open_map(fd, 0, 4 * page);
    map_mark_bad(map, 3 * page, EIO);
    assert_int_equal(map_bad_offset(map), 3 * page);
    assert_int_equal(map_bad_error(map), EIO);
    map_mark_bad(map, 3 * page + 1, ENXIO);
    assert_int_equal(map_bad_offset(map), 3 * page);
    assert_int_equal(map_bad_error(map), EIO);
    map_mark_bad(map, page, ENXIO);
    assert_int_equal(map_bad_offset(map), page);
    assert_int_equal(map_bad_error(map), ENXIO);
    shrink(fd, 17);
    map_check(map);
    assert_int_equal(map_bad_offset(map), 17);
    assert_int_equal(map_bad_error(map), 0);
    map_close(map);
    close(fd);
}

static void test_shrunk(void **state)
{
    (void)state;
    const uint64_t size = 40 * page + 11;
    const uint64_t sizes[] = {40 * page, 39 * page + 1, 20 * page, 10 * page + 100, page, 1, 0};
    const uint64_t offsets[] = {0, 3, 2 * page + 5};
    map_guard_install();
    for (size_t i = 0; i < COUNT(sizes); i++)
        for (size_t j = 0; j < COUNT(offsets); j++)
            for (int backwards = 0; backwards < 2; backwards++) {
                int fd = make_file(size);
                struct map *map = open_map(fd, offsets[j], size);
                uint64_t first = offsets[j] < sizes[i] ? offsets[j] : sizes[i];
                struct map_guard guard;
                map_guard_enter(&guard, map);
                assert_true(is_whole(map, offsets[j], size)); /* all pages are mapped before they go */
                shrink(fd, sizes[i]);
                uint64_t gone = sizes[i] > offsets[j] ? sizes[i] : offsets[j];
                /* From the end or from the new end: either fault has to tell the new size. */
                bool zero = !backwards || is_zero(map, size - 1, size);
                zero &= is_zero(map, gone, size);
                bool whole = first == sizes[i] || is_whole(map, first, sizes[i]);
                map_guard_leave(&guard);
                assert_true(zero);
                assert_true(whole);
                map_check(map);
                assert_int_equal(map_bad_offset(map), sizes[i]);
                assert_int_equal(map_bad_error(map), 0);
                map_close(map);
                close(fd);
            }
}

/* A fault tells by itself that the file is shorter. */
static void test_fault_marks(void **state)
{
    (void)state;
    map_guard_install();
    int fd = make_file(8 * page);
    struct map *map = open_map(fd, 0, 8 * page);
    shrink(fd, 2 * page + 50);
    struct map_guard guard;
    map_guard_enter(&guard, map);
    bool zero = is_zero(map, 6 * page, 6 * page + 1);
    map_guard_leave(&guard);
    assert_true(zero);
    assert_int_equal(map_bad_offset(map), 2 * page + 50);
    assert_int_equal(map_bad_error(map), 0);
    map_close(map);
    close(fd);
}

/* A thread that guards two maps at once finds the holes in both, and may leave them in any order. */
static void test_two_guards(void **state)
{
    (void)state;
    map_guard_install();
    for (int order = 0; order < 4; order++) {
        const uint64_t sizes[2] = {3 * page + 7, 5 * page + 9};
        int fds[2];
        struct map *maps[2];
        struct map_guard guards[2];
        for (int i = 0; i < 2; i++) {
            fds[i] = make_file(8 * page);
            maps[i] = open_map(fds[i], 0, 8 * page);
        }
        for (int i = 0; i < 2; i++)
            map_guard_enter(&guards[i], maps[i]);
        int first = order % 2, second = 1 - first;
        shrink(fds[first], sizes[first]);
        bool zero = is_zero(maps[first], 7 * page, 8 * page);
        bool whole = is_whole(maps[second], 0, 8 * page);
        assert_int_equal(map_bad_offset(maps[second]), UINT64_MAX);
        shrink(fds[second], sizes[second]);
        zero &= is_zero(maps[second], 7 * page, 8 * page);
        whole &= is_whole(maps[0], 0, sizes[0]) && is_whole(maps[1], 0, sizes[1]);
        /* The one that stays is still guarded: its hole grows. */
        int left = order / 2, stays = 1 - left;
        map_guard_leave(&guards[left]);
        shrink(fds[stays], page);
        zero &= is_zero(maps[stays], page, 2 * page);
        map_guard_leave(&guards[stays]);
        assert_true(zero && whole);
        assert_int_equal(map_bad_offset(maps[left]), sizes[left]);
        assert_int_equal(map_bad_offset(maps[stays]), page);
        for (int i = 0; i < 2; i++) {
            map_close(maps[i]);
            close(fds[i]);
        }
    }
}

/* --- threads --- */

#define THREADS 2
#define PAGES 64

struct shared {
    struct map *map;
    uint64_t least; /* what is before it never goes */
    atomic_bool done;
    atomic_int started, wrong;
};

/*
 * Reads all of the map again and again while it shrinks; each thread has its own order.  To ThreadSanitizer the
 * handler's new pages, which come in the middle of a read, are a write.
 */
__attribute__((no_sanitize("thread"))) static void *read_along(void *context)
{
    struct shared *shared = context;
    int number = atomic_fetch_add(&shared->started, 1);
    uint64_t step = number % 2 ? 1 : PAGES - 1;
    struct map_guard guard;
    map_guard_enter(&guard, shared->map);
    for (bool more = true; more;) {
        more = !atomic_load(&shared->done);
        for (uint64_t i = 0; i < PAGES; i++) {
            uint64_t at = (uint64_t)number * 7 + i * step;
            at = at % PAGES * page;
            for (uint64_t j = at; j < at + page; j += 37) {
                char byte = *(volatile const char *)map_at(shared->map, j);
                if (byte != byte_at(j) && (byte != 0 || j < shared->least))
                    atomic_fetch_add(&shared->wrong, 1);
            }
        }
    }
    map_guard_leave(&guard);
    return NULL;
}

static void test_threads(void **state)
{
    (void)state;
    map_guard_install();
    for (unsigned round = 0; round < 8; round++) {
        /* Two maps at once, so that threads have different ones in their guards. */
        struct shared shared[2];
        int fds[2];
        pthread_t threads[2 * THREADS];
        for (size_t i = 0; i < 2; i++) {
            fds[i] = make_file(PAGES * page);
            shared[i].map = open_map(fds[i], 0, PAGES * page);
            shared[i].least = (3 + i) * page + 5 * round;
            atomic_init(&shared[i].done, false);
            atomic_init(&shared[i].started, 0);
            atomic_init(&shared[i].wrong, 0);
        }
        for (size_t i = 0; i < 2 * THREADS; i++)
            assert_int_equal(pthread_create(&threads[i], NULL, read_along, &shared[i % 2]), 0);
        for (uint64_t size = PAGES - 1; size > 4; size -= 1 + round % 3)
            for (size_t i = 0; i < 2; i++) {
                shrink(fds[i], size * page + 99);
                if (round % 2)
                    sched_yield();
            }
        for (size_t i = 0; i < 2; i++)
            shrink(fds[i], shared[i].least);
        for (size_t i = 0; i < 2; i++)
            atomic_store(&shared[i].done, true);
        for (size_t i = 0; i < 2 * THREADS; i++)
            pthread_join(threads[i], NULL);
        for (size_t i = 0; i < 2; i++) {
            assert_int_equal(atomic_load(&shared[i].wrong), 0);
            assert_int_equal(map_bad_offset(shared[i].map), shared[i].least);
            map_close(shared[i].map);
            close(fds[i]);
        }
    }
}

/* --- what is not the guard's --- */

enum deed {
    TOUCH_OUTSIDE,
    TOUCH_OTHER_MAP,
    TOUCH_FIRST_MAP,
    TOUCH_AFTER_LEAVE,
    TOUCH_LEFT,
    RAISE,
    RAISE_INSIDE,
    TOUCH_INSIDE
};

static void do_deed(enum deed deed)
{
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    map_guard_install();
    int fd = make_file(4 * page), other_fd = make_file(4 * page);
    struct map *map = open_map(fd, 0, 4 * page), *other = open_map(other_fd, 0, 4 * page);
    shrink(fd, 10);
    shrink(other_fd, 10);
    struct map_guard guard, second;
    volatile const char *gone = map_at(map, 2 * page), *other_gone = map_at(other, 2 * page);
    switch (deed) {
    case TOUCH_OUTSIDE:
        (void)*gone;
        break;
    case TOUCH_OTHER_MAP:
        map_guard_enter(&guard, map);
        (void)*other_gone;
        break;
    case TOUCH_FIRST_MAP: /* one of the two lies above the other */
        map_guard_enter(&guard, other);
        (void)*gone;
        break;
    case TOUCH_AFTER_LEAVE:
        map_guard_enter(&guard, map);
        map_guard_leave(&guard);
        (void)*gone;
        break;
    case TOUCH_LEFT: /* of two, the one that was left first */
        map_guard_enter(&guard, map);
        map_guard_enter(&second, other);
        map_guard_leave(&guard);
        (void)*other_gone;
        (void)*gone;
        break;
    case RAISE:
        raise(SIGBUS);
        break;
    case RAISE_INSIDE:
        map_guard_enter(&guard, map);
        raise(SIGBUS);
        break;
    case TOUCH_INSIDE:
        map_guard_enter(&guard, map);
        (void)*gone;
        break;
    }
    _exit(0);
}

static int status_of(enum deed deed)
{
    int status;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        do_deed(deed);
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void test_foreign_faults(void **state)
{
    (void)state;
    for (int deed = TOUCH_OUTSIDE; deed <= TOUCH_LEFT; deed++) {
        int status = status_of((enum deed)deed);
        if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGBUS)
            fail_msg("deed %d ended with status %d", deed, status);
    }
    assert_int_equal(status_of(TOUCH_INSIDE), 0);
}

static void test_foreign_signals(void **state)
{
    (void)state;
    for (int deed = RAISE; deed <= RAISE_INSIDE; deed++) {
        int status = status_of((enum deed)deed);
        if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGBUS)
            fail_msg("SIGBUS that another process sends, deed %d, ended with status %d", deed, status);
    }
}

int main(void)
{
    watch();
    page = memory_page_size();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_offsets),         cmocka_unit_test(test_refusals), cmocka_unit_test(test_check),
        cmocka_unit_test(test_mark_bad),        cmocka_unit_test(test_shrunk),   cmocka_unit_test(test_fault_marks),
        cmocka_unit_test(test_two_guards),      cmocka_unit_test(test_threads),  cmocka_unit_test(test_foreign_faults),
        cmocka_unit_test(test_foreign_signals),
    };
    return cmocka_run_group_tests_name("map", tests, NULL, NULL);
}
