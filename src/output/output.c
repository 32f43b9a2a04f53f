#include "output/output.h"

#include "base/alloc.h"
#include "sys/signals.h"

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

/*
 * Text that may vanish is copied in slices before it is written, small ones, which stay in a processor's own cache. One
 * that has no end of a line grows up to OUTPUT_SLICE_MAX.
 */
#define SLICE_SIZE ((size_t)128 << 10)

struct output {
    char *buffer;
    size_t room, used;
    /* Parts in order; a part in the buffer grows as long as it is the last. */
    struct iovec *parts;
    size_t count, references;
    size_t reference_size; /* text of this length and more is not copied */
    uint64_t skip;         /* bytes still to be thrown away */
    uint64_t written;      /* by the last output_write() */
    output_flush *flush;
    void *context;
    char line_end;
    bool in_line; /* what the last output_write() has written ended within a line */
    bool whole;   /* the line that is printed now must not be written before it has ended */
    bool ended;   /* the flush function said so */
};

struct output *output_create(void)
{
    struct output *output = xcalloc(1, sizeof *output);
    output->room = BUFFER_SIZE;
    output->buffer = xmalloc(output->room);
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
    if (output->room > BUFFER_SIZE) { /* it has grown */
        free(output->buffer);
        output->room = BUFFER_SIZE;
        output->buffer = xmalloc(output->room);
    }
    output->reference_size = references ? REFERENCE_SIZE : SIZE_MAX;
    output->skip = skip;
    output->flush = flush;
    output->context = context;
    output->whole = output->ended = false;
}

bool output_is_empty(const struct output *output)
{
    return output->count == 0;
}

const char *output_copied(const struct output *output, size_t *length)
{
    *length = output->used;
    return output->buffer;
}

bool output_has_references(const struct output *output)
{
    return output->references > 0;
}

void output_keep_whole(struct output *output, bool whole)
{
    output->whole = whole;
}

bool output_is_in_line(const struct output *output)
{
    return output->in_line;
}

uint64_t output_written(const struct output *output)
{
    return output->written;
}

uint64_t output_size(const struct output *output)
{
    uint64_t size = 0;
    for (size_t i = 0; i < output->count; i++)
        size += output->parts[i].iov_len;
    return size;
}

/* --- making room --- */

static bool in_buffer(const struct output *output, const struct iovec *part)
{
    return (char *)part->iov_base >= output->buffer && (char *)part->iov_base < output->buffer + output->room;
}

/* The end of the last line in the parts before `count`: its part, and how much of that it takes; false: there is none.
 */
static bool last_line_end(const struct output *output, size_t count, size_t *part, size_t *length)
{
    for (size_t i = count; i-- > 0;) {
        const char *begin = output->parts[i].iov_base;
        const char *found = memrchr(begin, output->line_end, output->parts[i].iov_len);
        if (found) {
            *part = i;
            *length = (size_t)(found + 1 - begin);
            return true;
        }
    }
    return false;
}

/* Puts bytes that stand in the buffer, and references, back into an output that has been emptied. */
static void put_back(struct output *output, const struct iovec *parts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct iovec part = parts[i];
        if (in_buffer(output, &part)) {
            memmove(output->buffer + output->used, part.iov_base, part.iov_len);
            part.iov_base = output->buffer + output->used;
            output->used += part.iov_len;
        } else {
            output->references++;
        }
        output->parts[output->count++] = part;
    }
}

static void grow_buffer(struct output *output)
{
    char *buffer = xmalloc(2 * output->room);
    memcpy(buffer, output->buffer, output->used);
    for (size_t i = 0; i < output->count; i++) {
        struct iovec *part = &output->parts[i];
        if (in_buffer(output, part))
            part->iov_base = buffer + ((char *)part->iov_base - output->buffer);
    }
    free(output->buffer);
    output->buffer = buffer;
    output->room *= 2;
}

void output_flush_now(struct output *output)
{
    if (output->count == 0)
        return;
    if (!output->flush(output->context, output))
        output->ended = true;
    output_clear(output);
}

