#include "input/range.h"

#include "base/alloc.h"
#include "input/read-at.h"
#include "sys/memory.h"

#include <stdlib.h>
#include <string.h>

/* How much is read at a time.  Most lines end within the first piece. */
#define PIECE_FIRST ((size_t)4 << 10)
#define PIECE ((size_t)64 << 10)

static uint64_t shard_boundary(uint64_t size, uint64_t index, uint64_t count)
{
    return (uint64_t)((unsigned __int128)size * index / count);
}

void range_bytes(const struct range *range, uint64_t size, uint64_t *begin, uint64_t *end)
{
    *begin = 0;
    *end = size;
    if (range->kind == RANGE_SHARD) {
        *begin = shard_boundary(size, range->index, range->count);
        *end = shard_boundary(size, range->index + 1, range->count);
    } else if (range->kind == RANGE_BYTES) {
        *begin = range->offset < size ? range->offset : size;
        *end = range->length < size - *begin ? *begin + range->length : size;
    }
}

/* Moves an offset on to where a line begins, or to `size`. */
static int align_line(int fd, uint64_t origin, uint64_t size, char line_end, uint64_t *offset)
{
    char piece[PIECE];
    size_t wanted = PIECE_FIRST;
    if (*offset <= origin) {
        *offset = origin;
        return 0;
    }
    for (uint64_t at = *offset - 1; at < size; wanted = PIECE) {
        size_t got;
        int error = read_at(fd, at, piece, size - at < wanted ? (size_t)(size - at) : wanted, &got);
        if (error)
            return error;
        const char *found = memchr(piece, line_end, got);
        if (found) {
            *offset = at + (uint64_t)(found - piece) + 1;
            return 0;
        }
        if (got == 0) /* the file has shrunk */
            break;
        at += got;
    }
    *offset = size;
    return 0;
}

/* Moves an offset at which a line begins on to the first of these that begins a unit, or to `size`. */
static int align_unit(int fd, uint64_t size, char line_end, const struct range_units *units, uint64_t *offset)
{
    int error = 0;
    size_t room = PIECE, got, length;
    char *piece = xmalloc(room + MEMORY_SLACK);
    for (bool found = false; !found && *offset < size; *offset += length) {
        const bool last = size - *offset <= room;
        error = read_at(fd, *offset, piece, last ? (size_t)(size - *offset) : room, &got);
        if (error || got == 0) /* the file has shrunk */
            break;
        memset(piece + got, 0, MEMORY_SLACK);
        const char *end = last ? piece + got - 1 : memrchr(piece, line_end, got);
        if (!end) { /* a line longer than the piece */
            length = 0;
            room *= 2;
            piece = xreallocarray(piece, room + MEMORY_SLACK, 1);
            continue;
        }
        const size_t lines = (size_t)(end + 1 - piece);
        length = units->next(units->context, piece, lines);
        found = length < lines;
    }
    free(piece);
    return error;
}

static int align(int fd, uint64_t origin, uint64_t size, char line_end, const struct range_units *units,
                 uint64_t *offset)
{
    const bool first = *offset <= origin;
    int error = align_line(fd, origin, size, line_end, offset);
    return error || first || !units->next ? error : align_unit(fd, size, line_end, units, offset);
}

int range_align(int fd, uint64_t origin, uint64_t size, char line_end, const struct range_units *units, uint64_t *begin,
                uint64_t *end)
{
    int error = align(fd, origin, size, line_end, units, begin);
    if (error)
        return error;
    if (*end <= *begin) { /* a line that goes on behind the part is looked through once */
        *end = *begin;
        return 0;
    }
    return align(fd, origin, size, line_end, units, end);
}
