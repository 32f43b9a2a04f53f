/*
 * sweep.h - runs an automaton over a window of lines and marks those that it accepts.
 *
 * Where it can be had as steps on streams of bits, it is run so.  Otherwise it is made deterministic.  A step of an
 * automaton waits for the one before it, so that one cursor would leave most of the processor idle. Lines are
 * independent: the window is cut into parts of whole lines, and several cursors go through parts of their own in one
 * loop.
 */
#ifndef MSCAN_AUTOMATON_SWEEP_H
#define MSCAN_AUTOMATON_SWEEP_H

#include "automaton/dfa.h"
#include "automaton/marks.h"
#include "automaton/small-dfa.h"
#include "kernels/bitstream.h"
#include "kernels/kernels.h"

#include <stdbool.h>
#include <stddef.h>

struct sweep;

/* The forms in which there is an automaton, beside one that is made as the text needs it; each may be NULL. */
struct sweep_forms {
    const struct bitstream *bits;
    const struct small_dfa *small;
};

/*
 * A sweep of the nfa, for one thread: windows with forms.bits, if the kernels run it; otherwise, and single lines, with
 * forms.small, or with a DFA of its own that takes up to `memory` bytes.  The nfa must not accept every line, before it
 * has read a byte (see `start` in dfa.h).
 */
struct sweep *sweep_create(const struct nfa *nfa, struct sweep_forms forms, size_t memory,
                           const struct kernels *kernels);
void sweep_free(struct sweep *sweep);

/*
 * Marks one byte of each line between `begin` and `end` that the automaton accepts, its newline perhaps, and of
 * each that has a byte which the nfa does not describe.  *described: there is known to be none; it comes back true
 * where there is none.  `begin` is the start of a line; `end` is after a newline, or the end of the last line.  False
 * when the automaton grows out of its memory faster than it is of use: what is marked then means nothing.
 */
bool sweep_window(struct sweep *sweep, const char *begin, const char *end, bool *described, struct marks *marks);

/* For one line, of any length, with its newline or without: whether it would be marked, if it is as `described` says.
 */
bool sweep_line(struct sweep *sweep, const char *begin, const char *end, bool described, bool *accepted);

/* Whether it steps by two bytes in windows of many lines. */
bool sweep_pairs(const struct small_dfa *small, const struct kernels *kernels);

/* The DFA's states so far, and their bytes. */
size_t sweep_states(const struct sweep *sweep);

#endif
