/*
 * file.h - one input while it is scanned: how its chunks are handed out, and what they add up to.
 *
 * Fields and functions marked "lock" belong to the scan's monitor.
 */
#ifndef MSCAN_SCAN_FILE_H
#define MSCAN_SCAN_FILE_H

#include "input/input.h"
#include "match/condition.h"
#include "output/queue.h"
#include "scan/line-sums.h"
#include "task/count.h"
#include "task/searcher.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* What is known of a chunk in the midst of a long line, for all threads that have to know it. */
enum file_look {
    LOOK_NONE,
    LOOK_TAKEN,    /* somebody is looking */
    LOOK_BLANK,    /* condition_is_blank(); without a condition, no line ends there */
    LOOK_UNBROKEN, /* at least no line ends there */
    LOOK_BROKEN,
};

/* Selected lines of a file, for --last; see last.h. */
struct last_piece {
    uint64_t begin, end;    /* of them and what lies between, absolute */
    uint64_t before, after; /* bytes of the lines around, as far as they are known */
    uint64_t owed;          /* lines behind it that are context, too, and have not been seen yet */
    uint64_t lines;         /* before it in the file; with -n */
    uint64_t selected;      /* lines in it */
    char *copy;             /* of a stream: the text, with that around */
    size_t copy_length;
};

struct file_last {
    struct last_piece *pieces; /* those from `first` on, before `count` */
    size_t first, count, room;
    uint64_t selected; /* lines in all of them */
};

/* The last lines of a stream that may be context of what comes next, as far as they have not been printed. */
struct file_tail {
    char *bytes;
    size_t length, room;
    size_t needed; /* the length when it was cut last */
};

struct file {
    uint64_t number; /* in the order of the scan: of its tickets */
    char *name;      /* as shown; owned */
    struct input input;
    bool opened;
    uint64_t start, end; /* of an opened one, absolute; `end` is UINT64_MAX when it is not known */
    bool standard_input;
    char line_end;         /* '\n', or '\0' with -z */
    unsigned number_width; /* -T: digits of the largest number that a prefix may have; else 0 */

    /* Of a file that has ranges, from file_begin() on. */
    uint64_t chunk_count;
    size_t chunk_size;
    const struct condition *condition; /* of the search; NULL: there is none */
    _Atomic unsigned char *looks;      /* of each chunk, an enum file_look: any thread; NULL when there is only one */

    /* Handing out chunks: lock. */
    uint64_t next_chunk;
    bool reading;      /* some thread is in input_next() */
    bool exhausted;    /* the last chunk has been handed out */
    struct file *next; /* of those that have chunks left, by number */

    struct line_sums *lines; /* lock; NULL until the first chunk that is not the last is counted */

    /* Any thread lowers it: chunks behind this one are not wanted any more; those before it are. */
    _Atomic uint64_t last_wanted;

    /* What has been committed: only the committing thread writes; with -m and --skip-matches, lock too. */
    uint64_t selected, matches;
    uint64_t to_skip;           /* lines that are still not to be selected; with --skip-matches, lock too */
    uint64_t wanted;            /* lines that may still be selected */
    uint64_t committed_end;     /* absolute offset up to which chunks are committed */
    uint64_t selected_end;      /* absolute offset after the last selected line; with -m */
    struct search_place place;  /* with context: how far it is printed, */
    struct file_tail tail;      /* and what of a stream may still be */
    struct file_last last;      /* with --last */
    bool finished;              /* what comes later is dropped */
    bool binary;                /* a line was not printed, because it is not text */
    int error;                  /* of a failed read */
    const char *reason;         /* why a read failed, when it is not an errno */
    bool harmless;              /* the reason is a warning only */
    bool refused;               /* its name stands for no file; the reason says why */
    struct count_result counts; /* of a tally */
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
struct file *file_create(uint64_t number, char *name, uint64_t wanted);
void file_free(struct file *file);

/* Notes that its input has been opened. */
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
