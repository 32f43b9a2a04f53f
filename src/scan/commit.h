/*
 * commit.h - what happens to a chunk in its turn: it is added up and written.
 */
#ifndef MSCAN_SCAN_COMMIT_H
#define MSCAN_SCAN_COMMIT_H

#include "scan/state.h"

/* What came of a chunk, on its way to its turn. */
struct commit {
    struct queue_entry entry; /* the first member: the queue knows only this */
    struct file *file;
    uint64_t begin, end;  /* of the lines searched, absolute */
    const char *text;     /* the lines of a stream, in `block`, where the lead needs them; else NULL */
    bool led;             /* the lead has been printed */
    const char *encoding; /* of the file, where it is none that is searched; else NULL */
    struct search_result result;
    struct count_result counts; /* of a tally */
    struct output *output;      /* or NULL; owned */
    struct block block;         /* what the output refers to, or the text of a stream; owned */
};

/* queue_commit functions; both take the entry over. */
void commit_entry(void *scan, struct queue_entry *entry);
void commit_discard(void *scan, struct queue_entry *entry);

#endif
