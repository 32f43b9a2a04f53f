/*
 * output-write-test.c - what a chunk prints: cutting, and writing to files and pipes.
 */
#include "output-bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>

/* --- cutting --- */

/* One piece of an output that is cut. */
struct piece {
    bool refers;
    const char *text;
    size_t length;
};

/* What is left of the pieces, as output.h says it. */
static struct bytes cut_pieces(const struct piece *pieces, size_t count, const char *begin, const char *end,
                               const char *bad)
{
    struct bytes left = {NULL, 0, 0};
    for (size_t i = 0; i < count; i++) {
        const char *from = pieces[i].text, *to = from + pieces[i].length;
        if (!pieces[i].refers || from < begin || from >= end || to <= bad) {
            add(&left, from, pieces[i].length);
            continue;
        }
        size_t keep = from < bad ? (size_t)(bad - from) : 0;
        while (keep && from[keep - 1] != '\n')
            keep--;
        /* A line that is dropped is dropped with what was copied of it. */
        if (keep == 0 && i > 0 && !pieces[i - 1].refers)
            for (size_t n = pieces[i - 1].length; n && left.text[left.length - 1] != '\n'; n--)
                left.length--;
        add(&left, from, keep);
        break;
    }
    return left;
}

static void check_cut(const struct piece *pieces, size_t count, const char *begin, const char *end, const char *bad)
{
    struct output *output = output_create();
    struct sink sink = {.fd = temporary_file("", 0), .good = SIZE_MAX};
    output_begin(output, true, 0, flush, &sink);
    for (size_t i = 0; i < count; i++)
        if (pieces[i].refers)
            output_text(output, pieces[i].text, pieces[i].length);
        else
            output_bytes(output, pieces[i].text, pieces[i].length);
    assert_int_equal(sink.flushes, 0);
    struct bytes expected = cut_pieces(pieces, count, begin, end, bad);
    output_cut(output, begin, end, bad);
    if (output_size(output) != expected.length)
        fail_msg("cut at %td: %zu bytes instead of %zu", bad - begin, (size_t)output_size(output), expected.length);
    const char *fault;
    assert_int_equal(output_write(output, sink.fd, &fault), 0);
    assert_true(output_is_empty(output));
    check_content(sink.fd, expected.text, expected.length);
    free(expected.text);
    close(sink.fd);
    output_free(output);
}

static void test_cut(void **state)
{
    (void)state;
    size_t length = 8 * LONG;
    char *text = make_text(length), *other = make_text(2 * LONG);
    for (size_t at = 999; at < length; at += 1000)
        text[at] = '\n';
    memset(text + 5 * LONG, 'x', LONG); /* a line longer than any piece */
    const struct piece pieces[] = {
        {false, "first\n", 6},
        {true, text, LONG},
        {false, "a:", 2},
        {true, other, LONG},
        {true, text + 2 * LONG, LONG},
        {false, "b:\n", 3},
        {true, text + 5 * LONG + 100, LONG - 200},
        {false, "\n", 1},
        {true, text + 6 * LONG, 2 * LONG},
        {false, "last\n", 5},
    };
    for (size_t bad = 0; bad <= length; bad += 3500)
        for (size_t delta = 0; delta < 3; delta++)
            if (bad + delta >= 1 && bad + delta - 1 <= length)
                check_cut(pieces, COUNT(pieces), text, text + length, text + bad + delta - 1);
    check_cut(pieces, COUNT(pieces), text, text, text);               /* nothing lies within */
    check_cut(pieces, COUNT(pieces), other, other + 2 * LONG, other); /* only one does */
    check_cut(pieces, 1, text, text + length, text);                  /* there is no reference */
    check_cut(pieces, 0, text, text + length, text);
    free(text);
    free(other);
}

/* --- writing --- */

/* A reader that takes little at a time. */
struct reader {
    int fd;
    size_t limit; /* closes after so many bytes */
    struct bytes got;
};

