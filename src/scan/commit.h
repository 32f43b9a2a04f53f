/*
 * commit.h - what happens to a chunk when it is its turn: writing, adding up, the end of a file.
 */
#ifndef MSCAN_SCAN_COMMIT_H
#define MSCAN_SCAN_COMMIT_H

#include "output/queue.h"
#include "scan/file.h"
#include "scan/scan.h"

#include <stdatomic.h>

/* A scan in progress.  Fields marked "lock" belong to the monitor. */
struct scan {
    const struct scan_options *options;
    struct input_options input; /* the options', with the pool */
    struct monitor monitor;
    struct queue *queue;
    struct block_pool *pool;
    bool counts_lines, prints_lines, output_is_file;
    bool counts_size; /* a tally of sizes: of most files nothing is read */
    struct stat output_status;

    struct walk *walk;      /* lock, or the thread that has set `walking` */
    bool walking;           /* lock: a thread is in walk_step() */
    bool starved;           /* lock: the walk waits for a free descriptor */
    bool walked;            /* lock: the walk has come to its end */
    bool has_next;          /* lock: `next` is the next input */
    struct walk_entry next; /* lock */
    uint64_t next_file;     /* lock: the number it gets */
    struct file *files;     /* lock: those with chunks left, by number */
    unsigned busy;          /* lock: threads that are opening or reading, and may bring new work */
    bool stdin_busy;        /* lock: standard input has been opened and is not done with */
    uint64_t lines;         /* lock */

    struct output **outputs; /* lock: empty ones, to be used again */
    size_t output_count;

    atomic_bool found; /* any thread sets it: with SEARCH_EXISTS, a line is selected */
    atomic_bool stop;  /* any thread sets it, by scan_stop(): nothing more is wanted */

    /* With context, the committing thread's: see lead.h. */
    struct searcher *leader;  /* NULL until one is needed */
    bool grouped;             /* a group of lines has been printed */
    struct search printing;   /* with --last: how the last lines are searched, and */
    struct searcher *printer; /* who does it; NULL until they are */

    /* Only the committing thread writes; read when all have ended. */
    uint64_t counted; /* files whose count has been printed */
    struct scan_outcome outcome;
    struct tally_total total;
};

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

/*
 * Writes a chunk's output, in its turn.  False when not all was written: the scan was stopped
 * because the output failed or was closed, or the map that it refers to has been marked bad.
 */
bool commit_write(struct scan *scan, struct file *file, struct output *output);

/* An empty output, a used one if there is one. */
struct output *commit_take_output(struct scan *scan);
void commit_give_output(struct scan *scan, struct output *output);
void commit_free_outputs(struct scan *scan);

/* Prints the total, of a tally or of a search's counts, if it is wanted; when all files have been committed. */
void commit_total(struct scan *scan);

static inline bool scan_is_stopped(struct scan *scan)
{
    return atomic_load_explicit(&scan->stop, memory_order_relaxed);
}

/* Ends the scan: no thread begins or waits for anything any more.  Any thread, lock not held. */
void scan_stop(struct scan *scan);

/* The same for one file: its chunks behind `chunk` are not wanted any more. */
void scan_stop_file(struct scan *scan, struct file *file, uint64_t chunk);

#endif
