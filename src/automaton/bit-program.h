/*
 * bit-program.h - the steps on streams of bits (kernels/bitstream.h) that stand for an nfa.
 *
 * Each state of the nfa becomes a stream: a bit for each place says whether the state is reached there.  It is made
 * from the streams of the states that lead to it.  A loop over the bytes of one set, as in \w+ or .*, is a single step;
 * other loops cannot be run so.
 */
#ifndef MSCAN_AUTOMATON_BIT_PROGRAM_H
#define MSCAN_AUTOMATON_BIT_PROGRAM_H

#include "automaton/nfa.h"
#include "kernels/bitstream.h"

/* NULL when the nfa has other loops, or would take too many steps, sets or slots.  free() frees it. */
struct bitstream *bit_program_create(const struct nfa *nfa);

/* Sets the carries of the state to those at the start of a line; the slots are the caller's. */
void bit_program_begin(const struct bitstream *program, struct bitstream_state *state);

#endif
