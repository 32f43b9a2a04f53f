#include "scan/region.h"

#include <string.h>

/* What is within a line is looked for in a chunk's first bytes alone, before it is taken for a long one. */
static uint64_t near_end(const struct file *file, uint64_t begin, uint64_t end)
{
    uint64_t near = file->chunk_size / 64;
    return end - begin < near ? end : begin + near;
}

/* The offset of the first line ending in [begin, end); `end` when there is none. */
static uint64_t find_ending(const struct file *file, const struct lease *lease, uint64_t begin, uint64_t end)
{
    const char *text = lease_at(lease, begin);
    const char *found = memchr(text, file->line_end, (size_t)(end - begin));
    return found ? begin + (uint64_t)(found - text) : end;
}

static uint64_t chunk_begin(const struct file *file, uint64_t chunk)
{
    return chunk == file->chunk_count ? file->end : file->begin + chunk * file->chunk_size;
}

static enum file_look look(const struct file *file, const struct lease *lease, uint64_t chunk)
{
    uint64_t begin = chunk_begin(file, chunk), end = chunk_begin(file, chunk + 1);
    if (file->with->is_blank &&
        file->with->is_blank(file->plan, lease_at(lease, begin), lease_at(lease, end), lease_at(lease, file->end)))
        return LOOK_BLANK;
    if (find_ending(file, lease, begin, end) < end)
        return LOOK_BROKEN;
    return file->with->is_blank ? LOOK_UNBROKEN : LOOK_BLANK;
}

/*
 * What a chunk is, by one look for all threads.  While another thread has it, this one looks at those behind it, which
 * are wanted next, and when there is none left at the same.
 */
static enum file_look look_once(const struct file *file, const struct lease *lease, uint64_t chunk)
{
    for (uint64_t next = chunk; next < file->chunk_count; next++) {
        unsigned char state = LOOK_NONE;
        if (atomic_compare_exchange_strong(&file->looks[next], &state, LOOK_TAKEN))
            atomic_store(&file->looks[next], (unsigned char)look(file, lease, next));
        state = atomic_load(&file->looks[chunk]);
        if (state != LOOK_TAKEN)
            return state;
    }
    return look(file, lease, chunk);
}

/* Follows the line that goes on behind the region's last chunk to its end. */
static void follow_line(const struct file *file, const struct lease *lease, uint64_t chunk, struct region *region)
{
    const uint64_t size = file->end;
    uint64_t near = near_end(file, region->seam, size);
    uint64_t end = find_ending(file, lease, region->seam, near);
    bool blank = true;
    while (end == near && near < size && ++chunk < file->chunk_count) {
        enum file_look state = look_once(file, lease, chunk);
        blank &= state == LOOK_BLANK;
        end = near = chunk_begin(file, chunk + 1);
        if (blank)
            region->blank_end = end;
        if (state == LOOK_BROKEN)
            end = find_ending(file, lease, chunk_begin(file, chunk), near);
    }
    region->end = end < size ? end + 1 : size;
}

/* Where the first line of a chunk begins that begins in it; `end` when none does. */
static uint64_t first_line(const struct file *file, const struct lease *lease, const struct chunk *chunk, uint64_t end,
                           bool whole)
{
    if (chunk->begin == file->begin || *lease_at(lease, chunk->begin - 1) == file->line_end)
        return chunk->begin;
    uint64_t near = near_end(file, chunk->begin, end);
    uint64_t found = find_ending(file, lease, chunk->begin, near);
    if (found == near && near < end) {
        if (whole && file->looks && look_once(file, lease, chunk->ticket.chunk) != LOOK_BROKEN)
            return end;
        found = find_ending(file, lease, near, end);
    }
    /* What begins at the end belongs to the next chunk. */
    return found < end ? found + 1 : end;
}

static struct region region_of_lines(const struct file *file, const struct lease *lease, const struct chunk *chunk,
                                     uint64_t limit)
{
    const uint64_t size = file->end;
    const bool whole = limit >= size;
    uint64_t end = chunk->end < limit ? chunk->end : limit;
    struct region none = {chunk->end, chunk->end, chunk->end, chunk->end};
    if (chunk->begin >= end)
        return none;
    struct region region = {
        .begin = first_line(file, lease, chunk, end, whole), .end = end, .seam = end, .blank_end = end};
    if (region.begin >= end)
        return none;
    if (whole && *lease_at(lease, end - 1) != file->line_end)
        follow_line(file, lease, chunk->ticket.chunk, &region);
    if (whole)
        return region;
    uint64_t ending = limit > chunk->end ? find_ending(file, lease, end - 1, limit) : limit;
    if (ending < limit) {
        region.end = ending + 1;
    } else { /* the last line is cut: it is left out */
        const char *text = lease_at(lease, region.begin);
        const char *newline = memrchr(text, file->line_end, (size_t)(end - region.begin));
        if (!newline && limit <= chunk->end)
            return none;
        region.end = newline ? region.begin + (uint64_t)(newline + 1 - text) : region.begin;
    }
    region.seam = region.blank_end = region.end;
    return region;
}

/* --- seams of a task --- */

/* Where the chunk that has a seam at its end really ends, before `most`. */
static uint64_t move_seam(const struct file *file, const struct lease *lease, uint64_t seam, uint64_t most)
{
    if (seam >= most)
        return most;
    return seam + file->with->seam(file->plan, &file->task, lease_at(lease, seam), (size_t)(most - seam));
}

static struct region region_of_seams(const struct file *file, const struct lease *lease, const struct chunk *chunk,
                                     uint64_t limit)
{
    uint64_t most = file->end < limit ? file->end : limit;
    uint64_t begin = chunk->begin == file->begin ? chunk->begin : move_seam(file, lease, chunk->begin, most);
    uint64_t end = move_seam(file, lease, chunk->end, most);
    if (begin > end)
        begin = end;
    return (struct region){begin, end, end, end};
}

struct region region_find(const struct file *file, const struct lease *lease, const struct chunk *chunk, uint64_t limit)
{
    return (file->with->seam ? region_of_seams : region_of_lines)(file, lease, chunk, limit);
}
