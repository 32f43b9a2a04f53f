#include "task/listing.h"

#include "base/alloc.h"
#include "task/lines.h"
#include "task/rows.h"

#include <stdlib.h>
#include <string.h>

struct listing {
    const struct query *query;
    struct rows *rows;
    char line_end;
    /* The chunk in hand. */
    const struct chunk_text *chunk;
    struct output *output;
    struct search_result *result;
    bool placed;            /* it is known where the printing stands: */
    const char *printed_to; /* after the last line printed */
    uint64_t owed;          /* lines behind it that are context of the last selected one */
};

struct listing *listing_create(const struct query *query, struct condition_state *condition)
{
    struct listing *listing = xcalloc(1, sizeof *listing);
    listing->query = query;
    listing->rows = rows_create(query, condition);
    listing->line_end = query_line_end(query);
    return listing;
}

void listing_free(struct listing *listing)
{
    if (!listing)
        return;
    rows_free(listing->rows);
    free(listing);
}

void listing_begin(struct listing *listing, const struct chunk_text *chunk, struct output *output,
                   struct search_result *result)
{
    listing->chunk = chunk;
    listing->output = output;
    listing->result = result;
    rows_begin(listing->rows, chunk, output);
    listing->placed = listing->query->passthru;
    listing->printed_to = chunk->begin;
    listing->owed = listing->query->passthru ? UINT64_MAX : 0;
}

/* --- context --- */

static bool print_context_line(struct listing *listing, struct span line)
{
    bool printed = rows_print(listing->rows, line, false) == BINARY_NOT;
    listing->result->binary |= !printed && !listing->query->text_only;
    return printed;
}

/* The line at the start of a text, without its newline. */
static struct span line_at(const struct listing *listing, const char *begin, const char *end)
{
    const char *newline = memchr(begin, listing->line_end, (size_t)(end - begin));
    return (struct span){begin, newline ? newline : end};
}

/* Prints whole lines before a selected one. */
static void print_context(struct listing *listing, struct span run)
{
    if (rows_are_piece(listing->rows, run, false)) {
        rows_print_piece(listing->rows, run);
        listing->printed_to = run.end;
        return;
    }
    while (run.begin < run.end) {
        struct span line = line_at(listing, run.begin, run.end);
        run.begin = line.end < run.end ? line.end + 1 : run.end;
        if (print_context_line(listing, line))
            listing->printed_to = run.begin;
    }
}

/* Prints what is owed of the lines up to `end`. */
static void print_owed(struct listing *listing, const char *end)
{
    bool all = listing->query->passthru;
    if (all && rows_are_piece(listing->rows, (struct span){listing->printed_to, end}, false)) {
        rows_print_piece(listing->rows, (struct span){listing->printed_to, end});
        listing->printed_to = end;
    }
    while (listing->owed > 0 && listing->printed_to < end) {
        struct span line = line_at(listing, listing->printed_to, end);
        bool printed = print_context_line(listing, line);
        if (printed || all)
            listing->printed_to = line.end < end ? line.end + 1 : end;
        /* As in grep, what is not text ends the context. */
        if (!all)
            listing->owed = printed ? listing->owed - 1 : 0;
    }
}

static void print_separator(struct listing *listing)
{
    const struct query *query = listing->query;
    if (query->group_separator)
        query->printer->format->separator(query->printer, listing->output, query->group_separator);
}

/* Prints the context before a selected line, the first of a group or not. */
static void print_before(struct listing *listing, const char *line)
{
    if (!listing->placed) {
        /* What comes before is the head's. */
        listing->placed = true;
        listing->printed_to = line;
        listing->result->grouped = true;
        listing->result->first = chunk_text_offset(listing->chunk, line);
        return;
    }
    print_owed(listing, line);
    uint64_t lines = listing->query->before;
    const char *start = lines_back(listing->printed_to, line, listing->line_end, &lines);
    if (start != listing->printed_to)
        print_separator(listing);
    print_context(listing, (struct span){start, line});
}

/* --- what is printed of a chunk --- */

bool listing_line(struct listing *listing, struct span line)
{
    const struct query *query = listing->query;
    if (query->context)
        print_before(listing, line.begin);
    enum binary binary = rows_print(listing->rows, line, true);
    bool printed = binary == BINARY_NOT;
    listing->result->binary |= !printed;
    listing->result->ended = binary == BINARY_NUL;
    if (query->context) {
        if (printed || query->passthru)
            listing->printed_to = line.end < listing->chunk->end ? line.end + 1 : line.end;
        if (!query->passthru)
            listing->owed = printed ? query->after : 0;
    }
    return !listing->result->ended;
}

bool listing_run(struct listing *listing, struct span run)
{
    if (!rows_are_piece(listing->rows, run, true))
        return false;
    if (listing->query->context)
        print_before(listing, run.begin);
    rows_print_piece(listing->rows, run);
    if (listing->query->context) {
        listing->printed_to = run.end;
        if (!listing->query->passthru)
            listing->owed = listing->query->after;
    }
    return true;
}

void listing_end(struct listing *listing)
{
    if (!listing->query->context || !listing->placed || listing->result->ended)
        return;
    print_owed(listing, listing->chunk->end);
    listing->result->place =
        (struct search_place){chunk_text_offset(listing->chunk, listing->printed_to), listing->owed};
}

/* Prints context that lies before the chunk: whole lines up to its begin. */
static void print_earlier(struct listing *listing, struct span earlier)
{
    if (earlier.begin == earlier.end)
        return;
    const struct chunk_text *chunk = listing->chunk;
    struct chunk_text before = *chunk;
    before.begin = before.before = earlier.begin;
    before.end = earlier.end;
    before.offset -= (uint64_t)(earlier.end - earlier.begin);
    listing->chunk = &before;
    rows_begin_before(listing->rows, &before);
    print_context(listing, earlier);
    listing->chunk = chunk;
    rows_begin(listing->rows, chunk, listing->output);
}

void listing_print_head(struct listing *listing, struct span before, const uint64_t *first, struct search_place *place,
                        bool *grouped)
{
    const struct chunk_text *chunk = listing->chunk;
    const char *line = first ? chunk->begin + (*first - chunk->offset) : chunk->end;
    /* Where lines are owed, all before the chunk have been printed. */
    listing->owed = place->owed;
    print_owed(listing, line);
    bool moved = listing->printed_to > chunk->begin;
    *place = (struct search_place){moved ? chunk_text_offset(listing->chunk, listing->printed_to) : place->printed_to,
                                   listing->owed};
    if (!first)
        return;
    uint64_t lines = listing->query->before, reach = (uint64_t)(before.end - before.begin);
    const char *start = lines_back(listing->printed_to, line, listing->line_end, &lines);
    struct span earlier = {before.end, before.end};
    if (!moved) {
        if (place->printed_to != SEARCH_NOTHING_PRINTED && chunk->offset - place->printed_to < reach)
            reach = chunk->offset - place->printed_to;
        earlier.begin = lines_back(earlier.end - reach, earlier.end, listing->line_end, &lines);
    }
    uint64_t offset = chunk_text_offset(listing->chunk, start) - (uint64_t)(earlier.end - earlier.begin);
    if (*grouped && offset != place->printed_to)
        print_separator(listing);
    *grouped = true;
    print_earlier(listing, earlier);
    print_context(listing, (struct span){start, line});
}
