#include "scan/team.h"

#include "sys/threads.h"

#include <omp.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

/*
 * The threads to ask for when `workers` are to work. GCC's OpenMP library lets the threads of a team wait for each
 * other by spinning for 3 ms and more, which keeps one that is to begin on the same processor from doing so. It does
 * not spin when there are more threads than processors, so there is one more, which does nothing: with it, two threads
 * on two processors that had been idle took 10 to 11 ms for 20 ms of work; without, 13 to 15 (both with
 * threads_spread()).
 */
static unsigned team_size(unsigned workers)
{
    return workers > 1 && workers == (unsigned)omp_get_num_procs() ? workers + 1 : workers;
}

/* An exit handler has no other way to know it; 0 when no team is running. */
static int status_of_library;

static void on_exit_of_library(void)
{
    if (status_of_library)
        _exit(status_of_library);
}

unsigned team_run(unsigned workers, team_work *work, void *context, int exit_status)
{
    static bool registered;
    if (!registered)
        registered = atexit(on_exit_of_library) == 0;
    status_of_library = exit_status;
    unsigned wanted = team_size(workers), team = threads_probe(wanted);
    if (team < wanted && wanted > workers) /* there may be room for those that work */
        team = threads_probe(workers);
    workers = team < workers ? team : workers;
    unsigned begun = 1;
    struct threads_places places = {0};
#pragma omp parallel num_threads((int)team) default(none) shared(places, begun) firstprivate(workers, work, context)
    {
#pragma omp master
        begun = (unsigned)omp_get_num_threads();
        if ((unsigned)omp_get_thread_num() < workers) {
            threads_spread(&places);
            work(context);
        }
    }
    status_of_library = 0;
    return begun < workers ? begun : workers;
}
