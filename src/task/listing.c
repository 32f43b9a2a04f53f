#include "task/listing.h"

#include "base/alloc.h"
#include "task/binary.h"
#include "task/matches.h"

#include <stdlib.h>
#include <string.h>

struct listing {
    const struct search *search;
    struct condition_state *condition;
    char line_end;
    size_t (*count_lines)(const char *text, size_t length); /* the kernel for that end */
    /* The chunk in hand. */
    const struct search_chunk *chunk;
    struct output *output;
    struct search_result *result;
    bool numbered;        /* whether `line_number` is known */
    uint64_t line_number; /* of the line at `numbered_to` */
    const char *numbered_to;
    bool placed;            /* it is known where the printing stands: */
    const char *printed_to; /* after the last line printed */
    uint64_t owed;          /* lines behind it that are context of the last selected one */
};

struct listing *listing_create(const struct search *search, struct condition_state *condition)
{
    struct listing *listing = xcalloc(1, sizeof *listing);
    listing->search = search;
    listing->condition = condition;
    listing->line_end = search->null_lines ? '\0' : '\n';
    listing->count_lines = search->null_lines ? search->kernels->count_nuls : search->kernels->count_newlines;
    return listing;
}

void listing_free(struct listing *listing)
{
    free(listing);
}

void listing_begin(struct listing *listing, const struct search_chunk *chunk, struct output *output,
                   struct search_result *result)
{
    listing->chunk = chunk;
    listing->output = output;
    listing->result = result;
    listing->numbered = false;
    listing->placed = listing->search->passthru;
    listing->printed_to = chunk->begin;
    listing->owed = listing->search->passthru ? UINT64_MAX : 0;
}

static uint64_t offset_of(const struct listing *listing, const char *at)
{
    return listing->chunk->offset + (uint64_t)(at - listing->chunk->begin);
}

/* --- lines, one by one --- */

static uint64_t line_number_of(struct listing *listing, const char *line)
{
    if (!listing->numbered) {
        listing->numbered = true;
        listing->line_number = listing->chunk->lines_before(listing->chunk->context) + 1;
        listing->numbered_to = listing->chunk->begin;
    }
    listing->line_number += listing->count_lines(listing->numbered_to, (size_t)(line - listing->numbered_to));
    listing->numbered_to = line;
    return listing->line_number;
}

static void print_prefix(struct listing *listing, struct span line, const char *at, bool selected)
{
    const struct printer *printer = listing->search->printer;
    const struct place place = {
        .name = listing->chunk->name,
        .width = listing->chunk->number_width,
        .empty = line.begin == line.end,
        .context = !selected,
        .line_number = printer->line_number ? line_number_of(listing, line.begin) : 0,
        .byte_offset = offset_of(listing, at),
    };
    printer_prefix(printer, listing->output, &place);
}

static const char *match_color(const struct colors *colors, bool selected)
{
    return selected ? colors->selected_match : colors->context_match;
}

/* Each match on a line of its own.  Where one is not text, the rest of the line is left out. */
static enum binary print_matches(struct listing *listing, struct span line, bool selected)
{
    const struct search *search = listing->search;
    const struct printer *printer = search->printer;
    if (binary_find(search, line) == BINARY_NUL)
        return BINARY_NUL;
    struct matches matches = matches_begin(listing->condition, line);
    struct span match;
    while (matches_next(&matches, &match)) {
        if (binary_find(search, match) != BINARY_NOT)
            return BINARY_ENCODING;
        print_prefix(listing, line, match.begin, selected);
        printer_colored(printer, listing->output, match_color(&printer->colors, selected), match.begin,
                        (size_t)(match.end - match.begin));
        if (search->crlf && line.end[-1] == '\r')
            output_byte(listing->output, '\r');
        printer_end_line(printer, listing->output);
    }
    return BINARY_NOT;
}

