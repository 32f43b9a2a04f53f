#include "task/outside.h"

#include "base/alloc.h"
#include "sys/memory.h"
#include "task/lines.h"
#include "task/searcher.h"

#include <stdlib.h>
#include <string.h>

/* How much is looked at in one go, if no line is longer. */
#define PIECE ((size_t)256 << 10)

/* A walk over pieces of whole lines outside the part. */
struct walk {
    const struct task_file *file;
    const struct task_outside *outside;
    char line_end;
    struct searcher *searcher;
    struct output *output;
    char *bytes;
    size_t length, room;
    uint64_t offset; /* of the piece in hand */
};

/* --- a chunk that is tied to nothing --- */

static bool never(void *context)
{
    (void)context;
    return false;
}

static uint64_t none_before(void *context)
{
    (void)context;
    return 0;
}

static bool is_turn(void *context)
{
    (void)context;
    return true;
}

static bool is_right(void *context, uint64_t end)
{
    (void)context, (void)end;
    return true;
}

static bool drop(void *context, struct output *output)
{
    (void)context;
    output_clear(output);
    return true;
}

/* The line that is given up is another part's. */
static void say_nothing(void *context, bool lost, const char *message)
{
    (void)context, (void)lost, (void)message;
}

static const struct ties ties = {
    .stopped = never,
    .lines_before = none_before,
    .unjoined = none_before,
    .wait_turn = is_turn,
    .is_right = is_right,
    .write = drop,
    .say = say_nothing,
};

static struct chunk_text text_of(const struct walk *walk)
{
    static const uint64_t no_lines;
    const char *end = walk->bytes + walk->length;
    return (struct chunk_text){
        .file = walk->file,
        .begin = walk->bytes,
        .end = end,
        .before = walk->bytes,
        .known = {end, end},
        .offset = walk->offset,
        .lines = &no_lines,
        .ties = &ties,
    };
}

static void walk_begin(struct walk *walk, const struct query *query, const struct task_file *file)
{
    *walk = (struct walk){.file = file, .outside = file->outside, .line_end = query_line_end(query)};
    walk->searcher = searcher_create(query);
    walk->output = output_create();
    output_set_line_end(walk->output, walk->line_end);
}

static void walk_end(struct walk *walk)
{
    searcher_free(walk->searcher);
    output_free(walk->output);
    free(walk->bytes);
}

/* Searches the piece, which has bytes. */
static struct search_result search(struct walk *walk)
{
    const struct chunk_text text = text_of(walk);
    struct search_result result;
    output_begin(walk->output, false, 0, drop, NULL);
    searcher_run(walk->searcher, &text, NULL, walk->output, &result);
    output_clear(walk->output);
    struct search_result found = result;
    search_result_clear(&result);
    return found;
}

/* --- pieces --- */

/* Reads [offset, end) in front of or behind what the piece has kept; false when that is not all there. */
static bool read_piece(struct walk *walk, uint64_t offset, size_t length)
{
    if (length + MEMORY_SLACK > walk->room) {
        walk->room = 2 * (length + MEMORY_SLACK);
        walk->bytes = xreallocarray(walk->bytes, walk->room, 1);
    }
    walk->offset = offset;
    walk->length = walk->outside->read(walk->outside->context, offset, walk->bytes, length);
    memset(walk->bytes + walk->length, 0, MEMORY_SLACK);
    return walk->length == length;
}

/* Reads the last lines before `end`, a piece of them and at most *lines, which are subtracted.  False: there is none.
 */
static bool read_back(struct walk *walk, uint64_t end, uint64_t *lines)
{
    if (*lines == 0)
        return false;
    for (size_t wanted = PIECE; end > 0; wanted *= 2) {
        size_t length = end < wanted ? (size_t)end : wanted;
        if (!read_piece(walk, end - length, length))
            return false;
        const char *begin = walk->bytes, *stop = begin + length;
        if (length < end) { /* it may begin within a line */
            const char *newline = memchr(begin, walk->line_end, length - 1);
            if (!newline)
                continue;
            begin = newline + 1;
        }
        begin = lines_back(begin, stop, walk->line_end, lines);
        walk->length = (size_t)(stop - begin);
        walk->offset = end - walk->length;
        memmove(walk->bytes, begin, walk->length + MEMORY_SLACK);
        return true;
    }
    return false;
}

