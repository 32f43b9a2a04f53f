/*
 * region.h - what belongs to a chunk of a file that has ranges: whole lines, or what the task says.
 *
 * Where lines are longer than chunks, all threads that come to one look for its end together, a chunk each.
 */
#ifndef MSCAN_SCAN_REGION_H
#define MSCAN_SCAN_REGION_H

#include "input/lease.h"
#include "scan/file.h"

/*
 * From where a chunk's first line begins to where its last one ends, or between the seams of its task; all offsets are
 * absolute.
 */
struct region {
    uint64_t begin, end;
    uint64_t seam, blank_end; /* as in struct matcher_seam; both `end` when nothing is known */
};

/* Finds a chunk's region, in a lease of all of the file.  Nothing at or after `limit` is taken, and a line that it cuts
 * is left out. */
struct region region_find(const struct file *file, const struct lease *lease, const struct chunk *chunk,
                          uint64_t limit);

#endif
