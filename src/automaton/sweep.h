/*
 * sweep.h - runs an automaton over a window of lines and marks those that it accepts.
 *
 * An automaton that has a bit program is run by that.  Any other is run as a deterministic one, whose steps wait for
 * each other: a single cursor would leave most of the processor idle.  But lines are independent.  So the window is cut
 * into parts of whole lines, and one loop moves several cursors, each through a part of its own.
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

/* The forms of an automaton that were made beforehand; each may be NULL. */
struct sweep_forms {
    const struct bitstream *bits;
    const struct small_dfa *small;
};

/*
 * A sweep of the nfa, for one thread.  It runs windows by forms.bits, if the kernels can, and otherwise like single
 * lines: by forms.small or, where that is NULL, by a DFA of its own, which takes up to `memory` bytes.  The nfa must
 * not accept before it has read a byte (see `start` in dfa.h).
 */
struct sweep *sweep_create(const struct nfa *nfa, struct sweep_forms forms, size_t memory,
                           const struct kernels *kernels);
void sweep_free(struct sweep *sweep);

/*
 * Marks one byte, perhaps the newline, of each line between `begin` and `end` that the automaton accepts, and of each
 * line with a byte that the nfa does not describe.  *described says that there is known to be no such byte; it becomes
 * true where there is none.  `begin` is the start of a line; `end` is after a newline, or the end of the last line.
 * Returns false when the automaton fills its memory faster than it is of use; the marks then mean nothing.
 */
bool sweep_window(struct sweep *sweep, const char *begin, const char *end, bool *described, struct marks *marks);

/* Whether one line, of any length, with its newline or without, would be marked; `described` as above. */
bool sweep_line(struct sweep *sweep, const char *begin, const char *end, bool described, bool *accepted);

/* Whether such a sweep steps by two bytes in windows of many lines. */
bool sweep_pairs(const struct small_dfa *small, const struct kernels *kernels);

/* The DFA's states so far, and their bytes. */
size_t sweep_states(const struct sweep *sweep);

#endif
