/*
 * matches.h - the matches in a line, one after the other, as grep looks for them.
 */
#ifndef MSCAN_TASK_MATCHES_H
#define MSCAN_TASK_MATCHES_H

#include "match/condition.h"

#include <stdbool.h>

/* A place in the matches of a line. */
struct matches {
    struct condition_state *condition;
    struct span line;
    const char *from; /* where the next one is looked for */
};

/* Begins with a line, which must stay as it is; condition_next() is not disturbed. */
struct matches matches_begin(struct condition_state *condition, struct span line);

/* The next match that is not empty; false when there is none. */
bool matches_next(struct matches *matches, struct span *match);

#endif