static void *read_slowly(void *context)
{
    struct reader *reader = context;
    struct dice dice = {5};
    static const size_t sizes[] = {1, 7, 100, 4096, 4097, 65536};
    char buffer[65536];
    ssize_t got = 1;
    while (got > 0 && reader->got.length < reader->limit) {
        if (dice_below(&dice, 16) == 0)
            usleep(50);
        size_t wanted = sizes[dice_below(&dice, COUNT(sizes))];
        do
            got = read(reader->fd, buffer, wanted);
        while (got < 0 && errno == EINTR);
        if (got > 0 && reader->got.length + (size_t)got <= reader->got.room) {
            memcpy(reader->got.text + reader->got.length, buffer, (size_t)got);
            reader->got.length += (size_t)got;
        }
    }
    close(reader->fd);
    return NULL;
}

static void on_alarm(int signal_number)
{
    (void)signal_number;
}

static void write_to_pipe(bool blocking, bool signals)
{
    size_t length = 1 << 20, total = 3 << 20;
    char *text = make_text(length);
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    fcntl(ends[1], F_SETPIPE_SZ, 4096);
    assert_int_equal(fcntl(ends[1], F_SETFL, blocking ? 0 : O_NONBLOCK), 0);
    struct reader reader = {ends[0], SIZE_MAX, {malloc(2 * total), 0, 2 * total}};
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, read_slowly, &reader), 0);
    /* Signals without SA_RESTART: writes fail with EINTR, or fall short. */
    timer_t timer;
    if (signals) {
        struct sigaction action = {.sa_handler = on_alarm};
        sigaction(SIGUSR1, &action, NULL);
        struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
        assert_int_equal(timer_create(CLOCK_MONOTONIC, &event, &timer), 0);
        struct itimerspec often = {{0, 300000}, {0, 300000}};
        timer_settime(timer, 0, &often, NULL);
    }
    struct output *output = output_create();
    struct sink sink = {.fd = ends[1], .good = SIZE_MAX};
    struct bytes expected = {NULL, 0, 0};
    output_begin(output, true, 0, flush, &sink);
    print_pieces(output, text, length, 13, total, &expected);
    output_flush_now(output);
    if (signals)
        timer_delete(timer);
    close(ends[1]);
    pthread_join(thread, NULL);
    assert_int_equal(reader.got.length, expected.length);
    assert_memory_equal(reader.got.text, expected.text, expected.length);
    output_free(output);
    free(expected.text);
    free(reader.got.text);
    free(text);
}

static void test_pipe(void **state)
{
    (void)state;
    write_to_pipe(true, false);
    write_to_pipe(false, false);
    write_to_pipe(true, true);
}

static void test_closed_pipe(void **state)
{
    (void)state;
    signal(SIGPIPE, SIG_IGN);
    char *text = make_text(8 * LONG);
    for (size_t limit = 0; limit <= LONG; limit += LONG) {
        int ends[2];
        assert_int_equal(pipe(ends), 0);
        fcntl(ends[1], F_SETPIPE_SZ, 4096);
        struct reader reader = {ends[0], limit, {malloc(8 * LONG), 0, 8 * LONG}};
        pthread_t thread;
        assert_int_equal(pthread_create(&thread, NULL, read_slowly, &reader), 0);
        if (limit == 0)
            pthread_join(thread, NULL);
        struct output *output = output_create();
        const char *fault;
        output_begin(output, true, 0, flush, NULL);
        output_bytes(output, "x", 1);
        output_text(output, text, 8 * LONG);
        assert_int_equal(output_write(output, ends[1], &fault), EPIPE);
        assert_true(output_is_empty(output));
        if (limit)
            pthread_join(thread, NULL);
        free(reader.got.text);
        output_free(output);
        close(ends[1]);
    }
    free(text);
}