/* A line whose matches, and what is between them, have colours. */
static void print_colored(struct listing *listing, struct span line, bool selected)
{
    const struct search *search = listing->search;
    const struct printer *printer = search->printer;
    const struct colors *colors = &printer->colors;
    bool as_selected = selected ^ (search->invert && colors->reverse);
    const char *line_color = as_selected ? colors->selected_line : colors->context_line;
    const char *done = line.begin;
    if (selected != search->invert && *match_color(colors, selected)) {
        struct matches matches = matches_begin(listing->condition, line);
        struct span match;
        while (matches_next(&matches, &match)) {
            /* As in grep, a match ends the line's colour by beginning its own. */
            printer_color_start(printer, listing->output, line_color);
            output_text(listing->output, done, (size_t)(match.begin - done));
            printer_colored(printer, listing->output, match_color(colors, selected), match.begin,
                            (size_t)(match.end - match.begin));
            done = match.end;
        }
    }
    /* A carriage return stays outside the colour, so that terminals do not paint over the line. */
    const char *end = *line_color && line.end > done && line.end[-1] == '\r' ? line.end - 1 : line.end;
    if (end > done)
        printer_colored(printer, listing->output, line_color, done, (size_t)(end - done));
    output_bytes(listing->output, end, (size_t)(line.end - end));
    printer_end_line(printer, listing->output);
}

/* Prints a line, selected or as context, unless it is not text: then it says why. */
static enum binary print_line(struct listing *listing, struct span line, bool selected)
{
    const struct search *search = listing->search;
    bool matching = selected != search->invert;
    if (search->only_matching)
        return matching ? print_matches(listing, line, selected) : BINARY_NOT;
    enum binary binary = binary_find(search, line);
    if (binary != BINARY_NOT)
        return binary;
    print_prefix(listing, line, line.begin, selected);
    if (search->printer->colors.enabled) {
        print_colored(listing, line, selected);
    } else {
        output_text(listing->output, line.begin, (size_t)(line.end - line.begin));
        printer_end_line(search->printer, listing->output);
    }
    return BINARY_NOT;
}

/* Whether whole lines are printed as they are in the file, without anything between them. */
static bool is_piece(const struct listing *listing, struct span run)
{
    const struct search *search = listing->search;
    return !search->only_matching && !search->printer->colors.enabled && printer_is_plain(search->printer) &&
           binary_find(search, run) == BINARY_NOT;
}

static void print_piece(struct listing *listing, struct span run)
{
    output_text(listing->output, run.begin, (size_t)(run.end - run.begin));
    if (run.begin < run.end && run.end[-1] != listing->line_end)
        output_byte(listing->output, listing->line_end);
}

/* --- context --- */

