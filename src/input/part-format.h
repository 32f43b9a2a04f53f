/*
 * part-format.h - a format of which members can be measured without decoding them, so that several threads can decode
 * one each: BGZF, which is gzip in members of at most 64 KiB of text, frames of zstd that are not too large, and small
 * files of gzip, of which several are decoded at once.
 */
#ifndef MSCAN_INPUT_PART_FORMAT_H
#define MSCAN_INPUT_PART_FORMAT_H

#include "input/unpack-format.h"

#include <stdbool.h>
#include <stddef.h>

/* The most that a member may have, in bytes, compressed or not; a larger one is decoded as it is read. */
#define MEMBER_MAX ((size_t)16 << 20)

struct member_size {
    size_t packed; /* in bytes */
    size_t text;   /* the most that it may have */
};

enum measurement {
    MEMBER_KNOWN,   /* all of it is there */
    MEMBER_MORE,    /* size->packed bytes are needed, or more */
    MEMBER_UNKNOWN, /* there is none that can be measured */
};

struct part_format {
    const struct unpack_format *unpack; /* what else decodes it */
    bool whole;                         /* its only member is all of a file, of up to MEMBER_MAX bytes */
    enum measurement (*measure)(const char *bytes, size_t length, struct member_size *size);
    /* What a thread decodes with; NULL: no memory.  All three may be NULL themselves. */
    void *(*create)(void);
    void (*destroy)(void *state);
    /* Decodes a member that has been measured, to *length bytes.  False when it is not what it should be. */
    bool (*decode)(void *state, const char *packed, struct member_size size, char *to, size_t *length);
};

extern const struct part_format part_bgzf, part_gzip, part_zstd;

#endif
