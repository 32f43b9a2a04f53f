/*
 * arbiter.h - PCRE2 at work: what one thread needs to match compiled forms, and their limits.
 */
#ifndef MSCAN_MATCH_ARBITER_H
#define MSCAN_MATCH_ARBITER_H

#include "match/program.h"

#include <stddef.h>
#include <stdint.h>

/* A place in the text. */
struct span {
    const char *begin, *end;
};

/* PCRE2's limits for one match. */
struct arbiter_limits {
    uint32_t match, depth;
    uint32_t heap; /* KiB */
};

struct arbiter;

struct arbiter *arbiter_create(const struct arbiter_limits *limits);
void arbiter_free(struct arbiter *arbiter);

/*
 * A match of the form in the `length` bytes of `subject` from the offset `start` on: 1 with *match, which may be
 * empty; 0; or an error code of PCRE2's, such as a limit.
 */
int arbiter_match(struct arbiter *arbiter, const struct form *form, const char *subject, size_t length, size_t start,
                  struct span *match);

#endif
