#include "config.h"

#include "input/unpack-format.h"

#if HAVE_ZSTD

#include <zstd.h>
#include <zstd_errors.h>

#include <stdlib.h>

struct zstd {
    ZSTD_DCtx *context;
    enum unpack_verdict last; /* within a frame or between two */
    bool ended;               /* the context has decoded a frame, all of it */
    size_t wanted, got; /* how many bytes the next unit has, a header or a block, and how many of them were read */
};

/* What the shortest header of a frame has. */
#define HEADER_MIN 5

static void destroy(void *state)
{
    struct zstd *zstd = state;
    ZSTD_freeDCtx(zstd->context);
    free(zstd);
}

static bool create_context(struct zstd *zstd)
{
    zstd->context = ZSTD_createDCtx();
    return zstd->context &&
           !ZSTD_isError(ZSTD_DCtx_setParameter(zstd->context, ZSTD_d_windowLogMax, UNPACK_MEMORY_LOG));
}

static void *create(bool begun)
{
    (void)begun;
    struct zstd *zstd = malloc(sizeof *zstd);
    if (!zstd)
        return NULL;
    *zstd = (struct zstd){.last = UNPACK_BETWEEN, .wanted = HEADER_MIN};
    if (create_context(zstd))
        return zstd;
    destroy(zstd);
    return NULL;
}

static enum unpack_verdict refuse(size_t result, struct unpack_step *step)
{
    switch (ZSTD_getErrorCode(result)) {
    case ZSTD_error_dictionary_wrong:
        step->reason = "compressed by zstd with a dictionary, which mscan cannot use";
        return UNPACK_REFUSED;
    case ZSTD_error_frameParameter_windowTooLarge:
        step->reason = "compressed by zstd with a window of more than 256 MiB";
        return UNPACK_REFUSED;
    case ZSTD_error_memory_allocation:
        step->reason = "memory exhausted";
        return UNPACK_REFUSED;
    default:
        return UNPACK_DAMAGED;
    }
}

/*
 * libzstd gets a block at a time, as it asks for them: of a call that fails nothing can be had, and what is decoded
 * before that shall not depend on how much is read at once.
 */
static enum unpack_verdict step(void *state, struct unpack_step *step)
{
    struct zstd *zstd = state;
    /* The buffers of the frame before could hold more of a damaged one than it says. */
    if (zstd->ended && step->length > 0) {
        ZSTD_freeDCtx(zstd->context);
        if (!create_context(zstd)) {
            step->reason = "memory exhausted";
            return UNPACK_REFUSED;
        }
        zstd->ended = false;
    }
    while (step->length > 0 || zstd->last == UNPACK_WITHIN) {
        const size_t lacking = zstd->wanted - zstd->got;
        ZSTD_inBuffer in = {step->from, step->length < lacking ? step->length : lacking, 0};
        ZSTD_outBuffer out = {step->to, step->room, 0};
        const size_t result = ZSTD_decompressStream(zstd->context, &out, &in);
        if (ZSTD_isError(result)) {
            step->back = zstd->got;
            return refuse(result, step);
        }
        step->from += in.pos;
        step->length -= in.pos;
        step->to += out.pos;
        step->room -= out.pos;
        zstd->got += in.pos;
        if (zstd->got == zstd->wanted || result == 0) {
            zstd->wanted = result == 0 ? HEADER_MIN : result;
            zstd->got = 0;
        }
        zstd->last = result == 0 ? UNPACK_BETWEEN : UNPACK_WITHIN;
        zstd->ended = result == 0;
        if (result == 0 || step->room == 0 || (in.pos == 0 && out.pos == 0))
            break;
    }
    return zstd->last;
}

#endif

const struct unpack_format unpack_zstd = {
    .missing = "compressed by zstd, which this build cannot read",
#if HAVE_ZSTD
    .library = "libzstd",
    .version = ZSTD_versionString,
    .create = create,
    .destroy = destroy,
    .step = step,
#endif
};
