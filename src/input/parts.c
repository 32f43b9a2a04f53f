#include "input/parts.h"

#include "base/alloc.h"
#include "input/part-format.h"
#include "input/read-at.h"
#include "input/unpacker.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* How much text a part has, if its members are that small, and how much is read at a time. */
#define PART_TEXT ((size_t)1 << 20)
#define PIECE ((size_t)256 << 10)

struct parts {
    const struct part_format *format;
    int fd;
    uint64_t number; /* of the next part */
    uint64_t offset; /* absolute, of the first byte in `ahead` */
    char *ahead;     /* what has been read; or NULL */
    size_t length, capacity;
    bool ended; /* nothing comes after that, as far as is known */
};

struct parts *parts_open(int fd, uint64_t offset, enum compression compression)
{
    char start[32];
    size_t got;
    struct member_size size;
    const struct part_format *format = compression == COMPRESSION_GZIP   ? &part_bgzf
                                       : compression == COMPRESSION_ZSTD ? &part_zstd
                                                                         : NULL;
    if (!format || !unpacker_library(compression) || read_at(fd, offset, start, sizeof start, &got) != 0)
        return NULL;
    if (format->measure(start, got, &size) == MEMBER_UNKNOWN) {
        struct stat status;
        if (compression != COMPRESSION_GZIP || fstat(fd, &status) != 0 ||
            (uint64_t)status.st_size > offset + MEMBER_MAX)
            return NULL;
        format = &part_gzip;
    }
    struct parts *parts = xcalloc(1, sizeof *parts);
    parts->format = format;
    parts->fd = fd;
    parts->offset = offset;
    return parts;
}

void parts_close(struct parts *parts)
{
    if (!parts)
        return;
    free(parts->ahead);
    free(parts);
}

uint64_t parts_offset(const struct parts *parts)
{
    return parts->offset;
}

/* Reads on until there are `wanted` bytes.  False when there are not. */
static bool read_ahead(struct parts *parts, size_t wanted)
{
    size_t got;
    while (parts->length < wanted && !parts->ended) {
        if (parts->capacity < parts->length + PIECE) {
            parts->capacity = 2 * parts->length + PIECE;
            parts->ahead = xreallocarray(parts->ahead, parts->capacity, 1);
        }
        /* An error is met again by the unpacker, which says it. */
        if (read_at(parts->fd, parts->offset + parts->length, parts->ahead + parts->length, PIECE, &got) != 0)
            got = 0;
        parts->length += got;
        parts->ended = got < PIECE;
    }
    return parts->length >= wanted;
}

/* Measures the member at a place of what has been read, and reads on for that. */
static bool measure(struct parts *parts, size_t at, struct member_size *size)
{
    for (;;) {
        switch (parts->format->measure(parts->ahead + at, parts->length - at, size)) {
        case MEMBER_KNOWN:
            return true;
        case MEMBER_UNKNOWN:
            return false;
        case MEMBER_MORE:
            if (!read_ahead(parts, at + size->packed))
                return false;
        }
    }
}

struct part *parts_take(struct parts *parts)
{
    struct member_size size;
    size_t length = 0, text = 0;
    if (!read_ahead(parts, 1) || (parts->format->whole && read_ahead(parts, MEMBER_MAX + 1)))
        return NULL;
    while (text < PART_TEXT && measure(parts, length, &size) && (text == 0 || text + size.text <= PART_TEXT)) {
        length += size.packed;
        text += size.text;
        if (length > MEMBER_MAX)
            break;
    }
    if (length == 0)
        return NULL;
    struct part *part = xmalloc(sizeof *part);
    *part = (struct part){parts->format, parts->number++, parts->offset, parts->ahead, length, text};
    parts->length -= length;
    parts->offset += length;
    parts->capacity = parts->length + PIECE;
    parts->ahead = xmalloc(parts->capacity);
    memcpy(parts->ahead, part->packed + length, parts->length);
    return part;
}

/* Decodes a member as an unpacker does. */
static bool unpack(const struct unpack_format *format, void *state, const char *packed, struct member_size size,
                   char *to, size_t *length)
{
    struct unpack_step step = {.from = packed, .length = size.packed, .to = to, .room = size.text, .ended = true};
    enum unpack_verdict verdict = UNPACK_WITHIN;
    for (size_t left = SIZE_MAX; verdict == UNPACK_WITHIN && step.length + step.room < left;) {
        left = step.length + step.room;
        verdict = format->step(state, &step);
    }
    *length = size.text - step.room;
    return verdict == UNPACK_BETWEEN && step.length == 0;
}

size_t part_decode(const struct part *part, char *to, uint64_t *bad_at)
{
    const struct part_format *format = part->format;
    struct member_size size;
    size_t at = 0, text = 0;
    void *state = format->create ? format->create() : format->unpack->create(false);
    *bad_at = UINT64_MAX;
    while (at < part->length) {
        /* What has been measured once is measured again in the same way. */
        const char *packed = part->packed + at;
        format->measure(packed, part->length - at, &size);
        size_t length = 0;
        if (!state || !(format->decode ? format->decode(state, packed, size, to + text, &length)
                                       : unpack(format->unpack, state, packed, size, to + text, &length))) {
            *bad_at = part->offset + at;
            break;
        }
        at += size.packed;
        text += length;
    }
    if (state)
        (format->create ? format->destroy : format->unpack->destroy)(state);
    return text;
}

void part_free(struct part *part)
{
    if (!part)
        return;
    free(part->packed);
    free(part);
}
