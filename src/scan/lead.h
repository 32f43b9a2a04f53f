/*
 * lead.h - with context: what stands in a chunk before its first selected line, and joins it to the chunks before.
 *
 * How many lines are still owed there, which have been printed, and whether a separator is due is known when it is the
 * chunk's turn; all functions are the committing thread's, in that turn.
 */
#ifndef MSCAN_SCAN_LEAD_H
#define MSCAN_SCAN_LEAD_H

#include "input/lease.h"
#include "scan/region.h"
#include "scan/state.h"

/* A chunk of which the lines have been searched. */
struct lead_chunk {
    struct file *file;
    uint64_t begin, end;   /* of its lines, absolute */
    const char *text;      /* the lines */
    struct span before;    /* whole lines that end where it begins, at least as many as are context before a line if the
                              file has them */
    uint64_t number;       /* its ticket's, by which the lines before it are known; for -n */
    const uint64_t *lines; /* or their number; NULL: by its ticket */
    const struct search_result *result;
};

/* Whether chunks have leads. */
bool lead_is_wanted(const struct scan_options *options);

/* A chunk in its turn, in a lease of all of the file or, of one that is read, of the chunk. */
struct lead_chunk lead_chunk_of(struct file *file, const struct lease *lease, struct region region, uint64_t number,
                                const struct search_result *result);

/*
 * Prints a chunk's lead, while the lease of its text is open.  False when not all was written; then the rest must not
 * be either.
 */
bool lead_print(struct scan *scan, const struct lead_chunk *chunk);

/* After the rest has been printed: keeps what the next chunk's lead will need. */
void lead_keep(const struct scan *scan, const struct lead_chunk *chunk);

/* The number of lines before a chunk. */
uint64_t lead_lines_before(struct scan *scan, const struct lead_chunk *chunk);

#endif
