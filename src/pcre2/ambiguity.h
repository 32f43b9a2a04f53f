/*
 * ambiguity.h - whether the first match that PCRE2 finds at a place may be shorter than another one there.
 */
#ifndef MSCAN_PCRE2_AMBIGUITY_H
#define MSCAN_PCRE2_AMBIGUITY_H

#include "syntax/syntax.h"

#include <stdbool.h>

/*
 * False when the first match is the longest at every place, for certain.  That is so where all matches have the same
 * number of characters; where the next character decides each choice, and more is preferred to less ("one-unambiguous",
 * Brueggemann-Klein and Wood, 1998); and for a repeat of single characters with a fixed number of characters after it.
 */
bool ambiguity_find(const struct node *root);

#endif
