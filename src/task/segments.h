/*
 * segments.h - a line as it is shown: its matches, or what takes their place, and the text between, in turn.
 */
#ifndef MSCAN_TASK_SEGMENTS_H
#define MSCAN_TASK_SEGMENTS_H

#include "base/text.h"
#include "task/matches.h"
#include "task/replacement.h"

#include <stdbool.h>

/* Which matches are looked for. */
enum segments_matches {
    SEGMENTS_WHOLE,     /* none: all of the line is the rest, and nothing is asked of the matcher */
    SEGMENTS_NOT_EMPTY, /* those that are not empty */
    SEGMENTS_ALL,
};

/* A part of the line; it may be empty. */
struct segment {
    struct span text;  /* of the line or, of a match that was replaced, text that stays only until the next segment */
    struct span found; /* of a match: its text in the line */
    bool match;
    bool replaced;
    bool rest; /* what is behind the last match */
};

/* A place in the segments of a line. */
struct segments {
    struct span line;
    const struct replacement *replacement;
    struct text *replaced;
    enum segments_matches searched;
    bool over;
    bool at_match; /* `match` comes next */
    const char *done;
    struct matches matches;
    struct span match;
};

/*
 * Begins with a line: each match follows a segment of plain text, and the rest comes last.  What replaces the matches
 * may be NULL; `replaced` is for its text.
 */
struct segments segments_begin(struct condition_state *condition, struct span line, enum segments_matches searched,
                               const struct replacement *replacement, struct text *replaced);

/* The next segment; false behind the last.  The matcher must not be asked for other matches meanwhile. */
bool segments_next(struct segments *segments, struct segment *segment);

#endif
