/*
 * casing.h - whether the letters of patterns are upper case, for -S.
 *
 * Letters count that stand for themselves, also within brackets.  Those of an escape sequence (\S, \x4A, \p{Lu}), a
 * name, an option, a verb, a class such as [:upper:], or a comment do not.
 */
#ifndef MSCAN_PATTERN_CASING_H
#define MSCAN_PATTERN_CASING_H

#include "pattern/pattern.h"
#include "syntax/dialect.h"

#include <stdbool.h>

struct casing {
    bool letters; /* there is some letter, */
    bool upper;   /* an upper case one */
};

/* Adds what is true of the patterns, which may be wrong, to *casing.  Letters are those of Unicode or of the locale. */
void casing_add(struct casing *casing, const struct pattern_list *patterns, const struct dialect *dialect);

/* Whether there are letters, none of them upper case: then -S ignores case. */
static inline bool casing_is_lower(const struct casing *casing)
{
    return casing->letters && !casing->upper;
}

#endif
