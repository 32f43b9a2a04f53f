/*
 * early-fail.h - the patterns that the JIT compiler of PCRE2 before 10.45 misjudges by what it notes of repeats.
 *
 * Where a repeat of single characters ("b*") and all that follows it have failed from some place on, they fail again
 * from each place that the same run of characters covers; the JIT notes the run and turns later attempts away.  Of the
 * first repeat of a pattern it notes only where the run ended, as if no attempt could begin before the noted one.  That
 * is wrong after a choice of different lengths: "(11|1)b*1" does not match "11", as b* is tried after "11" first and
 * then after "1".  In an atomic group it is wrong, too, as such a group does not try all that it could: "(?>a*b|a)b"
 * matches "aab", where a* is turned away from the second a, and the group takes its other alternative; "c(?>c+?)a" does
 * not match "ccca", as the first try took just one c and failed.
 */
#ifndef MSCAN_PCRE2_EARLY_FAIL_H
#define MSCAN_PCRE2_EARLY_FAIL_H

#include "syntax/syntax.h"

#include <stdbool.h>
#include <stddef.h>

/* Whether the tree of a pattern may be misjudged. */
bool early_fail_misjudges(const struct node *root);

/* The same of a pattern that is not understood, by its spelling. */
bool early_fail_may_misjudge(const char *pattern, size_t length);

#endif