static void test_bad_descriptor(void **state)
{
    (void)state;
    struct output *output = output_create();
    const char *fault;
    output_begin(output, true, 0, flush, NULL);
    output_byte(output, 'x');
    assert_int_equal(output_write(output, -1, &fault), EBADF);
    assert_true(output_is_empty(output));
    int full = open("/dev/full", O_WRONLY);
    if (full >= 0) {
        output_byte(output, 'x');
        assert_int_equal(output_write(output, full, &fault), ENOSPC);
        close(full);
    }
    output_free(output);
}

/*
 * A reference into pages that are not there.  `copied` bytes come before it; `good` bytes of the reference can be
 * read; then `more` bytes come that could be read again.
 */
static void check_fault(size_t copied, size_t good, bool to_pipe)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE), length = 32 * page;
    char *base = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_true(base != MAP_FAILED);
    struct dice dice = {3};
    for (size_t i = 0; i < length; i++)
        base[i] = (char)dice_throw(&dice);
    char *bad = base + 16 * page, *text = bad - good;
    char *prefix = make_text(copied + 1);
    struct bytes expected = {NULL, 0, 0};
    add(&expected, prefix, copied);
    add(&expected, text, good);
    assert_int_equal(munmap(bad, page), 0);

    int ends[2];
    if (to_pipe) {
        assert_int_equal(pipe(ends), 0);
        fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
    } else {
        ends[0] = ends[1] = temporary_file("", 0);
    }
    struct output *output = output_create();
    output_begin(output, true, 0, flush, NULL);
    output_bytes(output, prefix, copied);
    output_text(output, text, 16 * page);
    output_bytes(output, "after", 5);
    uint64_t size = output_size(output);
    const char *fault = NULL;
    assert_int_equal(output_write(output, ends[1], &fault), EFAULT);
    if (to_pipe)
        close(ends[1]);
    struct bytes content = {malloc(length), 0, length};
    if (to_pipe) {
        ssize_t got;
        while ((got = read(ends[0], content.text + content.length, length - content.length)) > 0)
            content.length += (size_t)got;
    } else {
        free(content.text);
        content = file_content(ends[0]);
    }
    if (fault != bad || content.length != expected.length)
        fail_msg("%s, %zu copied, %zu good: the fault is %td bytes after the first bad one; %zu bytes written instead "
                 "of %zu",
                 to_pipe ? "pipe" : "file", copied, good, fault - bad, content.length, expected.length);
    if (expected.length)
        assert_memory_equal(content.text, expected.text, expected.length);
    /* The rest is still there, and can be cut and written. */
    assert_int_equal(output_size(output), size - expected.length);
    output_cut(output, base, base + length, bad);
    int rest = temporary_file("", 0);
    assert_int_equal(output_write(output, rest, &fault), 0);
    assert_true(output_is_empty(output));
    check_content(rest, "", 0);
    close(rest);
    close(ends[0]);
    free(content.text);
    free(expected.text);
    free(prefix);
    output_free(output);
    munmap(base, 16 * page);
    munmap(bad + page, 15 * page);
}

static void check_faults(bool to_pipe)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    const size_t copied[] = {0, 1, 100, page, page + 1}, good[] = {0, 1, 100, page - 1, page, page + 1, 3 * page + 5};
    for (size_t i = 0; i < COUNT(copied); i++)
        for (size_t j = 0; j < COUNT(good); j++)
            check_fault(copied[i], good[j], to_pipe);
}

static void test_fault_to_file(void **state)
{
    (void)state;
    check_faults(false);
}

static void test_fault_to_pipe(void **state)
{
    (void)state;
    check_faults(true);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cut),           cmocka_unit_test(test_pipe),
        cmocka_unit_test(test_closed_pipe),   cmocka_unit_test(test_bad_descriptor),
        cmocka_unit_test(test_fault_to_file), cmocka_unit_test(test_fault_to_pipe),
    };
    return cmocka_run_group_tests_name("output-write", tests, NULL, NULL);
}
