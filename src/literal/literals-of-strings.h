/*
 * literals-of-strings.h - the literals of fixed strings (-F), without their trees.
 */
#ifndef MSCAN_LITERAL_LITERALS_OF_STRINGS_H
#define MSCAN_LITERAL_LITERALS_OF_STRINGS_H

#include "literal/literals.h"
#include "pattern/pattern.h"

#include <stdbool.h>

/* Likewise, see literals_find(); without Unicode or case the strings are just their bytes. */
void literals_of_strings(struct literals *literals, const struct pattern_list *strings, bool caseless, bool unicode,
                         enum literal_reading reading);

#endif
