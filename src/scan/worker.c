#include "scan/worker.h"

#include "base/alloc.h"
#include "scan/chunks.h"
#include "scan/commit.h"
#include "scan/last.h"
#include "scan/lead.h"
#include "scan/region.h"
#include "scan/write.h"
#include "task/binary.h"

/* What a worker does with one chunk. */
struct work {
    struct scan *scan;
    struct searcher *searcher;
    struct chunk chunk;
    struct lease lease; /* of all of the file or, of one that is read, of the chunk */
    struct region region;
    uint64_t limit;   /* of a file that has ranges: nothing from here on is taken */
    uint64_t written; /* bytes of the chunk's output that have been written already */
    bool led;         /* the chunk's lead has been printed */
    bool again;       /* the text has gone bad inside the chunk: search it once more, up to there */
    struct search_result result;
    const char *encoding;    /* of the file, when this is its first chunk and it is none that is searched */
    struct counter *counter; /* instead of the searcher */
    struct count_result counts;
    struct output *output;
};

static bool chunk_stopped(void *context)
{
    const struct work *work = context;
    return work->again || scan_is_stopped(work->scan) || file_is_stopped(work->chunk.file, work->chunk.ticket.chunk);
}

static uint64_t chunk_lines_before(void *context)
{
    const struct work *work = context;
    struct monitor *monitor = &work->scan->monitor;
    uint64_t lines = 0;
    pthread_mutex_lock(&monitor->lock);
    while (!scan_is_stopped(work->scan) && !line_sums_before(work->chunk.file->lines, work->chunk.ticket.chunk, &lines))
        pthread_cond_wait(&monitor->changed, &monitor->lock);
    pthread_mutex_unlock(&monitor->lock);
    return lines;
}

/*
 * As every selected line is at least a byte long, what lies between the committed chunks and the end of
 * this one bounds what earlier chunks may still select.  Only when that could matter is it waited for.
 */
static uint64_t chunk_lines_wanted(void *context)
{
    const struct work *work = context;
    struct scan *scan = work->scan;
    const struct file *file = work->chunk.file;
    pthread_mutex_lock(&scan->monitor.lock);
    uint64_t wanted = file->wanted;
    bool plenty = wanted > work->region.end - file->committed_end;
    pthread_mutex_unlock(&scan->monitor.lock);
    if (plenty)
        return wanted;
    if (!queue_wait_turn(scan->queue, work->chunk.ticket))
        return 0;
    return file->wanted;
}

static bool chunk_skipping(void *context)
{
    const struct work *work = context;
    pthread_mutex_lock(&work->scan->monitor.lock);
    bool skipping = work->chunk.file->to_skip > 0;
    pthread_mutex_unlock(&work->scan->monitor.lock);
    return skipping;
}

static uint64_t chunk_lines_to_skip(void *context)
{
    const struct work *work = context;
    if (!queue_wait_turn(work->scan->queue, work->chunk.ticket))
        return UINT64_MAX;
    return work->chunk.file->to_skip;
}

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
    if (!queue_wait_turn(work->scan->queue, work->chunk.ticket))
        return false;
    /* While it waited, an earlier chunk may have ended the file. */
    if (file_is_stopped(work->chunk.file, work->chunk.ticket.chunk))
        return false;
    work->again |= !text_is_good(work);
    if (work->again)
        return false;
    if (lead_is_wanted(work->scan->options) && !work->led) {
        const struct lead_chunk chunk =
            lead_chunk_of(work->chunk.file, &work->lease, work->region, work->chunk.ticket.chunk, &work->result);
        work->led = true;
        if (!lead_print(work->scan, &chunk))
            return false;
    }
    bool written = write_output(work->scan, work->chunk.file, output);
    work->written += output_written(output);
    work->again = !text_is_good(work);
    return written && !work->again;
}

/* How many of a file's chunks have been committed.  Lock held. */
static uint64_t committed_chunks(const struct scan *scan, const struct file *file)
{
    struct ticket turn = queue_turn(scan->queue);
    return turn.file == file->number ? turn.chunk : 0;
}

/* Publishes how many lines the chunk has, for the numbers of the lines behind it. */
static void count_lines(struct work *work, const struct chunk_text *lines)
{
    struct scan *scan = work->scan;
    if (work->chunk.last && !scan->options->count_lines)
        return;
    const struct query *query = &scan->options->query;
    const struct span text = chunk_text_searched(lines, query, (struct span){lines->begin, lines->end});
    uint64_t count = query_count_lines(query, lines->begin, lines->known.seam);
    if (text.begin < text.end && (text.end > lines->known.seam || text.end[-1] != work->chunk.file->line_end))
        count++;
    pthread_mutex_lock(&scan->monitor.lock);
    scan->lines += work->written || work->limit != UINT64_MAX ? 0 : count;
    struct file *file = work->chunk.file;
    if (!file->lines)
        file->lines = xcalloc(1, sizeof *file->lines);
    while (!scan_is_stopped(scan) &&
           !line_sums_add(file->lines, committed_chunks(scan, file), work->chunk.ticket.chunk, count))
        pthread_cond_wait(&scan->monitor.changed, &scan->monitor.lock);
    pthread_cond_broadcast(&scan->monitor.changed);
    pthread_mutex_unlock(&scan->monitor.lock);
}

