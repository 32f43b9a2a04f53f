/*
 * posix.h - basic and extended regular expressions, written anew as PCRE2 patterns.
 *
 * Source of the syntax: POSIX.1-2017, Base Definitions, chapter 9; the extensions and what POSIX leaves open are
 * those of GNU grep 3.8 (its manual, chapter "Regular Expressions", and what it was seen to do).
 */
#ifndef MSCAN_PATTERN_POSIX_H
#define MSCAN_PATTERN_POSIX_H

#include "base/mistake.h"
#include "syntax/dialect.h"

#include <stdbool.h>
#include <stddef.h>

/* Takes a warning about a pattern, without "warning:". */
typedef void posix_warning(void *context, const char *message);

struct posix_translation {
    char *text; /* owned; NULL when the pattern is wrong */
    size_t length;
    bool back_references;   /* there are some */
    struct mistake mistake; /* where `text` is NULL */
};

/*
 * Translates `length` bytes of `pattern`, a single line.  A line matches the result in PCRE2's sense when the
 * pattern matches it in POSIX's; which of the matches at a place PCRE2 finds is not what POSIX asks for, see longest.h.
 * Where all of the pattern is ASCII, the translations for bytes and for Unicode match the same ASCII text.
 * With `groups`, those of the pattern become groups of the result, with the same numbers.  The result is to be compiled
 * caseless and for Unicode as the dialect says.  `warn` may be NULL.
 */
void posix_translate(struct posix_translation *translation, const char *pattern, size_t length,
                     const struct dialect *dialect, bool groups, posix_warning *warn, void *context);

/*
 * Where the alternatives begin that no group of the pattern holds: *count offsets, of which the first is 0, and the
 * others stand after "|" or, in a basic expression, "\|"; the caller frees them.  Each alternative is a pattern by
 * itself, and together they match what the pattern does.  NULL when that cannot be said: the pattern is wrong, or has
 * a back-reference, whose number counts groups of all alternatives.
 */
size_t *posix_alternatives(const char *pattern, size_t length, const struct dialect *dialect, size_t *count);

#endif