/* Reads the first lines from `begin` on, a piece of them and at most *lines, which are subtracted. */
static bool read_on(struct walk *walk, uint64_t begin, uint64_t *lines)
{
    if (*lines == 0)
        return false;
    const uint64_t left = walk->outside->size - begin;
    for (size_t wanted = PIECE; left > 0; wanted *= 2) {
        size_t length = left < wanted ? (size_t)left : wanted;
        if (!read_piece(walk, begin, length))
            return false;
        const char *end = walk->bytes + length;
        if (length < left) {
            const char *newline = memrchr(walk->bytes, walk->line_end, length);
            if (!newline)
                continue;
            end = newline + 1;
        }
        end = lines_on(walk->bytes, end, walk->line_end, lines);
        walk->length = (size_t)(end - walk->bytes);
        memset(walk->bytes + walk->length, 0, MEMORY_SLACK);
        return true;
    }
    return false;
}

/* --- context --- */

/*
 * Of the piece, none of whose lines is selected: how many of them can be printed as context before one that is not
 * text, which ends it.
 */
static uint64_t printable(struct walk *walk, const struct query *query, uint64_t lines, bool *ends)
{
    const struct chunk_text text = text_of(walk);
    struct search_place place = {.printed_to = SEARCH_NOTHING_PRINTED, .owed = UINT64_MAX};
    struct search_result result;
    bool grouped = true;
    output_begin(walk->output, false, 0, drop, NULL);
    searcher_print_head(walk->searcher, &text, (struct span){text.begin, text.begin}, NULL, &place, &grouped,
                        walk->output, &result);
    output_clear(walk->output);
    search_result_clear(&result);
    *ends = place.owed == 0;
    if (!*ends)
        return lines;
    if (place.printed_to == SEARCH_NOTHING_PRINTED)
        return 0;
    return query_count_lines(query, text.begin, chunk_text_at(&text, place.printed_to));
}

/*
 * The pieces are looked at from the last one back to the one that has a selected line, so that nothing is kept of
 * them but how many lines behind it can be printed.
 */
uint64_t outside_owed(const struct query *query, const struct task_file *file)
{
    struct walk walk;
    walk_begin(&walk, query, file);
    uint64_t left = query->after, end = file->outside->begin, owed = 0;
    uint64_t passed = 0, shown = 0; /* lines behind the piece; how many of them come before one that is not text, */
    bool ends = false;              /* if there is one */
    for (uint64_t before = left; read_back(&walk, end, &left); before = left) {
        const struct search_result found = search(&walk);
        if (found.grouped) {
            owed = found.place.owed;
            if (ends && owed > shown)
                owed = 0;
            owed = owed > passed ? owed - passed : 0;
            break;
        }
        bool ends_here;
        uint64_t lines = before - left, shown_here = printable(&walk, query, lines, &ends_here);
        shown = ends_here ? shown_here : lines + shown;
        ends |= ends_here;
        passed += lines;
        end = walk.offset;
    }
    walk_end(&walk);
    return owed;
}

uint64_t outside_due(const struct query *query, const struct task_file *file)
{
    struct walk walk;
    walk_begin(&walk, query, file);
    uint64_t left = query->before, begin = file->outside->end, due = 0;
    for (uint64_t before = left; read_on(&walk, begin, &left); before = left) {
        const struct search_result found = search(&walk);
        if (found.grouped) {
            const struct chunk_text text = text_of(&walk);
            due = before - query_count_lines(query, text.begin, chunk_text_at(&text, found.first));
            break;
        }
        begin = walk.offset + walk.length;
    }
    walk_end(&walk);
    return due;
}
