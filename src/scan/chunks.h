/*
 * chunks.h - the handing out of work: opens the files of a scan in their order, and cuts them into chunks.
 */
#ifndef MSCAN_SCAN_CHUNKS_H
#define MSCAN_SCAN_CHUNKS_H

#include "scan/state.h"

/* The next chunk for a worker; waits for one.  False when there is no more work.  Any thread, lock not held. */
bool chunks_next(struct scan *scan, struct chunk *chunk);

#endif
