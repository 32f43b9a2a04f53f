#include "scan/scan.h"

#include "input/lease.h"
#include "scan/commit.h"
#include "scan/file-end.h"
#include "scan/worker.h"
#include "scan/write.h"
#include "sys/pipe.h"
#include "sys/threads.h"

#include <omp.h>
#include <unistd.h>

static void scan_init(struct scan *scan, const struct scan_options *options)
{
    *scan = (struct scan){.options = options};
    pthread_mutex_init(&scan->monitor.lock, NULL);
    pthread_cond_init(&scan->monitor.changed, NULL);
    scan->walk = walk_create(&options->walk);
    scan->pool = block_pool_create(options->input.huge);
    scan->input = options->input;
    scan->input.stream = (struct stream_options){
        .pool = scan->pool,
        .block_size = options->block_size,
        .null_lines = options->query.null_lines,
        .fill_blocks = options->fill_blocks,
    };
    if (options->tally) {
        scan->counts_size = count_is_size(&options->tally->count);
        scan->input.stream.cut = options->tally->count.charset == COUNT_AS_UTF8 ? tally_cut_utf8 : tally_cut_bytes;
        if (scan->counts_size)
            scan->input.map = MAP_REFUSE;
    }
    scan->counts_lines = options->count_lines || (scan_prints_lines(options) && options->query.printer->line_number);
    if (fstat(STDOUT_FILENO, &scan->output_status) == 0)
        scan->output_is_file = S_ISREG(scan->output_status.st_mode);
    scan->prints_lines = scan_prints_lines(options) && options->max_count > 1;
    scan->printing = options->query;
    scan->printing.mode = options->last_mode;
    scan->printing.limited = false;
    scan->printing.skips = true;
    pipe_enlarge(STDOUT_FILENO);
    /*
     * Four results a thread: two waiting, one being written, one being made.  "mscan -j2 -n e" on 256 MiB of log lines
     * shows no difference beyond the noise: 2, 4 and 8 took 189, 194 and 191 ms to a file in memory, and 241, 281 and
     * 251 ms into cat (medians of seven).
     */
    scan->queue = queue_create(&scan->monitor, 4 * (size_t)options->threads, commit_entry, scan);
}

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

/* Searches or counts with as many threads as are to be had; how many that were. */
static unsigned run_workers(struct scan *scan)
{
    unsigned workers = scan->options->threads, wanted = team_size(workers), team = threads_probe(wanted);
    if (team < wanted && wanted > workers) /* there may be room for those that work */
        team = threads_probe(workers);
    workers = team < workers ? team : workers;
    unsigned begun = 1;
    struct threads_places places = {0};
#pragma omp parallel num_threads((int)team) default(none) shared(scan, places, begun) firstprivate(workers)
    {
#pragma omp master
        begun = (unsigned)omp_get_num_threads();
        if ((unsigned)omp_get_thread_num() < workers) {
            threads_spread(&places);
            worker_run(scan);
        }
    }
    return begun < workers ? begun : workers;
}

struct scan_outcome scan_run(const struct scan_options *options)
{
    struct scan scan;
    scan_init(&scan, options);
    lease_init();
    unsigned threads = run_workers(&scan);

    if (!scan_is_stopped(&scan))
        file_end_total(&scan);
    pthread_mutex_lock(&scan.monitor.lock);
    struct scan_outcome outcome = scan.outcome;
    outcome.lines = scan.lines;
    outcome.threads = threads;
    outcome.selected |= atomic_load(&scan.found);
    if (options->count_lines)
        outcome.huge_bytes += memory_huge_bytes(NULL, SIZE_MAX);
    pthread_mutex_unlock(&scan.monitor.lock);

    queue_free(scan.queue, commit_discard);
    write_free_outputs(&scan);
    searcher_free(scan.leader);
    searcher_free(scan.printer);
    while (scan.files) {
        struct file *file = scan.files;
        scan.files = file->next;
        file_free(file);
    }
    if (scan.has_next)
        walk_entry_free(&scan.next);
    walk_free(scan.walk);
    block_pool_free(scan.pool);
    pthread_cond_destroy(&scan.monitor.changed);
    pthread_mutex_destroy(&scan.monitor.lock);
    return outcome;
}
