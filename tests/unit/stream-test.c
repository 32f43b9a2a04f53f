/*
 * stream-test.c - input that is read: every byte once, in blocks of whole lines.
 */
#include "input/stream.h"

#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/socket.h>

static const size_t block_sizes[] = {1, 2, 3, 7, 64, 4096, 300000};

/* --- texts --- */

struct text {
    char *bytes;
    size_t length;
};

/* `lines` lines of up to `longest` bytes, with NUL bytes and empty lines among them. */
static struct text make_text(size_t lines, size_t longest, bool finished)
{
    struct dice dice = {lines + longest};
    struct text text = {malloc(lines * (longest + 1) + 1), 0};
    assert_non_null(text.bytes);
    for (size_t i = 0; i < lines; i++) {
        for (size_t left = dice_below(&dice, longest + 1); left; left--)
            text.bytes[text.length++] = "abc\0\r\xff xyz"[dice_below(&dice, 10)];
        text.bytes[text.length++] = '\n';
    }
    if (!finished && text.length)
        text.bytes[text.length - 1] = '.';
    return text;
}

/* --- reading all of it --- */

/* What reading everything comes to. */
struct reading {
    size_t blocks, shortest; /* `shortest`: bytes in the smallest block but the last */
    int error;
};

/* Reads everything and compares it with `expected`, whose first byte is at the absolute offset `offset`. */
static struct reading check_stream(int fd, uint64_t offset, uint64_t hint, size_t block_size, bool fill,
                                   const char *expected, size_t length)
{
    struct block_pool *pool = block_pool_create(HUGE_AUTO);
    struct stream_options options = {.pool = pool, .block_size = block_size, .fill_blocks = fill};
    struct stream *stream = stream_open(fd, offset, hint, &options);
    struct reading reading = {0, SIZE_MAX, 0};
    size_t done = 0;
    for (;;) {
        struct stream_block next;
        stream_next(stream, &next);
        reading.blocks++;
        assert_null(next.reason);
        assert_int_equal(next.offset, offset + done);
        assert_true(next.length <= next.block.capacity);
        if (next.length > length - done || (next.length && memcmp(next.block.bytes, expected + done, next.length) != 0))
            fail_msg("block %zu of %zu bytes at %zu is not right", reading.blocks, next.length, done);
        done += next.length;
        if (!next.last) {
            assert_int_equal(next.error, 0);
            assert_true(next.length > 0);
            assert_int_equal(next.block.bytes[next.length - 1], '\n');
            if (next.length < reading.shortest)
                reading.shortest = next.length;
        }
        block_put(pool, &next.block);
        if (next.last) {
            reading.error = next.error;
            break;
        }
    }
    assert_int_equal(done, length);
    stream_close(stream);
    block_pool_free(pool);
    return reading;
}

static void test_files(void **state)
{
    (void)state;
    static const struct {
        size_t lines, longest;
    } shapes[] = {{0, 0}, {1, 0}, {1, 5}, {3, 0}, {40, 1}, {300, 9}, {60, 300}, {3, 20000}};
    for (size_t shape = 0; shape < COUNT(shapes); shape++)
        for (int finished = 0; finished < 2; finished++) {
            struct text text = make_text(shapes[shape].lines, shapes[shape].longest, finished);
            int fd = temporary_file(text.bytes, text.length);
            for (size_t i = 0; i < COUNT(block_sizes); i++) {
                const uint64_t hints[] = {0, text.length, text.length / 2, 2 * text.length + 1, UINT64_MAX};
                for (size_t hint = 0; hint < COUNT(hints); hint++) {
                    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
                    struct reading reading =
                        check_stream(fd, 0, hints[hint], block_sizes[i], hint % 2, text.bytes, text.length);
                    assert_int_equal(reading.error, 0);
                }
                /* From the middle on. */
                size_t from = text.length / 3;
                assert_int_equal(lseek(fd, (off_t)from, SEEK_SET), from);
                check_stream(fd, from, text.length - from, block_sizes[i], false, text.bytes + from,
                             text.length - from);
            }
            close(fd);
            free(text.bytes);
        }
}

