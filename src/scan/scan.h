/*
 * scan.h - runs a search, or counts, over all inputs with all threads, and prints in order.
 */
#ifndef MSCAN_SCAN_SCAN_H
#define MSCAN_SCAN_SCAN_H

#include "scan/scan-options.h"

/* Runs the scan.  Standard output must have nothing in a buffer. */
struct scan_outcome scan_run(const struct scan_options *options);

#endif
