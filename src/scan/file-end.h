/*
 * file-end.h - what happens when the last chunk of a file has been committed, and after the last file.
 *
 * All functions are the committing thread's.
 */
#ifndef MSCAN_SCAN_FILE_END_H
#define MSCAN_SCAN_FILE_END_H

#include "scan/state.h"

/* Prints a file's count or name, says what went wrong with it, adds it to the outcome, and frees it. */
void file_end(struct scan *scan, struct file *file);

/* Prints the total, of a tally or of a search's counts, if it is wanted; after the last file. */
void file_end_total(struct scan *scan);

#endif
