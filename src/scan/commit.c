#include "scan/commit.h"

#include "base/alloc.h"
#include "base/diag.h"
#include "base/number.h"
#include "scan/last.h"
#include "scan/lead.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Lock held. */
static void stop_file(struct file *file, uint64_t chunk)
{
    file_stop(file, chunk);
    if (file->reading)
        stream_cancel(file->input.stream);
}

void scan_stop_file(struct scan *scan, struct file *file, uint64_t chunk)
{
    pthread_mutex_lock(&scan->monitor.lock);
    stop_file(file, chunk);
    pthread_mutex_unlock(&scan->monitor.lock);
}

void scan_stop(struct scan *scan)
{
    atomic_store(&scan->stop, true);
    pthread_mutex_lock(&scan->monitor.lock);
    for (struct file *file = scan->files; file; file = file->next)
        stop_file(file, 0);
    pthread_mutex_unlock(&scan->monitor.lock);
    walk_cancel(scan->walk);
    queue_stop(scan->queue);
}

struct output *commit_take_output(struct scan *scan)
{
    pthread_mutex_lock(&scan->monitor.lock);
    struct output *output = scan->output_count ? scan->outputs[--scan->output_count] : NULL;
    pthread_mutex_unlock(&scan->monitor.lock);
    if (!output) {
        output = output_create();
        output_set_line_end(output, scan->options->search.null_lines ? '\0' : '\n');
    }
    return output;
}

void commit_give_output(struct scan *scan, struct output *output)
{
    output_clear(output);
    pthread_mutex_lock(&scan->monitor.lock);
    scan->outputs = xreallocarray(scan->outputs, scan->output_count + 1, sizeof *scan->outputs);
    scan->outputs[scan->output_count++] = output;
    pthread_mutex_unlock(&scan->monitor.lock);
}

void commit_free_outputs(struct scan *scan)
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

bool commit_write(struct scan *scan, struct file *file, struct output *output)
{
    if (scan_is_stopped(scan))
        return false;
    const char *fault;
    int error = output_write(output, STDOUT_FILENO, &fault);
    if (error == 0)
        return true;
    struct map *map = file ? file->input.map : NULL;
    if (error == EFAULT && map) {
        /* The kernel met pages that are not there any more. */
        uint64_t offset = (uint64_t)(fault - map_at(map, 0));
        map_check(map);
        if (map_bad_offset(map) > offset + memory_page_size())
            map_mark_bad(map, offset / memory_page_size() * memory_page_size(), EIO);
        return false;
    }
    output_failed(scan, error);
    return false;
}

/* Writes what refers to a map that may have lost its end in the meantime. */
static void write_mapped(struct scan *scan, struct file *file, struct output *output)
{
    struct map *map = file->input.map;
    const char *begin = map_at(map, file->input.start);
    const char *end = map_at(map, (uint64_t)file->input.status.st_size);
    map_guard_enter(map);
    map_check(map);
    bool in_line = false;
    for (;;) {
        uint64_t bad = map_bad_offset(map);
        if (bad != UINT64_MAX)
            output_cut(output, begin, end, map_at(map, bad));
        if (in_line) /* and so it is the last: what comes next begins on a line of its own */
            output_byte(output, file->line_end);
        if (commit_write(scan, file, output) || scan_is_stopped(scan))
            break;
        in_line = output_is_in_line(output);
    }
    map_guard_leave();
}

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
    enum search_mode mode = options->search.mode == SEARCH_BOUNDS ? options->last_mode : options->search.mode;
    return mode == SEARCH_COUNT_MATCHES && !options->search.invert;
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

/* What is printed when a file is done. */
static void print_end(struct scan *scan, const struct file *file)
{
    const struct scan_options *options = scan->options;
    const struct printer *printer = options->search.printer;
    if (!prints_end(options, file))
        return;
    struct output *output = commit_take_output(scan);
    output_begin(output, true, 0, NULL, NULL);
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
        commit_write(scan, (struct file *)(uintptr_t)file, output);
    commit_give_output(scan, output);
}

/* The total of a search's counts. */
static void print_total(const struct scan *scan, struct output *output)
{
    const struct scan_options *options = scan->options;
    const struct scan_outcome *outcome = &scan->outcome;
    if (!prints_count(options) || options->total == TOTAL_NEVER || (options->total == TOTAL_AUTO && scan->counted < 2))
        return;
    print_count(options->search.printer, output, options->total == TOTAL_ONLY ? NULL : "total",
                counts_matches(options) ? outcome->matches : outcome->selected_lines);
}

