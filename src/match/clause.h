/*
 * clause.h - a further matcher of a condition, which is asked whether single lines match.
 *
 * When it is asked about many lines of a text, its matcher goes through the text by itself, at the speed of its engine,
 * and most answers are known before the question comes.  When it is asked about few, it looks at those lines only.
 */
#ifndef MSCAN_MATCH_CLAUSE_H
#define MSCAN_MATCH_CLAUSE_H

#include "base/verdict.h"
#include "match/matcher.h"

/* A thread's own part. */
struct clause_state;

struct clause_state *clause_state_create(const struct matcher *matcher);
void clause_state_free(struct clause_state *state);

/* What has found lines so far, as matcher_used() says. */
unsigned clause_used(const struct clause_state *state);

/* Begins with a text, as matcher_begin() does. */
void clause_begin(struct clause_state *state, const char *text, const char *end);

/*
 * Whether a line of the text matches.  OPEN when no pattern matched it and PCRE2 gave it up for one, with PCRE2's code
 * in *error.  Lines may be asked about in any order; it is quick in the order of the text.
 */
enum verdict clause_ask(struct clause_state *state, struct span line, int *error);

/* The answer for all lines after the one that was asked about last, up to this place, is NO. */
const char *clause_next(const struct clause_state *state);

#endif
