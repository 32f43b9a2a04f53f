/*
 * line-sums.h - how many lines of a file lie before each of its chunks, while threads count them in any order.
 *
 * The sums are guarded by the monitor of the scan, which all callers hold.
 */
#ifndef MSCAN_SCAN_LINE_SUMS_H
#define MSCAN_SCAN_LINE_SUMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct line_sums;

/*
 * `ahead`: how far a chunk may be behind the one that is committed next, and the numbers still be told apart.  Freed by
 * free().
 */
struct line_sums *line_sums_create(size_t ahead);

/* Tells how many lines a chunk has. */
void line_sums_add(struct line_sums *sums, uint64_t chunk, uint64_t lines);

/* Whether the lines before a chunk are known; then *lines is their number.  `sums` may be NULL: none is counted. */
bool line_sums_before(const struct line_sums *sums, uint64_t chunk, uint64_t *lines);

#endif
