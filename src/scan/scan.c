#include "scan/scan.h"

#include "base/alloc.h"
#include "base/diag.h"
#include "output/queue.h"
#include "scan/commit.h"
#include "scan/file.h"
#include "scan/last.h"
#include "scan/lead.h"
#include "sys/pipe.h"
#include "sys/threads.h"
#include "task/binary.h"

#include <errno.h>
#include <fcntl.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What a worker does with one chunk. */
struct work {
    struct scan *scan;
    struct searcher *searcher;
    struct chunk chunk;
    struct region region;
    uint64_t limit;   /* of a mapped file: nothing from here on is taken */
    uint64_t written; /* bytes of the chunk's output that have been written already */
    bool led;         /* the chunk's lead has been printed */
    bool again;       /* the map has gone bad inside the chunk: search it once more, up to there */
    struct search_result result;
    const char *encoding;    /* of the file, when this is its first chunk and it is none that is searched */
    struct counter *counter; /* instead of the searcher */
    struct count_result counts;
    struct output *output;
};

/* --- handing out work --- */

/* Puts a file among those that have chunks left.  Lock held. */
static void publish(struct scan *scan, struct file *file)
{
    struct file **link = &scan->files;
    while (*link && (*link)->number < file->number)
        link = &(*link)->next;
    file->next = *link;
    *link = file;
    pthread_cond_broadcast(&scan->monitor.changed);
}

/* Takes it out again.  Lock held. */
static void withdraw(struct scan *scan, struct file *file)
{
    struct file **link = &scan->files;
    while (*link != file)
        link = &(*link)->next;
    *link = file->next;
    pthread_cond_broadcast(&scan->monitor.changed);
}

static bool is_stopped(struct scan *scan)
{
    return atomic_load_explicit(&scan->stop, memory_order_relaxed);
}

/* Reads the block that is to be the file's next chunk, and closes a file that is done with.  Lock not held. */
static void read_block(struct file *file, struct chunk *chunk)
{
    stream_next(file->input.stream, &chunk->block);
    if (chunk->block.last) {
        file->error = chunk->block.error;
        file->reason = chunk->block.reason;
        input_release(&file->input);
    }
}

/* Reads a stream's next block and makes it a chunk.  Lock held, and given up for the read. */
static void take_block(struct scan *scan, struct file *file, struct chunk *chunk)
{
    *chunk = (struct chunk){.file = file};
    file->reading = true;
    scan->busy++;
    pthread_mutex_unlock(&scan->monitor.lock);
    read_block(file, chunk);
    pthread_mutex_lock(&scan->monitor.lock);
    scan->busy--;
    file->reading = false;
    file_next_block(file, chunk);
    pthread_cond_broadcast(&scan->monitor.changed);
}

/* Takes the next chunk of the first file that has one ready.  Lock held. */
static bool take_chunk(struct scan *scan, struct chunk *chunk)
{
    struct file *file = scan->files;
    while (file && file->reading)
        file = file->next;
    if (!file)
        return false;
    struct ticket turn = queue_turn(scan->queue);
    bool is_turn = turn.file == file->number && turn.chunk == file->next_chunk;
    if (!is_turn && !queue_has_room(scan->queue))
        return false;
    if (file->input.map || file_is_stopped(file, file->next_chunk))
        file_next_chunk(file, scan->options->chunk_size, chunk);
    else
        take_block(scan, file, chunk);
    if (file->exhausted)
        withdraw(scan, file);
    return true;
}

/* Why there is nothing to open, if so, in the file. */
static bool explain_entry(struct file *file, const struct walk_entry *entry)
{
    file->error = entry->error;
    file->reason = entry->loop ? "warning: recursive directory loop" : entry->reason;
    file->harmless = entry->loop;
    return file->error || file->reason;
}

