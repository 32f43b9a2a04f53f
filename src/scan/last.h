/*
 * last.h - with --last: the last selected lines of a file, which are printed when it has been searched.
 *
 * The chunks are searched for where their first selected line begins and their last one ends.  What lies between is
 * kept as a piece: of a map by its offsets, of a stream as a copy, and with context so are the lines around it.  Pieces
 * that hold none of the last lines any more are dropped; at the end those left are searched once more, and printed. All
 * functions are the committing thread's, in its turn.
 */
#ifndef MSCAN_SCAN_LAST_H
#define MSCAN_SCAN_LAST_H

#include "scan/lead.h"

/* Whether pieces are wanted; else the selected lines are only counted, or printed as they come. */
bool last_is_wanted(const struct scan_options *options);

/* Keeps what a chunk has, while the lease of its text is open. */
void last_keep(struct scan *scan, const struct lead_chunk *chunk);

/* Whether lines of the next chunk are context of the last one kept. */
bool last_owes(const struct file *file);

/* Prints what was kept of a file, or counts its matches, and adds that up in the file. */
void last_print(struct scan *scan, struct file *file);

#endif
