#include "scan/lead.h"

#include "base/alloc.h"
#include "scan/write.h"
#include "task/lines.h"

#include <stdlib.h>
#include <string.h>

bool lead_is_wanted(const struct scan_options *options)
{
    const struct query *query = &options->query;
    return !options->tally && query->mode == QUERY_LINES && query->context && !query->passthru;
}

struct lead_chunk lead_chunk_of(struct file *file, const struct lease *lease, struct region region, uint64_t number,
                                const struct search_result *result)
{
    struct lead_chunk chunk = {
        .file = file,
        .begin = region.begin,
        .end = region.end,
        .text = lease_at(lease, region.begin),
        .before = {file->tail.bytes, file->tail.bytes + file->tail.length},
        .number = number,
        .result = result,
    };
    if (input_has_ranges(&file->input))
        chunk.before = (struct span){lease_at(lease, file->start), chunk.text};
    return chunk;
}

/* What the output's flush function and the line numbers need. */
struct lead {
    struct scan *scan;
    const struct lead_chunk *chunk;
    bool failed;
};

uint64_t lead_lines_before(struct scan *scan, const struct lead_chunk *chunk)
{
    uint64_t lines = 0;
    if (chunk->lines)
        return *chunk->lines;
    pthread_mutex_lock(&scan->monitor.lock);
    line_sums_before(chunk->file->lines, chunk->number, &lines); /* in its turn, all before it are counted */
    pthread_mutex_unlock(&scan->monitor.lock);
    return lines;
}

static uint64_t lines_before(void *context)
{
    const struct lead *lead = context;
    return lead_lines_before(lead->scan, lead->chunk);
}

/* What was read only counts when it was there. */
static void check_text(struct lead *lead)
{
    struct file *file = lead->chunk->file;
    input_check(&file->input);
    lead->failed |= input_good_end(&file->input) < lead->chunk->end;
}

static bool flush(void *context, struct output *output)
{
    struct lead *lead = context;
    check_text(lead);
    if (!lead->failed)
        lead->failed = !write_output(lead->scan, lead->chunk->file, output);
    return !lead->failed;
}

static bool stopped(void *context)
{
    (void)context;
    return false;
}

bool lead_print(struct scan *scan, const struct lead_chunk *chunk)
{
    struct file *file = chunk->file;
    const struct search_result *found = chunk->result;
    struct lead lead = {.scan = scan, .chunk = chunk};
    const struct chunk_text lines = {
        .name = file->name,
        .begin = chunk->text,
        .end = chunk->text + (chunk->end - chunk->begin),
        .known = {chunk->text + (chunk->end - chunk->begin), chunk->text + (chunk->end - chunk->begin)},
        .offset = chunk->begin - file->start,
        .from_start = file->start == 0,
        .number_width = file->number_width,
        .context = &lead,
        .lines_before = lines_before,
        .stopped = stopped,
    };
    if (!scan->leader)
        scan->leader = searcher_create(&scan->options->query);
    struct output *output = write_take_output(scan);
    struct search_result result;
    output_begin(output, false, 0, flush, &lead);
    searcher_lead(scan->leader, &lines, chunk->before, found->grouped ? &found->first : NULL, &file->place,
                  &scan->grouped, output, &result);
    output_flush_now(output);
    check_text(&lead);
    file->binary |= result.binary && !lead.failed;
    search_result_clear(&result);
    write_give_output(scan, output);
    return !lead.failed;
}

/* Puts the text's last lines behind those that are kept, of which so many stay as are still of use. */
static void keep_tail(struct file *file, const char *text, size_t length, uint64_t lines)
{
    struct file_tail *tail = &file->tail;
    uint64_t rest = lines;
    const char *end = text + length, *kept = lines_back(text, end, file->line_end, &rest);
    size_t more = (size_t)(end - kept);
    if (more < length) /* so many lines that no earlier one is among them */
        tail->length = 0;
    if (tail->length + more > tail->room) {
        tail->room = 2 * (tail->length + more);
        tail->bytes = xreallocarray(tail->bytes, tail->room, 1);
    }
    if (more)
        memcpy(tail->bytes + tail->length, kept, more);
    tail->length += more;
    /* With few lines in each block the tail would grow for ever. */
    if (tail->length > more && tail->length > 2 * tail->needed) {
        rest = lines;
        end = tail->bytes + tail->length;
        kept = lines_back(tail->bytes, end, file->line_end, &rest);
        tail->length = tail->needed = (size_t)(end - kept);
        memmove(tail->bytes, kept, tail->length);
    }
}

void lead_keep(const struct scan *scan, const struct lead_chunk *chunk)
{
    struct file *file = chunk->file;
    if (chunk->result->grouped)
        file->place = chunk->result->place;
    uint64_t lines = scan->options->query.before;
    if (input_has_ranges(&file->input) || lines == 0)
        return;
    /* What has been printed is not printed again. */
    uint64_t length = chunk->end - chunk->begin, begin = chunk->begin - file->start;
    if (file->place.printed_to != SEARCH_NOTHING_PRINTED && file->place.printed_to > begin) {
        length -= file->place.printed_to - begin;
        file->tail.length = 0;
    }
    keep_tail(file, chunk->text + (chunk->end - chunk->begin - length), (size_t)length, lines);
}
