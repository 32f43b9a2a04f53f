/*
 * limits.h - how often a quantifier in braces repeats: {n}, {n,}, {n,m}.
 */
#ifndef MSCAN_SYNTAX_LIMITS_H
#define MSCAN_SYNTAX_LIMITS_H

#include "syntax/reader.h"

/*
 * Moves past the numbers and the closing brace; the reader stands after the opening one.  *max may become
 * REPEAT_UNLIMITED.  False where that is no quantifier, and the reader may stand anywhere.
 */
bool limits_read(struct reader *reader, uint32_t *min, uint32_t *max);

#endif
