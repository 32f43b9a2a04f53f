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
 * Whether a match may stand at a place, by what is around it in the text, which is whole lines.  OPEN: there or in the
 * place are bytes that are no character, and PCRE2 has to look at the line.
 */
enum verdict bounds_around(struct bounds *bounds, struct span text, struct span place);

/* What a single byte beside a place tells; OPEN where it may be a part of a character, or of the line's end. */
enum verdict bounds_side(const struct bounds *bounds, unsigned char byte);

#endif
