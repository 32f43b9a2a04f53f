#include "output/output.h"

#include "base/alloc.h"
#include "sys/memory.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#ifndef IOV_MAX
#define IOV_MAX 1024
#endif

/*
 * The buffer: what a chunk of 1 MiB prints fits with room for prefixes, so that workers seldom wait for their
 * turn with a full buffer.  Pages are only touched as they fill.
 */
#define BUFFER_SIZE ((size_t)2 << 20)

/* Text of this length and more is not copied: a part in a writev() has a cost of its own. Not measured yet. */
#define REFERENCE_SIZE ((size_t)8 << 10)

/* Parts in one writev(), the most that Linux takes. */
#define PARTS_MAX 1024

struct output {
    char *buffer;
    size_t used;
    /* Parts in order; a part in the buffer grows as long as it is the last. */
    struct iovec *parts;
    size_t count, references;
    size_t reference_size; /* text of this length and more is not copied */
    uint64_t skip;         /* bytes still to be thrown away */
    output_flush *flush;
    void *context;
    char line_end;
    bool in_line; /* what was written last was no end of a line */
    bool ended;   /* the flush function said so */
};

struct output *output_create(void)
{
    struct output *output = xcalloc(1, sizeof *output);
    output->buffer = xmalloc(BUFFER_SIZE);
    output->parts = xcalloc(PARTS_MAX, sizeof *output->parts);
    output->line_end = '\n';
    return output;
}

void output_set_line_end(struct output *output, char line_end)
{
    output->line_end = line_end;
}

void output_free(struct output *output)
{
    if (!output)
        return;
    free(output->buffer);
    free(output->parts);
    free(output);
}

void output_clear(struct output *output)
{
    output->used = output->count = output->references = 0;
}

void output_begin(struct output *output, bool references, uint64_t skip, output_flush *flush, void *context)
{
    output_clear(output);
    output->reference_size = references ? REFERENCE_SIZE : SIZE_MAX;
    output->skip = skip;
    output->flush = flush;
    output->context = context;
    output->ended = false;
}

bool output_is_empty(const struct output *output)
{
    return output->count == 0;
}

bool output_has_references(const struct output *output)
{
    return output->references > 0;
}

bool output_is_in_line(const struct output *output)
{
    return output->in_line;
}

uint64_t output_size(const struct output *output)
{
    uint64_t size = 0;
    for (size_t i = 0; i < output->count; i++)
        size += output->parts[i].iov_len;
    return size;
}

void output_flush_now(struct output *output)
{
    if (output->count == 0)
        return;
    if (!output->flush(output->context, output))
        output->ended = true;
    output_clear(output);
}

/* How many of the bytes that are printed now still have to be thrown away. */
static size_t skipped(struct output *output, size_t length)
{
    size_t skip = output->skip < length ? (size_t)output->skip : length;
    output->skip -= skip;
    return skip;
}

static bool in_buffer(const struct output *output, const struct iovec *part)
{
    return (char *)part->iov_base >= output->buffer && (char *)part->iov_base < output->buffer + BUFFER_SIZE;
}

static void copy(struct output *output, const char *bytes, size_t length)
{
    struct iovec *last = output->count ? &output->parts[output->count - 1] : NULL;
    if (!last || !in_buffer(output, last)) {
        last = &output->parts[output->count++];
        *last = (struct iovec){output->buffer + output->used, 0};
    }
    memcpy(output->buffer + output->used, bytes, length);
    output->used += length;
    last->iov_len += length;
}

void output_bytes(struct output *output, const char *bytes, size_t length)
{
    if (UNLIKELY(output->skip || output->ended)) {
        size_t skip = skipped(output, length);
        bytes += skip;
        length -= skip;
        if (output->ended)
            return;
    }
    if (output->count >= PARTS_MAX - 1)
        output_flush_now(output);
    while (length && !output->ended) {
        size_t room = BUFFER_SIZE - output->used;
        size_t now = length < room ? length : room;
        copy(output, bytes, now);
        bytes += now;
        length -= now;
        if (length)
            output_flush_now(output);
    }
}

