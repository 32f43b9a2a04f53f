/*
 * threads.h - whether threads can be started.
 */
#ifndef MSCAN_SYS_THREADS_H
#define MSCAN_SYS_THREADS_H

/*
 * How many threads, the calling one included, can run at once, up to `wanted`: tried out, because OpenMP ends the
 * process when it gets fewer than it has promised (limits of processes, of the control group, of memory).
 */
unsigned threads_probe(unsigned wanted);

#endif
