/*
 * quota.h - how many lines of a file may still be selected, and how many are to be passed over before: -m and
 * --skip-matches.
 *
 * Both get smaller when a chunk is joined, while threads that are ahead look at them.
 */
#ifndef MSCAN_TASK_QUOTA_H
#define MSCAN_TASK_QUOTA_H

#include "task/chunk-text.h"

#include <stdatomic.h>

struct quota {
    _Atomic uint64_t wanted;  /* lines that may still be selected */
    _Atomic uint64_t to_skip; /* of those that would be, so many are not */
};

/* How many lines a chunk may select; may wait for its turn. */
uint64_t quota_wanted(const struct quota *quota, const struct chunk_text *text);

/* Whether there is something to skip, as far as is known now. */
static inline bool quota_is_skipping(const struct quota *quota)
{
    return atomic_load(&quota->to_skip) > 0;
}

/* How many lines a chunk has to skip; waits for its turn. */
uint64_t quota_to_skip(const struct quota *quota, const struct chunk_text *text);

#endif
