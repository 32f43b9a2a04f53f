#include "scan/write.h"

#include "base/alloc.h"
#include "base/diag.h"
#include "input/lease.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct output *write_take_output(struct scan *scan)
{
    pthread_mutex_lock(&scan->monitor.lock);
    struct output *output = scan->output_count ? scan->outputs[--scan->output_count] : NULL;
    pthread_mutex_unlock(&scan->monitor.lock);
    if (!output) {
        output = output_create();
        output_set_line_end(output, scan->options->query.null_lines ? '\0' : '\n');
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
}

/* The output cannot be written: said once, because nothing is written after it. */
static void output_failed(struct scan *scan, int error)
{
    if (error == EPIPE) {
        scan->outcome.closed = true;
    } else {
        diag("write error: %s", strerror(error));
        scan->outcome.failed = true;
    }
    scan_stop(scan);
}

bool write_output(struct scan *scan, struct file *file, struct output *output)
{
    if (scan_is_stopped(scan))
        return false;
    const char *fault;
    int error = output_write(output, STDOUT_FILENO, &fault);
    if (error == 0)
        return true;
    if (error == EFAULT && file && input_has_ranges(&file->input)) {
        input_mark_unreadable(&file->input, fault); /* the kernel met pages that are not there any more */
        return false;
    }
    output_failed(scan, error);
    return false;
}

void write_leased(struct scan *scan, struct file *file, struct output *output)
{
    struct lease lease;
    lease_open(&lease, &file->input, file->start, file->end);
    bool in_line = false;
    for (uint64_t bad = lease_good_end(&lease);; bad = input_good_end(&file->input)) {
        if (bad != UINT64_MAX)
            output_cut(output, lease_at(&lease, file->start), lease_at(&lease, file->end), lease_at(&lease, bad));
        if (in_line) /* and so it is the last: what comes next begins on a line of its own */
            output_byte(output, file->line_end);
        if (write_output(scan, file, output) || scan_is_stopped(scan))
            break;
        in_line = output_is_in_line(output);
    }
    lease_close(&lease);
}
