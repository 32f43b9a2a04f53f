/*
 * lease.h - a range of an input's bytes for as long as a thread looks at them, wherever they come from: a mapping, or a
 * block that was read.
 *
 * While a lease is open its bytes can be read, also those of a file that shrinks: what is lost reads as zeros, and the
 * lease tells afterwards how far it was right.  A lease belongs to the thread that opened it; a thread may have
 * several, and closes them in any order.
 */
#ifndef MSCAN_INPUT_LEASE_H
#define MSCAN_INPUT_LEASE_H

#include "input/input.h"

#include <stdbool.h>
#include <stdint.h>

/* It stays where it is while it is open. */
struct lease {
    struct input *input;
    const char *bytes;      /* of `begin` */
    uint64_t begin, end;    /* absolute */
    struct map_guard guard; /* of a mapping */
};

/* Called once before the first lease is opened: it installs the handler of SIGBUS, see map.h. */
void lease_init(void);

/* Opens [begin, end), absolute, of an input that has ranges. */
void lease_open(struct lease *lease, struct input *input, uint64_t begin, uint64_t end);

/* Opens bytes that were read from an input, of which the first is at the absolute offset `begin`. */
void lease_open_block(struct lease *lease, struct input *input, const char *bytes, uint64_t begin, uint64_t end);

void lease_close(struct lease *lease);

/* The address of the byte at an absolute offset; lease->end is allowed. */
static inline const char *lease_at(const struct lease *lease, uint64_t offset)
{
    return lease->bytes + (offset - lease->begin);
}

/* Tells that the thread has come to an absolute offset, so that what lies behind it is asked for. */
void lease_advance(const struct lease *lease, uint64_t offset);

/* The absolute offset before which all bytes were right so far; UINT64_MAX when all were. */
uint64_t lease_good_end(const struct lease *lease);

#endif
