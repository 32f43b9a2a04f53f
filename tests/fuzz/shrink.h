/*
 * shrink.h - makes a trial that fails small.
 */
#ifndef MSCAN_FUZZ_SHRINK_H
#define MSCAN_FUZZ_SHRINK_H

#include "trial.h"

/* How a trial ends, in a process of its own: 0, 1 when there is a difference, or the number of a signal as -number. */
typedef int shrink_run(const struct trial *trial, void *context);

/* Takes away what the trial, which `run` gives `outcome`, does not need for that; gives up after `seconds`. */
void shrink_trial(struct trial *trial, int outcome, shrink_run *run, void *context, unsigned seconds);

#endif
