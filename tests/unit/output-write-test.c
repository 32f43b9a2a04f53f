/*
 * output-write-test.c - what a chunk prints: text that vanishes, and writing to files and pipes.
 */
#include "output-bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>

/* --- text that vanishes --- */

/* One piece of an output. */
struct piece {
    bool refers;
    const char *text;
    size_t length;
};

/* A text that loses its end: after so many looks it ends there, with zeros behind it, or earlier after so many more. */
struct fading {
    char *text;
    size_t length, ends[2];
    unsigned looks[2];
    unsigned looked;
};

static const char *fading_end(void *context)
{
    struct fading *fading = context;
    const char *end = NULL;
    for (size_t i = 0; i < 2; i++)
        if (fading->looked >= fading->looks[i]) {
            end = fading->text + fading->ends[i];
            memset(fading->text + fading->ends[i], 0, fading->length - fading->ends[i]);
        }
    fading->looked++;
    return end;
}

/* What is left of the pieces when the text ends at `end`: whole lines. */
static struct bytes pieces_before(const struct piece *pieces, size_t count, const char *end)
{
    struct bytes left = {NULL, 0, 0};
    for (size_t i = 0; i < count; i++) {
        const char *from = pieces[i].text, *to = from + pieces[i].length;
        if (!pieces[i].refers || to <= end) {
            add(&left, from, pieces[i].length);
            continue;
        }
        add(&left, from, from < end ? (size_t)(end - from) : 0);
        while (left.length && left.text[left.length - 1] != '\n')
            left.length--;
        break;
    }
    return left;
}

static void print(struct output *output, const struct piece *pieces, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (pieces[i].refers)
            output_text(output, pieces[i].text, pieces[i].length);
        else
            output_bytes(output, pieces[i].text, pieces[i].length);
}

/* Writes the pieces of text that fades, and checks that what is written are the whole lines up to some end of it. */
static void check_fading(const struct piece *pieces, size_t count, const struct fading *as)
{
    struct fading fading = *as;
    char *saved = malloc(fading.length), *slice = malloc(OUTPUT_SLICE_MAX);
    memcpy(saved, fading.text, fading.length);
    struct bytes whole = {NULL, 0, 0}, expected = pieces_before(pieces, count, fading.text + fading.ends[1]);
    for (size_t i = 0; i < count; i++)
        add(&whole, pieces[i].text, pieces[i].length);
    struct output *output = output_create();
    struct sink sink = {.fd = temporary_file("", 0), .good = SIZE_MAX};
    output_begin(output, true, 0, flush, &sink);
    print(output, pieces, count);
    assert_int_equal(sink.flushes, 0);
    const struct output_source source = {.text_end = fading_end, .context = &fading, .slice = slice};
    assert_int_equal(output_write(output, sink.fd, &source), 0);
    assert_true(output_is_empty(output));
    struct bytes content = file_content(sink.fd);
    assert_int_equal(output_written(output), content.length);
    assert_false(output_is_in_line(output));
    if (content.length < expected.length)
        fail_msg("%zu bytes are written, though %zu were there to the end", content.length, expected.length);
    if (content.length)
        assert_memory_equal(content.text, whole.text, content.length);
    assert_true(content.length == 0 || content.text[content.length - 1] == '\n');
    memcpy(fading.text, saved, fading.length);
    if (fading.looks[1] == 0) /* nothing was there any more that is not there in the end */
        assert_int_equal(content.length, expected.length);
    free(content.text);
    free(expected.text);
    free(whole.text);
    free(saved);
    free(slice);
    close(sink.fd);
    output_free(output);
}

