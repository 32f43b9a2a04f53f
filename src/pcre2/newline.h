/*
 * newline.h - writes a pattern so that it cannot match a newline.
 *
 * A line holds no newline, so a set without the newline matches the same in every line.  And PCRE2 can search many
 * lines at once for a pattern that cannot match a newline.
 */
#ifndef MSCAN_PCRE2_NEWLINE_H
#define MSCAN_PCRE2_NEWLINE_H

#include "syntax/syntax.h"

/*
 * The pattern without the newline in any of its sets: \s becomes [^\S\n], and [^"] becomes [^\n"].  `syntax` is the
 * parsed pattern.  Returns a string of *new_length bytes that the caller frees, and that was parsed again and compared
 * with the first; or NULL when the pattern has a set that cannot be rewritten so.
 */
char *newline_exclude(const char *pattern, size_t length, const struct syntax *syntax, const struct dialect *dialect,
                      size_t *new_length);

#endif
