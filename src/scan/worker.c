#include "scan/worker.h"

#include "base/alloc.h"
#include "input/lease.h"
#include "scan/chunks.h"
#include "scan/commit.h"
#include "scan/region.h"
#include "scan/ties.h"
#include "scan/write.h"

/* What a worker does with one chunk. */
struct work {
    struct scan *scan;
    void *state; /* the task's, of this thread */
    struct chunk chunk;
    struct lease lease; /* of all of the file or, of one that is read, of the chunk */
    struct region region;
    struct tie tie;
    struct chunk_text text;
    uint64_t limit;        /* of a file that has ranges: nothing from here on is taken */
    uint64_t written;      /* bytes of the chunk's output that have been written already */
    struct commit *commit; /* with the result */
    struct output *output;
    enum task_verdict verdict;
};

/* Whether all that the chunk has looked at was right. */
static bool text_is_good(const struct work *work)
{
    uint64_t end = lease_good_end(&work->lease);
    return end >= work->limit || end >= work->region.end;
}

/* The output is full: it is written as soon as it is the chunk's turn. */
static bool flush_chunk(void *context, struct output *output)
{
    struct work *work = context;
    struct commit *commit = work->commit;
    const struct task *task = work->scan->task;
    if (!queue_wait_turn(work->scan->queue, work->chunk.ticket))
        return false;
    /* While it waited, an earlier chunk may have ended the file. */
    if (file_is_stopped(work->chunk.file, work->chunk.ticket.chunk))
        return false;
    work->tie.again |= !text_is_good(work);
    if (work->tie.again)
        return false;
    if (task->head && !commit->headed) {
        commit->headed = true;
        if (!task->head(work->scan->turn, &work->text, commit->result))
            return false;
    }
    bool written = write_output(work->scan, work->chunk.file, output);
    work->written += output_written(output);
    work->tie.again = !text_is_good(work);
    return written && !work->tie.again;
}

/* Publishes how many lines the chunk has, for the numbers of the lines behind it. */
static void count_lines(struct work *work)
{
    struct scan *scan = work->scan;
    struct file *file = work->chunk.file;
    const struct chunk_text *text = &work->text;
    const char *seam = text->known.seam;
    if (work->chunk.last && !scan->options->count_lines)
        return;
    const struct kernels *kernels = scan->options->kernels;
    uint64_t count =
        (file->line_end ? kernels->count_newlines : kernels->count_nuls)(text->begin, (size_t)(seam - text->begin));
    bool some = text->begin < text->end && (!scan->task->has_lines || scan->task->has_lines(scan->plan, text));
    if (some && (text->end > seam || text->end[-1] != file->line_end))
        count++;
    work->commit->lines = count;
    pthread_mutex_lock(&scan->monitor.lock);
    if (!file->lines)
        file->lines = line_sums_create(queue_ahead_max(scan->queue) + (size_t)scan->options->threads);
    line_sums_add(file->lines, work->chunk.ticket.chunk, count);
    pthread_cond_broadcast(&scan->counted);
    pthread_mutex_unlock(&scan->monitor.lock);
}

/* Runs the task on what belongs to the chunk. */
static void run_region(struct work *work, bool first)
{
    struct scan *scan = work->scan;
    bool references = !input_has_ranges(&work->chunk.file->input) || scan->output_is_file;
    work->tie.end = work->region.end;
    work->text = ties_text(&work->tie, &work->lease, &work->region);
    output_begin(work->output, references, work->written, flush_chunk, work);
    if (first && scan->counts_lines)
        count_lines(work);
    if (work->region.begin < work->region.end)
        work->verdict = scan->task->run(work->state, &work->text, work->output, work->commit->result);
}

