#include "sys/threads.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>

/* Addresses: a JIT stack, buffers of output and input, the library's own; not touched, so it costs nothing. */
#define WORKER_ROOM ((size_t)16 << 20)

static void *wait_for(void *lock)
{
    pthread_mutex_lock(lock);
    pthread_mutex_unlock(lock);
    return NULL;
}

/* How many of `wanted` threads besides the caller can run at once. */
static unsigned start_threads(pthread_t *threads, unsigned wanted)
{
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    unsigned started = 0;
    pthread_mutex_lock(&lock);
    while (started < wanted && pthread_create(&threads[started], NULL, wait_for, &lock) == 0)
        started++;
    pthread_mutex_unlock(&lock);
    for (unsigned i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    return started;
}

unsigned threads_probe(unsigned wanted)
{
    pthread_t *threads = wanted > 1 ? calloc(wanted - 1, sizeof *threads) : NULL;
    if (!threads)
        return 1;
    /* With room for what the workers allocate.  It is no part of the stacks: the C library keeps those. */
    unsigned roomy = wanted, started = 0;
    void *room = MAP_FAILED;
    for (; roomy > 1; roomy /= 2) {
        room =
            mmap(NULL, roomy * WORKER_ROOM, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (room != MAP_FAILED)
            break;
    }
    if (room != MAP_FAILED) {
        started = start_threads(threads, roomy - 1);
        munmap(room, roomy * WORKER_ROOM);
    }
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
