#include "scan/chunks.h"

#include "base/alloc.h"
#include "sys/descriptors.h"

#include <errno.h>

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

/* Reads the block that is to be the file's next chunk, and closes a file that is done with.  Lock not held. */
static void read_block(struct file *file, struct chunk *chunk)
{
    input_next(&file->input, &chunk->block);
    if (chunk->block.last) {
        file->error = chunk->block.error;
        file->reason = chunk->block.reason;
        file->damaged = chunk->block.damaged;
        file->damaged_at = chunk->block.damaged_at;
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
    if (input_has_ranges(&file->input) || file_is_stopped(file, file->next_chunk))
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
    file->refused = entry->refused;
    return file->error || file->reason;
}

/* Finds out how many lines come before the first one. */
static void find_line_base(const struct scan *scan, struct file *file)
{
    const struct scan_options *options = scan->options;
    file->line_base = options->line_base;
    if (!options->counts_base || !file->input.ranged || !(scan->needs & TASK_NUMBERS_LINES))
        return;
    int error = input_lines_before(&file->input, file->line_end, options->kernels, &file->line_base);
    if (error && !file->error)
        file->error = error;
}

/*
 * Opens an input.  A file that is opened ahead of its turn leaves a descriptor for the one whose turn it is, or waits
 * for its own; then all that have been opened before are closed, and none is lacking unless a thread is just opening
 * one.
 */
static bool open_input(struct scan *scan, struct file *file, const struct input_source *source, bool ahead,
                       struct input_error *error)
{
    pthread_rwlock_rdlock(&scan->opening);
    bool opened = input_open(&file->input, source, &scan->input, error);
    if (opened && ahead && !descriptors_left(file->input.fd, scan->descriptors)) {
        input_close(&file->input);
        opened = false;
        error->error = EMFILE;
    }
    pthread_rwlock_unlock(&scan->opening);
    if (opened || !descriptors_lack(error->error) || !queue_wait_turn(scan->queue, (struct ticket){file->number, 0}))
        return opened;
    pthread_rwlock_wrlock(&scan->opening);
    opened = input_open(&file->input, source, &scan->input, error);
    pthread_rwlock_unlock(&scan->opening);
    return opened;
}

/* Opens a file; false when it cannot be had, which *file then says, or is passed over.  Lock not held. */
static bool open_file(struct scan *scan, struct file *file, const struct walk_entry *entry, bool ahead)
{
    if (explain_entry(file, entry))
        return false;
    const struct input_source source = {
        .standard_input = entry->standard_input,
        .descriptor = scan->options->walk.standard_input,
        .directory = directory_descriptor(entry->directory),
        .name = entry->name,
        .no_follow = entry->no_follow,
        .skip_devices = entry->skip_devices,
    };
    struct input_error error;
    bool opened = open_input(scan, file, &source, ahead, &error);
    if (entry->excluded && (opened || error.error == EISDIR)) {
        input_close(&file->input);
        return false;
    }
    if (!opened) {
        file->error = error.error;
        file->reason = error.reason;
        return false;
    }
    if ((scan->needs & TASK_PRINTS_LINES) && scan->output_is_file &&
        input_is_file(&file->input, &scan->output_status)) {
        input_close(&file->input);
        file->reason = "input file is also the output";
        return false;
    }
    file_opened(file);
    find_line_base(scan, file);
    return true;
}

/* Passes over what a file has for certain by its size.  True when nothing is left of it. */
static bool pass_over(const struct scan *scan, struct file *file)
{
    bool all;
    scan->task->pass_over(file->task.sum, input_pass_over(&file->input, &all));
    return all;
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
    bool ahead = queue_turn(scan->queue).file != number;
    scan->stdin_busy |= entry.standard_input;
    scan->busy++;
    pthread_mutex_unlock(&scan->monitor.lock);
    char *name = entry.standard_input ? xstrdup(scan->options->stdin_name) : entry.path;
    struct file *file = file_create(number, name, scan->task, scan->plan);
    file->task.standard_input = entry.standard_input;
    file->line_end = scan->options->line_end;
    *chunk = (struct chunk){.file = file, .ticket = {number, 0}, .last = true};
    bool taken = true;
    bool opened = open_file(scan, file, &entry, ahead);
    if (opened && (scan->needs & TASK_SIZES) && pass_over(scan, file))
        file->exhausted = true;
    if (opened && !file->exhausted) {
        file_begin(file, scan->options->chunk_size);
        taken = !input_may_wait(&file->input);
        if (taken && !input_has_ranges(&file->input))
            read_block(file, chunk);
    }
    if (!entry.standard_input)
        entry.path = NULL; /* the file's now */
    walk_entry_free(&entry);
    pthread_mutex_lock(&scan->monitor.lock);
    scan->busy--;
    if (opened && file->exhausted)
        input_release(&file->input);
    else if (opened && taken && input_has_ranges(&file->input))
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
static void step_walk(struct scan *scan, bool opens)
{
    bool must = !scan->busy && queue_turn(scan->queue).file == scan->next_file; /* then nothing else is open */
    scan->walking = true;
    scan->busy++;
    pthread_mutex_unlock(&scan->monitor.lock);
    if (opens)
        pthread_rwlock_rdlock(&scan->opening);
    bool stepped = walk_step(scan->walk, must);
    if (opens)
        pthread_rwlock_unlock(&scan->opening);
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
    enum walk_state state = walk_next(scan->walk, &scan->next);
    switch (state) {
    case WALK_ENTRY:
        scan->has_next = true;
        break;
    case WALK_END:
        scan->walked = true;
        break;
    case WALK_STEP:
    case WALK_READ:
        if (scan->starved && (scan->busy || queue_turn(scan->queue).file != scan->next_file))
            return false;
        step_walk(scan, state == WALK_STEP);
        break;
    }
    return true;
}

/* Lets a block have its text. */
static void finish_block(struct chunk *chunk)
{
    input_finish(&chunk->file->input, &chunk->block);
    chunk->begin = chunk->block.offset;
    chunk->end = chunk->begin + chunk->block.length;
}

bool chunks_next(struct scan *scan, struct chunk *chunk)
{
    pthread_mutex_lock(&scan->monitor.lock);
    bool taken = false;
    while (!scan_is_stopped(scan)) {
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
    if (taken && chunk->block.part)
        finish_block(chunk);
    return taken;
}
