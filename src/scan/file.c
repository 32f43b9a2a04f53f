#include "scan/file.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

struct file *file_create(uint64_t number, char *name, uint64_t wanted)
{
    struct file *file = xcalloc(1, sizeof *file);
    file->number = number;
    file->name = name;
    file->wanted = wanted;
    file->line_end = '\n';
    file->input.fd = -1;
    file->last_wanted = UINT64_MAX;
    file->place.printed_to = SEARCH_NOTHING_PRINTED;
    return file;
}

void file_free(struct file *file)
{
    input_close(&file->input);
    for (size_t i = file->last.first; i < file->last.count; i++)
        free(file->last.pieces[i].copy);
    free(file->last.pieces);
    free(file->tail.bytes);
    free(file->lines);
    free(file->name);
    free(file);
}

void file_begin(struct file *file, size_t chunk_size)
{
    file->committed_end = file->selected_end = file->input.start;
    if (file->input.map) {
        uint64_t size = (uint64_t)file->input.status.st_size - file->input.start;
        file->chunk_count = (size + chunk_size - 1) / chunk_size;
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
    if (file_is_stopped(file, index) || !file->input.map) {
        chunk->begin = chunk->end = file->input.start;
        chunk->last = true;
    } else {
        uint64_t size = (uint64_t)file->input.status.st_size;
        chunk->begin = file->input.start + index * chunk_size;
        chunk->end = size - chunk->begin < chunk_size ? size : chunk->begin + chunk_size;
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

struct region file_region(const struct file *file, const struct chunk *chunk, uint64_t limit)
{
    const struct map *map = file->input.map;
    uint64_t size = (uint64_t)file->input.status.st_size;
    struct region none = {chunk->end, chunk->end};
    uint64_t end = chunk->end < limit ? chunk->end : limit;
    if (chunk->begin >= end)
        return none;
    struct region region = {chunk->begin, end};
    if (chunk->begin > file->input.start && *map_at(map, chunk->begin - 1) != file->line_end) {
        const char *text = map_at(map, chunk->begin);
        const char *newline = memchr(text, file->line_end, (size_t)(end - chunk->begin));
        if (!newline)
            return none;
        region.begin = chunk->begin + (uint64_t)(newline + 1 - text);
        /* What begins at the end belongs to the next chunk. */
        if (region.begin >= end)
            return none;
    }
    if (limit < size && limit <= chunk->end) {
        const char *text = map_at(map, region.begin);
        const char *newline = memrchr(text, file->line_end, (size_t)(end - region.begin));
        if (!newline)
            return none;
        region.end = region.begin + (uint64_t)(newline + 1 - text);
        return region;
    }
    const char *last = map_at(map, end - 1);
    uint64_t most = size < limit ? size : limit;
    const char *newline = memchr(last, file->line_end, (size_t)(most - (end - 1)));
    if (newline)
        region.end = end + (uint64_t)(newline - last);
    else if (limit < size) { /* the last line is cut: it is left out */
        const char *text = map_at(map, region.begin);
        newline = memrchr(text, file->line_end, (size_t)(end - region.begin));
        region.end = newline ? region.begin + (uint64_t)(newline + 1 - text) : region.begin;
    } else
        region.end = size;
    return region;
}

bool file_lines_counted(struct file *file, struct ticket turn, uint64_t chunk, uint64_t lines)
{
    uint64_t committed = turn.file == file->number ? turn.chunk : 0;
    if (chunk - committed >= FILE_LINES_AHEAD - 1)
        return false;
    if (!file->lines)
        file->lines = xcalloc(1, sizeof *file->lines);
    struct file_lines *sums = file->lines;
    sums->in[chunk % FILE_LINES_AHEAD] = lines;
    sums->known[chunk % FILE_LINES_AHEAD] = true;
    while (sums->known[sums->counted % FILE_LINES_AHEAD]) {
        uint64_t slot = sums->counted % FILE_LINES_AHEAD, next = (sums->counted + 1) % FILE_LINES_AHEAD;
        sums->before[next] = sums->before[slot] + sums->in[slot];
        sums->known[slot] = false;
        sums->counted++;
    }
    return true;
}

bool file_lines_before(const struct file *file, uint64_t chunk, uint64_t *lines)
{
    *lines = 0;
    if (chunk == 0)
        return true;
    if (!file->lines || chunk > file->lines->counted)
        return false;
    *lines = file->lines->before[chunk % FILE_LINES_AHEAD];
    return true;
}
