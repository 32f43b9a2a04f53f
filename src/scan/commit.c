#include "scan/commit.h"

#include "base/diag.h"
#include "input/lease.h"
#include "scan/file-end.h"
#include "scan/last.h"
#include "scan/lead.h"
#include "scan/write.h"

#include <inttypes.h>
#include <stdlib.h>

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
    bool limited = scan->options->query.limited, skips = scan->options->query.skips;
    if (limited || skips) /* only then another thread looks */
        pthread_mutex_lock(&scan->monitor.lock);
    file->selected += result->selected;
    file->matches += result->matches;
    if (commit->end > file->committed_end)
        file->committed_end = commit->end;
    file->to_skip -= result->skipped;
    file->wanted -= limited ? result->selected : 0;
    if (limited && result->selected)
        file->selected_end = file->start + result->selected_end;
    if (limited || skips)
        pthread_mutex_unlock(&scan->monitor.lock);
    file->binary |= result->binary;
    bool owes = scan->options->query.passthru || last_owes(file) ||
                (result->grouped ? result->place.owed : file->place.owed) > 0;
    bool enough = result->ended || (limited && file->wanted == 0 && !owes) ||
                  (scan->options->query.mode == QUERY_EXISTS && result->selected);
    if (enough) {
        file->finished = true;
        scan_stop_file(scan, file, commit->entry.ticket.chunk);
    }
}

static void release(struct scan *scan, struct commit *commit)
{
    if (commit->output)
        write_give_output(scan, commit->output);
    block_put(scan->pool, &commit->block);
    search_result_clear(&commit->result);
    free(commit);
}

/* Opens the text of a chunk in its turn, if it is wanted.  False when it is not. */
static bool open_text(const struct scan *scan, const struct commit *commit, struct lease *lease)
{
    struct file *file = commit->file;
    if (commit->begin == commit->end || !(lead_is_wanted(scan->options) || last_is_wanted(scan->options)))
        return false;
    if (input_has_ranges(&file->input))
        lease_open(lease, &file->input, file->start, file->end);
    else
        lease_open_block(lease, &file->input, commit->text, commit->begin, commit->end);
    return true;
}

/* Prints a chunk.  Its lead may have been printed already. */
static void print_chunk(struct scan *scan, struct commit *commit)
{
    struct file *file = commit->file;
    struct lease lease;
    struct lead_chunk chunk;
    bool led = true, open = open_text(scan, commit, &lease);
    if (open) {
        chunk = lead_chunk_of(file, &lease, (struct region){.begin = commit->begin, .end = commit->end},
                              commit->entry.ticket.chunk, &commit->result);
        if (last_is_wanted(scan->options))
            last_keep(scan, &chunk);
        else if (!commit->led)
            led = lead_print(scan, &chunk);
    }
    add_up(scan, file, commit);
    if (led && commit->output)
        write_output(scan, file, commit->output);
    if (open) {
        lead_keep(scan, &chunk);
        lease_close(&lease);
    }
}

void commit_entry(void *context, struct queue_entry *entry)
{
    struct scan *scan = context;
    struct commit *commit = (struct commit *)entry;
    struct file *file = commit->file;
    uint64_t bad = input_good_end(&file->input);
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