/* Blocks of a file are as large as they may be, and one is enough for a file whose size is known. */
static void test_block_size(void **state)
{
    (void)state;
    struct text text = make_text(3000, 30, true);
    int fd = temporary_file(text.bytes, text.length);
    for (size_t i = 4; i < COUNT(block_sizes); i++) {
        assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
        struct reading reading = check_stream(fd, 0, 0, block_sizes[i], false, text.bytes, text.length);
        assert_true(reading.shortest == SIZE_MAX || reading.shortest > block_sizes[i] - 32);
    }
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    assert_int_equal(check_stream(fd, 0, text.length, 300000, false, text.bytes, text.length).blocks, 1);
    close(fd);
    free(text.bytes);
}

/* A line of some megabytes, between others. */
static void test_long_line(void **state)
{
    (void)state;
    size_t length = ((size_t)5 << 20) + 77;
    char *bytes = malloc(length);
    assert_non_null(bytes);
    memset(bytes, 'x', length);
    memcpy(bytes, "a\nbc\n", 5);
    memcpy(bytes + length - 4, "\nde\n", 4);
    int fd = temporary_file(bytes, length);
    for (size_t i = 0; i < COUNT(block_sizes); i += 2) {
        assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
        check_stream(fd, 0, i & 2 ? length : 0, block_sizes[i], false, bytes, length);
        /* The same line as the last, without a newline. */
        assert_int_equal(ftruncate(fd, (off_t)length - 4), 0);
        assert_int_equal(lseek(fd, 5, SEEK_SET), 5);
        check_stream(fd, 5, i & 2 ? 10 : 0, block_sizes[i], false, bytes + 5, length - 4 - 5);
        assert_int_equal(pwrite(fd, bytes + length - 4, 4, (off_t)length - 4), 4);
    }
    close(fd);
    free(bytes);
}

/* --- pipes --- */

/* Writes a text in pieces. */
struct writer {
    int fd;
    const struct text *text;
    size_t most; /* bytes in a piece */
    unsigned seed;
};

static void *write_pieces(void *context)
{
    const struct writer *writer = context;
    struct dice dice = {writer->seed};
    for (size_t done = 0; done < writer->text->length;) {
        size_t left = writer->text->length - done, size = 1 + dice_below(&dice, writer->most);
        ssize_t written = write(writer->fd, writer->text->bytes + done, size < left ? size : left);
        if (written <= 0)
            abort();
        done += (size_t)written;
        if (dice_below(&dice, 8) == 0)
            sched_yield();
        if (dice_below(&dice, 64) == 0)
            usleep(30);
    }
    close(writer->fd);
    return NULL;
}

enum { PIPE, PIPE_NONBLOCK, SOCKET };

static void open_ends(int kind, int ends[2])
{
    assert_int_equal(kind == SOCKET ? socketpair(AF_UNIX, SOCK_STREAM, 0, ends) : pipe(ends), 0);
    if (kind == PIPE_NONBLOCK)
        assert_int_equal(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
}

static struct reading check_pipe(const struct text *text, int kind, size_t most, size_t block_size, bool fill)
{
    int ends[2];
    open_ends(kind, ends);
    struct writer writer = {ends[1], text, most, (unsigned)(most + block_size)};
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, write_pieces, &writer), 0);
    struct reading reading = check_stream(ends[0], 1000, 0, block_size, fill, text->bytes, text->length);
    pthread_join(thread, NULL);
    close(ends[0]);
    assert_int_equal(reading.error, 0);
    return reading;
}

static void test_pipes(void **state)
{
    (void)state;
    static const size_t pieces[] = {1, 5, 100, 10000};
    for (int finished = 0; finished < 2; finished++) {
        struct text small = make_text(200, 9, finished), large = make_text(5000, 60, finished), empty = {NULL, 0};
        for (int kind = PIPE; kind <= SOCKET; kind++)
            for (size_t i = 0; i < COUNT(block_sizes); i++)
                for (size_t j = 0; j < COUNT(pieces); j++) {
                    check_pipe(&small, kind, pieces[j], block_sizes[i], j % 2);
                    if (block_sizes[i] >= 64 && pieces[j] >= 100 && kind != PIPE_NONBLOCK)
                        check_pipe(&large, kind, pieces[j], block_sizes[i], (i + j) % 2);
                }
        check_pipe(&empty, PIPE, 1, 64, finished);
        free(small.bytes);
        free(large.bytes);
    }
}

