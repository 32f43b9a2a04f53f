/*
 * group.h - what a parenthesis opens: a group, a lookaround, options, a verb, or something there is no node for.
 *
 * Source: pcre2pattern(3), from "Capture groups" on.
 */
#ifndef MSCAN_SYNTAX_GROUP_H
#define MSCAN_SYNTAX_GROUP_H

#include "syntax/parser.h"

/*
 * Reads what follows the parenthesis at the offset `start`, up to the first item inside.  False when reading has to
 * end.
 */
bool group_read(struct parser *parser, size_t start);

#endif
