/*
 * record-printer.h - records as they are printed: their lines one by one, of which the first has the mark of a selected
 * line, or their matches.
 */
#ifndef MSCAN_TASK_RECORD_PRINTER_H
#define MSCAN_TASK_RECORD_PRINTER_H

#include "task/binary.h"
#include "task/query.h"

struct record {
    struct span lines;    /* all of it, with its newline, if it has one */
    struct span text;     /* what is searched: without that, and without a byte-order mark at the start of a file */
    uint64_t offset;      /* of `lines` */
    uint64_t line_number; /* of the first line; with line numbers */
};

/* A thread's own part. */
struct record_printer;

/* The condition's state stays the caller's; its condition_next() is not disturbed. */
struct record_printer *record_printer_create(const struct query *query, struct condition_state *condition);
void record_printer_free(struct record_printer *printer);

/* Prints a record of a file, selected or as context, unless it is not text: then says why. */
enum binary record_printer_print(struct record_printer *printer, const struct task_file *file,
                                 const struct record *record, bool selected, struct output *output);

/* The matches that are not empty in a record's text. */
uint64_t record_count_matches(struct condition_state *condition, struct span text);

#endif
