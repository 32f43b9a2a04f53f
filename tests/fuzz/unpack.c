#include "unpack.h"

#include "input/compression.h"
#include "input/stream.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* What decoding came to; the text as a hash (FNV-1a), since all that matters is whether it is the same. */
struct outcome {
    uint64_t hash;
    size_t length;
    bool whole; /* it was not ended here */
    bool damaged;
    uint64_t damaged_at;
    const char *reason;
};

static void add(struct outcome *outcome, const char *text, size_t length)
{
    /* What is behind the limit depends on the sizes of blocks. */
    if (length > UNPACK_TEXT_MAX - outcome->length)
        length = UNPACK_TEXT_MAX - outcome->length;
    for (size_t i = 0; i < length; i++)
        outcome->hash = (outcome->hash ^ (unsigned char)text[i]) * UINT64_C(0x100000001b3);
    outcome->length += length;
}

static struct outcome read_all(int fd, enum compression compression, size_t block_size)
{
    struct outcome outcome = {.hash = UINT64_C(0xcbf29ce484222325)};
    struct block_pool *pool = block_pool_create(HUGE_NEVER);
    const struct stream_options options = {.pool = pool,
                                           .block_size = block_size,
                                           .decompress = true,
                                           .compression = compression,
                                           .line_max = UNPACK_TEXT_MAX};
    if (lseek(fd, 0, SEEK_SET) != 0)
        abort();
    struct stream *stream = stream_open(fd, 0, 1, &options);
    struct stream_block next = {.last = false};
    while (!next.last && outcome.length < UNPACK_TEXT_MAX) {
        stream_next(stream, &next);
        if (next.part)
            stream_finish(stream, &next);
        add(&outcome, next.text, next.length);
        block_put(pool, &next.block);
    }
    outcome.whole = outcome.length < UNPACK_TEXT_MAX;
    if (outcome.whole) {
        outcome.reason = next.reason;
        outcome.damaged = next.damaged;
        outcome.damaged_at = next.damaged ? next.damaged_at : 0;
    }
    stream_close(stream);
    block_pool_free(pool);
    return outcome;
}

/* A line that is too long is noticed earlier or later. */
static bool is_long_line(const struct outcome *outcome)
{
    return outcome->reason && strstr(outcome->reason, "a line of its text");
}

static bool is_same(const struct outcome *a, const struct outcome *b)
{
    if (is_long_line(a) || is_long_line(b))
        return true;
    return a->hash == b->hash && a->length == b->length && a->whole == b->whole && a->damaged == b->damaged &&
           a->damaged_at == b->damaged_at && strcmp(a->reason ? a->reason : "", b->reason ? b->reason : "") == 0;
}

bool unpack_compare(const char *bytes, size_t length, const char **way)
{
    const enum compression compression = compression_of(bytes, length);
    int fd = memfd_create("unpack", MFD_CLOEXEC);
    if (fd < 0 || write(fd, bytes, length) != (ssize_t)length)
        abort();
    const struct outcome one = read_all(fd, COMPRESSION_NONE, 2 * UNPACK_TEXT_MAX);
    const struct outcome small = read_all(fd, COMPRESSION_NONE, 1000), parts = read_all(fd, compression, 1000);
    close(fd);
    *way = !is_same(&one, &small) ? "in small blocks" : !is_same(&one, &parts) ? "in parts" : NULL;
    return !*way;
}
