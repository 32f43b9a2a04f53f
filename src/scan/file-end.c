#include "scan/file-end.h"

#include "base/diag.h"
#include "base/number.h"
#include "scan/last.h"
#include "scan/write.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

static void write_string(struct output *output, const char *string)
{
    output_bytes(output, string, strlen(string));
}

static bool prints_count(const struct scan_options *options)
{
    return options->list == LIST_NONE && scan_counts(options);
}

/* Whether anything is printed when a file is done: of most files there is nothing, and no output is needed. */
static bool prints_end(const struct scan_options *options, const struct file *file)
{
    if (options->tally)
        return true;
    if (options->list != LIST_NONE)
        return !options->quiet && (options->list == LIST_MATCHING) == (file->selected > 0);
    return (prints_count(options) && options->total != TOTAL_ONLY) || file->binary;
}

static bool counts_matches(const struct scan_options *options)
{
    enum query_mode mode = options->query.mode == QUERY_BOUNDS ? options->last_mode : options->query.mode;
    return mode == QUERY_COUNT_MATCHES && !options->query.invert;
}

static void print_count(const struct printer *printer, struct output *output, const char *name, uint64_t count)
{
    char digits[NUMBER_DIGITS_MAX + 1];
    char *end = digits + NUMBER_DIGITS_MAX;
    *end = '\n';
    char *begin = number_format(end, count);
    if (printer->with_name && name) {
        printer_name(printer, output, name);
        printer_end_name(printer, output);
    }
    output_bytes(output, begin, (size_t)(end + 1 - begin));
}

/* Ends a line of which the rest has gone with the end of its file: what comes next begins on a line of its own. */
static void end_line(struct scan *scan, struct file *file)
{
    struct output *output = write_take_output(scan);
    output_begin(output, false, 0, NULL, NULL);
    output_byte(output, file->line_end);
    write_output(scan, file, output);
    write_give_output(scan, output);
}

/* What is printed when a file is done. */
static void print_end(struct scan *scan, const struct file *file)
{
    const struct scan_options *options = scan->options;
    const struct printer *printer = options->query.printer;
    if (!prints_end(options, file))
        return;
    struct output *output = write_take_output(scan);
    output_begin(output, false, 0, NULL, NULL);
    if (options->tally) {
        tally_end_file(options->tally, &scan->total, file, output);
    } else if (options->list != LIST_NONE) {
        printer_name(printer, output, file->name);
        output_byte(output, printer->null_names ? '\0' : '\n');
    } else if (prints_count(options)) {
        scan->counted++;
        print_count(printer, output, file->name, counts_matches(options) ? file->matches : file->selected);
    } else {
        write_string(output, "Binary file ");
        write_string(output, file->name);
        write_string(output, " matches\n");
    }
    if (!output_is_empty(output))
        write_output(scan, (struct file *)(uintptr_t)file, output);
    write_give_output(scan, output);
}

/* The total of a search's counts. */
static void print_total(const struct scan *scan, struct output *output)
{
    const struct scan_options *options = scan->options;
    const struct scan_outcome *outcome = &scan->outcome;
    if (!prints_count(options) || options->total == TOTAL_NEVER || (options->total == TOTAL_AUTO && scan->counted < 2))
        return;
    print_count(options->query.printer, output, options->total == TOTAL_ONLY ? NULL : "total",
                counts_matches(options) ? outcome->matches : outcome->selected_lines);
}

void file_end_total(struct scan *scan)
{
    struct output *output = write_take_output(scan);
    output_begin(output, false, 0, NULL, NULL);
    if (!scan->options->tally)
        print_total(scan, output);
    else if (!tally_end(scan->options->tally, &scan->total, scan->options->walk.name_count, output))
        scan->outcome.failed = true;
    if (!output_is_empty(output))
        write_output(scan, NULL, output);
    write_give_output(scan, output);
}

static void say_error(struct scan *scan, const struct file *file)
{
    scan->outcome.failed |= !file->harmless;
    if (scan->options->no_messages)
        return;
    if (scan->options->tally)
        tally_say_error(scan->options->tally, file);
    else if (file->reason)
        diag_file(file->name, "%s", file->reason);
    else
        diag_file(file->name, "%s", strerror(file->error));
}

static void say_bad_end(struct scan *scan, const struct file *file, uint64_t offset)
{
    int error = input_bad_error(&file->input);
    scan->outcome.failed = true;
    if (error)
        diag_file(file->name, "%s at offset %" PRIu64, strerror(error), offset);
    else
        diag_file(file->name, "file shrank while being read at offset %" PRIu64, offset);
}

/* Leaves standard input where grep leaves it: behind the last selected line with -m, else at the end. */
static void position_stdin(const struct scan *scan, const struct file *file)
{
    if (scan->options->tally && file->start > input_size(&file->input))
        return; /* it stands behind the end, and wc leaves it there */
    bool enough = scan->options->query.limited && file->wanted == 0;
    input_leave_at(&file->input, enough ? file->selected_end : UINT64_MAX);
}

void file_end(struct scan *scan, struct file *file)
{
    struct scan_outcome *outcome = &scan->outcome;
    bool opened = file->opened, mapped = input_has_ranges(&file->input);
    if (last_is_wanted(scan->options))
        last_print(scan, file);
    uint64_t good_end = input_good_end(&file->input);
    if (good_end != UINT64_MAX && scan->in_line)
        end_line(scan, file);
    if (file->selected > scan->options->last)
        file->selected = scan->options->last;
    outcome->selected |= file->selected > 0;
    outcome->selected_lines += file->selected;
    outcome->matches += file->matches;
    if (opened) {
        outcome->files++;
        outcome->mapped += mapped;
        outcome->read += !mapped;
        outcome->bytes += file->committed_end - file->start;
    }
    /* As in grep, a directory is a file that cannot be read; wc shows zeros for it. */
    if (opened || file->error == EISDIR)
        print_end(scan, file);
    if (file->error || file->reason)
        say_error(scan, file);
    if (good_end != UINT64_MAX)
        say_bad_end(scan, file, good_end);
    if (opened)
        position_stdin(scan, file);
    if (scan->options->count_lines)
        outcome->huge_bytes += input_huge_bytes(&file->input);
    if (file->standard_input) {
        pthread_mutex_lock(&scan->monitor.lock);
        scan->stdin_busy = false;
        pthread_cond_broadcast(&scan->monitor.changed);
        pthread_mutex_unlock(&scan->monitor.lock);
    }
    scan->in_line = false; /* a name that ends in a NUL byte */
    file_free(file);
}
