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
 * Replaces the pattern at `index` by its alternatives.  The list still matches the same lines, with the same longest
 * matches.  Returns false, and does nothing, when it would not, or when there is only one alternative.
 */
bool alternatives_split(struct pattern_list *list, size_t index, const struct dialect *dialect);

#endif
