#include "scan/file-end.h"

#include "input/lease.h"
#include "scan/ties.h"
#include "scan/write.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

typedef void end_function(void *turn, const struct chunk_text *end, struct output *output);

/* What a task prints at the end of a file, or of the last. */
struct ending {
    struct tie tie;
    bool begun;
};

/*
 * Begins with it, once.  A line of which the rest has gone with the end of its file is ended before, so that what comes
 * next begins on a line of its own.
 */
static void begin(struct ending *ending)
{
    struct scan *scan = ending->tie.scan;
    struct file *file = ending->tie.file;
    if (!ending->begun && file && scan->in_line && input_good_end(&file->input) != UINT64_MAX) {
        struct output *output = write_take_output(scan);
        output_begin(output, false, 0, NULL, NULL);
        output_byte(output, file->line_end);
        write_output(scan, file, output);
        write_give_output(scan, output);
    }
    ending->begun = true;
}

/* It is written at once. */
static bool flush(void *context, struct output *output)
{
    struct ending *ending = context;
    begin(ending);
    return write_output(ending->tie.scan, ending->tie.file, output);
}

static void call(end_function *function, struct scan *scan, struct file *file)
{
    struct ending ending = {.tie = {.scan = scan, .file = file, .in_turn = true}};
    struct chunk_text text = ties_no_text(&ending.tie);
    if (file && file->opened)
        text.offset = atomic_load(&file->committed_end) - file->task.start;
    if (function) {
        struct output *output = write_take_output(scan);
        output_begin(output, false, 0, flush, &ending);
        function(scan->turn, &text, output);
        output_flush_now(output);
        write_give_output(scan, output);
    }
    begin(&ending);
}

void file_end_all(struct scan *scan)
{
    call(scan->task->end, scan, NULL);
}

static void end_task(struct scan *scan, struct file *file)
{
    struct lease lease;
    bool leased = (scan->needs & TASK_KEEPS_TEXT) && input_has_ranges(&file->input);
    if (leased)
        lease_open(&lease, &file->input, file->begin, file->end);
    call(scan->task->file_end, scan, file);
    if (leased)
        lease_close(&lease);
}

static void say_error(struct scan *scan, const struct file *file)
{
    scan->outcome.failed |= !file->harmless;
    if (!scan->options->no_messages)
        scan_tell(scan, file, file->reason ? file->reason : strerror(file->error));
}

static void say_bad_end(struct scan *scan, const struct file *file, uint64_t offset)
{
    char message[300];
    int error = input_bad_error(&file->input);
    snprintf(message, sizeof message, "%s at offset %" PRIu64, error ? strerror(error) : "file shrank while being read",
             offset);
    scan->outcome.failed = true;
    scan_tell(scan, file, message);
}

/* What is damaged behind all that was wanted is nothing to say: without it, it would not have been found. */
static bool is_damaged(const struct file *file)
{
    return file->damaged && atomic_load(&file->last_wanted) == UINT64_MAX;
}

static void say_damage(struct scan *scan, const struct file *file)
{
    char message[64];
    snprintf(message, sizeof message, "damaged at compressed offset %" PRIu64, file->damaged_at);
    scan->outcome.failed = true;
    scan_tell(scan, file, message);
}

/* Leaves standard input where the next program is to go on with it. */
static void position_stdin(const struct scan *scan, const struct file *file)
{
    uint64_t position = scan->task->position ? scan->task->position(scan->plan, &file->task) : TASK_POSITION_END;
    if (position != TASK_POSITION_KEPT)
        input_leave_at(&file->input, position);
}

static void add_up(struct scan *scan, const struct file *file)
{
    struct scan_outcome *outcome = &scan->outcome;
    bool mapped = input_has_ranges(&file->input);
    outcome->files++;
    outcome->mapped += mapped;
    outcome->read += !mapped;
    outcome->bytes += file->committed_end - file->begin;
    if (scan->options->count_lines)
        outcome->huge_bytes += input_huge_bytes(&file->input);
}

void file_end(struct scan *scan, struct file *file)
{
    /* As in grep, a directory is a file that cannot be read; wc shows zeros for it. */
    if (file->opened || file->error == EISDIR)
        end_task(scan, file);
    if (file->error || file->reason)
        say_error(scan, file);
    if (is_damaged(file))
        say_damage(scan, file);
    uint64_t good_end = input_good_end(&file->input);
    if (good_end != UINT64_MAX)
        say_bad_end(scan, file, good_end);
    if (scan->options->done && file->opened && !file->error && !file->reason && !file->damaged &&
        good_end == UINT64_MAX)
        scan->options->done(scan->options->done_context, &file->task, &file->input.status);
    if (file->opened) {
        add_up(scan, file);
        position_stdin(scan, file);
    }
    if (file->task.standard_input) {
        pthread_mutex_lock(&scan->monitor.lock);
        scan->stdin_busy = false;
        pthread_cond_broadcast(&scan->monitor.changed);
        pthread_mutex_unlock(&scan->monitor.lock);
    }
    if (file->decides)
        scan_stop(scan);
    scan->in_line = false; /* a name that ends in a NUL byte */
    file_free(file);
}
