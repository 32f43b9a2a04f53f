/*
 * chunk-head.h - with context: what is printed of a chunk before its first selected line, and joins it to the chunks
 * before.
 *
 * How many lines are still owed there, which have been printed, and whether a separator is due is known when it is the
 * chunk's turn; then these functions are called.
 */
#ifndef MSCAN_TASK_CHUNK_HEAD_H
#define MSCAN_TASK_CHUNK_HEAD_H

#include "match/condition.h"
#include "task/chunk-text.h"
#include "task/query.h"
#include "task/search-result.h"

/* How far a file has been printed.  All zero but for place.printed_to, which is SEARCH_NOTHING_PRINTED, at first. */
struct printed {
    struct search_place place;
    bool begun;       /* a head has printed a group: the first */
    uint64_t first;   /* begins here, */
    uint64_t missing; /* and so many lines of its context lie before the text that is there */
    /* Of text that does not stay: the last lines that may be context of what comes next and have not been printed. */
    struct {
        char *bytes;
        size_t length, room;
        size_t needed; /* the length when it was cut last */
    } tail;
};

void printed_free(struct printed *printed);

/* The text before a chunk that may be printed as context of it: whole lines that end where it begins. */
struct span printed_before(const struct printed *printed, const struct chunk_text *text);

/* After a chunk has been joined: keeps what the head of the next one will need. */
void printed_keep(struct printed *printed, const struct query *query, const struct chunk_text *text,
                  const struct search_result *result);

/* Whether chunks have heads. */
bool chunk_head_is_wanted(const struct query *query);

/* What prints the heads of all chunks, of all files. */
struct head_printer;

struct head_printer *head_printer_create(const struct query *query);
void head_printer_free(struct head_printer *printer);

/* The next group is not the first one, even if none has been printed. */
void head_printer_set_grouped(struct head_printer *printer);

/*
 * Prints the head of a chunk that came to `found`; `before` is text that ends where the chunk begins.  Moves *printed
 * on, and sets *binary when a line was not printed because it is not text.  False when not all was written; then the
 * rest must not be either.
 */
bool head_printer_run(struct head_printer *printer, const struct chunk_text *text, struct span before,
                      const struct search_result *found, struct printed *printed, bool *binary);

#endif
