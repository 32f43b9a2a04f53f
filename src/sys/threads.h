/*
 * threads.h - whether threads can be started, and where they begin.
 */
#ifndef MSCAN_SYS_THREADS_H
#define MSCAN_SYS_THREADS_H

#include <sched.h>
#include <stdatomic.h>

/*
 * `wanted` if so many threads, the calling one included, can run at once, and otherwise about half as many as can:
 * tried out, because OpenMP ends the process when it gets fewer than it has promised (limits of processes, of the
 * control group, of memory).
 */
unsigned threads_probe(unsigned wanted);

/* The processors on which the threads of a team have begun; all false at first. */
struct threads_places {
    atomic_bool taken[CPU_SETSIZE];
};

/*
 * Each thread of a team calls this once, when it begins. When another one has begun on its processor, it moves to one
 * of those that it may use where none has. It is not bound to it.
 * Source: sched(7), sched_setaffinity(2).
 */
void threads_spread(struct threads_places *places);

#endif