/* With fill_blocks a block is only handed out when it is full, however slowly its bytes come. */
static void test_fill_blocks(void **state)
{
    (void)state;
    struct text text = make_text(400, 3, true);
    for (size_t i = 4; i < COUNT(block_sizes); i++) {
        struct reading reading = check_pipe(&text, PIPE, 3, block_sizes[i], true);
        assert_true(reading.shortest == SIZE_MAX || reading.shortest > block_sizes[i] - 4);
    }
    free(text.bytes);
}

/* --- when there is more to wait for --- */

struct opened {
    int ends[2];
    struct block_pool *pool;
    struct stream *stream;
};

static void open_stream(struct opened *opened, int kind, size_t block_size)
{
    open_ends(kind, opened->ends);
    opened->pool = block_pool_create(HUGE_AUTO);
    struct stream_options options = {.pool = opened->pool, .block_size = block_size};
    opened->stream = stream_open(opened->ends[0], 0, 0, &options);
}

static void close_stream(struct opened *opened)
{
    stream_close(opened->stream);
    block_pool_free(opened->pool);
    close(opened->ends[0]);
    if (opened->ends[1] >= 0)
        close(opened->ends[1]);
}

static void check_next(struct opened *opened, const char *expected, uint64_t offset, bool last)
{
    struct stream_block next;
    stream_next(opened->stream, &next);
    if (next.length != strlen(expected) || memcmp(next.block.bytes, expected, next.length) != 0)
        fail_msg("\"%.*s\" instead of \"%s\"", (int)next.length, next.block.bytes, expected);
    assert_int_equal(next.offset, offset);
    assert_int_equal(next.last, last);
    assert_int_equal(next.error, 0);
    assert_null(next.reason);
    block_put(opened->pool, &next.block);
}

static void send_text(struct opened *opened, const char *text)
{
    assert_int_equal(write(opened->ends[1], text, strlen(text)), strlen(text));
}

/* Nobody writes while stream_next() runs here: if it waited for more than there is, the test would hang. */
static void test_no_waiting(void **state)
{
    (void)state;
    for (int kind = PIPE; kind <= SOCKET; kind++) {
        struct opened opened;
        open_stream(&opened, kind, 4096);
        send_text(&opened, "one\n");
        check_next(&opened, "one\n", 0, false);
        send_text(&opened, "two\nthr");
        check_next(&opened, "two\n", 4, false);
        send_text(&opened, "ee\n\n\nfo");
        check_next(&opened, "three\n\n\n", 8, false);
        send_text(&opened, "ur");
        send_text(&opened, " and\nfive\n");
        check_next(&opened, "four and\nfive\n", 16, false);
        send_text(&opened, "six");
        close(opened.ends[1]);
        opened.ends[1] = -1;
        check_next(&opened, "six", 30, true);
        close_stream(&opened);
    }
}

/* Nor when the lines that have arrived fill the block to its last byte, or more. */
static void test_no_waiting_when_full(void **state)
{
    (void)state;
    for (size_t block_size = 1; block_size <= 9; block_size++) {
        struct opened opened;
        open_stream(&opened, PIPE, block_size);
        send_text(&opened, "ab\ncd\nef");
        size_t done = 0;
        while (done < 6) {
            struct stream_block next;
            stream_next(opened.stream, &next);
            assert_false(next.last);
            assert_int_equal(next.offset, done);
            assert_true(next.length > 0 && next.length % 3 == 0);
            done += next.length;
            block_put(opened.pool, &next.block);
        }
        assert_int_equal(done, 6);
        close(opened.ends[1]);
        opened.ends[1] = -1;
        check_next(&opened, "ef", 6, true);
        close_stream(&opened);
    }
}

static void *next_block(void *context)
{
    struct opened *opened = context;
    struct stream_block next;
    stream_next(opened->stream, &next);
    block_put(opened->pool, &next.block);
    return next.last && next.error == 0 && !next.reason ? context : NULL;
}

static void test_cancel(void **state)
{
    (void)state;
    for (int kind = PIPE; kind <= SOCKET; kind++)
        for (unsigned pause = 0; pause <= 2000; pause += 500) {
            struct opened opened;
            open_stream(&opened, kind, 64);
            if (pause > 500)
                send_text(&opened, "the beginning of a line");
            pthread_t thread;
            assert_int_equal(pthread_create(&thread, NULL, next_block, &opened), 0);
            usleep(pause); /* perhaps it waits by now, perhaps it comes to wait later: it has to end */
            stream_cancel(opened.stream);
            void *good = NULL;
            pthread_join(thread, &good);
            assert_non_null(good);
            close_stream(&opened);
        }
    /* Long before, and more often than any pipe holds. */
    struct opened opened;
    open_stream(&opened, PIPE, 64);
    for (unsigned i = 0; i < 100000; i++)
        stream_cancel(opened.stream);
    check_next(&opened, "", 0, true);
    close_stream(&opened);
}

