/*
 * parts.h - a compressed file, cut into parts that can be decoded at the same time.
 *
 * A part is some members of known sizes.  Where there is none any more, the rest is for an unpacker.
 */
#ifndef MSCAN_INPUT_PARTS_H
#define MSCAN_INPUT_PARTS_H

#include "base/compiler.h"
#include "input/compression.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct parts;

/* Some members, as they were read. */
struct part {
    const struct part_format *format;
    uint64_t number; /* of the parts of the file, from 0 */
    uint64_t offset; /* absolute, of its first byte in the file */
    char *packed;    /* owned */
    size_t length;   /* of that */
    size_t text;     /* of what is decoded, at most */
};

/*
 * Of an open regular file that has compressed data from the absolute offset on; the descriptor stays the caller's, and
 * its position is left alone.  NULL: the file cannot be cut, as its first bytes say.
 */
struct parts *parts_open(int fd, uint64_t offset, enum compression compression);
void parts_close(struct parts *parts);

/*
 * The next part, which is the caller's; NULL: there is none.  A part has 1 MiB of text, or a member that has more, or
 * what is left.  One thread at a time.
 */
struct part *parts_take(struct parts *parts);

/* The absolute offset at which the next part, or the rest, begins. */
uint64_t parts_offset(const struct parts *parts);

/*
 * Decodes a part to `to`, which has room for all of its text, and returns the length of that.  Where a member cannot be
 * decoded, *bad_at is its absolute offset, and what comes before it has been decoded; UINT64_MAX: all has.  Any thread.
 */
size_t part_decode(const struct part *part, char *to, uint64_t *bad_at);
void part_free(struct part *part);

#endif
