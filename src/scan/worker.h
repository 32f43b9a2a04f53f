/*
 * worker.h - what each thread of a scan does: it runs the task on chunks, and hands over what came of each for its
 * turn.
 */
#ifndef MSCAN_SCAN_WORKER_H
#define MSCAN_SCAN_WORKER_H

#include "scan/state.h"

/* Takes chunks until there are no more. */
void worker_run(struct scan *scan);

#endif
