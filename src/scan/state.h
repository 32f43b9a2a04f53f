/*
 * state.h - a scan in progress: what its threads share.
 */
#ifndef MSCAN_SCAN_STATE_H
#define MSCAN_SCAN_STATE_H

#include "output/queue.h"
#include "scan/file.h"
#include "scan/scan-options.h"

#include <stdatomic.h>
#include <sys/stat.h>

/* A scan in progress.  Fields marked "lock" belong to the monitor. */
struct scan {
    const struct scan_options *options;
    struct input_options input; /* the options', with the pool */
    struct monitor monitor;
    pthread_cond_t counted; /* lock; lines of a chunk have been counted */
    struct queue *queue;
    struct block_pool *pool;
    const struct task *task;
    const void *plan;
    unsigned needs;    /* the task's: enum task_needs */
    bool counts_lines; /* of each chunk */
    bool output_is_file, stdin_is_file;
    unsigned long descriptors; /* the most that there may be */
    pthread_rwlock_t opening; /* held to open a file; alone, when no descriptor was left for the one whose turn it is */
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

    struct output **outputs; /* lock: empty ones, to be used again */
    size_t output_count;

    atomic_bool decided; /* any thread sets it: the task's verdict is not that it goes on */
    atomic_bool stop;    /* any thread sets it, by scan_stop(): nothing more is wanted */

    /* Only the committing thread writes; read when all have ended. */
    void *turn;   /* the task's */
    char *slice;  /* for what is copied from a map; NULL until it is needed */
    bool in_line; /* what has been written ends within a line */
    struct scan_outcome outcome;
};

static inline bool scan_is_stopped(struct scan *scan)
{
    return atomic_load_explicit(&scan->stop, memory_order_relaxed);
}

/* Tells the user something; the committing thread, or when all have ended. */
void scan_tell(struct scan *scan, const struct file *file, const char *text);

/* Ends the scan: no thread begins or waits for anything any more.  Any thread, lock not held. */
void scan_stop(struct scan *scan);

/* The same for one file: its chunks behind `chunk` are not wanted any more. */
void scan_stop_file(struct scan *scan, struct file *file, uint64_t chunk);

#endif
