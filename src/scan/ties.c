#include "scan/ties.h"

#include "scan/write.h"

static bool stopped(void *context)
{
    const struct tie *tie = context;
    return tie->again || scan_is_stopped(tie->scan) || (!tie->in_turn && file_is_stopped(tie->file, tie->chunk));
}

static uint64_t lines_before(void *context)
{
    const struct tie *tie = context;
    struct monitor *monitor = &tie->scan->monitor;
    uint64_t lines = 0;
    pthread_mutex_lock(&monitor->lock);
    while (!scan_is_stopped(tie->scan) && !line_sums_before(tie->file->lines, tie->chunk, &lines))
        pthread_cond_wait(&tie->scan->counted, &monitor->lock);
    pthread_mutex_unlock(&monitor->lock);
    return tie->file->line_base + lines;
}

static uint64_t unjoined(void *context)
{
    const struct tie *tie = context;
    uint64_t committed = atomic_load(&tie->file->committed_end);
    return tie->end > committed ? tie->end - committed : 0;
}

static bool wait_turn(void *context)
{
    const struct tie *tie = context;
    if (tie->in_turn)
        return !scan_is_stopped(tie->scan);
    return queue_wait_turn(tie->scan->queue, (struct ticket){tie->file->number, tie->chunk});
}

static bool is_right(void *context, uint64_t end)
{
    const struct tie *tie = context;
    input_check(&tie->file->input);
    return input_good_end(&tie->file->input) >= tie->file->task.start + end;
}

static bool write(void *context, struct output *output)
{
    const struct tie *tie = context;
    return write_output(tie->scan, tie->file, output);
}

static void say(void *context, bool lost, const char *message)
{
    const struct tie *tie = context;
    tie->scan->outcome.failed |= lost;
    if (lost || !tie->scan->options->no_messages)
        scan_tell(tie->scan, tie->file, message);
}

static const struct ties ties = {
    .stopped = stopped,
    .lines_before = lines_before,
    .unjoined = unjoined,
    .wait_turn = wait_turn,
    .is_right = is_right,
    .write = write,
    .say = say,
};

struct chunk_text ties_no_text(struct tie *tie)
{
    return (struct chunk_text){.file = tie->file ? &tie->file->task : NULL, .ties = &ties, .context = tie};
}

struct chunk_text ties_text(struct tie *tie, const struct lease *lease, const struct region *region)
{
    const struct file *file = tie->file;
    struct chunk_text text = ties_no_text(tie);
    text.stays = input_has_ranges(&file->input);
    text.begin = lease_at(lease, region->begin);
    text.end = lease_at(lease, region->end);
    text.before = text.stays ? lease_at(lease, file->begin) : text.begin;
    text.known = (struct matcher_seam){lease_at(lease, region->seam), lease_at(lease, region->blank_end)};
    text.offset = region->begin - file->task.start;
    return text;
}
