#include "input/unpacker.h"

#include "base/alloc.h"
#include "input/unpack-format.h"

#include <stdlib.h>
#include <string.h>

/*
 * The bytes are decoded by pieces of the first size, which begin at its multiples, and to windows of the second.
 * Libraries look ahead in both, and what they have decoded when they find damage depends on where these end.  Where a
 * member of gzip or zstd begins, so does a window: what is decoded does not depend on what comes before it.
 */
#define PIECE UNPACKER_PIECE
#define WINDOW ((size_t)128 << 10)

struct unpacker {
    const struct unpack_format *format;
    void *state;
    enum unpack_verdict verdict; /* of the last step */
    const char *reason;
    uint64_t offset;         /* compressed, of the byte that is decoded next */
    uint64_t damaged_at;     /* with UNPACK_DAMAGED */
    bool ended;              /* nothing more is fed */
    bool ready;              /* the piece is to be decoded as it is */
    size_t length, consumed; /* bytes in `in`, and of these, decoded */
    size_t decoded, taken;   /* bytes in `out`, and of these, taken */
    char in[PIECE];
    char out[WINDOW];
};

static const struct unpack_format *const formats[COMPRESSIONS] = {
    [COMPRESSION_GZIP] = &unpack_gzip, [COMPRESSION_BZIP2] = &unpack_bzip2, [COMPRESSION_XZ] = &unpack_xz,
    [COMPRESSION_ZSTD] = &unpack_zstd, [COMPRESSION_LZ4] = &unpack_lz4,
};

const char *unpacker_library(enum compression compression)
{
    return formats[compression]->library;
}

const char *unpacker_version(enum compression compression)
{
    return formats[compression]->version ? formats[compression]->version() : NULL;
}

struct unpacker *unpacker_create(enum compression compression, uint64_t offset, const char **reason)
{
    const struct unpack_format *format = formats[compression];
    if (!format->library) {
        *reason = format->missing;
        return NULL;
    }
    void *state = format->create(offset > 0);
    if (!state) {
        *reason = "memory exhausted";
        return NULL;
    }
    struct unpacker *unpacker = xmalloc(sizeof *unpacker);
    unpacker->format = format;
    unpacker->state = state;
    unpacker->verdict = UNPACK_BETWEEN;
    unpacker->reason = NULL;
    unpacker->offset = offset;
    unpacker->damaged_at = 0;
    unpacker->ended = unpacker->ready = false;
    unpacker->length = unpacker->consumed = (size_t)(offset % PIECE);
    unpacker->decoded = unpacker->taken = 0;
    return unpacker;
}

void unpacker_free(struct unpacker *unpacker)
{
    if (!unpacker)
        return;
    unpacker->format->destroy(unpacker->state);
    free(unpacker);
}

char *unpacker_room(struct unpacker *unpacker, size_t *room)
{
    if (unpacker->length == PIECE)
        unpacker->length = unpacker->consumed = 0;
    *room = PIECE - unpacker->length;
    return unpacker->in + unpacker->length;
}

void unpacker_feed(struct unpacker *unpacker, size_t length)
{
    unpacker->ended |= length == 0;
    unpacker->length += length;
    unpacker->ready = unpacker->ended || unpacker->length == PIECE;
}

void unpacker_hurry(struct unpacker *unpacker)
{
    unpacker->ready = true;
}

static bool goes_on(const struct unpacker *unpacker)
{
    return unpacker->verdict == UNPACK_WITHIN ||
           (unpacker->verdict == UNPACK_BETWEEN && !(unpacker->ended && unpacker->consumed == unpacker->length));
}

/* Decodes to a window; returns how many bytes. */
static size_t decode(struct unpacker *unpacker, char *window)
{
    struct unpack_step step = {
        .from = unpacker->in + unpacker->consumed,
        .length = unpacker->length - unpacker->consumed,
        .to = window,
        .room = WINDOW,
        .ended = unpacker->ended,
    };
    const size_t length = step.length;
    unpacker->verdict = unpacker->format->step(unpacker->state, &step);
    unpacker->reason = step.reason;
    unpacker->offset += length - step.length;
    unpacker->consumed = unpacker->length - step.length;
    const bool stuck = step.room == WINDOW && step.length == length && (length > 0 || unpacker->ended);
    if (stuck && goes_on(unpacker))
        unpacker->verdict = UNPACK_DAMAGED;
    if (unpacker->verdict == UNPACK_DAMAGED)
        unpacker->damaged_at = unpacker->offset - step.back;
    unpacker->ready = step.room < WINDOW || step.length < length;
    return WINDOW - step.room;
}

size_t unpacker_take(struct unpacker *unpacker, char *to, size_t room)
{
    size_t taken = 0;
    for (;;) {
        size_t length = unpacker->decoded - unpacker->taken;
        if (length > room - taken)
            length = room - taken;
        memcpy(to + taken, unpacker->out + unpacker->taken, length);
        unpacker->taken += length;
        taken += length;
        if (taken == room || !unpacker->ready || !goes_on(unpacker))
            return taken;
        if (room - taken >= WINDOW) {
            taken += decode(unpacker, to + taken);
        } else {
            unpacker->decoded = decode(unpacker, unpacker->out);
            unpacker->taken = 0;
        }
    }
}

static bool is_empty(const struct unpacker *unpacker)
{
    return unpacker->taken == unpacker->decoded;
}

bool unpacker_has_ended(const struct unpacker *unpacker)
{
    return is_empty(unpacker) && unpacker->ended && unpacker->verdict == UNPACK_BETWEEN && !goes_on(unpacker);
}

bool unpacker_has_failed(const struct unpacker *unpacker, const char **reason, uint64_t *at)
{
    if (!is_empty(unpacker) || (unpacker->verdict != UNPACK_DAMAGED && unpacker->verdict != UNPACK_REFUSED))
        return false;
    *reason = unpacker->reason;
    *at = unpacker->damaged_at;
    return true;
}
