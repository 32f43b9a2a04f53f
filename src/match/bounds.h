/*
 * bounds.h - whether a place in a line is bounded as -w or -x wants a match to be.
 */
#ifndef MSCAN_MATCH_BOUNDS_H
#define MSCAN_MATCH_BOUNDS_H

#include "match/arbiter.h"
#include "match/nfa.h"

#include <stdbool.h>

/* What is on the two sides of a place. */
enum side {
    SIDE_FITS,
    SIDE_OPEN,   /* a byte beyond ASCII: it depends on the character */
    SIDE_SPOILS, /* what a match may not be beside */
};

/* Looks at what stands around a place in the text, which begins and ends with a line. */
enum side bounds_around(enum nfa_bounds bounds, bool unicode, struct span text, struct span place);

#endif
