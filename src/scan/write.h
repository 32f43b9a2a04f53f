/*
 * write.h - outputs on their way to standard output, and the empty ones that are kept for later chunks.
 */
#ifndef MSCAN_SCAN_WRITE_H
#define MSCAN_SCAN_WRITE_H

#include "scan/state.h"

/* Returns an empty output, which is a used one if there is one.  Any thread, lock not held. */
struct output *write_take_output(struct scan *scan);
/* Takes an output back and empties it.  Any thread, lock not held. */
void write_give_output(struct scan *scan, struct output *output);
void write_free_outputs(struct scan *scan);

/*
 * Writes a chunk's output, in its turn.  What it refers to of an input that has lost its end is left out from the first
 * line on that is not all there.  False: the scan was stopped, perhaps because the output failed or was closed.
 */
bool write_output(struct scan *scan, struct file *file, struct output *output);

#endif
