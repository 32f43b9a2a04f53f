/*
 * output-test.c - what a chunk prints: order, skipping, flushing.
 */
#include "output-bytes.h"

static void test_order(void **state)
{
    (void)state;
    size_t length = 1 << 20;
    char *text = make_text(length);
    struct output *output = output_create();
    for (unsigned seed = 1; seed <= 2; seed++) {
        struct sink sink = {.fd = temporary_file("", 0), .good = SIZE_MAX};
        struct bytes expected = {NULL, 0, 0};
        output_begin(output, true, 0, flush, &sink);
        print_pieces(output, text, length, seed, (size_t)24 << 20, &expected);
        size_t written = (size_t)lseek(sink.fd, 0, SEEK_END);
        assert_int_equal(output_size(output), expected.length - written);
        output_flush_now(output);
        assert_true(output_is_empty(output));
        assert_true(sink.flushes > 1);
        check_content(sink.fd, expected.text, expected.length);
        free(expected.text);
        close(sink.fd);
    }
    output_free(output);
    free(text);
}

static void test_only_copies(void **state)
{
    (void)state;
    struct output *output = output_create();
    struct sink sink = {.fd = temporary_file("", 0), .good = SIZE_MAX};
    struct bytes expected = {NULL, 0, 0};
    output_begin(output, true, 0, flush, &sink);
    for (size_t i = 0; i < 600000; i++) {
        char piece[32];
        int length = snprintf(piece, sizeof piece, "%zu:", i);
        output_bytes(output, piece, (size_t)length); /* overwritten at once: it has to be a copy */
        add(&expected, piece, (size_t)length);
        assert_false(output_has_references(output));
    }
    assert_true(sink.flushes > 0);
    output_flush_now(output);
    check_content(sink.fd, expected.text, expected.length);
    /* One piece that is larger than any buffer. */
    struct sink second = {.fd = temporary_file("", 0), .good = SIZE_MAX};
    size_t length = (size_t)9 << 20;
    char *text = make_text(length);
    output_begin(output, true, 0, flush, &second);
    output_bytes(output, "x", 1);
    output_bytes(output, text, length);
    assert_false(output_has_references(output));
    output_flush_now(output);
    expected.length = 0;
    add(&expected, "x", 1);
    add(&expected, text, length);
    check_content(second.fd, expected.text, expected.length);
    free(text);
    free(expected.text);
    close(sink.fd);
    close(second.fd);
    output_free(output);
}

static void test_state(void **state)
{
    (void)state;
    char *text = make_text(LONG);
    struct output *output = output_create();
    struct sink sink = {.fd = -1, .good = SIZE_MAX, .discard = true};
    output_begin(output, true, 0, flush, &sink);
    assert_true(output_is_empty(output));
    assert_false(output_has_references(output));
    assert_int_equal(output_size(output), 0);
    output_flush_now(output);
    assert_int_equal(sink.flushes, 0);
    output_bytes(output, "", 0);
    output_text(output, text, 0);
    assert_int_equal(output_size(output), 0);
    output_text(output, text, SHORT);
    assert_false(output_is_empty(output));
    assert_false(output_has_references(output));
    assert_int_equal(output_size(output), SHORT);
    output_text(output, text, LONG);
    assert_true(output_has_references(output));
    assert_int_equal(output_size(output), SHORT + LONG);
    output_clear(output);
    assert_true(output_is_empty(output));
    assert_false(output_has_references(output));
    assert_int_equal(output_size(output), 0);
    output_text(output, text, LONG);
    output_flush_now(output);
    assert_int_equal(sink.flushes, 1);
    assert_true(output_is_empty(output));
    assert_false(output_has_references(output));
    output_text(output, text, LONG);
    output_begin(output, true, 0, flush, &sink);
    assert_true(output_is_empty(output));
    assert_false(output_has_references(output));
    assert_int_equal(sink.flushes, 1);
    /* What is all skipped is neither there nor referred to. */
    output_begin(output, true, LONG, flush, &sink);
    output_text(output, text, LONG);
    assert_true(output_is_empty(output));
    assert_false(output_has_references(output));
    output_free(output);
    output_free(NULL);
    free(text);
}

/* What a sink adds up instead of writing it. */
static bool add_up(void *context, struct output *output)
{
    uint64_t *total = context;
    *total += output_size(output);
    output_clear(output);
    return true;
}

/* More references, with bytes between them, than one system call takes. */
static void test_many_parts(void **state)
{
    (void)state;
    char *text = make_text(LONG);
    struct output *output = output_create();
    uint64_t flushed = 0;
    output_begin(output, true, 0, add_up, &flushed);
    for (uint64_t i = 1; i <= 10000; i++) {
        output_text(output, text, LONG);
        if (i % 3)
            output_byte(output, '\n');
        assert_int_equal(flushed + output_size(output), i * LONG + (i - i / 3));
    }
    assert_true(flushed > 0);
    output_free(output);
    free(text);
}

