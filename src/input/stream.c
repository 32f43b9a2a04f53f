#include "input/stream.h"

#include "base/alloc.h"
#include "input/decoder.h"
#include "input/parts.h"
#include "input/read-at.h"
#include "input/unpacker.h"
#include "sys/pipe.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct stream {
    int fd;
    struct stream_options options;
    bool may_wait;             /* not a regular file: a read may block */
    int wake[2];               /* a pipe, written to by stream_cancel(); -1 when reading cannot wait */
    bool cancelled;            /* what came after what was read is not known */
    uint64_t offset;           /* absolute, of the first byte not yet handed out */
    uint64_t position;         /* absolute, of the byte of the file that is read next */
    uint64_t start;            /* where it began */
    uint64_t size_left;        /* of the hint */
    struct unpacker *unpacker; /* NULL: the file is not compressed */
    bool unpacks;              /* it is known whether it is */
    const char *reason;        /* why it cannot be decompressed, if it is no damage */
    struct decoder *decoder;   /* NULL: bytes are handed out as they are read, or decompressed */
    bool begun;                /* it is known whether a mark stands at the start */
    struct parts *parts;       /* of a file that several threads decode, up to where they cannot; or NULL */
    uint64_t parts_taken;      /* blocks that have, or had, a part */
    pthread_mutex_t lock;      /* guards what follows, while there are parts; the rest of this belongs to one thread: */
    pthread_cond_t changed;  /* that in stream_next(), or the offset and the carry to that whose part is joined next */
    uint64_t parts_joined;   /* of them, in order */
    uint64_t bad_at;         /* absolute, of what cannot be decoded as a part; UINT64_MAX: nothing so far */
    const char *part_reason; /* why a part could not be had, if so */
    struct block carry;      /* the beginning of a line that was not complete in the last block */
    size_t carry_length;
};

/* The length of the whole lines in bytes[0..length), of which those before `from` hold no end of a line. */
static size_t cut_at_newline(const void *context, const char *bytes, size_t from, size_t length)
{
    (void)context;
    const char *end = memrchr(bytes + from, '\n', length - from);
    return end ? (size_t)(end - bytes) + 1 : 0;
}

static size_t cut_at_nul(const void *context, const char *bytes, size_t from, size_t length)
{
    (void)context;
    const char *end = memrchr(bytes + from, '\0', length - from);
    return end ? (size_t)(end - bytes) + 1 : 0;
}

/* From now on what is read is decoded; how much that will be is not known. */
static void decode(struct stream *stream, const char *encoding)
{
    stream->decoder = decoder_create(encoding);
    stream->begun = true;
    if (stream->decoder)
        stream->size_left = 0;
}

/* How much of a compressed file is looked at for a mark. */
#define MARKED_PIECE UNPACKER_PIECE

/* Whether the text of a compressed file may begin with a mark. */
static bool is_marked(const struct stream *stream)
{
    const char *reason;
    char start[DECODER_MARK_MAX];
    size_t got = 0, room;
    struct unpacker *unpacker = unpacker_create(stream->options.compression, 0, &reason);
    if (!unpacker)
        return true;
    char *piece = unpacker_room(unpacker, &room);
    if (read_at(stream->fd, stream->start, piece, room, &got) == 0 && got > 0) {
        unpacker_feed(unpacker, got);
        unpacker_hurry(unpacker);
        got = unpacker_take(unpacker, start, sizeof start);
    }
    unpacker_free(unpacker);
    return got < sizeof start || decoder_marked(start, got);
}

struct stream *stream_open(int fd, uint64_t offset, uint64_t size_hint, const struct stream_options *options)
{
    struct stream *stream = xcalloc(1, sizeof *stream);
    stream->fd = fd;
    stream->options = *options;
    if (!options->cut)
        stream->options.cut = options->null_lines ? cut_at_nul : cut_at_newline;
    stream->offset = stream->start = stream->position = offset;
    stream->size_left = options->decompress ? 0 : size_hint;
    stream->unpacks = !options->decompress;
    stream->begun = !options->marks || offset > 0;
    if (options->encoding)
        decode(stream, options->encoding);
    struct stat status;
    stream->may_wait =
        size_hint == 0 && (fstat(fd, &status) != 0 || !(S_ISREG(status.st_mode) || S_ISBLK(status.st_mode)));
    if (!stream->may_wait || pipe2(stream->wake, O_CLOEXEC | O_NONBLOCK) != 0)
        stream->wake[0] = stream->wake[1] = -1;
    if (stream->may_wait)
        pipe_enlarge(fd);
    pthread_mutex_init(&stream->lock, NULL);
    pthread_cond_init(&stream->changed, NULL);
    stream->bad_at = UINT64_MAX;
    if (options->compression != COMPRESSION_NONE && !options->encoding && !(options->marks && is_marked(stream)))
        stream->parts = parts_open(fd, offset, options->compression);
    return stream;
}

