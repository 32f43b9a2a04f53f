#include "config.h"

#include "input/unpack-format.h"

#if HAVE_LZMA

#include <lzma.h>

#include <stdlib.h>

static void *create(bool begun)
{
    (void)begun;
    lzma_stream *stream = malloc(sizeof *stream);
    if (!stream)
        return NULL;
    *stream = (lzma_stream)LZMA_STREAM_INIT;
    if (lzma_stream_decoder(stream, UNPACK_MEMORY_MAX, LZMA_CONCATENATED) == LZMA_OK)
        return stream;
    free(stream);
    return NULL;
}

static void destroy(void *state)
{
    lzma_end(state);
    free(state);
}

static enum unpack_verdict step(void *state, struct unpack_step *step)
{
    lzma_stream *stream = state;
    stream->next_in = (const uint8_t *)step->from;
    stream->avail_in = step->length;
    stream->next_out = (uint8_t *)step->to;
    stream->avail_out = step->room;
    const lzma_ret result = lzma_code(stream, step->ended ? LZMA_FINISH : LZMA_RUN);
    step->from += step->length - stream->avail_in;
    step->length = stream->avail_in;
    step->to += step->room - stream->avail_out;
    step->room = stream->avail_out;
    switch (result) {
    case LZMA_OK:
    case LZMA_BUF_ERROR:
        return UNPACK_WITHIN;
    case LZMA_STREAM_END:
        return UNPACK_BETWEEN;
    case LZMA_MEMLIMIT_ERROR:
        step->reason = "compressed by xz with a dictionary that takes more than 256 MiB";
        return UNPACK_REFUSED;
    case LZMA_OPTIONS_ERROR:
        step->reason = "compressed by xz with options that liblzma does not know";
        return UNPACK_REFUSED;
    case LZMA_MEM_ERROR:
        step->reason = "memory exhausted";
        return UNPACK_REFUSED;
    default:
        return UNPACK_DAMAGED;
    }
}

#endif

const struct unpack_format unpack_xz = {
    .missing = "compressed by xz, which this build cannot read",
#if HAVE_LZMA
    .library = "liblzma",
    .version = lzma_version_string,
    .create = create,
    .destroy = destroy,
    .step = step,
#endif
};
