/*
 * ambiguity.h - whether the first match that PCRE2 finds at a place may be shorter than another one there.
 */
#ifndef MSCAN_PCRE2_AMBIGUITY_H
#define MSCAN_PCRE2_AMBIGUITY_H

#include "syntax/syntax.h"

#include <stdbool.h>

/*
 * False when at every place the first match is the longest for certain.  That is so where all matches have the same
 * number of characters; where at each choice the next character decides, and more is preferred to less ("one-
 * unambiguous", Brueggemann-Klein and Wood, 1998); and for a repetition of characters that is followed by a fixed
 * number of them to the end.
 */
bool ambiguity_find(const struct node *root);

#endif
