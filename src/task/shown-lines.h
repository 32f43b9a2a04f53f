/*
 * shown-lines.h - the selected lines of a chunk as they are printed, and the lines around them.
 *
 * Lines are printed in groups, each of which is one piece of the file: selected lines, the context of each, and where
 * these meet, no line twice.  A separator stands between two groups.  Which lines before the first selected one of a
 * chunk are printed depends on what the chunks before it printed; they are left for shown_lines_print_head(), when that
 * is known.
 */
#ifndef MSCAN_TASK_SHOWN_LINES_H
#define MSCAN_TASK_SHOWN_LINES_H

#include "match/condition.h"
#include "output/output.h"
#include "task/chunk-text.h"
#include "task/query.h"
#include "task/search-result.h"

#include <stdbool.h>

/* A thread's own part. */
struct shown_lines;

/* The condition's state stays the caller's. */
struct shown_lines *shown_lines_create(const struct query *query, struct condition_state *condition);
void shown_lines_free(struct shown_lines *shown);

/* Begins with a chunk; what is found out about it is written to *result. */
void shown_lines_begin(struct shown_lines *shown, const struct chunk_text *chunk, struct output *output,
                       struct search_result *result);

/* Prints a selected line, given without its newline.  False when the file's output ends here. */
bool shown_lines_add(struct shown_lines *shown, struct span line);

/*
 * Prints consecutive selected lines, given whole, as one piece of text.  False when they have to be printed one by one.
 */
bool shown_lines_add_run(struct shown_lines *shown, struct span run);

/* Ends the chunk, with the context of its last selected line as far as the chunk has it. */
void shown_lines_end(struct shown_lines *shown);

/* Prints, of the chunk begun, what searcher_print_head() says. */
void shown_lines_print_head(struct shown_lines *shown, struct span before, const uint64_t *first,
                            struct search_place *place, bool *grouped);

#endif
