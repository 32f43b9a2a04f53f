/*
 * lease-test.c - ranges of inputs: of a file that is mapped and loses its end, and of a block.
 */
#include "input/lease.h"

#include "test.h"

#include <errno.h>
#include <fcntl.h>

#define SIZE 50000

static const struct input_options options = {.map = MAP_PREFER};

static char byte_at(uint64_t offset)
{
    return (char)(1 + offset * 31 % 251);
}

/* An input that is the rest of a file from `start` on, as standard input is. */
static struct input open_input(int fd, uint64_t start)
{
    struct input input = {.fd = fd, .origin = start, .start = start};
    const char *reason;
    assert_int_equal(fstat(fd, &input.status), 0);
    input.end = (uint64_t)input.status.st_size;
    input.map = map_open(fd, start, input.end, HUGE_AUTO, ADVICE_NONE, &reason);
    assert_non_null(input.map);
    return input;
}

static int make_file(void)
{
    static char bytes[SIZE];
    for (size_t i = 0; i < SIZE; i++)
        bytes[i] = byte_at(i);
    return temporary_file(bytes, SIZE);
}

static bool is_whole(const struct lease *lease, uint64_t begin, uint64_t end)
{
    for (uint64_t i = begin; i < end; i++)
        if (*(volatile const char *)lease_at(lease, i) != byte_at(i))
            return false;
    return true;
}

static void test_bounds(void **state)
{
    (void)state;
    int fd = make_file();
    for (uint64_t start = 0; start < SIZE; start = 3 * start + 1) {
        struct input input = open_input(fd, start);
        uint64_t begin, end;
        input_bounds(&input, &begin, &end);
        assert_int_equal(begin, start);
        assert_int_equal(end, SIZE);
        assert_true(input_has_ranges(&input) && !input_may_wait(&input));
        struct lease all, part;
        lease_open(&all, &input, begin, end);
        lease_open(&part, &input, begin + (end - begin) / 2, end);
        assert_true(is_whole(&all, begin, end) && is_whole(&part, part.begin, end));
        assert_ptr_equal(lease_at(&all, part.begin), lease_at(&part, part.begin));
        lease_advance(&all, end);
        assert_int_equal(lease_good_end(&all), UINT64_MAX);
        lease_close(&all);
        lease_close(&part);
        map_close(input.map);
    }
    close(fd);
}

/* Two inputs at once, of which each loses its end while it is leased. */
static void test_lost_ends(void **state)
{
    (void)state;
    lease_init(); /* cmocka has its own handler of SIGBUS */
    const uint64_t sizes[2] = {SIZE / 2, 4711};
    int fds[2];
    struct input inputs[2];
    struct lease leases[2];
    for (int i = 0; i < 2; i++) {
        fds[i] = make_file();
        inputs[i] = open_input(fds[i], 10);
        lease_open(&leases[i], &inputs[i], 10, SIZE);
    }
    for (int i = 0; i < 2; i++)
        assert_int_equal(ftruncate(fds[i], (off_t)sizes[i]), 0);
    char last[2] = {*lease_at(&leases[0], SIZE - 1), *lease_at(&leases[1], SIZE - 1)};
    bool whole = is_whole(&leases[0], 10, sizes[0]) && is_whole(&leases[1], 10, sizes[1]);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(lease_good_end(&leases[i]), sizes[i]);
        assert_int_equal(input_good_end(&inputs[i]), sizes[i]);
        assert_int_equal(input_bad_error(&inputs[i]), 0);
        lease_close(&leases[i]);
        map_close(inputs[i].map);
        close(fds[i]);
    }
    assert_true(whole && last[0] == 0 && last[1] == 0);
}

static void test_block(void **state)
{
    (void)state;
    static const char text[] = "some lines";
    struct input input = {.fd = -1};
    struct lease lease;
    lease_open_block(&lease, &input, text, 1000, 1000 + sizeof text - 1);
    assert_ptr_equal(lease_at(&lease, 1005), text + 5);
    assert_ptr_equal(lease_at(&lease, lease.end), text + sizeof text - 1);
    lease_advance(&lease, lease.end);
    assert_int_equal(lease_good_end(&lease), UINT64_MAX);
    lease_close(&lease);
}

/* Opened by its name: what is read has no end that is known, and of a file only its size may be wanted. */
static void test_read_input(void **state)
{
    (void)state;
    char path[64];
    int fd = make_file();
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    struct input_options read = options;
    read.map = MAP_REFUSE;
    read.stream.pool = block_pool_create(HUGE_NEVER);
    read.stream.block_size = 100;
    const struct input_source source = {.directory = AT_FDCWD, .name = path};
    struct input input;
    struct input_error error;
    assert_true(input_open(&input, &source, &read, &error));
    uint64_t begin, end;
    input_bounds(&input, &begin, &end);
    assert_true(begin == 0 && end == UINT64_MAX && !input_has_ranges(&input));
    assert_int_equal(input_size(&input), SIZE);
    assert_int_equal(input_good_end(&input), UINT64_MAX);
    bool all;
    assert_int_equal(input_pass_over(&input, &all), SIZE); /* no multiple of a page */
    assert_true(all);
    input_close(&input);
    block_pool_free(read.stream.pool);
    close(fd);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_lost_ends),
        cmocka_unit_test(test_block),
        cmocka_unit_test(test_read_input),
    };
    return cmocka_run_group_tests_name("lease", tests, NULL, NULL);
}
