/*
 * pattern-set.h - the patterns of a matcher, compiled: PCRE2's programs, the engine in front of them, and which
 * patterns the engine cannot look for.
 */
#ifndef MSCAN_MATCH_PATTERN_SET_H
#define MSCAN_MATCH_PATTERN_SET_H

#include "base/compiler.h"
#include "base/mistake.h"
#include "engine/engine.h"
#include "match/options.h"
#include "pattern/pattern.h"
#include "pcre2/lazy-programs.h"
#include "syntax/dialect.h"

#include <stdbool.h>

/*
 * The patterns that the engine looks for, and those that it cannot, which are left to PCRE2.  Where there is no engine,
 * all are of the first part.
 */
enum part { PART_COVERED, PART_APART, PARTS };

/* Once made it is only read, though programs may be compiled when they are first needed. */
struct pattern_set {
    struct matcher_options options;
    struct lazy_programs *programs[PARTS]; /* their programs; the second may be NULL */
    bool apart_in_ascii;                   /* patterns of the second part may match in text of ASCII */
    struct engine *engine;                 /* may be NULL */
    bool all;                              /* some pattern is empty and matches every line */
    const unsigned char *tables;           /* PCRE2's for an 8-bit locale, or NULL */
};

/* Makes the set of the patterns.  False with *mistake when one is wrong.  Call pattern_set_release() in any case. */
bool pattern_set_make(struct pattern_set *set, const struct pattern_list *patterns,
                      const struct matcher_options *options, struct mistake *mistake) MUST_CHECK;
void pattern_set_release(struct pattern_set *set);

/* Whether the longest of the matches at a place counts, as for -F, -G and -E. */
static inline bool pattern_set_wants_longest(const struct pattern_set *set)
{
    return !dialect_is_perl(&set->options.dialect);
}

/* Same meaning as in matcher.h. */
unsigned pattern_set_groups(const struct pattern_set *set);
bool pattern_set_has_name(const struct pattern_set *set, const char *name);
char *pattern_set_explain(const struct pattern_set *set);

#endif
