/*
 * range-test.c - the parts of a file: what bytes they have, and that every line belongs to one of them.
 */
#include "input/range.h"

#include "test.h"

#include <stdio.h>

static void check_bytes(struct range range, uint64_t size, uint64_t wanted_begin, uint64_t wanted_end)
{
    uint64_t begin, end;
    range_bytes(&range, size, &begin, &end);
    assert_int_equal(begin, wanted_begin);
    assert_int_equal(end, wanted_end);
}

static void test_bytes(void **state)
{
    (void)state;
    const uint64_t most = INT64_MAX;
    check_bytes((struct range){.kind = RANGE_ALL}, 10, 0, 10);
    check_bytes((struct range){.kind = RANGE_BYTES, .offset = 3, .length = 4}, 10, 3, 7);
    check_bytes((struct range){.kind = RANGE_BYTES, .offset = 3, .length = UINT64_MAX}, 10, 3, 10);
    check_bytes((struct range){.kind = RANGE_BYTES, .offset = 30, .length = 4}, 10, 10, 10);
    check_bytes((struct range){.kind = RANGE_SHARD, .index = 1, .count = 3}, 10, 3, 6);
    check_bytes((struct range){.kind = RANGE_SHARD, .index = 2, .count = 3}, 10, 6, 10);
    check_bytes((struct range){.kind = RANGE_SHARD, .index = 5, .count = 100}, 10, 0, 0);
    /* size * index does not fit in 64 bits */
    check_bytes((struct range){.kind = RANGE_SHARD, .index = 999999, .count = 1000000}, most, most - 9223372036855,
                most);
    check_bytes((struct range){.kind = RANGE_SHARD, .index = UINT64_MAX - 1, .count = UINT64_MAX}, most, most - 1,
                most);
}

static int make_file(const char *text, size_t length)
{
    FILE *file = tmpfile();
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, length, file), length);
    int fd = dup(fileno(file));
    fclose(file);
    return fd;
}

static const struct range_units lines = {NULL, NULL};

/* The parts follow each other without a gap, and begin where lines begin; `origin` is such a place. */
static void check_parts(const char *text, size_t length, char line_end, uint64_t origin, uint64_t count)
{
    int fd = make_file(text, length);
    uint64_t last = origin;
    for (uint64_t i = 0; i < count; i++) {
        const struct range range = {.kind = RANGE_SHARD, .index = i, .count = count};
        uint64_t begin, end, from, to;
        range_bytes(&range, length, &begin, &end);
        from = begin, to = end;
        assert_int_equal(range_align(fd, origin, length, line_end, &lines, &begin, &end), 0);
        assert_true(begin == last || begin == end);
        assert_true(begin == origin || begin == length || text[begin - 1] == line_end);
        assert_true(begin == end || (begin >= from && begin < to) || begin == origin);
        if (begin < end)
            last = end;
    }
    assert_int_equal(last, length > origin ? length : origin);
    close(fd);
}

static void test_alignment(void **state)
{
    (void)state;
    static char text[200000];
    memset(text, 'x', sizeof text);
    /* Short lines, lines of about a piece, one that is much longer, and no end of the last line. */
    for (size_t at = 0, step = 0; at < 100000; at += 1 + (step++ * 7919) % 300)
        text[at] = '\n';
    text[104096] = text[104097] = text[169633] = '\n';
    for (uint64_t count = 1; count < 300; count = 2 * count + 1) {
        check_parts(text, sizeof text, '\n', 0, count);
        check_parts(text, sizeof text, '\0', 0, count);
        check_parts(text, sizeof text, '\n', 1234, count);
        check_parts(text, 0, '\n', 0, count);
        check_parts(text, 100, '\n', 100, count);
        check_parts(text, 5, '\n', 0, count);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_alignment),
    };
    return cmocka_run_group_tests_name("range", tests, NULL, NULL);
}
