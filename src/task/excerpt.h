/*
 * excerpt.h - the part of a long line that is shown: --max-columns and --max-columns-preview.
 *
 * All positions are bytes of the line as it is shown, with its matches replaced if they are.
 */
#ifndef MSCAN_TASK_EXCERPT_H
#define MSCAN_TASK_EXCERPT_H

#include "task/query.h"
#include "task/segments.h"

#include <stdbool.h>
#include <stdint.h>

/* A line, measured. */
struct extent {
    uint64_t length;
    uint64_t matches;                /* as segments_next() gives them */
    uint64_t first_begin, first_end; /* of the first match */
};

/* Goes through all segments. */
struct extent extent_measure(struct segments *segments);

struct excerpt {
    uint64_t begin, end; /* what is shown; for certain where it was shown */
    uint64_t position;   /* of the next segment */
    uint64_t matches;    /* that have begun in what was shown */
    bool unicode;        /* no character is cut */
};

/* Chooses what is shown of a line that is longer than query->max_columns. */
struct excerpt excerpt_choose(const struct query *query, const struct extent *extent);

/* Whether there is more to show. */
bool excerpt_goes_on(const struct excerpt *excerpt);

/*
 * Cuts the next segment down to what is shown of it, and moves on.  Positions of the excerpt that fall into it become
 * those of characters' bounds: the begin moves forward, the end back.  False when nothing of the segment is left.
 */
bool excerpt_cut(struct excerpt *excerpt, struct segment *segment);

/* Room for a remark. */
#define EXCERPT_REMARK_SIZE 128

/* Writes what stands in the place of a line, or of a match with -o: "[line of 12345 bytes, 3 matches]". */
void excerpt_remark_whole(char *remark, const char *what, uint64_t length, uint64_t matches);

/* What stands before the excerpt: "[... 12345 bytes] ", and behind it: " [... 12345 bytes, 2 more matches]". */
void excerpt_remark_before(char *remark, uint64_t length);
void excerpt_remark_behind(char *remark, uint64_t length, uint64_t matches);

#endif
