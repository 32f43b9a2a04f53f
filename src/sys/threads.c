#include "sys/threads.h"

#include <pthread.h>
#include <stdlib.h>

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
    /* All must be there at the same time. */
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    unsigned started = 0;
    pthread_mutex_lock(&lock);
    while (started < wanted - 1 && pthread_create(&threads[started], NULL, wait_for, &lock) == 0)
        started++;
    pthread_mutex_unlock(&lock);
    for (unsigned i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    free(threads);
    return started + 1;
}
