/*
 * literals-of-strings.h - the literals of fixed strings (-F), without their trees.
 */
#ifndef MSCAN_LITERAL_LITERALS_OF_STRINGS_H
#define MSCAN_LITERAL_LITERALS_OF_STRINGS_H

#include "literal/literals.h"
#include "pattern/pattern.h"

#include <stdbool.h>

/* The same as literals_find() for strings, one of which has to match. */
void literals_of_strings(struct literals *literals, const struct pattern_list *strings, bool caseless, bool unicode,
                         enum literal_reading reading);

#endif
