/*
 * scan.h - runs a task over all inputs with all threads, and prints in order.
 */
#ifndef MSCAN_SCAN_SCAN_H
#define MSCAN_SCAN_SCAN_H

#include "scan/scan-options.h"

/* Runs the scan.  What is written to the same descriptor by others must not wait in a buffer. */
struct scan_outcome scan_run(const struct scan_options *options);

#endif
