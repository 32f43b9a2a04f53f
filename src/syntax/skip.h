/*
 * skip.h - skips what a tree has no node for, so that reading goes on after it.
 */
#ifndef MSCAN_SYNTAX_SKIP_H
#define MSCAN_SYNTAX_SKIP_H

#include "syntax/reader.h"

#include <stdbool.h>

/* The rest of a callout, (?C), (?C9) or (?C"text"), after its letter.  False when it has no end. */
bool skip_callout(struct reader *reader);

/*
 * The condition of a group, after (?(; one that is an assertion is a group of its own, and is left unread with its
 * parenthesis.  False when it has no end.
 */
bool skip_condition(struct reader *reader);

/* What the extended syntax ignores, a comment or a blank, when `next`, read already, is or begins that. */
bool skip_extended(struct reader *reader, uint32_t next);

#endif
