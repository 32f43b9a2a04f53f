/*
 * ties.h - what a scan answers to a task about a chunk.
 */
#ifndef MSCAN_SCAN_TIES_H
#define MSCAN_SCAN_TIES_H

#include "input/lease.h"
#include "scan/region.h"
#include "scan/state.h"
#include "task/chunk-text.h"

/* The context of a chunk's text. */
struct tie {
    struct scan *scan;
    struct file *file; /* NULL after the last file */
    uint64_t chunk;
    uint64_t end; /* of the chunk's text, absolute */
    bool in_turn; /* for certain: the chunk is being committed, or its file is at its end */
    bool again; /* the text turned out to be wrong; the chunk has to be run again, and nothing of this run is wanted */
};

/* A chunk's text, in a lease; `tie` stays where it is as long as it is used. */
struct chunk_text ties_text(struct tie *tie, const struct lease *lease, const struct region *region);

/* No text: what a task gets of a chunk whose text is not kept, at the end of a file and after the last. */
struct chunk_text ties_no_text(struct tie *tie);

#endif
