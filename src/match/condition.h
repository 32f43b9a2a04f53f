/*
 * condition.h - selects lines: those that match the patterns, that match each further set of patterns (--and), and that
 * match none of the excluded ones (--not).
 *
 * The functions are those of matcher.h, and cost no more than these where there are only the patterns.  Matches within
 * a line are those of the patterns.
 *
 * Where PCRE2 gives a line up for one matcher, the others may still decide.  If they do not, the line is reported, and
 * not selected.
 */
#ifndef MSCAN_MATCH_CONDITION_H
#define MSCAN_MATCH_CONDITION_H

#include "match/matcher.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Made once and only read afterwards. */
struct condition;

enum clause_kind {
    CLAUSE_AND, /* a line must match it, too */
    CLAUSE_NOT, /* it must not match */
};

/* Takes the matcher over. */
struct condition *condition_create(struct matcher *patterns);

/* Adds a clause; takes the matcher over, which may be compiled for lines only. */
void condition_add(struct condition *condition, enum clause_kind kind, struct matcher *matcher);
void condition_free(struct condition *condition);

/* Whether it holds for every line. */
bool condition_matches_all(const struct condition *condition);

/* Several lines of text on how lines are found; the caller frees it. */
char *condition_explain(const struct condition *condition);

/* How lines are found, in a line of plain words. */
void condition_summarize(const struct condition *condition, FILE *out);

/* Same meaning as matcher_is_blank(). */
bool condition_is_blank(const struct condition *condition, const char *from, const char *end, const char *text_end);

/* A thread's own part. */
struct condition_state;

/* Lines that PCRE2 gave up are reported in their order, each once, and before matches that follow are given out. */
struct condition_state *condition_state_create(const struct condition *condition, const struct given_up_sink *sink);
void condition_state_free(struct condition_state *state);

/* As matcher_used(), of all its parts. */
unsigned condition_used(const struct condition_state *state);

/* Same meaning as in matcher.h. */
void condition_begin(struct condition_state *state, const char *text, const char *end);
void condition_begin_known(struct condition_state *state, const char *text, const char *end,
                           const struct matcher_seam *known);
bool condition_next(struct condition_state *state, struct span *line);
uint64_t condition_count(struct condition_state *state);
void condition_set_line(struct condition_state *state, struct span line);
bool condition_find(struct condition_state *state, const char *from, struct span *match);
const struct captures *condition_captures(struct condition_state *state);
const char *condition_step(const struct condition_state *state, const char *at);

#endif
