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
    free(file->looks);
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

/* --- lines that are longer than a chunk --- */

/* What is within a line is looked for in a chunk's first bytes alone, before it is taken for a long one. */
static uint64_t near_end(const struct file *file, uint64_t begin, uint64_t end)
{
    uint64_t near = file->chunk_size / 64;
    return end - begin < near ? end : begin + near;
}

/* The offset of the first line ending in [begin, end); `end` when there is none. */
static uint64_t find_ending(const struct file *file, uint64_t begin, uint64_t end)
{
    const char *text = map_at(file->input.map, begin);
    const char *found = memchr(text, file->line_end, (size_t)(end - begin));
    return found ? begin + (uint64_t)(found - text) : end;
}

static uint64_t chunk_begin(const struct file *file, uint64_t chunk)
{
    return chunk == file->chunk_count ? (uint64_t)file->input.status.st_size
                                      : file->input.start + chunk * file->chunk_size;
}

static enum file_look look(const struct file *file, uint64_t chunk)
{
    const struct map *map = file->input.map;
    uint64_t begin = chunk_begin(file, chunk), end = chunk_begin(file, chunk + 1);
    if (file->condition && condition_is_blank(file->condition, map_at(map, begin), map_at(map, end),
                                              map_at(map, (uint64_t)file->input.status.st_size)))
        return LOOK_BLANK;
    if (find_ending(file, begin, end) < end)
        return LOOK_BROKEN;
    return file->condition ? LOOK_UNBROKEN : LOOK_BLANK;
}

/*
 * What a chunk is, by one look for all threads.  While another thread has it, this one looks at those behind it, which
 * are wanted next, and when there is none left at the same.
 */
static enum file_look look_once(const struct file *file, uint64_t chunk)
{
    for (uint64_t next = chunk; next < file->chunk_count; next++) {
        unsigned char state = LOOK_NONE;
        if (atomic_compare_exchange_strong(&file->looks[next], &state, LOOK_TAKEN))
            atomic_store(&file->looks[next], (unsigned char)look(file, next));
        state = atomic_load(&file->looks[chunk]);
        if (state != LOOK_TAKEN)
            return state;
    }
    return look(file, chunk);
}

/* Follows the line that goes on behind the region's last chunk to its end. */
static void follow_line(const struct file *file, uint64_t chunk, struct region *region)
{
    const uint64_t size = (uint64_t)file->input.status.st_size;
    uint64_t near = near_end(file, region->seam, size);
    uint64_t end = find_ending(file, region->seam, near);
    bool blank = true;
    while (end == near && near < size && ++chunk < file->chunk_count) {
        enum file_look state = look_once(file, chunk);
        blank &= state == LOOK_BLANK;
        end = near = chunk_begin(file, chunk + 1);
        if (blank)
            region->blank_end = end;
        if (state == LOOK_BROKEN)
            end = find_ending(file, chunk_begin(file, chunk), near);
    }
    region->end = end < size ? end + 1 : size;
}

/* Where the first line of a chunk begins that begins in it; `end` when none does. */
static uint64_t first_line(const struct file *file, const struct chunk *chunk, uint64_t end, bool whole)
{
    if (chunk->begin == file->input.start || *map_at(file->input.map, chunk->begin - 1) == file->line_end)
        return chunk->begin;
    uint64_t near = near_end(file, chunk->begin, end);
    uint64_t found = find_ending(file, chunk->begin, near);
    if (found == near && near < end) {
        if (whole && file->looks && look_once(file, chunk->ticket.chunk) != LOOK_BROKEN)
            return end;
        found = find_ending(file, near, end);
    }
    /* What begins at the end belongs to the next chunk. */
    return found < end ? found + 1 : end;
}

struct region file_region(const struct file *file, const struct chunk *chunk, uint64_t limit)
{
    const struct map *map = file->input.map;
    const uint64_t size = (uint64_t)file->input.status.st_size;
    const bool whole = limit >= size;
    uint64_t end = chunk->end < limit ? chunk->end : limit;
    struct region none = {chunk->end, chunk->end, chunk->end, chunk->end};
    if (chunk->begin >= end)
        return none;
    struct region region = {.begin = first_line(file, chunk, end, whole), .end = end, .seam = end, .blank_end = end};
    if (region.begin >= end)
        return none;
    if (whole && *map_at(map, end - 1) != file->line_end)
        follow_line(file, chunk->ticket.chunk, &region);
    if (whole)
        return region;
    uint64_t ending = limit > chunk->end ? find_ending(file, end - 1, limit) : limit;
    if (ending < limit) {
        region.end = ending + 1;
    } else { /* the last line is cut: it is left out */
        const char *text = map_at(map, region.begin);
        const char *newline = memrchr(text, file->line_end, (size_t)(end - region.begin));
        if (!newline && limit <= chunk->end)
            return none;
        region.end = newline ? region.begin + (uint64_t)(newline + 1 - text) : region.begin;
    }
    region.seam = region.blank_end = region.end;
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