/* Opens a file; false when it cannot be had, which *file then says, or is passed over.  Lock not held. */
static bool open_file(struct scan *scan, struct file *file, const struct walk_entry *entry)
{
    const struct tally *tally = scan->options->tally;
    if (explain_entry(file, entry) || (tally && tally_refuses(tally, file, file->name)))
        return false;
    const struct input_source source = {
        .standard_input = entry->standard_input,
        .directory = directory_descriptor(entry->directory),
        .name = entry->name,
        .no_follow = entry->no_follow,
        .skip_devices = entry->skip_devices,
    };
    struct input_error error;
    bool opened = input_open(&file->input, &source, &scan->input, &error);
    /* What was opened ahead of its turn may hold all descriptors there are: in its turn, one is free again. */
    if (!opened && (error.error == EMFILE || error.error == ENFILE) &&
        queue_wait_turn(scan->queue, (struct ticket){file->number, 0}))
        opened = input_open(&file->input, &source, &scan->input, &error);
    if (entry->excluded && (opened || error.error == EISDIR)) {
        input_close(&file->input);
        return false;
    }
    if (!opened) {
        file->error = error.error;
        file->reason = error.reason;
        return false;
    }
    const struct stat *in = &file->input.status, *out = &scan->output_status;
    if (scan->prints_lines && scan->output_is_file && in->st_dev == out->st_dev && in->st_ino == out->st_ino) {
        input_close(&file->input);
        file->reason = "input file is also the output";
        return false;
    }
    return true;
}

/* For -T, as in grep: the digits of the size, as a line's number may be one more; of what has none, of any number. */
static unsigned number_width(const struct scan *scan, const struct stat *status)
{
    uint64_t largest = INT64_MAX;
    if (S_ISREG(status->st_mode))
        largest = (uint64_t)status->st_size + scan->options->search.printer->line_number;
    unsigned width = 1;
    while (largest /= 10)
        width++;
    return width;
}

/*
 * Opens the next file and takes its first chunk, unless that has to be waited for.  Lock held, and given up
 * for the opening.  A file of a single block is never published: small files cost no more than that.
 */
static bool take_file(struct scan *scan, struct chunk *chunk)
{
    struct walk_entry entry = scan->next;
    scan->has_next = false;
    uint64_t number = scan->next_file++;
    scan->stdin_busy |= entry.standard_input;
    scan->busy++;
    pthread_mutex_unlock(&scan->monitor.lock);
    char *name = entry.standard_input ? xstrdup(scan->options->stdin_name) : entry.path;
    struct file *file = file_create(number, name, scan->options->max_count);
    file->to_skip = scan->options->skip;
    file->standard_input = entry.standard_input;
    file->line_end = scan->options->search.null_lines ? '\0' : '\n';
    *chunk = (struct chunk){.file = file, .ticket = {number, 0}, .last = true};
    bool taken = true;
    bool opened = open_file(scan, file, &entry);
    if (opened && scan->counts_size && tally_take_size(file))
        file->exhausted = true;
    if (opened && !file->exhausted) {
        file->condition = scan->options->search.condition;
        file_begin(file, scan->options->chunk_size);
        if (!scan->options->tally && scan->options->search.printer->initial_tab)
            file->number_width = number_width(scan, &file->input.status);
        taken = file->input.map || !stream_may_wait(file->input.stream);
        if (taken && file->input.stream)
            read_block(file, chunk);
    }
    if (!entry.standard_input)
        entry.path = NULL; /* the file's now */
    walk_entry_free(&entry);
    pthread_mutex_lock(&scan->monitor.lock);
    scan->busy--;
    if (opened && file->exhausted)
        input_release(&file->input);
    else if (opened && taken && file->input.map)
        file_next_chunk(file, scan->options->chunk_size, chunk);
    else if (opened && taken)
        file_next_block(file, chunk);
    if (opened && !file->exhausted)
        publish(scan, file);
    pthread_cond_broadcast(&scan->monitor.changed);
    return taken;
}

/* Whether there is room for one more file.  Lock held. */
static bool has_room_for_file(const struct scan *scan)
{
    return queue_turn(scan->queue).file == scan->next_file || queue_has_room_ahead(scan->queue);
}

static bool may_take_file(const struct scan *scan)
{
    if (!scan->has_next || !has_room_for_file(scan))
        return false;
    if (!scan->next.standard_input)
        return true;
    /* Standard input named twice is read by one after the other, and nothing that -q might leave to the next program.
     */
    return !scan->stdin_busy && queue_turn(scan->queue).file == scan->next_file;
}

