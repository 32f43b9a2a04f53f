/*
 * atomic.h - whether an atomic group or a possessive quantifier changes which lines match.
 *
 * It keeps what it took first.  That is all that could be of use to what follows it when each byte leaves one way to
 * go on at the most, as in a deterministic expression (A. Brüggemann-Klein and D. Wood, One-unambiguous regular
 * languages, 1998), and what follows begins with none of the bytes by which the group itself could go on.  So it is in
 * "[^"]*+" and (?>\d+)[a-z].
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

/* Whether `content`, what the group holds, takes the first byte that it can wherever it can: otherwise it is not looked
 * at any further. */
bool atomic_is_eager(const struct node *content);

/* Whether the automaton accepts the same lines as if the group gave back what it took, of those that it describes.  The
 * content is eager. */
bool atomic_is_idle(const struct nfa *nfa, const struct atomic *atomic);

#endif
