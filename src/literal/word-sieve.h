/*
 * word-sieve.h - names the places of a text where a word of a group may begin.
 *
 * Reports too many places, never too few.  Method, for a group whose shortest word has m bytes: each run of q <= m
 * bytes (q-gram) within the first m bytes of each word sets bits of a table.  Wherever a word stands in a text,
 * one of any m - q + 1 places in a row has one of its q-grams; so only each (m - q + 1)th place of the text is
 * looked at.  Then the windows around what passed are tested by their hash (word-list.h).  (Sampled q-grams:
 * K. Fredriksson and S. Grabowski, "Average-optimal string matching", 2009, have the idea for one pattern.)
 *
 * Words of one to three bytes have a table of their own, which each place of the text is looked up in.
 */
#ifndef MSCAN_LITERAL_WORD_SIEVE_H
#define MSCAN_LITERAL_WORD_SIEVE_H

#include <stddef.h>
#include <stdint.h>

#include "literal/word-list.h"

/* The longest stretch of places that is sieved at once. */
#define SIEVE_STRETCH 2048

struct word_sieve {
    const struct word_list *list;
    uint64_t *table; /* bits; owned */
    size_t gram;     /* q; 0: the table is for words of up to three bytes */
    uint64_t factor; /* a gram's hash is its bytes * factor >> shift */
    unsigned shift;
    size_t step; /* m - q + 1 */
};

/* Makes the sieve of a list, which must outlive it. */
void word_sieve_build(struct word_sieve *sieve, const struct word_list *list);

void word_sieve_free(struct word_sieve *sieve);

/*
 * Puts the places among `begin` to `limit` - 1 where a word of the list may begin, wholly before `end`, into
 * `places`, as offsets from `begin`, in rising order; returns their number.  begin < limit, limit - begin
 * <= SIEVE_STRETCH, limit + shortest - 1 <= end.
 */
size_t word_sieve_run(const struct word_sieve *sieve, const char *begin, const char *limit, const char *end,
                      uint16_t places[SIEVE_STRETCH]);

#endif
