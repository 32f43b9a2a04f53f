/*
 * word-set.h - finding the words of a large set in a text, at once.
 *
 * Method: the words are put into groups by their lengths.  Each group has a sieve, which names the
 * places where a word of it may begin (word-sieve.h), and a list, which knows whether one does
 * (word-list.h).  The text is looked at in blocks, by one group after the other, each of which
 * need not look beyond what was found before.
 *
 * A set is only read after it was made: any number of threads may search with it.
 */
#ifndef MSCAN_LITERAL_WORD_SET_H
#define MSCAN_LITERAL_WORD_SET_H

#include "literal/word.h"

#include <stdbool.h>
#include <stddef.h>

struct word_set;

/*
 * A set of `count` words, at most UINT32_MAX, copied; 0 is allowed.  Equal words are allowed: the first of them
 * counts.  caseless: ASCII letters match their other case.  Freed with word_set_free().
 */
struct word_set *word_set_create(const struct word *words, size_t count, bool caseless);

/* NULL is allowed. */
void word_set_free(struct word_set *set);

/*
 * The first place at or after `from` where a word of the set begins, wholly before `end`, for which
 * `fits` says yes (NULL: any does); NULL when there is none.  Among the words that do so at that place,
 * *index is the lowest index (in the `words` of word_set_create()), and *found_end is the end of that one.
 * Both are left alone when there is none.  Reads no byte outside [from, end).
 */
const char *word_set_find(const struct word_set *set, const char *from, const char *end, word_fits *fits, void *context,
                          size_t *index, const char **found_end);

#endif
