/*
 * unpacker.h - compressed data, decoded piece by piece, by the library of its format.
 *
 * A file may have several members.  What is decoded before a damaged place, and which offset that has, does not depend
 * on the sizes of pieces, but for unpacker_hurry().
 */
#ifndef MSCAN_INPUT_UNPACKER_H
#define MSCAN_INPUT_UNPACKER_H

#include "input/compression.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How many bytes can be fed at first. */
#define UNPACKER_PIECE ((size_t)128 << 10)

struct unpacker;

/* The library that decodes a format, and its version; NULL: this build cannot.  Static text. */
const char *unpacker_library(enum compression compression);
const char *unpacker_version(enum compression compression);

/*
 * For a file from a compressed offset on, at which a member begins.  NULL with *reason, static text, when this build
 * cannot decode the format or there is no memory.
 */
struct unpacker *unpacker_create(enum compression compression, uint64_t offset, const char **reason);
void unpacker_free(struct unpacker *unpacker);

/*
 * Where compressed bytes are put; *room receives how many, from the offset 0 on UNPACKER_PIECE.  Then unpacker_feed()
 * says how many it were; none: the data has ended.  Only when unpacker_take() has returned less than it was asked for,
 * and until it returns something again.
 */
char *unpacker_room(struct unpacker *unpacker, size_t *room);
void unpacker_feed(struct unpacker *unpacker, size_t length);

/* What has been fed is to be decoded now, although more would be better. */
void unpacker_hurry(struct unpacker *unpacker);

/* Takes up to `room` decoded bytes, fewer only when more has to be fed; 0: then, or at the end, or it cannot go on. */
size_t unpacker_take(struct unpacker *unpacker, char *to, size_t room);
bool unpacker_has_ended(const struct unpacker *unpacker);

/*
 * Whether it cannot go on.  Then *reason is why, static text, or NULL: the data is damaged at or behind the compressed
 * offset *at, or ends there too early.
 */
bool unpacker_has_failed(const struct unpacker *unpacker, const char **reason, uint64_t *at);

#endif