/* Lets the walk do what it has to do before there is a next file.  Lock held, and given up meanwhile. */
static void step_walk(struct scan *scan)
{
    bool must = !scan->busy && queue_turn(scan->queue).file == scan->next_file; /* then nothing else is open */
    scan->walking = true;
    scan->busy++;
    pthread_mutex_unlock(&scan->monitor.lock);
    bool stepped = walk_step(scan->walk, must);
    pthread_mutex_lock(&scan->monitor.lock);
    scan->busy--;
    scan->walking = false;
    scan->starved = !stepped;
    pthread_cond_broadcast(&scan->monitor.changed);
}

/* Finds out what the next file is.  False when that has to be waited for.  Lock held, and may be given up. */
static bool find_next(struct scan *scan)
{
    if (scan->has_next || scan->walked || scan->walking || !has_room_for_file(scan))
        return false;
    switch (walk_next(scan->walk, &scan->next)) {
    case WALK_ENTRY:
        scan->has_next = true;
        break;
    case WALK_END:
        scan->walked = true;
        break;
    case WALK_STEP:
        if (scan->starved && (scan->busy || queue_turn(scan->queue).file != scan->next_file))
            return false;
        step_walk(scan);
        break;
    }
    return true;
}

/* The next chunk for a worker; waits for one.  False when there is no more work. */
static bool next_chunk(struct scan *scan, struct chunk *chunk)
{
    pthread_mutex_lock(&scan->monitor.lock);
    bool taken = false;
    while (!is_stopped(scan)) {
        taken = take_chunk(scan, chunk);
        if (taken)
            break;
        if (may_take_file(scan)) {
            taken = take_file(scan, chunk);
            if (taken)
                break;
            continue;
        }
        if (find_next(scan))
            continue;
        if (!scan->files && !scan->busy && !scan->has_next && scan->walked)
            break;
        pthread_cond_wait(&scan->monitor.changed, &scan->monitor.lock);
    }
    pthread_mutex_unlock(&scan->monitor.lock);
    return taken;
}

/* --- searching a chunk --- */

static bool chunk_stopped(void *context)
{
    const struct work *work = context;
    return work->again || is_stopped(work->scan) || file_is_stopped(work->chunk.file, work->chunk.ticket.chunk);
}

