/*
 * bit-program.h - the steps on streams of bits (kernels/bitstream.h) that stand for an nfa.
 *
 * Each state of the nfa becomes the stream of the places where it is reached, made from those of the states before it.
 * A loop can be had where it is over bytes of one set, as in \w+ or .*: that is one step, too.
 */
#ifndef MSCAN_AUTOMATON_BIT_PROGRAM_H
#define MSCAN_AUTOMATON_BIT_PROGRAM_H

#include "automaton/nfa.h"
#include "kernels/bitstream.h"

/* NULL when the nfa has other loops, or would take too many steps, sets or slots; the caller frees it by free(). */
struct bitstream *bit_program_create(const struct nfa *nfa);

/* What is carried at the start of a line; the slots are the caller's. */
void bit_program_begin(const struct bitstream *program, struct bitstream_state *state);

#endif