static void test_fading(void **state)
{
    (void)state;
    size_t length = 16 * LONG;
    char *text = make_text(length);
    for (size_t at = 999; at < length; at += 1000)
        text[at] = '\n';
    memset(text + 5 * LONG, 'x', LONG); /* a line longer than any piece */
    text[length - 1] = '\n';
    const struct piece pieces[] = {
        {false, "first\n", 6},     {true, text, LONG},
        {false, "a:", 2},          {true, text + LONG + 10, LONG / 2}, /* a line of many pieces */
        {false, "<replaced>", 10}, {true, text + 2 * LONG, LONG},
        {false, "b:\n", 3},        {true, text + 5 * LONG + 100, LONG - 200},
        {false, "\n", 1},          {true, text + 6 * LONG, 10 * LONG},
        {false, "last\n", 5},
    };
    for (size_t end = 0; end <= length; end += 7500)
        for (size_t delta = 0; delta < 3; delta++)
            for (unsigned looks = 0; looks < 5; looks++) {
                size_t cut = end + delta < 1 ? 0 : end + delta - 1 > length ? length : end + delta - 1;
                struct fading fading = {text, length, {cut, cut}, {looks, looks}, 0};
                check_fading(pieces, COUNT(pieces), &fading);
                fading.ends[1] = cut / 2;
                fading.looks[1] = looks + 1;
                check_fading(pieces, COUNT(pieces), &fading);
            }
    struct fading none = {text, length, {0, 0}, {0, 0}, 0};
    check_fading(pieces, 1, &none); /* there is no reference */
    check_fading(pieces, 0, &none);
    free(text);
}

/* Of a line of more than a slice the beginning may be written, and that is said. */
static void test_fading_line(void **state)
{
    (void)state;
    size_t length = 3 * OUTPUT_SLICE_MAX;
    char *text = make_text(length), *slice = malloc(OUTPUT_SLICE_MAX);
    struct fading fading = {text, length, {length - 1, length - 1}, {1, 1}, 0};
    struct output *output = output_create();
    struct sink sink = {.fd = temporary_file("", 0), .good = SIZE_MAX};
    output_begin(output, true, 0, flush, &sink);
    output_byte(output, '>');
    output_text(output, text, length);
    const struct output_source source = {.text_end = fading_end, .context = &fading, .slice = slice};
    assert_int_equal(output_write(output, sink.fd, &source), 0);
    assert_true(output_is_in_line(output));
    assert_int_equal(output_written(output), OUTPUT_SLICE_MAX);
    char first;
    assert_int_equal(pread(sink.fd, &first, 1, 0), 1);
    assert_int_equal(first, '>');
    /* One of 1 MiB is whole, with what stands before it. */
    size_t line = (size_t)1 << 20;
    for (unsigned looks = 0; looks < 3; looks++) {
        text[line - 1] = '\n';
        fading = (struct fading){text, line, {line - 1, line - 1}, {looks, looks}, 0};
        output_begin(output, true, 0, flush, &sink);
        output_byte(output, '>');
        output_text(output, text, line);
        assert_int_equal(output_write(output, sink.fd, &source), 0);
        assert_int_equal(output_written(output), looks ? line + 1 : 0);
        assert_false(output_is_in_line(output));
    }
    close(sink.fd);
    output_free(output);
    free(slice);
    free(text);
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
        output_begin(output, true, 0, flush, NULL);
        output_bytes(output, "x", 1);
        output_text(output, text, 8 * LONG);
        assert_int_equal(output_write(output, ends[1], NULL), EPIPE);
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
    output_begin(output, true, 0, flush, NULL);
    output_byte(output, 'x');
    assert_int_equal(output_write(output, -1, NULL), EBADF);
    assert_true(output_is_empty(output));
    int full = open("/dev/full", O_WRONLY);
    if (full >= 0) {
        output_byte(output, 'x');
        assert_int_equal(output_write(output, full, NULL), ENOSPC);
        close(full);
    }
    output_free(output);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fading),      cmocka_unit_test(test_fading_line),    cmocka_unit_test(test_pipe),
        cmocka_unit_test(test_closed_pipe), cmocka_unit_test(test_bad_descriptor),
    };
    return cmocka_run_group_tests_name("output-write", tests, NULL, NULL);
}