void commit_total(struct scan *scan)
{
    struct output *output = commit_take_output(scan);
    output_begin(output, true, 0, NULL, NULL);
    if (!scan->options->tally)
        print_total(scan, output);
    else if (!tally_end(scan->options->tally, &scan->total, scan->options->walk.name_count, output))
        scan->outcome.failed = true;
    if (!output_is_empty(output))
        commit_write(scan, NULL, output);
    commit_give_output(scan, output);
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

static void say_bad_map(struct scan *scan, const struct file *file)
{
    const struct map *map = file->input.map;
    uint64_t offset = map_bad_offset(map);
    scan->outcome.failed = true;
    if (map_bad_error(map))
        diag_file(file->name, "%s at offset %" PRIu64, strerror(map_bad_error(map)), offset);
    else
        diag_file(file->name, "file shrank while being read at offset %" PRIu64, offset);
}

/* Leaves standard input where grep leaves it: behind the last selected line with -m, else at the end. */
static void position_stdin(const struct scan *scan, const struct file *file)
{
    if (file->input.owns_fd || !S_ISREG(file->input.status.st_mode))
        return;
    if (scan->options->tally && file->input.start > (uint64_t)file->input.status.st_size)
        return; /* it stands behind the end, and wc leaves it there */
    if (scan->options->search.limited && file->wanted == 0)
        lseek(file->input.fd, (off_t)file->selected_end, SEEK_SET);
    else
        lseek(file->input.fd, 0, SEEK_END);
}

static void end_file(struct scan *scan, struct file *file)
{
    struct scan_outcome *outcome = &scan->outcome;
    bool opened = file->input.map || file->input.stream;
    if (last_is_wanted(scan->options))
        last_print(scan, file);
    if (file->selected > scan->options->last)
        file->selected = scan->options->last;
    outcome->selected |= file->selected > 0;
    outcome->selected_lines += file->selected;
    outcome->matches += file->matches;
    if (opened) {
        outcome->files++;
        outcome->mapped += file->input.map != NULL;
        outcome->read += file->input.map == NULL;
        outcome->bytes += file->committed_end - file->input.start;
    }
    /* As in grep, a directory is a file that cannot be read; wc shows zeros for it. */
    if (opened || file->error == EISDIR)
        print_end(scan, file);
    if (file->error || file->reason)
        say_error(scan, file);
    if (file->input.map && map_bad_offset(file->input.map) != UINT64_MAX)
        say_bad_map(scan, file);
    if (opened)
        position_stdin(scan, file);
    if (file->input.map && scan->options->count_lines)
        outcome->huge_bytes += map_huge_bytes(file->input.map);
    if (file->standard_input) {
        pthread_mutex_lock(&scan->monitor.lock);
        scan->stdin_busy = false;
        pthread_cond_broadcast(&scan->monitor.changed);
        pthread_mutex_unlock(&scan->monitor.lock);
    }
    file_free(file);
}

/* A search in it may well find nothing. */
static void say_encoding(const struct scan *scan, const struct commit *commit)
{
    if (commit->encoding && !scan->options->no_messages)
        diag_file(commit->file->name, "warning: the text is %s, by its byte-order mark, and is searched as bytes",
                  commit->encoding);
}

static void say_troubles(struct scan *scan, const struct commit *commit)
{
    for (size_t i = 0; i < commit->result.trouble_count; i++) {
        const struct search_trouble *trouble = &commit->result.troubles[i];
        scan->outcome.failed = true;
        char message[256];
        matcher_error_message(trouble->error, message, sizeof message);
        diag_file(commit->file->name, "line at offset %" PRIu64 ": %s", trouble->offset, message);
    }
}

static void add_up(struct scan *scan, struct file *file, const struct commit *commit)
{
    const struct search_result *result = &commit->result;
    if (scan->options->tally)
        count_join(&file->counts, &commit->counts);
    bool limited = scan->options->search.limited, skips = scan->options->search.skips;
    if (limited || skips) /* only then another thread looks */
        pthread_mutex_lock(&scan->monitor.lock);
    file->selected += result->selected;
    file->matches += result->matches;
    if (commit->end > file->committed_end)
        file->committed_end = commit->end;
    file->to_skip -= result->skipped;
    file->wanted -= limited ? result->selected : 0;
    if (limited && result->selected)
        file->selected_end = file->input.start + result->selected_end;
    if (limited || skips)
        pthread_mutex_unlock(&scan->monitor.lock);
    file->binary |= result->binary;
    bool owes = scan->options->search.passthru || last_owes(file) ||
                (result->grouped ? result->place.owed : file->place.owed) > 0;
    bool enough = result->ended || (limited && file->wanted == 0 && !owes) ||
                  (scan->options->search.mode == SEARCH_EXISTS && result->selected);
    if (enough) {
        file->finished = true;
        scan_stop_file(scan, file, commit->entry.ticket.chunk);
    }
}

static void release(struct scan *scan, struct commit *commit)
{
    if (commit->output)
        commit_give_output(scan, commit->output);
    block_put(scan->pool, &commit->block);
    search_result_clear(&commit->result);
    free(commit);
}

/* Prints a chunk.  Its lead may have been printed already. */
static void print_chunk(struct scan *scan, struct commit *commit)
{
    struct file *file = commit->file;
    struct map *map = file->input.map;
    const struct lead_chunk chunk = lead_chunk_of(file, (struct region){.begin = commit->begin, .end = commit->end},
                                                  commit->text, commit->entry.ticket.chunk, &commit->result);
    bool with_lead = lead_is_wanted(scan->options) && commit->begin < commit->end, led = true;
    if (with_lead && !commit->led) {
        if (map)
            map_guard_enter(map);
        led = lead_print(scan, &chunk);
        if (map)
            map_guard_leave();
    }
    if (last_is_wanted(scan->options) && commit->begin < commit->end) {
        if (map)
            map_guard_enter(map);
        last_keep(scan, &chunk);
        if (map)
            map_guard_leave();
        lead_keep(scan, &chunk);
    }
    add_up(scan, file, commit);
    if (led && commit->output && map)
        write_mapped(scan, file, commit->output);
    else if (led && commit->output)
        commit_write(scan, file, commit->output);
    if (with_lead)
        lead_keep(scan, &chunk);
}

void commit_entry(void *context, struct queue_entry *entry)
{
    struct scan *scan = context;
    struct commit *commit = (struct commit *)entry;
    struct file *file = commit->file;
    uint64_t bad = file->input.map ? map_bad_offset(file->input.map) : UINT64_MAX;
    if (!file->finished && bad > commit->begin && !scan_is_stopped(scan)) {
        say_encoding(scan, commit);
        say_troubles(scan, commit);
        print_chunk(scan, commit);
    }
    if (bad < commit->end && !file->finished) {
        file->finished = true;
        scan_stop_file(scan, file, entry->ticket.chunk);
    }
    bool last = entry->last;
    release(scan, commit);
    if (last)
        end_file(scan, file);
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