static uint64_t chunk_lines_before(void *context)
{
    const struct work *work = context;
    struct monitor *monitor = &work->scan->monitor;
    uint64_t lines = 0;
    pthread_mutex_lock(&monitor->lock);
    while (!is_stopped(work->scan) && !file_lines_before(work->chunk.file, work->chunk.ticket.chunk, &lines))
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

/* Whether the map is still good for all that the chunk has looked at. */
static bool map_is_good(struct work *work)
{
    struct map *map = work->chunk.file->input.map;
    if (!map)
        return true;
    map_check(map);
    return map_bad_offset(map) >= work->limit || map_bad_offset(map) >= work->region.end;
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
    work->again |= !map_is_good(work);
    if (work->again)
        return false;
    if (lead_is_wanted(work->scan->options) && !work->led) {
        const struct lead_chunk chunk = lead_chunk_of(work->chunk.file, work->region, work->chunk.block.block.bytes,
                                                      work->chunk.ticket.chunk, &work->result);
        work->led = true;
        if (!lead_print(work->scan, &chunk))
            return false;
    }
    uint64_t size = output_size(output);
    bool written = commit_write(work->scan, work->chunk.file, output);
    work->written += size - output_size(output);
    if (!written && !is_stopped(work->scan))
        work->again = true; /* the text was gone when the kernel came to it */
    return written;
}

/* Publishes how many lines the chunk has, for the numbers of the lines behind it. */
static void count_lines(struct work *work, const struct search_chunk *lines)
{
    struct scan *scan = work->scan;
    if (work->chunk.last && !scan->options->count_lines)
        return;
    uint64_t count = search_count_lines(&scan->options->search, lines->begin, lines->known.seam);
    if (lines->end > lines->known.seam || (lines->begin < lines->known.seam && lines->end[-1] != work->chunk.file->line_end))
        count++;
    pthread_mutex_lock(&scan->monitor.lock);
    scan->lines += work->written || work->limit != UINT64_MAX ? 0 : count;
    while (!is_stopped(scan) &&
           !file_lines_counted(work->chunk.file, queue_turn(scan->queue), work->chunk.ticket.chunk, count))
        pthread_cond_wait(&scan->monitor.changed, &scan->monitor.lock);
    pthread_cond_broadcast(&scan->monitor.changed);
    pthread_mutex_unlock(&scan->monitor.lock);
}

static void search_lines(struct work *work, const char *begin, const char *end, bool first)
{
    struct scan *scan = work->scan;
    struct search_chunk lines = {
        .name = work->chunk.file->name,
        .begin = begin,
        .end = end,
        .known = {end - (work->region.end - work->region.seam), end - (work->region.end - work->region.blank_end)},
        .offset = work->region.begin - work->chunk.file->input.start, /* as grep counts: from where it begins */
        .number_width = work->chunk.file->number_width,
        .context = work,
        .lines_before = chunk_lines_before,
        .skipping = chunk_skipping,
        .lines_to_skip = chunk_lines_to_skip,
        .lines_wanted = chunk_lines_wanted,
        .stopped = chunk_stopped,
    };
    bool references = !work->chunk.file->input.map || scan->output_is_file;
    if (work->region.begin == 0 && !scan->options->search.text && !scan->options->search.text_only)
        work->encoding = binary_encoding((struct span){begin, end});
    output_begin(work->output, references, work->written, flush_chunk, work);
    if (first && scan->counts_lines)
        count_lines(work, &lines);
    if (begin < end)
        searcher_run(work->searcher, &lines, work->output, &work->result);
}

static void search_map(struct work *work)
{
    struct map *map = work->chunk.file->input.map;
    map_guard_enter(map);
    for (bool first = true;; first = false) {
        work->again = false;
        work->region = file_region(work->chunk.file, &work->chunk, work->limit);
        map_advance(map, work->region.end);
        search_lines(work, map_at(map, work->region.begin), map_at(map, work->region.end), first);
        if (map_is_good(work) && !work->again)
            break;
        /* Of what has been found, only what lies before the hole counts: find that again. */
        search_result_clear(&work->result);
        work->limit = map_bad_offset(map);
    }
    map_guard_leave();
}

static void count_map(struct work *work)
{
    struct map *map = work->chunk.file->input.map;
    map_guard_enter(map);
    for (;;) {
        work->region = tally_region(work->scan->options->tally, work->chunk.file, &work->chunk, work->limit);
        map_advance(map, work->region.end);
        counter_run(work->counter, map_at(map, work->region.begin), (size_t)(work->region.end - work->region.begin),
                    &work->counts);
        if (map_is_good(work))
            break;
        work->limit = map_bad_offset(map);
    }
    map_guard_leave();
}

/* Does with a chunk what is to be done. */
static void run_chunk(struct work *work)
{
    const struct chunk *chunk = &work->chunk;
    const char *text = chunk->block.block.bytes;
    if (work->counter && chunk->file->input.map)
        count_map(work);
    else if (work->counter)
        counter_run(work->counter, text, chunk->block.length, &work->counts);
    else if (chunk->file->input.map)
        search_map(work);
    else
        search_lines(work, text, text + chunk->block.length, true);
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
    if (work->result.selected && scan->options->search.mode == SEARCH_EXISTS) {
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

static void work_through(struct scan *scan)
{
    const struct tally *tally = scan->options->tally;
    struct work work = {.scan = scan};
    if (tally)
        work.counter = counter_create(&tally->count);
    else
        work.searcher = searcher_create(&scan->options->search);
    while (next_chunk(scan, &work.chunk)) {
        work.result = (struct search_result){0};
        work.counts = (struct count_result){0};
        work.limit = UINT64_MAX;
        work.written = 0;
        work.led = false;
        work.encoding = NULL;
        work.again = false;
        if (!work.output)
            work.output = commit_take_output(scan);
        output_clear(work.output);
        work.region = (struct region){work.chunk.begin, work.chunk.end, work.chunk.end, work.chunk.end};
        if (work.chunk.begin < work.chunk.end)
            run_chunk(&work);
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

/* --- the whole --- */

bool scan_counts(const struct scan_options *options)
{
    enum search_mode mode = options->search.mode == SEARCH_BOUNDS ? options->last_mode : options->search.mode;
    return !options->tally && (mode == SEARCH_COUNT || mode == SEARCH_COUNT_MATCHES);
}

static bool prints_lines(const struct scan_options *options)
{
    return !options->tally && !scan_counts(options) && options->search.mode != SEARCH_EXISTS;
}

static void scan_init(struct scan *scan, const struct scan_options *options)
{
    *scan = (struct scan){.options = options};
    pthread_mutex_init(&scan->monitor.lock, NULL);
    pthread_cond_init(&scan->monitor.changed, NULL);
    scan->walk = walk_create(&options->walk);
    scan->pool = block_pool_create(options->input.huge);
    scan->input = options->input;
    scan->input.stream = (struct stream_options){
        .pool = scan->pool,
        .block_size = options->block_size,
        .null_lines = options->search.null_lines,
        .fill_blocks = options->fill_blocks,
    };
    if (options->tally) {
        scan->counts_size = count_is_size(&options->tally->count);
        scan->input.stream.cut = options->tally->count.charset == COUNT_AS_UTF8 ? tally_cut_utf8 : tally_cut_bytes;
        if (scan->counts_size)
            scan->input.map = MAP_REFUSE;
    }
    scan->counts_lines = options->count_lines || (prints_lines(options) && options->search.printer->line_number);
    if (fstat(STDOUT_FILENO, &scan->output_status) == 0)
        scan->output_is_file = S_ISREG(scan->output_status.st_mode);
    scan->prints_lines = prints_lines(options) && options->max_count > 1;
    scan->printing = options->search;
    scan->printing.mode = options->last_mode;
    scan->printing.limited = false;
    scan->printing.skips = true;
    pipe_enlarge(STDOUT_FILENO);
    /*
     * Four results a thread: two waiting, one being written, one being made.  "mscan -j2 -n e" on 256 MiB of log lines
     * shows no difference beyond the noise: 2, 4 and 8 took 189, 194 and 191 ms to a file in memory, and 241, 281 and
     * 251 ms into cat (medians of seven).
     */
    scan->queue = queue_create(&scan->monitor, 4 * (size_t)options->threads, commit_entry, scan);
}

struct scan_outcome scan_run(const struct scan_options *options)
{
    struct scan scan;
    scan_init(&scan, options);
    map_guard_install();
    int wanted = (int)threads_probe(options->threads), threads = 1;
#pragma omp parallel num_threads(wanted) default(none) shared(scan, threads)
    {
#pragma omp master
        threads = omp_get_num_threads();
        work_through(&scan);
    }

    if (!atomic_load(&scan.stop))
        commit_total(&scan);
    pthread_mutex_lock(&scan.monitor.lock);
    struct scan_outcome outcome = scan.outcome;
    outcome.lines = scan.lines;
    outcome.threads = (unsigned)threads;
    outcome.selected |= atomic_load(&scan.found);
    if (options->count_lines)
        outcome.huge_bytes += memory_huge_bytes(NULL, SIZE_MAX);
    pthread_mutex_unlock(&scan.monitor.lock);

    queue_free(scan.queue, commit_discard);
    commit_free_outputs(&scan);
    searcher_free(scan.leader);
    searcher_free(scan.printer);
    while (scan.files) {
        struct file *file = scan.files;
        scan.files = file->next;
        file_free(file);
    }
    if (scan.has_next)
        walk_entry_free(&scan.next);
    walk_free(scan.walk);
    block_pool_free(scan.pool);
    pthread_cond_destroy(&scan.monitor.changed);
    pthread_mutex_destroy(&scan.monitor.lock);
    return outcome;
}
