#include "config.h"

#include "input/unpack-format.h"

#if HAVE_BZIP2

#include <bzlib.h>

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>

struct bzip2 {
    bz_stream stream;
    bool between; /* no member has begun that has not ended; the stream is none then */
};

static const char *version(void)
{
    return BZ2_bzlibVersion();
}

static void *create(bool begun)
{
    (void)begun;
    struct bzip2 *bzip2 = malloc(sizeof *bzip2);
    if (bzip2)
        bzip2->between = true;
    return bzip2;
}

static void destroy(void *state)
{
    struct bzip2 *bzip2 = state;
    if (!bzip2->between)
        BZ2_bzDecompressEnd(&bzip2->stream);
    free(bzip2);
}

/* One call, of a member that has begun. */
static int member_step(bz_stream *stream, struct unpack_step *step)
{
    const unsigned length = step->length < UINT_MAX ? (unsigned)step->length : UINT_MAX;
    const unsigned room = step->room < UINT_MAX ? (unsigned)step->room : UINT_MAX;
    stream->next_in = (char *)(uintptr_t)step->from;
    stream->avail_in = length;
    stream->next_out = step->to;
    stream->avail_out = room;
    const int result = BZ2_bzDecompress(stream);
    step->from += length - stream->avail_in;
    step->length -= length - stream->avail_in;
    step->to += room - stream->avail_out;
    step->room -= room - stream->avail_out;
    return result;
}

static enum unpack_verdict step(void *state, struct unpack_step *step)
{
    struct bzip2 *bzip2 = state;
    for (;;) {
        if (bzip2->between) {
            if (step->length == 0 || step->room == 0)
                return UNPACK_BETWEEN;
            bzip2->stream = (bz_stream){.next_in = NULL};
            if (BZ2_bzDecompressInit(&bzip2->stream, 0, 0) != BZ_OK) {
                step->reason = "memory exhausted";
                return UNPACK_REFUSED;
            }
            bzip2->between = false;
        }
        const int result = member_step(&bzip2->stream, step);
        if (result == BZ_OK)
            return UNPACK_WITHIN;
        if (result == BZ_MEM_ERROR) {
            step->reason = "memory exhausted";
            return UNPACK_REFUSED;
        }
        if (result != BZ_STREAM_END)
            return UNPACK_DAMAGED;
        BZ2_bzDecompressEnd(&bzip2->stream);
        bzip2->between = true;
    }
}

#endif

const struct unpack_format unpack_bzip2 = {
    .missing = "compressed by bzip2, which this build cannot read",
#if HAVE_BZIP2
    .library = "libbz2",
    .version = version,
    .create = create,
    .destroy = destroy,
    .step = step,
#endif
};
