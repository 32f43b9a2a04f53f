#include "scan/file.h"

#include "base/alloc.h"
#include "input/read-at.h"

#include <stdlib.h>
#include <string.h>

struct file *file_create(uint64_t number, char *name, const struct task *task, const void *plan)
{
    struct file *file = xcalloc(1, sizeof *file);
    file->number = number;
    file->name = name;
    file->with = task;
    file->plan = plan;
    file->task = (struct task_file){.name = name, .size = UINT64_MAX, .sum = xcalloc(1, task->sum_size)};
    file->line_end = '\n';
    file->input.fd = -1;
    file->last_wanted = UINT64_MAX;
    return file;
}

void file_free(struct file *file)
{
    input_close(&file->input);
    if (file->with->sum_clear)
        file->with->sum_clear(file->task.sum);
    free(file->task.sum);
    free(file->looks);
    free(file->lines);
    free(file->name);
    free(file);
}

/* For what lies outside the range. */
static size_t read_outside(void *context, uint64_t offset, char *to, size_t length)
{
    struct file *file = context;
    size_t got;
    int error = read_at(file->input.fd, file->task.start + offset, to, length, &got);
    if (error && !file->error)
        file->error = error;
    return got;
}

static void set_outside(struct file *file)
{
    if (!file->input.ranged)
        return;
    const uint64_t start = file->task.start, size = file->task.size;
    file->outside = (struct task_outside){
        .begin = file->begin - start,
        .end = file->end - start,
        .size = size > start ? size - start : 0,
        .read = read_outside,
        .context = file,
    };
    file->task.outside = &file->outside;
}

void file_opened(struct file *file)
{
    file->opened = true;
    input_bounds(&file->input, &file->begin, &file->end);
    file->task.start = file->input.origin;
    file->task.size = input_size(&file->input);
    set_outside(file);
    atomic_init(&file->committed_end, file->begin);
    if (file->with->sum_begin)
        file->with->sum_begin(file->plan, &file->task);
}

void file_begin(struct file *file, size_t chunk_size)
{
    if (input_has_ranges(&file->input)) {
        uint64_t size = file->end - file->begin;
        file->chunk_count = (size + chunk_size - 1) / chunk_size;
        file->chunk_size = chunk_size;
        if (file->chunk_count > 1)
            file->looks = xcalloc(file->chunk_count, sizeof *file->looks);
    }
}

void file_stop(struct file *file, uint64_t chunk)
{
    uint64_t old = atomic_load(&file->last_wanted);
    while (chunk < old && !atomic_compare_exchange_weak(&file->last_wanted, &old, chunk))
        continue;
}

void file_next_chunk(struct file *file, size_t chunk_size, struct chunk *chunk)
{
    uint64_t index = file->next_chunk++;
    *chunk = (struct chunk){.file = file, .ticket = {file->number, index}};
    if (file_is_stopped(file, index) || !input_has_ranges(&file->input)) {
        chunk->begin = chunk->end = file->begin;
        chunk->last = true;
    } else {
        chunk->begin = file->begin + index * chunk_size;
        chunk->end = file->end - chunk->begin < chunk_size ? file->end : chunk->begin + chunk_size;
        chunk->last = index + 1 == file->chunk_count;
    }
    file->exhausted = chunk->last;
}

void file_next_block(struct file *file, struct chunk *chunk)
{
    chunk->file = file;
    chunk->ticket = (struct ticket){file->number, file->next_chunk++};
    chunk->last = chunk->block.last;
    chunk->begin = chunk->block.offset;
    chunk->end = chunk->begin + chunk->block.length;
    file->exhausted = chunk->last;
}
