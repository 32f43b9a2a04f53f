/*
 * word.h - the words that a large set is of.
 */
#ifndef MSCAN_LITERAL_WORD_H
#define MSCAN_LITERAL_WORD_H

#include <stdbool.h>
#include <stddef.h>

/* A word: one byte at least; any bytes but newline. */
struct word {
    const char *bytes;
    size_t length;
};

/*
 * Whether an occurrence of a word counts.  It is asked about occurrences in no special order, and
 * about some that are not the first.  It must not change its mind while a search lasts.
 */
typedef bool word_fits(void *context, const char *begin, const char *end);

#endif
