#include "scan/scan.h"

#include "scan/commit.h"
#include "scan/worker.h"
#include "sys/pipe.h"
#include "sys/threads.h"

#include <omp.h>
#include <unistd.h>

bool scan_counts(const struct scan_options *options)
{
    enum search_mode mode = options->search.mode == SEARCH_BOUNDS ? options->last_mode : options->search.mode;
    return !options->tally && (mode == SEARCH_COUNT || mode == SEARCH_COUNT_MATCHES);
}

static bool prints_lines(const struct scan_options *options)
{
    return !options->tally && !scan_counts(options) && options->search.mode != SEARCH_EXISTS;
}

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
        .null_lines = options->search.null_lines,
        .fill_blocks = options->fill_blocks,
    };
    if (options->tally) {
        scan->counts_size = count_is_size(&options->tally->count);
        scan->input.stream.cut = options->tally->count.charset == COUNT_AS_UTF8 ? tally_cut_utf8 : tally_cut_bytes;
        if (scan->counts_size)
            scan->input.map = MAP_REFUSE;
    }
    scan->counts_lines = options->count_lines || (prints_lines(options) && options->search.printer->line_number);
    if (fstat(STDOUT_FILENO, &scan->output_status) == 0)
        scan->output_is_file = S_ISREG(scan->output_status.st_mode);
    scan->prints_lines = prints_lines(options) && options->max_count > 1;
    scan->printing = options->search;
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

struct scan_outcome scan_run(const struct scan_options *options)
{
    struct scan scan;
    scan_init(&scan, options);
    map_guard_install();
    int wanted = (int)threads_probe(options->threads), threads = 1;
#pragma omp parallel num_threads(wanted) default(none) shared(scan, threads)
    {
#pragma omp master
        threads = omp_get_num_threads();
        worker_run(&scan);
    }

    if (!scan_is_stopped(&scan))
        commit_total(&scan);
    pthread_mutex_lock(&scan.monitor.lock);
    struct scan_outcome outcome = scan.outcome;
    outcome.lines = scan.lines;
    outcome.threads = (unsigned)threads;
    outcome.selected |= atomic_load(&scan.found);
    if (options->count_lines)
        outcome.huge_bytes += memory_huge_bytes(NULL, SIZE_MAX);
    pthread_mutex_unlock(&scan.monitor.lock);

    queue_free(scan.queue, commit_discard);
    commit_free_outputs(&scan);
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
