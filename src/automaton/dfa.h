/*
 * dfa.h - the deterministic automaton of an nfa, made state by state as the text needs it.
 *
 * A DFA reads lines: a newline leads back to `start`.  Whether a place matches can depend on the byte after it,
 * so a match is known when that byte has been read; it may be the newline that ends the line.  That of an anchored nfa
 * reads from a place in a line, where dfa_start_after() says, and is done with the line's end.
 *
 * States are numbers in units of a row of `next`: the state after byte b is next[state + nfa->class_of[b]].
 */
#ifndef MSCAN_AUTOMATON_DFA_H
#define MSCAN_AUTOMATON_DFA_H

#include "automaton/nfa.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Special states, in rows.  No byte leads out of them. */
enum {
    DFA_UNKNOWN, /* dfa_step() has to find out */
    DFA_ACCEPT,  /* the line matches, or has a byte that the nfa does not describe */
    DFA_DEAD,    /* the rest of the line cannot match, unless it has such a byte */
    DFA_SPECIAL, /* how many there are; ordinary states come after them */
};

struct dfa;

/* What the inner loops read.  It changes with dfa_step() and dfa_clear(). */
struct dfa_table {
    const uint32_t *next;
    const uint8_t *class_of; /* the nfa's */
    uint32_t stride;         /* entries in a row: the nfa's class_count */
    uint32_t start;          /* at the start of a line; may be a special state */
};

/* A DFA of the nfa, which must outlive it.  `memory` bytes are what its states may take; at least a few are made in any
 * case. */
struct dfa *dfa_create(const struct nfa *nfa, size_t memory);
void dfa_free(struct dfa *dfa);

const struct dfa_table *dfa_table(const struct dfa *dfa);

/*
 * The state after a byte of that class; `state` is none of the special ones.  It may add states, so that `next` moves.
 * DFA_UNKNOWN when the memory is used up: then dfa_clear() has to come, after which the numbers of all states but
 * the start and the special ones mean something else.
 */
uint32_t dfa_step(struct dfa *dfa, uint32_t state, unsigned byte_class);
void dfa_clear(struct dfa *dfa);

/*
 * The state at a place that has a byte of that class before it; the newline's: at the start of a line.  It may add a
 * state, or be DFA_UNKNOWN, as dfa_step().  What is not described, before the place, is never asked for: where an
 * assertion needs it the state is DFA_UNKNOWN as well.
 */
uint32_t dfa_start_after(struct dfa *dfa, unsigned byte_class);

/* The number of states, special ones included, and the bytes they take. */
size_t dfa_states(const struct dfa *dfa);
size_t dfa_size(const struct dfa *dfa);

/* Finds all states and their rows; false when there are more than `limit`. */
bool dfa_complete(struct dfa *dfa, size_t limit);

#endif
