/*
 * team.h - the threads of a scan: all that is OpenMP's.
 */
#ifndef MSCAN_SCAN_TEAM_H
#define MSCAN_SCAN_TEAM_H

typedef void team_work(void *context);

/*
 * Lets `workers` threads, or as many as are to be had, do the work, and returns how many that were.  OpenMP's library
 * ends the process by exit(1) when it cannot start a thread that it has promised; then the status is `exit_status`
 * instead.
 */
unsigned team_run(unsigned workers, team_work *work, void *context, int exit_status);

#endif