/* A chunk of a file that has ranges. */
static void run_ranges(struct work *work)
{
    struct file *file = work->chunk.file;
    lease_open(&work->lease, &file->input, file->begin, file->end);
    for (bool first = true;; first = false) {
        work->tie.again = false;
        work->verdict = TASK_GOES_ON;
        work->region = region_find(file, &work->lease, &work->chunk, work->limit);
        lease_advance(&work->lease, work->region.end);
        run_region(work, first);
        if (text_is_good(work) && !work->tie.again)
            break;
        /* Of what has been found, only what lies before the hole counts: find that again. */
        commit_clear_result(work->scan, work->commit);
        work->limit = lease_good_end(&work->lease);
    }
    lease_close(&work->lease);
}

/* A block that was read. */
static void run_block(struct work *work)
{
    const struct chunk *chunk = &work->chunk;
    lease_open_block(&work->lease, &chunk->file->input, chunk->block.text, chunk->begin, chunk->end);
    run_region(work, true);
    lease_close(&work->lease);
}

/* Whether a decision only counts in its turn: for figures, and for where standard input is left. */
static bool waits_for_turn(struct scan *scan)
{
    pthread_mutex_lock(&scan->monitor.lock);
    bool waits = scan->options->count_lines || (scan->stdin_busy && scan->stdin_is_file);
    pthread_mutex_unlock(&scan->monitor.lock);
    return waits;
}

/* Lets the verdict take effect. */
static void obey(struct work *work)
{
    struct scan *scan = work->scan;
    if (work->verdict == TASK_GOES_ON)
        return;
    atomic_store(&scan->decided, true);
    scan_stop_file(scan, work->chunk.file, work->chunk.ticket.chunk);
    work->commit->decides = work->verdict == TASK_DECIDED;
    if (work->commit->decides && !waits_for_turn(scan))
        scan_stop(scan);
}

/* Hands over what came of a chunk. */
static void finish(struct work *work)
{
    struct scan *scan = work->scan;
    struct commit *commit = work->commit;
    commit->begin = work->region.begin;
    commit->end = work->region.end;
    if (scan->options->progress)
        atomic_fetch_add_explicit(&scan->options->progress->bytes, work->region.end - work->region.begin,
                                  memory_order_relaxed);
    obey(work);
    if (scan->needs & TASK_KEEPS_TEXT)
        commit->text = work->chunk.block.text;
    if (commit->text || output_has_references(work->output)) {
        commit->block = work->chunk.block.block;
        work->chunk.block.block = (struct block){NULL, 0};
    }
    if (!output_is_empty(work->output)) {
        commit->output = work->output;
        work->output = NULL;
    }
    commit->entry.heavy = commit->output || commit->block.bytes ||
                          (scan->task->result_is_heavy && scan->task->result_is_heavy(commit->result));
    block_put(scan->pool, &work->chunk.block.block);
    queue_put(scan->queue, &commit->entry);
}

void worker_run(struct scan *scan)
{
    const struct task *task = scan->task;
    struct work work = {.scan = scan, .state = task->state_create ? task->state_create(scan->plan) : NULL};
    while (chunks_next(scan, &work.chunk)) {
        const struct chunk *chunk = &work.chunk;
        work.commit = commit_create(scan, chunk);
        work.limit = UINT64_MAX;
        work.written = 0;
        work.verdict = TASK_GOES_ON;
        work.tie = (struct tie){.scan = scan, .file = chunk->file, .chunk = chunk->ticket.chunk};
        if (!work.output)
            work.output = write_take_output(scan);
        output_clear(work.output);
        work.region = (struct region){chunk->begin, chunk->end, chunk->end, chunk->end};
        if (chunk->begin < chunk->end || !chunk->last) /* one without text may be counted for those behind it */
            (input_has_ranges(&chunk->file->input) ? run_ranges : run_block)(&work);
        finish(&work);
    }
    output_free(work.output);
    if (task->state_free)
        task->state_free(work.state);
    /* The lock makes all that this thread wrote visible to the one that reads the outcome. */
    pthread_mutex_lock(&scan->monitor.lock);
    pthread_mutex_unlock(&scan->monitor.lock);
}
