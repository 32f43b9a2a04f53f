/*
 * chunk-text.h - a chunk of whole lines, and how it is tied to the rest of its file.
 */
#ifndef MSCAN_TASK_CHUNK_TEXT_H
#define MSCAN_TASK_CHUNK_TEXT_H

#include "match/matcher.h"
#include "task/query.h"

#include <stdbool.h>
#include <stdint.h>

struct chunk_text {
    const char *name; /* the file's, as shown */
    const char *begin, *end;
    struct matcher_seam known; /* of it; {end, end} when nothing is */
    uint64_t offset;           /* of begin, from where the search of the file begins, */
    bool from_start;           /* which is the start of the file */
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

/*
 * What is searched of lines of the chunk: all of them, but for the byte-order mark before the first line of a file. The
 * mark is printed with its line, but patterns do not see it and columns are counted behind it.  A file that is a mark
 * alone has no line.
 */
struct span chunk_text_searched(const struct chunk_text *chunk, const struct query *query, struct span lines);

#endif
