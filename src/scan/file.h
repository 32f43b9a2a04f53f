/*
 * file.h - one input while it is scanned: how its chunks are handed out, and what they add up to.
 *
 * Fields and functions marked "lock" belong to the scan's monitor.
 */
#ifndef MSCAN_SCAN_FILE_H
#define MSCAN_SCAN_FILE_H

#include "input/input.h"
#include "output/queue.h"
#include "scan/line-sums.h"
#include "task/outside.h"
#include "task/task.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* What is known of a chunk in the midst of a long line, for all threads that have to know it. */
enum file_look {
    LOOK_NONE,
    LOOK_TAKEN,    /* somebody is looking */
    LOOK_BLANK,    /* the task has no need to look there, and no line ends there */
    LOOK_UNBROKEN, /* at least no line ends there */
    LOOK_BROKEN,
};

struct file {
    uint64_t number; /* in the order of the scan: of its tickets */
    char *name;      /* owned; as shown */
    struct input input;
    bool opened;
    uint64_t begin, end; /* of what is scanned of an opened one, absolute; the end is UINT64_MAX when it is not known */
    char line_end;       /* '\n', or '\0' with -z */

    /* What is done with its chunks. */
    const struct task *with;
    const void *plan;
    struct task_outside outside;
    struct task_file task; /* its sum: only the committing thread writes, and others read what is atomic */

    /* Of a file that has ranges, from file_begin() on. */
    uint64_t chunk_count;
    size_t chunk_size;
    _Atomic unsigned char *looks; /* of each chunk, an enum file_look: any thread; NULL when there is only one */

    /* Handing out chunks: lock. */
    uint64_t next_chunk;
    bool reading;      /* some thread is in input_next() */
    bool exhausted;    /* the last chunk has been handed out */
    struct file *next; /* of those that have chunks left, by number */

    struct line_sums *lines; /* lock; NULL until the first chunk that is not the last is counted */
    uint64_t line_base;      /* how many lines come before the first chunk */

    /* Any thread lowers it: chunks behind this one are not wanted any more; those before it are. */
    _Atomic uint64_t last_wanted;

    /* Only the committing thread writes. */
    _Atomic uint64_t committed_end; /* absolute offset up to which chunks have been joined: any thread reads it */
    bool decides;                   /* nothing else matters, but its end */
    bool finished;                  /* what comes later is dropped */

    /* The thread that opens or reads the file writes; the committing thread reads. */
    int error;          /* of a failed read */
    const char *reason; /* why a read failed, when it is not an errno */
    bool damaged;       /* its compressed data, from about the absolute offset `damaged_at` on */
    uint64_t damaged_at;
    bool harmless; /* the reason is a warning only */
    bool refused;  /* its name was refused; the reason says why */
};

/* A piece of a file for one worker. */
struct chunk {
    struct file *file;
    struct ticket ticket;
    bool last;
    uint64_t begin, end;       /* absolute; of a file that has ranges: lines that begin in [begin, end) belong to it */
    struct stream_block block; /* of a file that is read */
};

/* The name, from malloc(), becomes the file's. */
struct file *file_create(uint64_t number, char *name, const struct task *task, const void *plan);
void file_free(struct file *file);

/* Notes that its input has been opened, and begins the sum. */
void file_opened(struct file *file);

/* After that: prepares the handing out of chunks of `chunk_size` bytes. */
void file_begin(struct file *file, size_t chunk_size);

/* Chunks behind `chunk` are not wanted any more.  Any thread. */
void file_stop(struct file *file, uint64_t chunk);

/* Whether the chunk is not wanted any more.  Any thread. */
static inline bool file_is_stopped(const struct file *file, uint64_t chunk)
{
    return chunk > atomic_load_explicit(&file->last_wanted, memory_order_relaxed);
}

/* Hands out the next chunk of a file that has ranges, or of any file that was stopped: an empty last one.  Lock. */
void file_next_chunk(struct file *file, size_t chunk_size, struct chunk *chunk);

/* Hands out the next chunk of a file that is read, which input_next() has just read into chunk->block.  Lock. */
void file_next_block(struct file *file, struct chunk *chunk);

#endif
