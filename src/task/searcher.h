/*
 * searcher.h - the search of one chunk of lines.
 */
#ifndef MSCAN_TASK_SEARCHER_H
#define MSCAN_TASK_SEARCHER_H

#include "output/output.h"
#include "task/chunk-text.h"
#include "task/query.h"
#include "task/quota.h"
#include "task/search-result.h"

/* A thread's own part of a search. */
struct searcher;

struct searcher *searcher_create(const struct query *query);
void searcher_free(struct searcher *searcher);

/* Searches a chunk; *result is overwritten, what is printed is added to `output`.  The quota is looked at with -m and
 * --skip-matches. */
void searcher_run(struct searcher *searcher, const struct chunk_text *chunk, const struct quota *quota,
                  struct output *output, struct search_result *result);

/*
 * With context: prints what a chunk has to show before its first selected line, at the offset *first, or, where that is
 * NULL, in all of it.  `before` is text that ends where the chunk begins, whole lines, at least as many as are context
 * unless the file begins there.  *place is where the file's printing stood before the chunk, and is moved on;
 * *grouped, whether anything has been printed yet, of any file, is set when the first selected line is.  Of the result,
 * which is overwritten, only `binary` is set, and with `first` where the group begins, as its `first`, and how many
 * lines of context are missing before that, as its `place.owed`.
 */
void searcher_print_head(struct searcher *searcher, const struct chunk_text *chunk, struct span before,
                         const uint64_t *first, struct search_place *place, bool *grouped, struct output *output,
                         struct search_result *result);

#endif
