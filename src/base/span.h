/*
 * span.h - a place in a text.
 */
#ifndef MSCAN_BASE_SPAN_H
#define MSCAN_BASE_SPAN_H

struct span {
    const char *begin, *end;
};

#endif