/* Writes the lines that are complete.  A line that fills the buffer is written in parts, or the buffer grows for it. */
static void make_room(struct output *output)
{
    size_t part, length;
    if (!last_line_end(output, output->count, &part, &length)) {
        if (output->whole && output->count < PARTS_MAX - 1)
            grow_buffer(output);
        else
            output_flush_now(output);
        return;
    }
    struct iovec *split = &output->parts[part];
    size_t count = output->count - part;
    struct iovec *begun = xcalloc(count, sizeof *begun);
    memcpy(begun, split, count * sizeof *begun);
    begun->iov_base = (char *)begun->iov_base + length;
    begun->iov_len -= length;
    split->iov_len = length;
    output->count = part + 1;
    output_flush_now(output);
    if (!output->ended)
        put_back(output, begun->iov_len ? begun : begun + 1, begun->iov_len ? count : count - 1);
    free(begun);
}

/* --- printing --- */

/* How many of the bytes that are printed now still have to be thrown away. */
static size_t skipped(struct output *output, size_t length)
{
    size_t skip = output->skip < length ? (size_t)output->skip : length;
    output->skip -= skip;
    return skip;
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

/* The last part, if it is in the buffer and bytes fit behind it, as they nearly always do; else NULL. */
static struct iovec *open_part(struct output *output, size_t length)
{
    if (UNLIKELY(output->skip || output->ended || output->count == 0 || length > output->room - output->used))
        return NULL;
    struct iovec *last = &output->parts[output->count - 1];
    return in_buffer(output, last) ? last : NULL;
}

static void print_bytes(struct output *output, const char *bytes, size_t length)
{
    if (UNLIKELY(output->skip || output->ended)) {
        size_t skip = skipped(output, length);
        bytes += skip;
        length -= skip;
        if (output->ended)
            return;
    }
    while (output->count >= PARTS_MAX - 1)
        make_room(output);
    while (length && !output->ended) {
        size_t room = output->room - output->used;
        size_t now = length < room ? length : room;
        copy(output, bytes, now);
        bytes += now;
        length -= now;
        if (length)
            make_room(output);
    }
}

void output_bytes(struct output *output, const char *bytes, size_t length)
{
    struct iovec *part = open_part(output, length);
    if (UNLIKELY(!part)) {
        print_bytes(output, bytes, length);
        return;
    }
    memcpy(output->buffer + output->used, bytes, length);
    output->used += length;
    part->iov_len += length;
}

void output_byte(struct output *output, char byte)
{
    struct iovec *part = open_part(output, 1);
    if (UNLIKELY(!part)) {
        print_bytes(output, &byte, 1);
        return;
    }
    output->buffer[output->used++] = byte;
    part->iov_len++;
}

void output_text(struct output *output, const char *text, size_t length)
{
    if (length < output->reference_size || output->whole) {
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
    while (output->count >= PARTS_MAX - 1)
        make_room(output);
    if (output->ended)
        return;
    output->parts[output->count++] = (struct iovec){(char *)(uintptr_t)text + skip, length - skip};
    output->references++;
}

/* --- writing --- */

/* Removes the first `size` bytes. */
static void consume(struct iovec **parts, size_t *count, size_t size)
{
    while (*count && size >= (*parts)->iov_len) {
        size -= (*parts)->iov_len;
        ++*parts;
        --*count;
    }
    if (*count) {
        (*parts)->iov_base = (char *)(*parts)->iov_base + size;
        (*parts)->iov_len -= size;
    }
}

/* The byte at `index` of all parts. */
static char byte_at(const struct iovec *parts, size_t index)
{
    while (index >= parts->iov_len)
        index -= parts++->iov_len;
    return ((const char *)parts->iov_base)[index];
}

/* Leaves only what belongs to the line that the parts begin in the midst of. */
static void leave_line(const struct output *output, struct iovec *parts, size_t *count)
{
    for (size_t i = 0; i < *count; i++) {
        const char *bytes = parts[i].iov_base, *found = memchr(bytes, output->line_end, parts[i].iov_len);
        if (found) {
            parts[i].iov_len = (size_t)(found + 1 - bytes);
            *count = i + 1;
            return;
        }
    }
}

/*
 * Writes the parts, and changes them meanwhile; returns 0 or an errno.  When a signal is to end the process, only the
 * line that has been begun is written.
 */
static int write_held(struct output *output, int fd, struct iovec *parts, size_t count)
{
    bool begun = false, ending = false;
    while (count) {
        ssize_t written = writev(fd, parts, (int)(count < IOV_MAX ? count : IOV_MAX));
        int error = written < 0 ? errno : 0;
        if (written > 0) {
            begun = byte_at(parts, (size_t)written - 1) != output->line_end;
            consume(&parts, &count, (size_t)written);
            output->written += (uint64_t)written;
            signals_progress();
        }
        if (signals_pending() && !ending) {
            ending = true;
            leave_line(output, parts, &count);
        }
        if (ending && !begun)
            return 0;
        if (error == EAGAIN) {
            struct pollfd polled = {.fd = fd, .events = POLLOUT};
            poll(&polled, 1, -1);
        } else if (error && error != EINTR) {
            return error;
        }
    }
    return 0;
}

static int write_parts(struct output *output, int fd, struct iovec *parts, size_t count)
{
    consume(&parts, &count, 0); /* leading empty parts */
    if (count) {
        const struct iovec *last = &parts[count - 1];
        while (last->iov_len == 0)
            last--;
        output->in_line = ((const char *)last->iov_base)[last->iov_len - 1] != output->line_end;
    }
    signals_hold();
    int error = write_held(output, fd, parts, count);
    signals_release();
    return error;
}

/* Drops what refers to text from `bad` on, with the beginning of its line, and all that comes later. */
static void cut(struct output *output, const char *bad)
{
    for (size_t i = 0; i < output->count; i++) {
        struct iovec *part = &output->parts[i];
        const char *from = part->iov_base;
        if (in_buffer(output, part) || from + part->iov_len <= bad)
            continue;
        size_t last, length;
        part->iov_len = bad > from ? (size_t)(bad - from) : 0;
        output->count = 0;
        if (last_line_end(output, i + 1, &last, &length)) {
            output->parts[last].iov_len = length;
            output->count = last + 1;
        }
        return;
    }
}

/* Copies parts into the slice, from byte `begin` of all of them up to byte `end`; returns where the copy ends. */
static size_t copy_parts(const struct output *output, char *slice, size_t begin, size_t end)
{
    size_t at = 0;
    for (size_t i = 0; i < output->count && at < end; at += output->parts[i++].iov_len) {
        const struct iovec *part = &output->parts[i];
        size_t from = at < begin ? begin - at : 0, to = end - at < part->iov_len ? end - at : part->iov_len;
        if (from < to)
            memcpy(slice + at + from, (const char *)part->iov_base + from, to - from);
    }
    return at < end ? at : end;
}

/* Copies the next slice of an output that is not empty: whole lines, or a part of a long one; returns its length. */
static size_t copy_slice(const struct output *output, char *slice)
{
    size_t length = 0;
    for (size_t end = SLICE_SIZE; end <= OUTPUT_SLICE_MAX; end += SLICE_SIZE) {
        size_t begin = length;
        length = copy_parts(output, slice, begin, end);
        if (length < end) /* that is all */
            break;
        const char *newline = memrchr(slice + begin, output->line_end, length - begin);
        if (newline)
            return (size_t)(newline + 1 - slice);
    }
    return length;
}

static int write_slices(struct output *output, int fd, const struct output_source *source)
{
    const char *known = NULL;
    int error = 0;
    struct iovec *const parts = output->parts;
    while (output->count && !error) {
        size_t length = copy_slice(output, source->slice);
        const char *end = source->text_end(source->context);
        if (end && end != known) {
            known = end;
            cut(output, end);
            continue; /* and copy again: what has been copied may not be the text */
        }
        struct iovec slice = {source->slice, length};
        error = write_parts(output, fd, &slice, 1);
        consume(&output->parts, &output->count, length);
    }
    output->parts = parts;
    return error;
}

int output_write(struct output *output, int fd, const struct output_source *source)
{
    output->written = 0;
    output->in_line = false;
    int error = source && output->references ? write_slices(output, fd, source)
                                             : write_parts(output, fd, output->parts, output->count);
    output_clear(output);
    return error;
}