static void search_lines(struct work *work, bool first)
{
    struct scan *scan = work->scan;
    const struct region *region = &work->region;
    const struct lease *lease = &work->lease;
    struct chunk_text lines = {
        .name = work->chunk.file->name,
        .begin = lease_at(lease, region->begin),
        .end = lease_at(lease, region->end),
        .known = {lease_at(lease, region->seam), lease_at(lease, region->blank_end)},
        .offset = region->begin - work->chunk.file->start, /* as grep counts: from where it begins */
        .from_start = work->chunk.file->start == 0,
        .number_width = work->chunk.file->number_width,
        .context = work,
        .lines_before = chunk_lines_before,
        .skipping = chunk_skipping,
        .lines_to_skip = chunk_lines_to_skip,
        .lines_wanted = chunk_lines_wanted,
        .stopped = chunk_stopped,
    };
    bool references = !input_has_ranges(&work->chunk.file->input) || scan->output_is_file;
    if (region->begin == 0 && !scan->options->query.text && !scan->options->query.text_only)
        work->encoding = binary_encoding((struct span){lines.begin, lines.end});
    output_begin(work->output, references, work->written, flush_chunk, work);
    if (first && scan->counts_lines)
        count_lines(work, &lines);
    if (lines.begin < lines.end)
        searcher_run(work->searcher, &lines, work->output, &work->result);
}

/* The part of a chunk of a file that has ranges, which belongs to it. */
static struct region find_region(const struct work *work)
{
    const struct tally *tally = work->scan->options->tally;
    return tally ? tally_region(tally, work->chunk.file, &work->lease, &work->chunk, work->limit)
                 : region_find(work->chunk.file, &work->lease, &work->chunk, work->limit);
}

static void run_region(struct work *work, bool first)
{
    if (work->counter)
        counter_run(work->counter, lease_at(&work->lease, work->region.begin),
                    (size_t)(work->region.end - work->region.begin), &work->counts);
    else
        search_lines(work, first);
}

/* Does with a chunk of ranges what is to be done. */
static void run_ranges(struct work *work)
{
    struct file *file = work->chunk.file;
    lease_open(&work->lease, &file->input, file->start, file->end);
    for (bool first = true;; first = false) {
        work->again = false;
        work->region = find_region(work);
        lease_advance(&work->lease, work->region.end);
        run_region(work, first);
        if (text_is_good(work) && !work->again)
            break;
        /* Of what has been found, only what lies before the hole counts: find that again. */
        search_result_clear(&work->result);
        work->limit = lease_good_end(&work->lease);
    }
    lease_close(&work->lease);
}

/* Does with a block that was read what is to be done. */
static void run_block(struct work *work)
{
    const struct chunk *chunk = &work->chunk;
    lease_open_block(&work->lease, &chunk->file->input, chunk->block.block.bytes, chunk->begin, chunk->end);
    run_region(work, true);
    lease_close(&work->lease);
}

/* Hands over what came of a chunk. */
static void finish(struct work *work)
{
    struct scan *scan = work->scan;
    struct commit *commit = xmalloc(sizeof *commit);
    *commit = (struct commit){
        .entry = {.ticket = work->chunk.ticket, .last = work->chunk.last},
        .file = work->chunk.file,
        .begin = work->region.begin,
        .end = work->region.end,
        .led = work->led,
        .encoding = work->encoding,
        .result = work->result,
        .counts = work->counts,
    };
    if (work->result.selected && scan->options->query.mode == QUERY_EXISTS) {
        atomic_store(&scan->found, true);
        scan_stop_file(scan, work->chunk.file, work->chunk.ticket.chunk);
        if (scan->options->quiet)
            scan_stop(scan);
    }
    if (lead_is_wanted(scan->options) || last_is_wanted(scan->options))
        commit->text = work->chunk.block.block.bytes;
    if (commit->text || output_has_references(work->output)) {
        commit->block = work->chunk.block.block;
        work->chunk.block.block = (struct block){NULL, 0};
    }
    if (!output_is_empty(work->output)) {
        commit->output = work->output;
        work->output = NULL;
    }
    commit->entry.heavy = commit->output || commit->block.bytes || commit->result.trouble_count;
    block_put(scan->pool, &work->chunk.block.block);
    queue_put(scan->queue, &commit->entry);
}

void worker_run(struct scan *scan)
{
    const struct tally *tally = scan->options->tally;
    struct work work = {.scan = scan};
    if (tally)
        work.counter = counter_create(&tally->count);
    else
        work.searcher = searcher_create(&scan->options->query);
    while (chunks_next(scan, &work.chunk)) {
        work.result = (struct search_result){0};
        work.counts = (struct count_result){0};
        work.limit = UINT64_MAX;
        work.written = 0;
        work.led = false;
        work.encoding = NULL;
        work.again = false;
        if (!work.output)
            work.output = write_take_output(scan);
        output_clear(work.output);
        work.region = (struct region){work.chunk.begin, work.chunk.end, work.chunk.end, work.chunk.end};
        if (work.chunk.begin < work.chunk.end)
            (input_has_ranges(&work.chunk.file->input) ? run_ranges : run_block)(&work);
        finish(&work);
    }
    output_free(work.output);
    if (tally)
        counter_free(work.counter);
    else
        searcher_free(work.searcher);
    /* The lock makes all that this thread wrote visible to the one that reads the outcome. */
    pthread_mutex_lock(&scan->monitor.lock);
    pthread_mutex_unlock(&scan->monitor.lock);
}
