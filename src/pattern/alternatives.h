/*
 * alternatives.h - a POSIX pattern that is too large, as the list of its alternatives.
 */
#ifndef MSCAN_PATTERN_ALTERNATIVES_H
#define MSCAN_PATTERN_ALTERNATIVES_H

#include "pattern/pattern.h"
#include "pattern/posix.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Puts the alternatives of the pattern at `index` in its place.  What the list matches, and the longest match, stay
 * the same.  False, and nothing is done, when they would not, or there is only one alternative.
 */
bool alternatives_split(struct pattern_list *list, size_t index, const struct dialect *dialect);

#endif
