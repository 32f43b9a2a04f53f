/*
 * signals.h - signals that end the process: SIGINT, SIGTERM, SIGHUP and SIGQUIT, without half a line in the output.
 *
 * Such a signal ends the process at once, by the signal itself, unless a thread holds it off because it is writing.
 * That thread's system calls then return early, and it ends the process itself when it has written the end of its
 * line: where the output takes nothing for SIGNALS_WAIT milliseconds, or too little in SIGNALS_WAIT_ALL, the process
 * ends before that.
 */
#ifndef MSCAN_SYS_SIGNALS_H
#define MSCAN_SYS_SIGNALS_H

#include <stdbool.h>

#define SIGNALS_WAIT 60
#define SIGNALS_WAIT_ALL 1000

/* Takes the signals over, but for those that are ignored.  Before threads are started. */
void signals_init(void);

/* The calling thread holds signals off, as one thread at a time may. */
void signals_hold(void);

/* Ends that, and the process if a signal has come. */
void signals_release(void);

/* Whether a signal waits for signals_release(). */
bool signals_pending(void);

/* Says that the output has taken something since. */
void signals_progress(void);

#endif
