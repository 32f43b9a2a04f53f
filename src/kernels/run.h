/*
 * run.h - a set of bytes whose runs the kernels pass over.
 *
 * The lower half of a byte gives the groups that it may be of, the upper half the one that it is of: a byte is in the
 * set when both have one in common.  So a vector takes two lookups, for any set whose 16 columns, those of the upper
 * halves, are of up to eight kinds.
 */
#ifndef MSCAN_KERNELS_RUN_H
#define MSCAN_KERNELS_RUN_H

#include <stdbool.h>

#define RUN_GROUPS 8

struct run {
    unsigned char low[16], top[16]; /* of each half of a byte: groups, a bit for each */
    bool has[256];
};

/* Sets *run to the bytes that `has` has; false when their columns are of too many kinds. */
bool run_make(struct run *run, const bool has[256]);

#endif
