/*
 * segments.h - a line as it is shown: its matches, or what takes their place, and the text between, in turn.
 */
#ifndef MSCAN_TASK_SEGMENTS_H
#define MSCAN_TASK_SEGMENTS_H

#include "base/text.h"
#include "task/matches.h"
#include "task/replacement.h"

#include <stdbool.h>

/* A part of the line; it may be empty. */
struct segment {
    struct span text; /* of the line or, of a match that was replaced, text that stays only until the next segment */
    bool match;
    bool replaced;
    bool rest; /* what is behind the last match */
};

/* A place in the segments of a line. */
struct segments {
    struct span line;
    const struct replacement *replacement;
    struct text *replaced;
    bool searched; /* else all of the line is the rest */
    bool over;
    bool at_match; /* `match` comes next */
    const char *done;
    struct matches matches;
    struct span match;
};

/*
 * Begins with a line: each match follows a segment of plain text, and the rest comes last.  Without `searched` nothing
 * is asked of the matcher.  With a replacement, which may be NULL, empty matches count; `replaced` is for its text.
 */
struct segments segments_begin(struct condition_state *condition, struct span line, bool searched,
                               const struct replacement *replacement, struct text *replaced);

/* The next segment; false behind the last.  The matcher must not be asked for other matches meanwhile. */
bool segments_next(struct segments *segments, struct segment *segment);

#endif