void output_byte(struct output *output, char byte)
{
    output_bytes(output, &byte, 1);
}

void output_text(struct output *output, const char *text, size_t length)
{
    if (length < output->reference_size) {
        output_bytes(output, text, length);
        return;
    }
    size_t skip = skipped(output, length);
    if (skip == length || output->ended)
        return;
    struct iovec *last = output->count ? &output->parts[output->count - 1] : NULL;
    if (last && !skip && (char *)last->iov_base + last->iov_len == text && !in_buffer(output, last)) {
        last->iov_len += length;
        return;
    }
    if (output->count >= PARTS_MAX - 1)
        output_flush_now(output);
    if (output->ended)
        return;
    output->parts[output->count++] = (struct iovec){(char *)(uintptr_t)text + skip, length - skip};
    output->references++;
}

void output_cut(struct output *output, const char *begin, const char *end, const char *bad)
{
    for (size_t i = 0; i < output->count; i++) {
        struct iovec *part = &output->parts[i];
        const char *from = part->iov_base;
        if (in_buffer(output, part) || from < begin || from >= end || from + part->iov_len <= bad)
            continue;
        const char *newline = bad > from ? memrchr(from, output->line_end, (size_t)(bad - from)) : NULL;
        part->iov_len = newline ? (size_t)(newline + 1 - from) : 0;
        output->count = i + 1;
        /* Nor is what was copied of the line before it, its prefix for instance, of any use. */
        if (!newline && i > 0 && in_buffer(output, part - 1)) {
            const char *copied = part[-1].iov_base;
            newline = memrchr(copied, output->line_end, part[-1].iov_len);
            part[-1].iov_len = newline ? (size_t)(newline + 1 - copied) : 0;
        }
        return;
    }
}

/* Removes the first `written` bytes; returns the last of them, or `last` when there is none. */
static char consume(struct iovec **parts, size_t *count, size_t written, char last)
{
    while (*count && written >= (*parts)->iov_len) {
        if ((*parts)->iov_len)
            last = ((const char *)(*parts)->iov_base)[(*parts)->iov_len - 1];
        written -= (*parts)->iov_len;
        ++*parts;
        --*count;
    }
    if (*count) {
        (*parts)->iov_base = (char *)(*parts)->iov_base + written;
        (*parts)->iov_len -= written;
        if (written)
            last = ((const char *)(*parts)->iov_base)[-1];
    }
    return last;
}

/*
 * The next call of writev().  After a fault in a part of many, one part at a time and no further than its page: then a
 * fault is at the place where it is reported.
 */
static ssize_t write_parts(int fd, struct iovec *parts, size_t count, bool narrow)
{
    if (!narrow)
        return writev(fd, parts, (int)(count < IOV_MAX ? count : IOV_MAX));
    size_t page = memory_page_size();
    size_t rest = page - (uintptr_t)parts->iov_base % page;
    return write(fd, parts->iov_base, parts->iov_len < rest ? parts->iov_len : rest);
}

int output_write(struct output *output, int fd, const char **fault)
{
    struct iovec *parts = output->parts;
    size_t count = output->count;
    bool narrow = false;
    int error = 0;
    char last = output->line_end;
    consume(&parts, &count, 0, last); /* leading empty parts */
    while (count && !error) {
        ssize_t written = write_parts(fd, parts, count, narrow);
        if (written >= 0) {
            last = consume(&parts, &count, (size_t)written, last);
        } else if (errno == EAGAIN) {
            struct pollfd polled = {.fd = fd, .events = POLLOUT};
            poll(&polled, 1, -1);
        } else if (errno == EFAULT && !narrow) {
            narrow = true; /* a pipe may have thrown away what it had copied of the same page */
        } else if (errno != EINTR) {
            error = errno;
        }
    }
    output->in_line = last != output->line_end;
    if (error == EFAULT) {
        *fault = parts->iov_base;
        memmove(output->parts, parts, count * sizeof *parts);
        output->count = count;
        return error;
    }
    output_clear(output);
    return error;
}
