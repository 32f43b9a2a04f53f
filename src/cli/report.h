/*
 * report.h - what mscan says about its work: --explain before it, --stats after it.
 */
#ifndef MSCAN_CLI_REPORT_H
#define MSCAN_CLI_REPORT_H

#include "cli/settings.h"

/* To standard output: how lines are found, in a sentence; the syntax, the engine of each pattern, the path of each
 * file, and why.  Returns the exit status.
 */
int report_plan(const struct settings *settings, const struct arguments *arguments);

/* To standard error: what was done, in `seconds`. */
void report_stats(const struct settings *settings, const struct scan_outcome *outcome, double seconds);

#endif
