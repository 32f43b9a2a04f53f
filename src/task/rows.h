/*
 * rows.h - lines as they are printed, one by one: prefixes, matches and what takes their place, colours, excerpts.
 */
#ifndef MSCAN_TASK_ROWS_H
#define MSCAN_TASK_ROWS_H

#include "match/condition.h"
#include "output/output.h"
#include "task/binary.h"
#include "task/chunk-text.h"
#include "task/query.h"

#include <stdbool.h>

/* A thread's own part. */
struct rows;

/* The condition's state stays the caller's; its condition_next() is not disturbed. */
struct rows *rows_create(const struct query *query, struct condition_state *condition);
void rows_free(struct rows *rows);

/* Begins with a chunk, which must stay as it is. */
void rows_begin(struct rows *rows, const struct chunk_text *chunk, struct output *output);

/* Goes on with lines that end where the chunk in hand begins, and are not in it; rows_begin() leads back to that. */
void rows_begin_before(struct rows *rows, const struct chunk_text *before);

/*
 * Prints a line, given without its newline, selected or as context, unless it is not text: then says why.  Lines come
 * in order.
 */
enum binary rows_print(struct rows *rows, struct span line, bool selected);

/* Whether whole lines, all selected or all context, are printed as they are in the file, without anything between them.
 */
bool rows_are_piece(const struct rows *rows, struct span run, bool selected);

/* Prints such lines at once, with a newline at the end. */
void rows_print_piece(struct rows *rows, struct span run);

#endif
