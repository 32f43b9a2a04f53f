/*
 * progress.h - how far a scan is, on a line of standard error: with --progress on a terminal, again and again, and
 * whenever SIGUSR1 comes, wherever standard error leads.
 *
 * The line is written by signal handlers, from numbers that the threads of the scan add to; nothing waits for it.
 */
#ifndef MSCAN_CLI_PROGRESS_H
#define MSCAN_CLI_PROGRESS_H

#include "cli/settings.h"

#include <stdbool.h>

/* From here on SIGUSR1 is answered, unless it is ignored; called once, when the program begins. */
void progress_watch(void);

/*
 * The scan of the settings begins, which stay as they are until progress_end().  With `shown` the line is shown every
 * second, if standard error is a terminal that the output does not go to.
 */
void progress_begin(const struct settings *settings, bool shown);

/* It has ended: the line goes away. */
void progress_end(void);

#endif
