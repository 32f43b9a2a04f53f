/*
 * output-bytes.h - what the tests of output share: strings of bytes, and where they are written.
 */
#ifndef MSCAN_TEST_OUTPUT_BYTES_H
#define MSCAN_TEST_OUTPUT_BYTES_H

#include "output/output.h"

#include "test.h"

/* So long that it is certainly kept as a reference, and so short that it certainly is not. */
#define LONG ((size_t)64 << 10)
#define SHORT ((size_t)100)

/* A string of bytes that grows. */
struct bytes {
    char *text;
    size_t length, room;
};

static inline void add(struct bytes *bytes, const char *text, size_t length)
{
    if (bytes->length + length > bytes->room) {
        bytes->room = 2 * (bytes->length + length);
        bytes->text = realloc(bytes->text, bytes->room);
        assert_non_null(bytes->text);
    }
    if (length)
        memcpy(bytes->text + bytes->length, text, length);
    bytes->length += length;
}

static inline struct bytes file_content(int fd)
{
    struct bytes content = {NULL, 0, 0};
    char buffer[65536];
    ssize_t got;
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    while ((got = read(fd, buffer, sizeof buffer)) > 0)
        add(&content, buffer, (size_t)got);
    return content;
}

/* Where flushes go. */
struct sink {
    int fd;
    size_t flushes;
    size_t good;  /* so many succeed */
    bool discard; /* empties the output instead of writing it */
};

static inline bool flush(void *context, struct output *output)
{
    struct sink *sink = context;
    assert_false(output_is_empty(output));
    if (sink->flushes++ >= sink->good)
        return false;
    if (sink->discard)
        output_clear(output);
    else
        assert_int_equal(output_write(output, sink->fd, NULL), 0);
    return true;
}

static inline void check_content(int fd, const char *expected, size_t length)
{
    struct bytes content = file_content(fd);
    size_t same = 0;
    if (content.length == length && (length == 0 || memcmp(content.text, expected, length) == 0))
        same = length;
    while (same < length && same < content.length && content.text[same] == expected[same])
        same++;
    if (content.length != length || same != length)
        fail_msg("%zu bytes instead of %zu, the first %zu are the same", content.length, length, same);
    free(content.text);
}

/* Text in which every piece can be told from every other. */
static inline char *make_text(size_t length)
{
    struct dice dice = {99};
    char *text = malloc(length);
    assert_non_null(text);
    for (size_t i = 0; i < length; i++)
        text[i] = (char)('!' + dice_below(&dice, 90));
    return text;
}

/* Prints pieces of all kinds, and says in *expected what comes of them. */
static inline void print_pieces(struct output *output, const char *text, size_t length, unsigned seed, size_t total,
                                struct bytes *expected)
{
    struct dice dice = {seed};
    size_t next = 0; /* behind the last piece: consecutive pieces may become one */
    while (expected->length < total) {
        size_t kind = dice_below(&dice, 16);
        size_t size = kind < 11 ? dice_below(&dice, 4000) : kind < 14 ? dice_below(&dice, 20000) : LONG;
        size_t from = dice_below(&dice, 3) ? dice_below(&dice, length - LONG) : next;
        if (from + size > length)
            from = 0;
        if (kind == 0) {
            output_byte(output, text[from]);
            size = 1;
        } else if (kind < 8) {
            output_bytes(output, text + from, size);
        } else {
            output_text(output, text + from, size);
        }
        add(expected, text + from, size);
        next = from + size;
    }
}

#endif
