#include "config.h"

#include "input/unpack-format.h"

#if HAVE_LZ4

#include <lz4.h>
#include <lz4frame.h>

#include <stdlib.h>

struct lz4 {
    LZ4F_dctx *context;
    enum unpack_verdict last; /* within a frame or between two */
    size_t wanted, got; /* how many bytes the next unit has, a header or a block, and how many of them were read */
};

/* What the shortest header of a frame has. */
#define HEADER_MIN 7

static void destroy(void *state)
{
    struct lz4 *lz4 = state;
    LZ4F_freeDecompressionContext(lz4->context);
    free(lz4);
}

static void *create(bool begun)
{
    (void)begun;
    struct lz4 *lz4 = malloc(sizeof *lz4);
    if (!lz4)
        return NULL;
    *lz4 = (struct lz4){NULL, UNPACK_BETWEEN, HEADER_MIN, 0};
    if (!LZ4F_isError(LZ4F_createDecompressionContext(&lz4->context, LZ4F_VERSION)))
        return lz4;
    free(lz4);
    return NULL;
}

/* liblz4 gets a block at a time, as libzstd does and for the same reason. */
static enum unpack_verdict step(void *state, struct unpack_step *step)
{
    struct lz4 *lz4 = state;
    while (step->length > 0 || lz4->last == UNPACK_WITHIN) {
        const size_t lacking = lz4->wanted - lz4->got;
        size_t read = step->length < lacking ? step->length : lacking, written = step->room;
        const size_t result = LZ4F_decompress(lz4->context, step->to, &written, step->from, &read, NULL);
        if (LZ4F_isError(result)) {
            step->back = lz4->got;
            return UNPACK_DAMAGED;
        }
        step->from += read;
        step->length -= read;
        step->to += written;
        step->room -= written;
        lz4->got += read;
        if (lz4->got == lz4->wanted || result == 0) {
            lz4->wanted = result == 0 ? HEADER_MIN : result;
            lz4->got = 0;
        }
        lz4->last = result == 0 ? UNPACK_BETWEEN : UNPACK_WITHIN;
        if (step->room == 0 || (read == 0 && written == 0))
            break;
    }
    return lz4->last;
}

#endif

const struct unpack_format unpack_lz4 = {
    .missing = "compressed by lz4, which this build cannot read",
#if HAVE_LZ4
    .library = "liblz4",
    .version = LZ4_versionString,
    .create = create,
    .destroy = destroy,
    .step = step,
#endif
};
