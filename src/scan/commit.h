/*
 * commit.h - what happens to a chunk in its turn: its result is joined to the file's sum, and its output written.
 */
#ifndef MSCAN_SCAN_COMMIT_H
#define MSCAN_SCAN_COMMIT_H

#include "scan/state.h"

#include <stddef.h>

/* What came of a chunk, on its way to its turn. */
struct commit {
    struct queue_entry entry; /* the first member: the queue knows only this */
    struct file *file;
    uint64_t begin, end;                 /* of what was run, absolute */
    const char *text;                    /* that, of a file that is read, in `block`, with TASK_KEEPS_TEXT; else NULL */
    uint64_t lines;                      /* in it, where they are counted */
    bool decides;                        /* the task's verdict is that nothing else matters */
    bool headed;                         /* the task's head() has been called */
    struct output *output;               /* or NULL; owned */
    struct block block;                  /* what the output refers to, or the text; owned */
    _Alignas(max_align_t) char result[]; /* the task's */
};

/* For a chunk, with a result of zeros. */
struct commit *commit_create(const struct scan *scan, const struct chunk *chunk);

/* Clears the result. */
void commit_clear_result(const struct scan *scan, struct commit *commit);

/* queue_commit functions; both take the entry over. */
void commit_entry(void *scan, struct queue_entry *entry);
void commit_discard(void *scan, struct queue_entry *entry);

#endif
