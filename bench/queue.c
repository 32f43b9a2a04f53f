/* queue.c - what the queue of chunks costs with more workers than this machine has processors.

   The queue is mscan's own; the chunks are simulated: a worker sleeps for as long as a chunk would take, and the commit
   for as long as its output would be written.  Sleeping threads need no processor, so two of these stand in for 256,
   as long as what the queue itself costs is small beside the sleep.  That is why times are longer here than they are in
   truth (1 MiB at 5 GB/s is 0.2 ms): what matters is the share of the ideal, and the processor time for each chunk,
   which does not depend on how long the chunks take.

   The ideal: all workers always busy, or, where that takes longer, one write after the other or the slowest chunk. */

#include "output/queue.h"
#include "base/number.h"

#include <math.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>

#define WORKERS_MAX 1024

struct load {
    const char *name;
    double chunk;   /* milliseconds that one takes, the mean */
    double spread;  /* of the logarithm: 0: all take the same time */
    double slow;    /* of one chunk in 1000 instead; 0: none is slow */
    double output;  /* milliseconds in which the output of a chunk is written; 0: it has none */
    unsigned every; /* one chunk in so many has output */
};

static const struct load loads[] = {
    {"even", 10, 0, 0, 0, 1},
    {"uneven", 10, 0.5, 0, 0, 1},
    {"one in 1000 slow", 10, 0.2, 500, 0, 1},
    {"some print", 10, 0.2, 0, 0.02, 10},
    {"all print", 10, 0.2, 0, 0.02, 1},
    {"printing is the limit", 10, 0.2, 0, 0.5, 1},
};

struct entry {
    struct queue_entry queued;
    double output; /* milliseconds */
};

struct simulation {
    struct monitor monitor;
    struct queue *queue;
    const struct load *load;
    uint64_t next, chunks; /* guarded by the monitor */
    double *times;         /* milliseconds of each chunk */
    double written;        /* milliseconds of all commits so far, as it was; the committing thread's */
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void sleep_for(double milliseconds)
{
    const double nanoseconds = milliseconds * 1e6;
    struct timespec time = {(time_t)(nanoseconds / 1e9), (long)fmod(nanoseconds, 1e9)};
    while (clock_nanosleep(CLOCK_MONOTONIC, 0, &time, &time) != 0)
        ;
}

/* The same sequence in each run. */
static double random_unit(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(*state >> 11) / (double)(UINT64_C(1) << 53);
}

static double chunk_time(const struct load *load, uint64_t number, uint64_t *state)
{
    double normal = -6;
    for (int i = 0; i < 12; i++)
        normal += random_unit(state);
    if (load->slow > 0 && number % 1000 == 500)
        return load->slow;
    return load->chunk * exp(normal * load->spread - load->spread * load->spread / 2);
}

static void commit(void *context, struct queue_entry *queued)
{
    struct entry *entry = (struct entry *)queued;
    struct simulation *simulation = context;
    if (entry->output > 0) {
        double begun = now();
        sleep_for(entry->output);
        simulation->written += now() - begun;
    }
    free(entry);
}

/* A ticket, when there is room for it: as chunks_next() takes one of a file with ranges. */
static bool take(struct simulation *simulation, uint64_t *number)
{
    struct monitor *monitor = &simulation->monitor;
    pthread_mutex_lock(&monitor->lock);
    while (simulation->next < simulation->chunks && !queue_has_room(simulation->queue))
        pthread_cond_wait(&monitor->changed, &monitor->lock);
    bool taken = simulation->next < simulation->chunks;
    if (taken)
        *number = simulation->next++;
    pthread_mutex_unlock(&monitor->lock);
    return taken;
}

static void *work(void *context)
{
    struct simulation *simulation = context;
    uint64_t number;
    while (take(simulation, &number)) {
        sleep_for(simulation->times[number]);
        struct entry *entry = calloc(1, sizeof *entry);
        if (!entry)
            abort();
        entry->queued.ticket.chunk = number;
        entry->queued.last = number + 1 == simulation->chunks;
        if (number % simulation->load->every == 0)
            entry->output = simulation->load->output;
        entry->queued.heavy = entry->output > 0;
        queue_put(simulation->queue, &entry->queued);
    }
    return NULL;
}

static void simulate(const struct load *load, unsigned workers)
{
    struct simulation simulation = {.load = load, .chunks = 100 * (uint64_t)workers};
    pthread_mutex_init(&simulation.monitor.lock, NULL);
    pthread_cond_init(&simulation.monitor.changed, NULL);
    simulation.queue = queue_create(&simulation.monitor, 4 * (size_t)workers, commit, &simulation);
    simulation.times = calloc(simulation.chunks, sizeof *simulation.times);
    if (!simulation.times)
        abort();
    uint64_t state = 1;
    double sum = 0, longest = 0;
    for (uint64_t i = 0; i < simulation.chunks; i++) {
        sum += simulation.times[i] = chunk_time(load, i, &state);
        longest = fmax(longest, simulation.times[i]);
    }
    pthread_t threads[WORKERS_MAX];
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, (size_t)128 << 10);
    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    double begun = now();
    for (unsigned i = 0; i < workers; i++)
        if (pthread_create(&threads[i], &attributes, work, &simulation) != 0)
            abort();
    for (unsigned i = 0; i < workers; i++)
        pthread_join(threads[i], NULL);
    double took = now() - begun;
    getrusage(RUSAGE_SELF, &after);
    double processor =
        (double)(after.ru_utime.tv_sec - before.ru_utime.tv_sec + after.ru_stime.tv_sec - before.ru_stime.tv_sec) *
            1e6 +
        (double)(after.ru_utime.tv_usec - before.ru_utime.tv_usec + after.ru_stime.tv_usec - before.ru_stime.tv_usec);
    double chunks = (double)simulation.chunks, ideal = fmax(fmax(sum / workers, simulation.written), longest);
    printf("%-22s %4u workers: %3.0f %% of the ideal, %5.1f us of processor time and %5.1f waits a chunk\n", load->name,
           workers, 100 * ideal / took, processor / chunks, (double)(after.ru_nvcsw - before.ru_nvcsw) / chunks);
    fflush(stdout);
    queue_free(simulation.queue, commit);
    free(simulation.times);
    pthread_attr_destroy(&attributes);
    pthread_cond_destroy(&simulation.monitor.changed);
    pthread_mutex_destroy(&simulation.monitor.lock);
}

static const char usage[] = "Usage: queue [WORKERS]...\n"
                            "Simulate the queue of chunks with so many workers (16, 64 and 256).\n";

int main(int argc, char **argv)
{
    unsigned counts[WORKERS_MAX] = {16, 64, 256};
    size_t count = argc > 1 ? (size_t)argc - 1 : 3;
    if (argc > 1 && strcmp(argv[1], "--help") == 0) {
        fputs(usage, stdout);
        return 0;
    }
    for (int i = 1; i < argc; i++) {
        uint64_t workers;
        if (argc > WORKERS_MAX || !number_parse(argv[i], false, &workers) || workers < 1 || workers > WORKERS_MAX) {
            fputs(usage, stderr);
            return 2;
        }
        counts[i - 1] = (unsigned)workers;
    }
    prctl(PR_SET_TIMERSLACK, 1);
    for (size_t i = 0; i < sizeof loads / sizeof *loads; i++)
        for (size_t j = 0; j < count; j++)
            simulate(&loads[i], counts[j]);
    return 0;
}
