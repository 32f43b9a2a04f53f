/*
 * newline.h - writes a pattern so that it cannot match a newline.
 *
 * A line holds no newline, so a set that loses it still matches the same in every line.  But a
 * pattern none of whose sets holds it can be given many lines at once.
 */
#ifndef MSCAN_PCRE2_NEWLINE_H
#define MSCAN_PCRE2_NEWLINE_H

#include "syntax/syntax.h"

/*
 * The pattern with the newline taken out of all its sets: \s becomes [^\S\n], [^"] becomes [^\n"]. `syntax` is
 * the parsed pattern.  NULL when it has a set for which that is not done; otherwise a string that the caller
 * frees, of *new_length bytes, whose tree has been compared with the first.
 */
char *newline_exclude(const char *pattern, size_t length, const struct syntax *syntax, const struct dialect *dialect,
                      size_t *new_length);

#endif