/* A flush that fails is the end: nothing printed later comes out. */
static void test_failing_flush(void **state)
{
    (void)state;
    size_t length = 1 << 20;
    char *text = make_text(length);
    struct output *output = output_create();
    for (size_t good = 0; good < 3; good += 2) {
        struct sink sink = {.fd = temporary_file("", 0), .good = good};
        struct bytes expected = {NULL, 0, 0};
        output_begin(output, true, 0, flush, &sink);
        print_pieces(output, text, length, 7, (size_t)60 << 20, &expected);
        assert_int_equal(sink.flushes, good + 1);
        output_byte(output, 'x');
        output_bytes(output, text, SHORT);
        output_text(output, text, LONG);
        assert_true(output_is_empty(output));
        output_flush_now(output);
        assert_int_equal(sink.flushes, good + 1);
        struct bytes content = file_content(sink.fd);
        assert_true(content.length < expected.length && (good == 0) == (content.length == 0));
        assert_true(good == 0 || memcmp(content.text, expected.text, content.length) == 0);
        free(content.text);
        free(expected.text);
        close(sink.fd);
        /* Until the next beginning. */
        output_begin(output, true, 0, flush, &sink);
        output_byte(output, 'x');
        assert_int_equal(output_size(output), 1);
    }
    output_free(output);
    free(text);
}

static void test_skip(void **state)
{
    (void)state;
    char *text = make_text(4 * LONG);
    struct output *output = output_create();
    /* Three short pieces, two references that touch, another one, a byte. */
    const struct {
        size_t from, length;
    } pieces[] = {{0, 3}, {50, 1}, {7, SHORT}, {SHORT, LONG}, {SHORT + LONG, LONG}, {5, LONG}, {9, 1}};
    struct bytes all = {NULL, 0, 0};
    for (size_t i = 0; i < COUNT(pieces); i++)
        add(&all, text + pieces[i].from, pieces[i].length);
    size_t bounds[COUNT(pieces) + 1] = {0};
    for (size_t i = 0; i < COUNT(pieces); i++)
        bounds[i + 1] = bounds[i] + pieces[i].length;
    for (size_t bound = 0; bound < COUNT(bounds); bound++)
        for (size_t delta = 0; delta <= 4; delta++) {
            size_t skip = bounds[bound] + delta - 2;
            if (bounds[bound] + delta < 2)
                continue;
            struct sink sink = {.fd = temporary_file("", 0), .good = SIZE_MAX};
            output_begin(output, true, skip, flush, &sink);
            for (size_t i = 0; i < COUNT(pieces); i++) {
                if (pieces[i].length == 1)
                    output_byte(output, text[pieces[i].from]);
                else
                    output_text(output, text + pieces[i].from, pieces[i].length);
            }
            size_t left = skip < all.length ? all.length - skip : 0;
            assert_int_equal(output_size(output), left);
            output_flush_now(output);
            check_content(sink.fd, all.text + (all.length - left), left);
            close(sink.fd);
        }
    free(all.text);
    /* Skipping over what would have filled the buffer several times, as a chunk that is searched again does. */
    size_t length = 1 << 20, total = (size_t)24 << 20;
    char *long_text = make_text(length);
    for (size_t skip = 0; skip <= total; skip += total / 2 - 1) {
        struct sink sink = {.fd = temporary_file("", 0), .good = SIZE_MAX};
        struct bytes expected = {NULL, 0, 0};
        output_begin(output, true, skip, flush, &sink);
        print_pieces(output, long_text, length, 11, total, &expected);
        output_flush_now(output);
        check_content(sink.fd, expected.text + skip, expected.length - skip);
        free(expected.text);
        close(sink.fd);
    }
    free(long_text);
    output_free(output);
    free(text);
}

/* What a sink checks: that lines are whole. */
static bool check_lines(void *context, struct output *output)
{
    struct sink *sink = context;
    assert_int_equal(output_write(output, sink->fd, NULL), 0);
    assert_false(output_is_in_line(output));
    sink->flushes++;
    return true;
}

/* A full buffer is written up to the end of its last line; a line that is kept whole makes it grow. */
static void test_whole_lines(void **state)
{
    (void)state;
    size_t length = 1 << 20;
    char *text = make_text(length);
    struct output *output = output_create();
    static const size_t sizes[] = {1, 70, 5000, LONG, 300000, 1 << 20};
    for (size_t pass = 0; pass < 4; pass++) {
        struct dice dice = {(unsigned)pass + 1};
        bool references = pass & 1, grows = pass & 2;
        struct sink sink = {.fd = temporary_file("", 0)};
        struct bytes expected = {NULL, 0, 0};
        output_begin(output, references, 0, check_lines, &sink);
        while (expected.length < (size_t)64 << 20) {
            size_t size = sizes[dice_below(&dice, COUNT(sizes))], times = grows ? 1 + dice_below(&dice, 9) : 1;
            output_keep_whole(output, grows);
            for (size_t i = 0; i < times; i++) {
                output_bytes(output, "prefix:", 7);
                output_text(output, text, size);
                add(&expected, "prefix:", 7);
                add(&expected, text, size);
            }
            output_byte(output, '\n');
            add(&expected, "\n", 1);
            output_keep_whole(output, false);
        }
        output_flush_now(output);
        assert_true(sink.flushes > 1 || (references && !grows));
        check_content(sink.fd, expected.text, expected.length);
        free(expected.text);
        close(sink.fd);
    }
    output_free(output);
    free(text);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),       cmocka_unit_test(test_only_copies),   cmocka_unit_test(test_state),
        cmocka_unit_test(test_many_parts),  cmocka_unit_test(test_failing_flush), cmocka_unit_test(test_skip),
        cmocka_unit_test(test_whole_lines),
    };
    return cmocka_run_group_tests_name("output", tests, NULL, NULL);
}
