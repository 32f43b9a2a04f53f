/*
 * clause.h - a further matcher of a condition, which is asked whether single lines match.
 *
 * Where many lines of a text are asked about, their matcher goes through the text by itself, as fast as its engine
 * is, and most answers are known when the question comes; where few are, it looks at those only.
 */
#ifndef MSCAN_MATCH_CLAUSE_H
#define MSCAN_MATCH_CLAUSE_H

#include "base/verdict.h"
#include "match/matcher.h"

/* A thread's own part. */
struct clause_state;

struct clause_state *clause_state_create(const struct matcher *matcher);
void clause_state_free(struct clause_state *state);

/* As matcher_begin(). */
void clause_begin(struct clause_state *state, const char *text, const char *end);

/*
 * Whether a line of the text matches.  It is open where PCRE2 gave the line up, with its code in *error, and no pattern
 * matched it.  Lines are asked about in any order,
 * quickly in their own.
 */
enum verdict clause_ask(struct clause_state *state, struct span line, int *error);

/* All lines behind the one that was asked about last and before this place have the answer VERDICT_NO. */
const char *clause_next(const struct clause_state *state);

#endif
