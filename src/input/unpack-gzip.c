#include "config.h"

#include "input/unpack-format.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if HAVE_ISAL
#include <isa-l.h>
#elif HAVE_ZLIB
#include <zlib.h>
#endif

#if HAVE_ISAL || HAVE_ZLIB

/* What decodes one member; the next one after gzip_reset(). */
#if HAVE_ISAL
typedef struct inflate_state gzip_member;
#else
typedef z_stream gzip_member;
#endif

struct gzip {
    gzip_member member;
    bool between; /* no member has begun that has not ended */
    bool begun;   /* a member has */
};

enum member_state { MEMBER_GOES_ON, MEMBER_ENDED, MEMBER_WRONG };

#if HAVE_ISAL

#define TEXT_OF(number) #number
#define VERSION_OF(major, minor, patch) TEXT_OF(major) "." TEXT_OF(minor) "." TEXT_OF(patch)

static const char *version(void)
{
    return VERSION_OF(ISAL_MAJOR_VERSION, ISAL_MINOR_VERSION, ISAL_PATCH_VERSION);
}

/*
 * ISA-L takes a distance beyond a member's beginning, which only a damaged one has, for one into what this buffer held
 * before.
 */
static void clear_history(gzip_member *member)
{
    memset(member->tmp_out_buffer, 0, sizeof member->tmp_out_buffer);
}

static bool member_init(gzip_member *member)
{
    isal_inflate_init(member);
    clear_history(member);
    member->crc_flag = ISAL_GZIP;
    return true;
}

static void member_reset(gzip_member *member)
{
    isal_inflate_reset(member);
    clear_history(member);
    member->crc_flag = ISAL_GZIP;
}

static void member_end(gzip_member *member)
{
    (void)member;
}

static enum member_state member_step(gzip_member *member, struct unpack_step *step)
{
    const uint32_t length = step->length < UINT32_MAX ? (uint32_t)step->length : UINT32_MAX;
    const uint32_t room = step->room < UINT32_MAX ? (uint32_t)step->room : UINT32_MAX;
    member->next_in = (uint8_t *)(uintptr_t)step->from;
    member->avail_in = length;
    member->next_out = (uint8_t *)step->to;
    member->avail_out = room;
    const int result = isal_inflate(member);
    step->from += length - member->avail_in;
    step->length -= length - member->avail_in;
    step->to += room - member->avail_out;
    step->room -= room - member->avail_out;
    return result < 0 ? MEMBER_WRONG : member->block_state == ISAL_BLOCK_FINISH ? MEMBER_ENDED : MEMBER_GOES_ON;
}

#else

static const char *version(void)
{
    return zlibVersion();
}

static bool member_init(gzip_member *member)
{
    *member = (z_stream){.next_in = NULL};
    return inflateInit2(member, 15 + 16) == Z_OK; /* the largest window; a gzip header */
}

static void member_reset(gzip_member *member)
{
    inflateReset(member);
}

static void member_end(gzip_member *member)
{
    inflateEnd(member);
}

static enum member_state member_step(gzip_member *member, struct unpack_step *step)
{
    const unsigned length = step->length < UINT_MAX ? (unsigned)step->length : UINT_MAX;
    const unsigned room = step->room < UINT_MAX ? (unsigned)step->room : UINT_MAX;
    member->next_in = (unsigned char *)(uintptr_t)step->from;
    member->avail_in = length;
    member->next_out = (unsigned char *)step->to;
    member->avail_out = room;
    const int result = inflate(member, Z_NO_FLUSH);
    step->from += length - member->avail_in;
    step->length -= length - member->avail_in;
    step->to += room - member->avail_out;
    step->room -= room - member->avail_out;
    return result == Z_STREAM_END                    ? MEMBER_ENDED
           : result == Z_OK || result == Z_BUF_ERROR ? MEMBER_GOES_ON
                                                     : MEMBER_WRONG;
}

#endif

static void *create(bool begun)
{
    struct gzip *gzip = malloc(sizeof *gzip);
    if (!gzip)
        return NULL;
    gzip->between = true;
    gzip->begun = begun;
    if (member_init(&gzip->member))
        return gzip;
    free(gzip);
    return NULL;
}

static void destroy(void *state)
{
    struct gzip *gzip = state;
    member_end(&gzip->member);
    free(gzip);
}

/* Zeros behind a member fill a block of a tape or disk; anything else has to be the next one. */
static enum unpack_verdict begin_member(struct gzip *gzip, struct unpack_step *step)
{
    while (gzip->begun && step->length > 0 && *step->from == '\0') {
        step->from++;
        step->length--;
    }
    if (step->length == 0)
        return UNPACK_BETWEEN;
    if (*step->from != '\x1f')
        return UNPACK_DAMAGED;
    if (gzip->begun)
        member_reset(&gzip->member);
    gzip->begun = true;
    gzip->between = false;
    return UNPACK_WITHIN;
}

static enum unpack_verdict step(void *state, struct unpack_step *step)
{
    struct gzip *gzip = state;
    if (gzip->between) {
        enum unpack_verdict verdict = begin_member(gzip, step);
        if (verdict != UNPACK_WITHIN)
            return verdict;
    }
    switch (member_step(&gzip->member, step)) {
    case MEMBER_GOES_ON:
        return UNPACK_WITHIN;
    case MEMBER_ENDED:
        gzip->between = true;
        return UNPACK_BETWEEN;
    default:
        return UNPACK_DAMAGED;
    }
}

#endif

const struct unpack_format unpack_gzip = {
    .missing = "compressed by gzip, which this build cannot read",
#if HAVE_ISAL
    .library = "ISA-L",
#elif HAVE_ZLIB
    .library = "zlib",
#endif
#if HAVE_ISAL || HAVE_ZLIB
    .version = version,
    .create = create,
    .destroy = destroy,
    .step = step,
#endif
};
