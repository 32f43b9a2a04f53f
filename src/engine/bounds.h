/*
 * bounds.h - whether a place in a line is bounded as -w or -x wants a match to be.
 */
#ifndef MSCAN_ENGINE_BOUNDS_H
#define MSCAN_ENGINE_BOUNDS_H

#include "base/span.h"
#include "base/verdict.h"
#include "engine/word-characters.h"
#include "syntax/dialect.h"

#include <stdbool.h>

/* One thread's. */
struct bounds {
    const struct dialect *dialect;      /* must outlive it */
    bool crlf;                          /* a carriage return at the end of a line belongs to that end */
    struct word_characters *characters; /* NULL until one is asked about; bounds_release() frees it */
};

void bounds_release(struct bounds *bounds);

/*
 * Looks at what stands around a place in the text, which begins and ends with a line.  NO: a match may not stand
 * beside it.  OPEN: there are bytes that are no character, or the place has some: PCRE2 has to look at the line.
 */
enum verdict bounds_around(struct bounds *bounds, struct span text, struct span place);

/* What a byte beside a place says by itself; open where it may be part of a character, or of the line's end. */
enum verdict bounds_side(const struct bounds *bounds, unsigned char byte);

#endif
