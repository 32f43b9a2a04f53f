#include "scan/write.h"

#include "base/alloc.h"
#include "input/lease.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct output *write_take_output(struct scan *scan)
{
    pthread_mutex_lock(&scan->monitor.lock);
    struct output *output = scan->output_count ? scan->outputs[--scan->output_count] : NULL;
    pthread_mutex_unlock(&scan->monitor.lock);
    if (!output) {
        output = output_create();
        output_set_line_end(output, scan->options->line_end);
    }
    return output;
}

void write_give_output(struct scan *scan, struct output *output)
{
    output_clear(output);
    pthread_mutex_lock(&scan->monitor.lock);
    scan->outputs = xreallocarray(scan->outputs, scan->output_count + 1, sizeof *scan->outputs);
    scan->outputs[scan->output_count++] = output;
    pthread_mutex_unlock(&scan->monitor.lock);
}

void write_free_outputs(struct scan *scan)
{
    while (scan->output_count)
        output_free(scan->outputs[--scan->output_count]);
    free(scan->outputs);
    free(scan->slice);
}

/* The output cannot be written: said once, because nothing is written after it. */
static void output_failed(struct scan *scan, int error)
{
    if (error == EPIPE) {
        scan->outcome.closed = true;
    } else {
        char message[300];
        snprintf(message, sizeof message, "write error: %s", strerror(error));
        scan_tell(scan, NULL, message);
        scan->outcome.failed = true;
    }
    scan_stop(scan);
}

/* Where the text of a lease ends now. */
static const char *lease_text_end(void *context)
{
    const struct lease *lease = context;
    uint64_t end = lease_good_end(lease);
    return end == UINT64_MAX ? NULL : lease_at(lease, end);
}

static int write_ranges(struct scan *scan, struct file *file, struct output *output)
{
    if (!scan->slice)
        scan->slice = xmalloc(OUTPUT_SLICE_MAX);
    struct lease lease;
    lease_open(&lease, &file->input, file->begin, file->end);
    const struct output_source source = {.text_end = lease_text_end, .context = &lease, .slice = scan->slice};
    int error = output_write(output, scan->options->output, &source);
    lease_close(&lease);
    return error;
}

bool write_output(struct scan *scan, struct file *file, struct output *output)
{
    if (scan_is_stopped(scan))
        return false;
    int error = file && output_has_references(output) && input_has_ranges(&file->input)
                    ? write_ranges(scan, file, output)
                    : output_write(output, scan->options->output, NULL);
    if (output_written(output) > 0)
        scan->in_line = output_is_in_line(output);
    if (file)
        file->task.printed += output_written(output);
    if (error)
        output_failed(scan, error);
    return error == 0;
}
