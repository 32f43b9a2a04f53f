/*
 * chunk-text.h - the text of a chunk, and how it is tied to the rest of its file and of the scan.
 */
#ifndef MSCAN_TASK_CHUNK_TEXT_H
#define MSCAN_TASK_CHUNK_TEXT_H

#include "match/matcher.h"
#include "output/output.h"

#include <stdbool.h>
#include <stdint.h>

struct task_outside;

/* A file, as tasks know it.  All offsets in a file are counted from where the scan of it begins. */
struct task_file {
    const char *name; /* as shown */
    bool standard_input;
    uint64_t start;                     /* where the scan of it begins: an absolute offset */
    uint64_t size;                      /* of a regular file when it was opened, all of it; UINT64_MAX of any other */
    const struct task_outside *outside; /* of a part of a file: what lies around it; else NULL */
    void *sum;                          /* what its chunks have come to so far: the task's */
    uint64_t printed;                   /* bytes of output that have been written for it */
};

/* What the scan answers to the thread that works on a chunk; `context` is that of the chunk's text. */
struct ties {
    /* Whether no one wants the rest of the chunk any more. */
    bool (*stopped)(void *context);

    /* The number of lines before the chunk; with TASK_NUMBERS_LINES.  Waits until it is known. */
    uint64_t (*lines_before)(void *context);

    /* At most so many bytes, up to the end of the chunk, belong to chunks that have not been joined to the sum yet. */
    uint64_t (*unjoined)(void *context);

    /* Waits for the chunk's turn, when all chunks before it have been joined.  False when the scan was stopped. */
    bool (*wait_turn)(void *context);

    /* Whether all text of the file before the offset `end` that has been looked at was right. */
    bool (*is_right)(void *context, uint64_t end);

    /* In the chunk's turn: writes an output.  False when the scan was stopped. */
    bool (*write)(void *context, struct output *output);

    /* In the chunk's turn: says something about the file, a warning or, when something is `lost`, an error. */
    void (*say)(void *context, bool lost, const char *message);
};

struct chunk_text {
    const struct task_file *file;
    const char *begin, *end;   /* whole lines, or what the task's seams make of a chunk; both NULL: there is no text */
    const char *before;        /* from here on, the file's text before `begin` is there, too */
    bool stays;                /* all of this can be looked at again, at the same address, when the file ends */
    struct matcher_seam known; /* of the text; {end, end} when nothing is */
    uint64_t offset;           /* of `begin` */
    const uint64_t *lines;     /* the number of lines before the text; NULL: the ties tell it */
    const struct ties *ties;
    void *context;
};

static inline uint64_t chunk_text_lines_before(const struct chunk_text *text)
{
    return text->lines ? *text->lines : text->ties->lines_before(text->context);
}

static inline bool chunk_text_is_stopped(const struct chunk_text *text)
{
    return text->ties->stopped(text->context);
}

/* The offset of a place in the text, and the place of an offset. */
static inline uint64_t chunk_text_offset(const struct chunk_text *text, const char *at)
{
    return text->offset + (uint64_t)(at - text->begin);
}

static inline const char *chunk_text_at(const struct chunk_text *text, uint64_t offset)
{
    return text->begin + (offset - text->offset);
}

#endif
