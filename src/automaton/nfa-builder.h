/*
 * nfa-builder.h - makes automata of the trees of patterns, by Thompson's construction.
 */
#ifndef MSCAN_AUTOMATON_NFA_BUILDER_H
#define MSCAN_AUTOMATON_NFA_BUILDER_H

#include "automaton/nfa.h"
#include "syntax/dialect.h"
#include "syntax/other-cases.h"
#include "syntax/syntax.h"

#include <stddef.h>

/*
 * The automaton of several patterns, parsed in the same dialect: it accepts when one of them matches.  With --crlf, a
 * carriage return before the newline, or at the end of the text, is none of a line's bytes.  `other_cases` are those of
 * characters whose case is ignored, may be NULL, and are not needed afterwards.
 * `syntaxes` have all been understood.  NULL when it would be too large.  The caller frees it by nfa_free().
 */
struct nfa *nfa_create(struct syntax *const *syntaxes, size_t count, const struct dialect *dialect,
                       const struct other_cases *other_cases);

/* A pattern is cut before a member of its row (syntax/tree.h). */
enum nfa_side { NFA_BEFORE, NFA_AFTER };

/*
 * The automaton of what a pattern has on one side of a cut, with the bound that is there.  It is read outwards: that of
 * NFA_BEFORE reads a line from the cut back to its beginning, which is the end of what it reads; the assertions mean
 * what they do in that direction.  It is anchored, at the cut.  A line matches when both sides accept at some place.
 * NULL when it would be too large, and with --crlf: what is read backwards does not know the carriage return.
 */
struct nfa *nfa_create_side(struct syntax *syntax, size_t member, enum nfa_side side, const struct dialect *dialect,
                            const struct other_cases *other_cases);

#endif
