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
 * The automaton of several patterns, which were parsed in the same dialect and all understood.  It accepts a line that
 * one of them matches.  With --crlf, a carriage return before the newline, or at the end of the text, does not belong
 * to the line.  `other_cases` knows the characters whose case is ignored; it may be NULL, and is not needed afterwards.
 * Returns NULL when the automaton would be too large.  nfa_free() frees it.
 */
struct nfa *nfa_create(struct syntax *const *syntaxes, size_t count, const struct dialect *dialect,
                       const struct other_cases *other_cases);

/* A pattern is cut before a member of its row (syntax/tree.h). */
enum nfa_side { NFA_BEFORE, NFA_AFTER };

/*
 * The automaton of one side of a cut, with the bound that -w or -x sets there.  It reads outwards from the cut, where
 * it is anchored: NFA_BEFORE reads backwards, to the beginning of the line, and its assertions are turned accordingly.
 * A line matches when both sides accept at one place.  Returns NULL when the automaton would be too large, and with
 * --crlf, as reading backwards does not notice the carriage return.
 */
struct nfa *nfa_create_side(struct syntax *syntax, size_t member, enum nfa_side side, const struct dialect *dialect,
                            const struct other_cases *other_cases);

#endif
