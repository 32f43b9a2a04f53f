/*
 * last-lines.h - with --last: the last selected lines of a file, which are printed when all of it has been searched.
 *
 * The chunks are searched for where their first selected line begins and their last one ends.  What lies between is
 * kept as a piece: of text that stays, where it is, of other text as a copy, and with context so are the lines around
 * it.  Pieces that hold none of the last lines any more are dropped; at the end those left are searched once more, and
 * printed.  All functions are called in turn.
 */
#ifndef MSCAN_TASK_LAST_LINES_H
#define MSCAN_TASK_LAST_LINES_H

#include "match/condition.h"
#include "task/chunk-head.h"
#include "task/chunk-text.h"
#include "task/query.h"
#include "task/search-result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct last_piece;

/* The pieces of a file; all zero at first. */
struct last_lines {
    struct last_piece *pieces; /* those from `first` on, before `count` */
    size_t first, count, room;
    uint64_t selected; /* lines in all of them */
};

void last_lines_free(struct last_lines *last);

/* Keeps what a chunk has of the last `wanted` lines; `before` is text that ends where the chunk begins. */
void last_lines_keep(struct last_lines *last, const struct query *query, uint64_t wanted, const struct chunk_text *text,
                     struct span before, const struct search_result *found);

/* Whether lines of the next chunk are context of the last one kept. */
bool last_lines_owe(const struct last_lines *last);

/* What prints the last lines of all files. */
struct last_printer;

/* The query's mode says what is done with the lines; the heads' printer stays the caller's. */
struct last_printer *last_printer_create(const struct query *query, struct head_printer *heads);
void last_printer_free(struct last_printer *printer);

/*
 * Searches the last `wanted` lines of a file once more, and prints them; `end` is the end of the file.  Adds up their
 * matches, and sets *binary when a line was not printed because it is not text.
 */
void last_printer_run(struct last_printer *printer, const struct last_lines *last, uint64_t wanted,
                      const struct chunk_text *end, struct printed *printed, uint64_t *matches, bool *binary);

#endif
