/*
 * records.h - where records begin: entries of several lines, each of which begins at a line that matches a pattern
 * (--record-start).  What comes before the first such line is a record of its own.
 *
 * All texts are whole lines, of which only the last of a file may lack its newline, and MEMORY_SLACK bytes behind them
 * can be read.
 */
#ifndef MSCAN_TASK_RECORDS_H
#define MSCAN_TASK_RECORDS_H

#include "match/condition.h"

#include <stddef.h>
#include <stdio.h>

/* Any thread may use it. */
struct records;

/* Takes over the condition that holds for a record's first line. */
struct records *records_create(struct condition *first_line);
void records_free(struct records *records);

/* A line of plain words on how the lines are found at which records begin. */
void records_summarize(const struct records *records, FILE *out);

/*
 * The offset of the first record that begins in a text which begins somewhere, and before which is a byte of the same
 * file; `length`: none begins there.
 */
size_t records_seam(struct records *records, const char *text, size_t length);

/* The same, where the text begins with a line; to be called through a pointer. */
size_t records_first(void *records, const char *text, size_t length);

/*
 * The offset of the last record that begins in bytes[1..length), of which no more has been read yet: the last line may
 * go on.  0: there is none.  So it was for all of the text before `from`.
 */
size_t records_last(struct records *records, const char *bytes, size_t from, size_t length);

/* A walk through the records of a text; one thread's. */
struct record_walk;

struct record_walk *record_walk_create(const struct records *records, const struct given_up_sink *sink);
void record_walk_free(struct record_walk *walk);

/* Begins with a text that begins with a record, and has bytes. */
void record_walk_begin(struct record_walk *walk, struct span text);

/* The next record, with its newline; false behind the last. */
bool record_walk_next(struct record_walk *walk, struct span *record);

#endif
