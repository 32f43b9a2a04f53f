/*
 * bit-sweep.h - runs a bit program over a window of lines, and marks those that it accepts.
 */
#ifndef MSCAN_AUTOMATON_BIT_SWEEP_H
#define MSCAN_AUTOMATON_BIT_SWEEP_H

#include "automaton/marks.h"
#include "automaton/nfa.h"
#include "kernels/bitstream.h"
#include "kernels/kernels.h"

#include <stdbool.h>

/* For one thread; the kernels have bitstream_run, and the program was made of the nfa. */
struct bit_sweep;

struct bit_sweep *bit_sweep_create(const struct nfa *nfa, const struct bitstream *program,
                                   const struct kernels *kernels);
void bit_sweep_free(struct bit_sweep *sweep);

/* As sweep_window() does, which never fails here.  The marks have begun with the window. */
void bit_sweep_run(struct bit_sweep *sweep, const char *from, const char *end, bool *described, struct marks *marks);

/* As sweep_line() does, up to the strip that shows that the line is accepted. */
bool bit_sweep_line(struct bit_sweep *sweep, const char *from, const char *end, bool described);

#endif
