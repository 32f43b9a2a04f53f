/*
 * condition.h - which lines are wanted: those that match the patterns, each further set of patterns that has to match
 * as well (--and), and none of those that must not (--not).
 *
 * The calls are those of matcher.h, and cost what they do there where there are only the patterns.  The bounds of
 * matches are those of the patterns.
 *
 * Where PCRE2 gives a line up for one of the matchers, what the others say may decide all the same.  If it does not,
 * the line is reported, and counts as one for which the condition does not hold.
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

enum condition_part {
    CONDITION_AND, /* a line has to match as well */
    CONDITION_NOT, /* it must not match */
};

/* Takes the matcher over. */
struct condition *condition_create(struct matcher *patterns);

/* Adds a part; takes the matcher over, of which matcher_find() is not wanted. */
void condition_add(struct condition *condition, enum condition_part part, struct matcher *matcher);
void condition_free(struct condition *condition);

/* Whether it holds for every line. */
bool condition_matches_all(const struct condition *condition);

/* As matcher_explain(). */
char *condition_explain(const struct condition *condition);

/* How lines are found, in a line of plain words; and what finds them, in a few, e.g. "literals or automaton". */
void condition_summarize(const struct condition *condition, FILE *out);
void condition_name_engine(const struct condition *condition, FILE *out);

/* As matcher_is_blank(). */
bool condition_is_blank(const struct condition *condition, const char *from, const char *end, const char *text_end);

/* A thread's own part. */
struct condition_state;

/* Lines that PCRE2 gave up are reported in their order, each once, and before matches that follow are given out. */
struct condition_state *condition_state_create(const struct condition *condition, const struct given_up_sink *sink);
void condition_state_free(struct condition_state *state);

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