/* Cancelling what never waits does no harm. */
static void test_cancel_file(void **state)
{
    (void)state;
    int fd = temporary_file("a\nb\n", 4);
    struct block_pool *pool = block_pool_create(HUGE_AUTO);
    struct stream_options options = {.pool = pool, .block_size = 64};
    struct stream *stream = stream_open(fd, 0, 4, &options);
    stream_cancel(stream);
    struct stream_block next;
    stream_next(stream, &next);
    assert_int_equal(next.error, 0);
    assert_null(next.reason);
    block_put(pool, &next.block);
    stream_close(stream);
    stream_close(NULL);
    block_pool_free(pool);
    close(fd);
}

/* --- errors --- */

static void test_may_wait(void **state)
{
    (void)state;
    struct block_pool *pool = block_pool_create(HUGE_AUTO);
    struct stream_options options = {.pool = pool, .block_size = 64};
    int ends[2], sockets[2], file = temporary_file("", 0), null = open("/dev/null", O_RDONLY);
    open_ends(PIPE, ends);
    open_ends(SOCKET, sockets);
    const struct {
        int fd;
        bool waits;
    } cases[] = {{file, false}, {ends[0], true}, {sockets[0], true}, {null, true}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct stream *stream = stream_open(cases[i].fd, 0, 0, &options);
        assert_int_equal(stream_may_wait(stream), cases[i].waits);
        stream_close(stream);
    }
    assert_int_equal(check_stream(null, 0, 0, 64, false, "", 0).blocks, 1);
    close(file);
    close(null);
    for (size_t i = 0; i < 2; i++) {
        close(ends[i]);
        close(sockets[i]);
    }
    block_pool_free(pool);
}

static void test_errors(void **state)
{
    (void)state;
    int directory = open(".", O_RDONLY | O_DIRECTORY);
    assert_true(directory >= 0);
    assert_int_equal(check_stream(directory, 0, 0, 64, false, "", 0).error, EISDIR);
    close(directory);
    int file = temporary_file("a\n", 2);
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    int unreadable = open(path, O_WRONLY);
    if (unreadable >= 0) {
        assert_int_equal(check_stream(unreadable, 0, 2, 64, false, "", 0).error, EBADF);
        close(unreadable);
    }
    close(file);
}

/* An error after some bytes: the process's own memory, up to a page that is not there. */
static void test_late_error(void **state)
{
    (void)state;
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *base = mmap(NULL, 3 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_true(base != MAP_FAILED);
    assert_int_equal(munmap(base + 2 * page, page), 0);
    memset(base, 'x', 2 * page);
    for (size_t i = 99; i < 2 * page - 100; i += 100)
        base[i] = '\n';
    uint64_t from = (uint64_t)(uintptr_t)base;
    int fd = open("/proc/self/mem", O_RDONLY);
    char byte;
    if (fd < 0 || pread(fd, &byte, 1, (off_t)from) != 1 || pread(fd, &byte, 1, (off_t)(from + 2 * page)) != -1) {
        close(fd);
        munmap(base, 2 * page);
        skip();
    }
    for (size_t i = 0; i < COUNT(block_sizes); i++) {
        assert_int_equal(lseek(fd, (off_t)from, SEEK_SET), (off_t)from);
        assert_int_equal(check_stream(fd, from, 0, block_sizes[i], false, base, 2 * page).error, EIO);
    }
    close(fd);
    munmap(base, 2 * page);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_block_size),
        cmocka_unit_test(test_long_line),
        cmocka_unit_test(test_pipes),
        cmocka_unit_test(test_fill_blocks),
        cmocka_unit_test(test_no_waiting),
        cmocka_unit_test(test_no_waiting_when_full),
        cmocka_unit_test(test_cancel),
        cmocka_unit_test(test_cancel_file),
        cmocka_unit_test(test_may_wait),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_late_error),
    };
    return cmocka_run_group_tests_name("stream", tests, NULL, NULL);
}
