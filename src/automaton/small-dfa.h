/*
 * small-dfa.h - the smallest deterministic automaton of an nfa, where it is small enough for the kernels that step by a
 * shuffle.
 */
#ifndef MSCAN_AUTOMATON_SMALL_DFA_H
#define MSCAN_AUTOMATON_SMALL_DFA_H

#include "automaton/nfa.h"
#include "kernels/shuffle.h"

#include <stdint.h>

/*
 * The special states.  (All states are known, so there is none for those that are not.)  Where no text leads to the
 * dead state, shuffle.special is 1, and an ordinary state has its number.
 */
enum { SMALL_ACCEPT, SMALL_DEAD };

struct small_dfa {
    struct shuffle shuffle;
    unsigned states; /* of the smallest automaton, special ones included */
    uint8_t start;   /* at the start of a line */
};

/* NULL when it has more than `limit` states (SHUFFLE_STATES_MAX at most), or takes too long to find. */
struct small_dfa *small_dfa_create(const struct nfa *nfa, unsigned limit);
void small_dfa_free(struct small_dfa *small);

#endif
