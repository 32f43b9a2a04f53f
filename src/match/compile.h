/*
 * compile.h - patterns as a matcher, also those that are too large for PCRE2.
 */
#ifndef MSCAN_MATCH_COMPILE_H
#define MSCAN_MATCH_COMPILE_H

#include "match/matcher.h"

/*
 * Compiles the patterns, as matcher_compile() does.  Equal patterns are dropped from the list, and one that is too
 * large is replaced by its alternatives where that is possible; mistake->pattern is its index afterwards.
 */
struct matcher *compile_patterns(struct pattern_list *patterns, const struct matcher_options *options,
                                 struct mistake *mistake) MUST_CHECK;

#endif
