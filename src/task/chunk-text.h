/*
 * chunk-text.h - a chunk of whole lines, and how it is tied to the rest of its file.
 */
#ifndef MSCAN_TASK_CHUNK_TEXT_H
#define MSCAN_TASK_CHUNK_TEXT_H

#include "match/matcher.h"

#include <stdbool.h>
#include <stdint.h>

struct chunk_text {
    const char *name; /* the file's, as shown */
    const char *begin, *end;
    struct matcher_seam known; /* of it; {end, end} when nothing is */
    uint64_t offset;           /* of begin, absolute */
    unsigned number_width;     /* of the file, for the printer */
    void *context;
    /* The number of lines before the chunk; with -n, called when the first line is printed. */
    uint64_t (*lines_before)(void *context);
    /* With --skip-matches: whether there is something to skip, as far as is known now, */
    bool (*skipping)(void *context);
    /* and how much there is when it is the chunk's turn; waits for that. */
    uint64_t (*lines_to_skip)(void *context);
    /* With -m: how many lines the chunk may still select; called once, when the first is found. */
    uint64_t (*lines_wanted)(void *context);
    /* Whether nobody wants the rest any more; called between lines. */
    bool (*stopped)(void *context);
};

#endif
