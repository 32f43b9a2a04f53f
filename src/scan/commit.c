#include "scan/commit.h"

#include "base/alloc.h"
#include "input/lease.h"
#include "scan/file-end.h"
#include "scan/ties.h"
#include "scan/write.h"

#include <stdlib.h>
#include <string.h>

struct commit *commit_create(const struct scan *scan, const struct chunk *chunk)
{
    struct commit *commit = xcalloc(1, sizeof *commit + scan->task->result_size);
    commit->entry.ticket = chunk->ticket;
    commit->entry.last = chunk->last;
    commit->file = chunk->file;
    return commit;
}

void commit_clear_result(const struct scan *scan, struct commit *commit)
{
    if (scan->task->result_clear)
        scan->task->result_clear(commit->result);
    else
        memset(commit->result, 0, scan->task->result_size);
}

static void release(struct scan *scan, struct commit *commit)
{
    if (commit->output)
        write_give_output(scan, commit->output);
    block_put(scan->pool, &commit->block);
    commit_clear_result(scan, commit);
    free(commit);
}

/* Opens the text of a chunk, if the task wants it.  False when it does not. */
static bool open_text(const struct scan *scan, const struct commit *commit, struct lease *lease)
{
    struct file *file = commit->file;
    if (commit->begin == commit->end || !(scan->needs & TASK_KEEPS_TEXT))
        return false;
    if (input_has_ranges(&file->input))
        lease_open(lease, &file->input, file->begin, file->end);
    else
        lease_open_block(lease, &file->input, commit->text, commit->begin, commit->end);
    return true;
}

/* Joins the result to the file's sum. */
static void join(struct scan *scan, struct commit *commit, const struct chunk_text *text)
{
    struct file *file = commit->file;
    bool more = scan->task->join(scan->turn, text, commit->result);
    scan->outcome.lines += commit->lines;
    file->decides |= commit->decides;
    /* A thread that sees this sees the sum, too. */
    if (commit->end > atomic_load(&file->committed_end))
        atomic_store(&file->committed_end, commit->end);
    if (!more) {
        file->finished = true;
        scan_stop_file(scan, file, commit->entry.ticket.chunk);
    }
}

/* Joins and writes a chunk. */
static void commit_chunk(struct scan *scan, struct commit *commit)
{
    struct file *file = commit->file;
    struct tie tie = {
        .scan = scan, .file = file, .chunk = commit->entry.ticket.chunk, .end = commit->end, .in_turn = true};
    struct chunk_text text = ties_no_text(&tie);
    struct lease lease;
    bool open = open_text(scan, commit, &lease), headed = true;
    if (open)
        text = ties_text(&tie, &lease, &(struct region){commit->begin, commit->end, commit->end, commit->end});
    if (scan->task->head && !commit->headed && (open || commit->output))
        headed = scan->task->head(scan->turn, &text, commit->result);
    join(scan, commit, &text);
    if (headed && commit->output)
        write_output(scan, file, commit->output);
    if (open)
        lease_close(&lease);
}

void commit_entry(void *context, struct queue_entry *entry)
{
    struct scan *scan = context;
    struct commit *commit = (struct commit *)entry;
    struct file *file = commit->file;
    uint64_t bad = input_good_end(&file->input);
    if (!file->finished && bad > commit->begin && !scan_is_stopped(scan))
        commit_chunk(scan, commit);
    if (bad < commit->end && !file->finished) {
        file->finished = true;
        scan_stop_file(scan, file, entry->ticket.chunk);
    }
    bool last = entry->last;
    if (input_has_ranges(&file->input))
        input_pass(&file->input, commit->end);
    release(scan, commit);
    if (last)
        file_end(scan, file);
}

void commit_discard(void *context, struct queue_entry *entry)
{
    struct scan *scan = context;
    struct commit *commit = (struct commit *)entry;
    struct file *file = commit->file;
    bool last = entry->last;
    release(scan, commit);
    if (last)
        file_free(file);
}
