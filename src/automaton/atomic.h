/*
 * atomic.h - whether an atomic group or a possessive quantifier changes which lines match.
 *
 * Such a group never gives back what it took first.  That changes nothing where no other way to match it could help
 * what follows: each byte leaves the group at most one way to go on, as in a deterministic expression (A.
 * Brüggemann-Klein and D. Wood, One-unambiguous regular languages, 1998), and what follows begins with no byte by which
 * the group could go on.  Examples are "[^"]*+" and (?>\d+)[a-z].
 */
#ifndef MSCAN_AUTOMATON_ATOMIC_H
#define MSCAN_AUTOMATON_ATOMIC_H

#include "automaton/nfa.h"
#include "syntax/syntax.h"

#include <stdbool.h>
#include <stdint.h>

/* Whether a tree has such a group. */
bool atomic_is_in(const struct node *node);

/* Such a group in an automaton that reads forwards. */
struct atomic {
    uint32_t first, end; /* its states are those from first to before end */
    uint32_t entry;
};

/*
 * Whether `content`, which the group holds, takes a byte wherever it can take one.  Other groups are not looked at any
 * further.
 */
bool atomic_is_eager(const struct node *content);

/*
 * Whether the group makes no difference: of the lines that the automaton describes, it accepts the same ones as if the
 * group gave back what it took.  The group's content is eager.
 */
bool atomic_is_idle(const struct nfa *nfa, const struct atomic *atomic);

#endif
