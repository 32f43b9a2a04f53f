/*
 * line-sums.h - how many lines of a file lie before each of its chunks, while threads count them in any order.
 *
 * The sums are guarded by the monitor of the scan, which all callers hold.
 */
#ifndef MSCAN_SCAN_LINE_SUMS_H
#define MSCAN_SCAN_LINE_SUMS_H

#include <stdbool.h>
#include <stdint.h>

/* How many chunks may be between the one that is committed next and one whose lines have been counted. */
#define LINE_SUMS_AHEAD 256

/* All zero is what a file begins with. */
struct line_sums {
    uint64_t counted; /* chunks counted so far without a gap: the sums before them, and the next, are known */
    uint64_t before[LINE_SUMS_AHEAD]; /* by chunk, modulo */
    uint64_t in[LINE_SUMS_AHEAD];
    bool known[LINE_SUMS_AHEAD];
};

/*
 * Tells how many lines a chunk has, when the first `committed` chunks have been committed.  False if it has to be told
 * again later, when more have been.
 */
bool line_sums_add(struct line_sums *sums, uint64_t committed, uint64_t chunk, uint64_t lines);

/* Whether the lines before a chunk are known; then *lines is their number.  `sums` may be NULL: none is counted. */
bool line_sums_before(const struct line_sums *sums, uint64_t chunk, uint64_t *lines);

#endif
