/*
 * boundary.h - how each match of a pattern has to be bounded.
 */
#ifndef MSCAN_PATTERN_BOUNDARY_H
#define MSCAN_PATTERN_BOUNDARY_H

enum boundary {
    BOUNDS_NONE,
    BOUNDS_WORD, /* -w: no word character on either side */
    BOUNDS_LINE, /* -x */
};

#endif