static bool print_context_line(struct listing *listing, struct span line)
{
    bool printed = print_line(listing, line, false) == BINARY_NOT;
    listing->result->binary |= !printed && !listing->search->text_only;
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
    if (is_piece(listing, run)) {
        print_piece(listing, run);
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
    bool all = listing->search->passthru;
    if (all && is_piece(listing, (struct span){listing->printed_to, end})) {
        print_piece(listing, (struct span){listing->printed_to, end});
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

/* Goes back from the start of a line by at most *lines lines, which are subtracted, but not before `low`. */
static const char *go_back(const struct listing *listing, const char *from, const char *low, uint64_t *lines)
{
    for (; *lines > 0 && from > low; --*lines) {
        const char *newline = memrchr(low, listing->line_end, (size_t)(from - low) - 1);
        from = newline ? newline + 1 : low;
    }
    return from;
}

static void print_separator(struct listing *listing)
{
    const struct search *search = listing->search;
    if (search->group_separator)
        printer_group_separator(search->printer, listing->output, search->group_separator);
}

/* Prints the context before a selected line, the first of a group or not. */
static void print_before(struct listing *listing, const char *line)
{
    if (!listing->placed) {
        /* What comes before is the lead's. */
        listing->placed = true;
        listing->printed_to = line;
        listing->result->grouped = true;
        listing->result->first = offset_of(listing, line);
        return;
    }
    print_owed(listing, line);
    uint64_t lines = listing->search->before;
    const char *start = go_back(listing, line, listing->printed_to, &lines);
    if (start != listing->printed_to)
        print_separator(listing);
    print_context(listing, (struct span){start, line});
}

/* --- what is printed of a chunk --- */

bool listing_line(struct listing *listing, struct span line)
{
    const struct search *search = listing->search;
    if (search->context)
        print_before(listing, line.begin);
    enum binary binary = print_line(listing, line, true);
    bool printed = binary == BINARY_NOT;
    listing->result->binary |= !printed;
    listing->result->ended = binary == BINARY_NUL;
    if (search->context) {
        if (printed || search->passthru)
            listing->printed_to = line.end < listing->chunk->end ? line.end + 1 : line.end;
        if (!search->passthru)
            listing->owed = printed ? search->after : 0;
    }
    return !listing->result->ended;
}

bool listing_run(struct listing *listing, struct span run)
{
    if (!is_piece(listing, run))
        return false;
    if (listing->search->context)
        print_before(listing, run.begin);
    print_piece(listing, run);
    if (listing->search->context) {
        listing->printed_to = run.end;
        if (!listing->search->passthru)
            listing->owed = listing->search->after;
    }
    return true;
}

void listing_end(struct listing *listing)
{
    if (!listing->search->context || !listing->placed || listing->result->ended)
        return;
    print_owed(listing, listing->chunk->end);
    listing->result->place = (struct search_place){offset_of(listing, listing->printed_to), listing->owed};
}

/* Prints context that lies before the chunk: whole lines up to its begin. */
static void print_earlier(struct listing *listing, struct span earlier)
{
    if (earlier.begin == earlier.end)
        return;
    const struct search_chunk *chunk = listing->chunk;
    struct search_chunk before = *chunk;
    before.begin = earlier.begin;
    before.end = earlier.end;
    before.offset -= (uint64_t)(earlier.end - earlier.begin);
    listing->chunk = &before;
    if (listing->search->printer->line_number) {
        listing->numbered = true;
        listing->line_number = chunk->lines_before(chunk->context) + 1 -
                               listing->count_lines(earlier.begin, (size_t)(earlier.end - earlier.begin));
        listing->numbered_to = earlier.begin;
    }
    print_context(listing, earlier);
    listing->chunk = chunk;
    listing->numbered = false;
}

void listing_lead(struct listing *listing, struct span before, const uint64_t *first, struct search_place *place,
                  bool *grouped)
{
    const struct search_chunk *chunk = listing->chunk;
    const char *line = first ? chunk->begin + (*first - chunk->offset) : chunk->end;
    /* Where lines are owed, all before the chunk have been printed. */
    listing->owed = place->owed;
    print_owed(listing, line);
    bool moved = listing->printed_to > chunk->begin;
    *place = (struct search_place){moved ? offset_of(listing, listing->printed_to) : place->printed_to, listing->owed};
    if (!first)
        return;
    uint64_t lines = listing->search->before, reach = (uint64_t)(before.end - before.begin);
    const char *start = go_back(listing, line, listing->printed_to, &lines);
    struct span earlier = {before.end, before.end};
    if (!moved) {
        if (place->printed_to != SEARCH_NOTHING_PRINTED && chunk->offset - place->printed_to < reach)
            reach = chunk->offset - place->printed_to;
        earlier.begin = go_back(listing, earlier.end, earlier.end - reach, &lines);
    }
    uint64_t offset = offset_of(listing, start) - (uint64_t)(earlier.end - earlier.begin);
    if (*grouped && offset != place->printed_to)
        print_separator(listing);
    *grouped = true;
    print_earlier(listing, earlier);
    print_context(listing, (struct span){start, line});
}
