/*
 * marks.h - a set of places in a window of text, read in order.
 */
#ifndef MSCAN_AUTOMATON_MARKS_H
#define MSCAN_AUTOMATON_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct marks {
    uint64_t *words; /* a bit for each byte of the text; owned */
    size_t room;     /* words */
    const char *begin;
    size_t length; /* bytes of text */
    size_t count;  /* places */
};

/* Empties the set and gives it a window. */
void marks_begin(struct marks *marks, const char *begin, const char *end);
void marks_free(struct marks *marks);

/* Adds a place that is not in the set. */
static inline void marks_add(struct marks *marks, const char *at)
{
    size_t offset = (size_t)(at - marks->begin);
    marks->words[offset / 64] |= UINT64_C(1) << offset % 64;
    marks->count++;
}

/* The first place at or after `from`, which lies in the window or at its end; NULL when there is none. */
const char *marks_next(const struct marks *marks, const char *from);

#endif
