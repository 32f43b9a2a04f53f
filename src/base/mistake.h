/*
 * mistake.h - what is wrong with a pattern or a replacement that the user wrote.
 */
#ifndef MSCAN_BASE_MISTAKE_H
#define MSCAN_BASE_MISTAKE_H

#include <stdbool.h>
#include <stddef.h>

struct mistake {
    size_t pattern;    /* its index in the list; 0 where there is only one text */
    size_t offset;     /* where the mistake is, in bytes of the text as it was written */
    bool too_large;    /* all of the pattern is right, but PCRE2 has no room for it */
    char message[256]; /* PCRE2's or, for -G and -E, that of grep */
};

/* Sets a mistake that is not one of size, in the only text or the first pattern. */
void mistake_set(struct mistake *mistake, size_t offset, const char *message);

#endif
