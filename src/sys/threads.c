#include "sys/threads.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

/* Addresses: a JIT stack, buffers of output and input, the library's own; not touched, so it costs nothing. */
#define WORKER_ROOM ((size_t)16 << 20)

static void *wait_for(void *lock)
{
    pthread_mutex_lock(lock);
    pthread_mutex_unlock(lock);
    return NULL;
}

unsigned threads_probe(unsigned wanted)
{
    pthread_t *threads = wanted > 1 ? calloc(wanted - 1, sizeof *threads) : NULL;
    if (!threads)
        return 1;
    /* With room for what a worker allocates besides its stack. */
    pthread_attr_t attributes;
    size_t stack = 0;
    pthread_attr_init(&attributes);
    pthread_attr_getstacksize(&attributes, &stack);
    pthread_attr_setstacksize(&attributes, stack + WORKER_ROOM);
    /* All must be there at the same time. */
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    unsigned started = 0;
    pthread_mutex_lock(&lock);
    while (started < wanted - 1 && pthread_create(&threads[started], &attributes, wait_for, &lock) == 0)
        started++;
    pthread_mutex_unlock(&lock);
    for (unsigned i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    pthread_attr_destroy(&attributes);
    free(threads);
    /* Who is at a limit leaves something to the rest of the process. */
    return started == wanted - 1 ? wanted : started / 2 + 1;
}

/*
 * Linux may start a thread on the processor of the one that creates it although another one is idle, and leave the two
 * together: in a virtual machine of two processors that had been idle, 20 ms of work for two threads took 20 ms of
 * time, and 11 ms after this.
 */
void threads_spread(struct threads_places *places)
{
    int here = sched_getcpu();
    cpu_set_t allowed;
    if (here < 0 || here >= CPU_SETSIZE || !atomic_exchange(&places->taken[here], true))
        return;
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0)
        return;
    for (size_t cpu = 0; cpu < CPU_SETSIZE; cpu++) {
        if (!CPU_ISSET(cpu, &allowed) || atomic_exchange(&places->taken[cpu], true))
            continue;
        cpu_set_t there;
        CPU_ZERO(&there);
        CPU_SET(cpu, &there);
        if (sched_setaffinity(0, sizeof there, &there) == 0)
            sched_setaffinity(0, sizeof allowed, &allowed);
        return;
    }
}