void stream_close(struct stream *stream)
{
    if (!stream)
        return;
    block_put(stream->options.pool, &stream->carry);
    decoder_free(stream->decoder);
    unpacker_free(stream->unpacker);
    parts_close(stream->parts);
    pthread_mutex_destroy(&stream->lock);
    pthread_cond_destroy(&stream->changed);
    if (stream->wake[0] >= 0) {
        close(stream->wake[0]);
        close(stream->wake[1]);
    }
    free(stream);
}

bool stream_is_raw(const struct stream *stream)
{
    return !stream->decoder && !stream->unpacker && !stream->parts;
}

uint64_t stream_position(const struct stream *stream)
{
    return stream->position;
}

bool stream_may_wait(const struct stream *stream)
{
    return stream->may_wait;
}

void stream_cancel(struct stream *stream)
{
    if (stream->wake[1] < 0)
        return;
    ssize_t ignored = write(stream->wake[1], "", 1); /* when it is full it is readable, which is all that is wanted */
    (void)ignored;
}

enum arrival { ARRIVED, NOT_YET, CANCELLED };

/* Whether a read would return at once; `timeout` in milliseconds, -1: wait for it. */
static enum arrival wait_input(struct stream *stream, int timeout)
{
    struct pollfd polled[2] = {{.fd = stream->fd, .events = POLLIN}, {.fd = stream->wake[0], .events = POLLIN}};
    for (;;) {
        int ready = poll(polled, 2, timeout); /* a negative descriptor is ignored */
        if (ready < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (ready > 0 && polled[1].revents)
            return CANCELLED;
        /* When poll itself fails, let read() say what is wrong. */
        return ready == 0 ? NOT_YET : ARRIVED;
    }
}

/* How much of `room` may be read: of a bounded stream, no more than is left of it. */
static size_t allowed(const struct stream *stream, size_t room)
{
    return stream->options.bounded && stream->size_left < room ? (size_t)stream->size_left : room;
}

/*
 * read() that survives signals and descriptors in non-blocking mode, and waits first, unless input has `arrived`.
 * -1 with errno; 0 at the end or when cancelled.
 */
static ssize_t read_some(struct stream *stream, char *to, size_t room, bool arrived)
{
    for (;; arrived = false) {
        if (stream->may_wait && !arrived && wait_input(stream, -1) == CANCELLED) {
            stream->cancelled = true;
            return 0;
        }
        room = allowed(stream, room);
        /* More than 2 GiB at a time is not read on any system. */
        ssize_t got = read(stream->fd, to, room < ((size_t)1 << 30) ? room : (size_t)1 << 30);
        if (got > 0)
            stream->position += (uint64_t)got;
        if (got >= 0 || (errno != EINTR && errno != EAGAIN))
            return got;
    }
}

/* Has bytes decompressed that were read; at once, when no more have arrived. */
static void feed(struct stream *stream, size_t length)
{
    unpacker_feed(stream->unpacker, length);
    if (stream->may_wait && length > 0 && wait_input(stream, 0) != ARRIVED)
        unpacker_hurry(stream->unpacker);
}

/* As read_some(), but decompressed; -1 with the errno 0 when it cannot be. */
static ssize_t read_unpacked(struct stream *stream, char *to, size_t room, bool arrived)
{
    struct unpacker *unpacker = stream->unpacker;
    const char *reason;
    uint64_t at;
    for (size_t length = 0, free_room;; arrived = false) {
        length += unpacker_take(unpacker, to + length, room - length);
        /* What has been decoded is not kept back until more arrives. */
        if (length == room || (length > 0 && stream->may_wait) || unpacker_has_ended(unpacker))
            return (ssize_t)length;
        if (unpacker_has_failed(unpacker, &reason, &at)) {
            errno = 0;
            return length > 0 ? (ssize_t)length : -1;
        }
        char *raw = unpacker_room(unpacker, &free_room);
        ssize_t got = read_some(stream, raw, free_room, arrived);
        if (got < 0 || stream->cancelled)
            return length > 0 ? (ssize_t)length : got;
        feed(stream, (size_t)got);
    }
}

/* As read_some(), at the start, where the first bytes may say that all are compressed. */
static ssize_t read_first(struct stream *stream, char *to, size_t room, bool arrived)
{
    ssize_t got = read_some(stream, to, room < DECODER_PIECE ? room : DECODER_PIECE, arrived);
    size_t length = got > 0 ? (size_t)got : 0, free_room;
    while (got > 0 && length < COMPRESSION_MARK_MAX && compression_may_be(to, length)) {
        got = read_some(stream, to + length, COMPRESSION_MARK_MAX - length, false);
        length += got > 0 ? (size_t)got : 0;
    }
    if (length == 0)
        return got;
    stream->unpacks = true;
    enum compression compression = compression_of(to, length);
    if (compression == COMPRESSION_NONE)
        return (ssize_t)length;
    stream->unpacker = unpacker_create(compression, 0, &stream->reason);
    if (!stream->unpacker) {
        errno = 0;
        return -1;
    }
    memcpy(unpacker_room(stream->unpacker, &free_room), to, length);
    feed(stream, length);
    return read_unpacked(stream, to, room, false);
}

/* As read_some(), but decompressed if the file is to be. */
static ssize_t read_bytes(struct stream *stream, char *to, size_t room, bool arrived)
{
    return (stream->unpacker ? read_unpacked : stream->unpacks ? read_some : read_first)(stream, to, room, arrived);
}

/* As read_bytes(), but decoded. */
static ssize_t read_decoded(struct stream *stream, char *to, size_t room, bool arrived)
{
    for (;;) {
        size_t length = decoder_take(stream->decoder, to, room), free_room;
        if (length > 0 || decoder_has_ended(stream->decoder))
            return (ssize_t)length;
        char *raw = decoder_room(stream->decoder, &free_room);
        ssize_t got = read_bytes(stream, raw, free_room, arrived);
        if (got < 0)
            return got;
        decoder_feed(stream->decoder, (size_t)got);
    }
}

/* As read_bytes(), at the start, where a mark may say that the bytes are to be decoded. */
static ssize_t read_start(struct stream *stream, char *to, size_t room, bool arrived)
{
    ssize_t got = read_bytes(stream, to, room < DECODER_PIECE ? room : DECODER_PIECE, arrived);
    size_t length = got > 0 ? (size_t)got : 0, free_room;
    const size_t mark = allowed(stream, DECODER_MARK_MAX); /* these reads are not subtracted yet from what is left */
    while (got > 0 && length < mark && decoder_may_be_marked(to, length)) {
        got = read_bytes(stream, to + length, mark - length, false);
        length += got > 0 ? (size_t)got : 0;
    }
    if (length == 0)
        return got;
    stream->begun = true;
    const char *encoding = decoder_marked(to, length);
    if (encoding)
        decode(stream, encoding);
    if (!stream->decoder)
        return (ssize_t)length;
    memcpy(decoder_room(stream->decoder, &free_room), to, length);
    decoder_feed(stream->decoder, length);
    return read_decoded(stream, to, room, false);
}

static ssize_t read_text(struct stream *stream, char *to, size_t room, bool arrived)
{
    return (stream->decoder ? read_decoded : stream->begun ? read_bytes : read_start)(stream, to, room, arrived);
}

/* Keeps what comes after the whole lines for the next block. */
static bool keep_rest(struct stream *stream, const char *rest, size_t length, const char **reason)
{
    if (length > stream->carry.capacity) {
        block_put(stream->options.pool, &stream->carry);
        if (!block_get(stream->options.pool, length, &stream->carry, reason))
            return false;
    }
    if (length)
        memcpy(stream->carry.bytes, rest, length);
    stream->carry_length = length;
    return true;
}

/* How many bytes the next block is to hold before it is handed out. */
static size_t wanted_size(const struct stream *stream)
{
    size_t wanted = stream->options.block_size;
    if (stream->size_left && stream->size_left < wanted)
        wanted = (size_t)stream->size_left + 1; /* one more, to see the end without another block */
    if (!stream->begun && wanted < DECODER_MARK_MAX)
        wanted = DECODER_MARK_MAX; /* so that a mark is seen whole */
    if (!stream->unpacks && wanted < COMPRESSION_MARK_MAX)
        wanted = COMPRESSION_MARK_MAX;
    return wanted < 2 * stream->carry_length ? 2 * stream->carry_length : wanted;
}

/* What is wrong when so many bytes have been read without a place to cut them; NULL: nothing. */
static const char *why_too_long(const struct stream *stream, size_t length)
{
    const struct stream_options *options = &stream->options;
    if (options->record_max > 0 && length >= options->record_max)
        return "a record takes more memory than it may";
    if (options->line_max > 0 && length >= options->line_max && (stream->unpacker || stream->parts))
        return "a line of its text takes more memory than it may";
    return NULL;
}

/* Says in *next why reading failed; `error` is its errno. */
static void note_failure(const struct stream *stream, int error, struct stream_block *next)
{
    next->error = error;
    if (error)
        return;
    next->reason = stream->reason;
    next->damaged =
        stream->unpacker && unpacker_has_failed(stream->unpacker, &next->reason, &next->damaged_at) && !next->reason;
    next->damaged_at += stream->start;
}

/*
 * Reads into next->block, which holds `used` bytes already, until it has a line and is full or nothing more has
 * arrived.  Returns the bytes in it, and in next->length those of its whole lines, or, when it is the last, all.
 */
static size_t fill_block(struct stream *stream, struct stream_block *next, size_t used, size_t wanted)
{
    bool arrived = false;
    for (;;) {
        size_t room = next->block.capacity - MEMORY_SLACK;
        size_t limit = room < wanted ? room : wanted;
        if (used == limit) {
            if (next->length)
                return used;
            /* A line longer than the block. */
            if (used == room && !block_grow(stream->options.pool, &next->block, used, &next->reason)) {
                next->last = true;
                return used;
            }
            wanted *= 2;
            continue;
        }
        size_t asked = limit - used;
        ssize_t got = read_text(stream, next->block.bytes + used, asked, arrived);
        arrived = false;
        if (got > 0 && (size_t)got < asked && (uint64_t)got == stream->size_left) {
            /* A regular file gives less than it is asked for only at its end: no need to read once more. */
            used += (size_t)got;
            got = 0;
        }
        if (got <= 0) {
            if (got < 0)
                note_failure(stream, errno, next);
            next->last = true;
            next->length = used;
            return used;
        }
        size_t found = stream->options.cut(stream->options.cut_context, next->block.bytes, used, used + (size_t)got);
        if (found)
            next->length = found;
        used += (size_t)got;
        if (next->length == 0 && why_too_long(stream, used)) {
            next->reason = why_too_long(stream, used);
            next->last = true;
            return used;
        }
        stream->size_left -= stream->size_left < (uint64_t)got ? stream->size_left : (uint64_t)got;
        if (next->length && stream->may_wait && !stream->options.fill_blocks) {
            arrived = wait_input(stream, 0) == ARRIVED;
            if (!arrived)
                return used;
        }
    }
}

/* --- parts --- */

/* So many bytes of the carry fit before the text of a part. */
#define HEADROOM ((size_t)64 << 10)

/* Whether parts are of no use any more. */
static bool parts_have_failed(struct stream *stream)
{
    pthread_mutex_lock(&stream->lock);
    bool failed = stream->bad_at != UINT64_MAX || stream->part_reason;
    pthread_mutex_unlock(&stream->lock);
    return failed;
}

static void wait_parts(struct stream *stream, uint64_t joined)
{
    pthread_mutex_lock(&stream->lock);
    while (stream->parts_joined < joined)
        pthread_cond_wait(&stream->changed, &stream->lock);
    pthread_mutex_unlock(&stream->lock);
}

/* Goes on behind the parts as if there had been none.  False when that is not to be had, which the stream notes. */
static bool begin_rest(struct stream *stream)
{
    wait_parts(stream, stream->parts_taken);
    stream->reason = stream->part_reason;
    if (stream->reason)
        stream->carry_length = 0; /* the line that there was no room for */
    stream->position = stream->bad_at != UINT64_MAX ? stream->bad_at : parts_offset(stream->parts);
    stream->unpacks = stream->begun = true;
    parts_close(stream->parts);
    stream->parts = NULL;
    if (!stream->reason)
        stream->unpacker =
            unpacker_create(stream->options.compression, stream->position - stream->start, &stream->reason);
    return !stream->reason && lseek(stream->fd, (off_t)stream->position, SEEK_SET) >= 0;
}

/* Puts the carry, the text of a part and the next carry in place; `text` stands HEADROOM behind the block's beginning.
 */
static bool join(struct stream *stream, struct stream_block *next, char *text, size_t length)
{
    size_t carried = stream->carry_length, total = carried + length;
    if (carried <= HEADROOM) {
        text -= carried;
        if (carried)
            memcpy(text, stream->carry.bytes, carried);
    } else {
        /* A long line grows in the carry, so that nothing is copied more than once or twice. */
        while (stream->carry.capacity < total + MEMORY_SLACK)
            if (!block_grow(stream->options.pool, &stream->carry, carried, &next->reason))
                return false;
        memcpy(stream->carry.bytes + carried, text, length);
        block_put(stream->options.pool, &next->block);
        next->block = stream->carry;
        stream->carry = (struct block){NULL, 0};
        text = next->block.bytes;
    }
    memset(text + total, 0, MEMORY_SLACK);
    next->text = text;
    next->length = stream->options.cut(stream->options.cut_context, text, carried, total);
    stream->offset += next->length;
    if (next->length == 0 && why_too_long(stream, total)) {
        next->reason = why_too_long(stream, total);
        return false;
    }
    if (next->length > 0 || carried <= HEADROOM)
        return keep_rest(stream, text + next->length, total - next->length, &next->reason);
    stream->carry = next->block;
    stream->carry_length = total;
    next->block = (struct block){NULL, 0};
    return true;
}

/* Decodes and joins. */
static void finish(struct stream *stream, struct stream_block *next, struct part *part)
{
    const uint64_t number = part->number;
    uint64_t bad_at = UINT64_MAX;
    size_t length = 0;
    if (!parts_have_failed(stream) &&
        block_get(stream->options.pool, HEADROOM + part->text + MEMORY_SLACK, &next->block, &next->reason))
        length = part_decode(part, next->block.bytes + HEADROOM, &bad_at);
    part_free(part);
    wait_parts(stream, number);
    next->offset = stream->offset;
    if (!parts_have_failed(stream) && next->block.bytes && !join(stream, next, next->block.bytes + HEADROOM, length))
        next->length = 0;
    if (next->length == 0) {
        block_put(stream->options.pool, &next->block);
        next->text = "";
    }
    pthread_mutex_lock(&stream->lock);
    if (stream->bad_at == UINT64_MAX && !stream->part_reason) {
        stream->bad_at = bad_at;
        stream->part_reason = next->reason;
    }
    stream->parts_joined++;
    pthread_cond_broadcast(&stream->changed);
    pthread_mutex_unlock(&stream->lock);
}

void stream_finish(struct stream *stream, struct stream_block *next)
{
    struct part *part = next->part;
    *next = (struct stream_block){.part = NULL};
    finish(stream, next, part);
    next->reason = NULL; /* it is the last block's to tell */
}

/* --- blocks --- */

/* Why there is no next block, in the last one. */
static void end_without(struct stream *stream, struct stream_block *next)
{
    note_failure(stream, stream->reason ? 0 : errno, next);
    next->last = true;
    next->block = stream->carry;
    next->text = next->block.bytes;
    next->length = stream->carry_length;
    stream->carry = (struct block){NULL, 0};
    stream->carry_length = 0;
}

void stream_next(struct stream *stream, struct stream_block *next)
{
    *next = (struct stream_block){.part = NULL}; /* where the carry ends is known when its parts have been joined */
    if (stream->parts && !parts_have_failed(stream)) {
        next->part = parts_take(stream->parts);
        stream->position = parts_offset(stream->parts);
        stream->parts_taken += next->part != NULL;
    }
    if (next->part)
        return;
    const bool goes_on = !stream->parts || begin_rest(stream);
    next->offset = stream->offset;
    if (!goes_on) {
        end_without(stream, next);
        return;
    }
    size_t wanted = wanted_size(stream);
    if (!block_get(stream->options.pool, wanted + MEMORY_SLACK, &next->block, &next->reason)) {
        next->last = true;
        return;
    }
    size_t carried = stream->carry_length;
    if (carried)
        memcpy(next->block.bytes, stream->carry.bytes, carried);
    stream->carry_length = 0;
    size_t used = fill_block(stream, next, carried, wanted);
    memset(next->block.bytes + used, 0, MEMORY_SLACK);
    next->text = next->block.bytes;
    stream->offset += next->length;
    if (!next->last && !keep_rest(stream, next->block.bytes + next->length, used - next->length, &next->reason))
        next->last = true;
}
