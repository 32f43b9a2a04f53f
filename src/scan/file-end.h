/*
 * file-end.h - what happens when the last chunk of a file has been committed, and after the last file.
 */
#ifndef MSCAN_SCAN_FILE_END_H
#define MSCAN_SCAN_FILE_END_H

#include "scan/state.h"

/* Lets the task end a file, says what went wrong with it, adds it to the outcome, and frees it.  In its turn. */
void file_end(struct scan *scan, struct file *file);

/* Lets the task print its total; when all threads have ended, and the scan was not stopped. */
void file_end_all(struct scan *scan);

#endif
