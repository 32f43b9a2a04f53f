/*
 * line-printer.h - lines as they are printed, one by one: prefixes, matches and what takes their place, colours,
 * excerpts.
 */
#ifndef MSCAN_TASK_LINE_PRINTER_H
#define MSCAN_TASK_LINE_PRINTER_H

#include "match/condition.h"
#include "output/output.h"
#include "task/binary.h"
#include "task/chunk-text.h"
#include "task/query.h"

#include <stdbool.h>

/*
 * For -T, as in grep, how wide numbers are: the digits of the file's size, as a line's number may be one more; of what
 * has no size, of any number.
 */
unsigned line_number_width(const struct query *query, uint64_t size);

/* A thread's own part. */
struct line_printer;

/* The condition's state stays the caller's; its condition_next() is not disturbed. */
struct line_printer *line_printer_create(const struct query *query, struct condition_state *condition);
void line_printer_free(struct line_printer *lines);

/*
 * Begins with a chunk, which must stay as it is.  To *matches are added those of selected lines, if the format shows
 * all.
 */
void line_printer_begin(struct line_printer *lines, const struct chunk_text *chunk, struct output *output,
                        uint64_t *matches);

/* Goes on with lines that end where the chunk in hand begins, and are not in it; line_printer_begin() leads back to
 * that. */
void line_printer_begin_before(struct line_printer *lines, const struct chunk_text *before);

/*
 * Prints a line, given without its newline, selected or as context, unless it is not text: then says why.  Lines come
 * in order.
 */
enum binary line_printer_print(struct line_printer *lines, struct span line, bool selected);

/* Whether whole lines, all selected or all context, are printed as they are in the file, without anything between them.
 */
bool line_printer_takes_piece(const struct line_printer *lines, struct span run, bool selected);

/* Prints such lines at once, with a newline at the end. */
void line_printer_print_piece(struct line_printer *lines, struct span run);

#endif
