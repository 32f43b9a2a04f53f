/*
 * dfa.h - the deterministic automaton of an nfa, made state by state as the text needs it.
 *
 * A DFA reads lines: a newline leads back to `start`.  Whether a place matches can depend on the byte after it, so a
 * match is known only when that byte has been read, which may be the newline.  The DFA of an anchored nfa starts at a
 * place within a line, in the state that dfa_start_after() gives, and ends with the line.
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

/* A DFA of the nfa, which must outlive it.  Its states may take `memory` bytes; a few are made in any case. */
struct dfa *dfa_create(const struct nfa *nfa, size_t memory);
void dfa_free(struct dfa *dfa);

const struct dfa_table *dfa_table(const struct dfa *dfa);

/*
 * The state after a byte of that class; `state` is not special.  The call may add states, and then `next` moves.
 * Returns DFA_UNKNOWN when the memory is used up: call dfa_clear(), after which only the numbers of the start and of
 * the special states mean what they did.
 */
uint32_t dfa_step(struct dfa *dfa, uint32_t state, unsigned byte_class);
void dfa_clear(struct dfa *dfa);

/*
 * The state at a place after a byte of that class; after the newline, that is the start of a line.  The call may add a
 * state, and fail with DFA_UNKNOWN, like dfa_step().  It also returns DFA_UNKNOWN where an assertion asks about a byte
 * before the place that the nfa does not describe.
 */
uint32_t dfa_start_after(struct dfa *dfa, unsigned byte_class);

/* The number of states, special ones included, and the bytes they take. */
size_t dfa_states(const struct dfa *dfa);
size_t dfa_size(const struct dfa *dfa);

/* Finds all states and their rows; false when there are more than `limit`. */
bool dfa_complete(struct dfa *dfa, size_t limit);

#endif
