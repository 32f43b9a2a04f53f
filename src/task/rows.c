#include "task/rows.h"

#include "base/alloc.h"
#include "task/matches.h"

#include <stdlib.h>

struct rows {
    const struct search *search;
    struct matcher_state *matcher;
    char line_end;
    size_t (*count_lines)(const char *text, size_t length); /* the kernel for that end */
    /* The chunk in hand. */
    const struct search_chunk *chunk;
    struct output *output;
    bool numbered;        /* whether `line_number` is known */
    uint64_t line_number; /* of the line at `numbered_to` */
    const char *numbered_to;
};

struct rows *rows_create(const struct search *search, struct matcher_state *matcher)
{
    struct rows *rows = xcalloc(1, sizeof *rows);
    rows->search = search;
    rows->matcher = matcher;
    rows->line_end = search->null_lines ? '\0' : '\n';
    rows->count_lines = search->null_lines ? search->kernels->count_nuls : search->kernels->count_newlines;
    return rows;
}

void rows_free(struct rows *rows)
{
    free(rows);
}

void rows_begin(struct rows *rows, const struct search_chunk *chunk, struct output *output)
{
    rows->chunk = chunk;
    rows->output = output;
    rows->numbered = false;
}

void rows_begin_before(struct rows *rows, const struct search_chunk *before)
{
    size_t length = (size_t)(before->end - before->begin);
    rows->chunk = before;
    rows->numbered = rows->search->printer->line_number;
    if (!rows->numbered)
        return;
    rows->line_number = before->lines_before(before->context) + 1 - rows->count_lines(before->begin, length);
    rows->numbered_to = before->begin;
}

/* --- prefixes --- */

static uint64_t line_number_of(struct rows *rows, const char *line)
{
    if (!rows->numbered) {
        rows->numbered = true;
        rows->line_number = rows->chunk->lines_before(rows->chunk->context) + 1;
        rows->numbered_to = rows->chunk->begin;
    }
    rows->line_number += rows->count_lines(rows->numbered_to, (size_t)(line - rows->numbered_to));
    rows->numbered_to = line;
    return rows->line_number;
}

/* `at` is where what is printed of the line begins. */
static void print_prefix(struct rows *rows, struct span line, const char *at, uint64_t column, bool selected)
{
    const struct printer *printer = rows->search->printer;
    const struct place place = {
        .name = rows->chunk->name,
        .width = rows->chunk->number_width,
        .empty = line.begin == line.end,
        .context = !selected,
        .line_number = printer->line_number ? line_number_of(rows, line.begin) : 0,
        .column = column,
        .byte_offset = rows->chunk->offset + (uint64_t)(at - rows->chunk->begin),
    };
    printer_prefix(printer, rows->output, &place);
}

static uint64_t column_of(struct span line, struct span match)
{
    return (uint64_t)(match.begin - line.begin) + 1;
}

/* The column of the first match, which may be empty; 0 if there is none, as in a line that PCRE2 has given up. */
static uint64_t first_column(struct rows *rows, struct span line)
{
    struct matches matches = matches_begin(rows->matcher, line, true);
    struct span match;
    return matches_next(&matches, &match) ? column_of(line, match) : 0;
}

/* --- lines --- */

static const char *match_color(const struct colors *colors, bool selected)
{
    return selected ? colors->selected_match : colors->context_match;
}

/* Each match, or a group of it, on a line of its own.  Where one is not text, the rest of the line is left out. */
static enum binary print_matches(struct rows *rows, struct span line, bool selected)
{
    const struct search *search = rows->search;
    const struct printer *printer = search->printer;
    if (binary_find(search, line) == BINARY_NUL)
        return BINARY_NUL;
    /* A match may be empty and a group in a lookahead not. */
    struct matches matches = matches_begin(rows->matcher, line, search->group != 0);
    struct span match;
    while (matches_next(&matches, &match)) {
        if (search->group &&
            (!captures_number(matcher_captures(rows->matcher), search->group, &match) || match.begin == match.end))
            continue;
        if (binary_find(search, match) != BINARY_NOT)
            return BINARY_ENCODING;
        print_prefix(rows, line, match.begin, selected ? column_of(line, match) : 0, selected);
        printer_colored(printer, rows->output, match_color(&printer->colors, selected), match.begin,
                        (size_t)(match.end - match.begin));
        printer_end_line(printer, rows->output);
    }
    return BINARY_NOT;
}

/* A line whose matches, and what is between them, have colours. */
static void print_colored(struct rows *rows, struct span line, bool selected)
{
    const struct search *search = rows->search;
    const struct printer *printer = search->printer;
    const struct colors *colors = &printer->colors;
    bool as_selected = selected ^ (search->invert && colors->reverse);
    const char *line_color = as_selected ? colors->selected_line : colors->context_line;
    const char *done = line.begin;
    if (selected != search->invert && *match_color(colors, selected)) {
        struct matches matches = matches_begin(rows->matcher, line, false);
        struct span match;
        while (matches_next(&matches, &match)) {
            /* As in grep, a match ends the line's colour by beginning its own. */
            printer_color_start(printer, rows->output, line_color);
            output_text(rows->output, done, (size_t)(match.begin - done));
            printer_colored(printer, rows->output, match_color(colors, selected), match.begin,
                            (size_t)(match.end - match.begin));
            done = match.end;
        }
    }
    /* A carriage return stays outside the colour, so that terminals do not paint over the line. */
    const char *end = *line_color && line.end > done && line.end[-1] == '\r' ? line.end - 1 : line.end;
    if (end > done)
        printer_colored(printer, rows->output, line_color, done, (size_t)(end - done));
    output_bytes(rows->output, end, (size_t)(line.end - end));
    printer_end_line(printer, rows->output);
}

enum binary rows_print(struct rows *rows, struct span line, bool selected)
{
    const struct search *search = rows->search;
    bool matching = selected != search->invert;
    if (search->only_matching)
        return matching ? print_matches(rows, line, selected) : BINARY_NOT;
    enum binary binary = binary_find(search, line);
    if (binary != BINARY_NOT)
        return binary;
    uint64_t column = search->printer->column && selected && !search->invert ? first_column(rows, line) : 0;
    print_prefix(rows, line, line.begin, column, selected);
    if (search->printer->colors.enabled) {
        print_colored(rows, line, selected);
    } else {
        output_text(rows->output, line.begin, (size_t)(line.end - line.begin));
        printer_end_line(search->printer, rows->output);
    }
    return BINARY_NOT;
}

/* --- pieces --- */

bool rows_are_piece(const struct rows *rows, struct span run)
{
    const struct search *search = rows->search;
    return !search->only_matching && !search->printer->colors.enabled && printer_is_plain(search->printer) &&
           binary_find(search, run) == BINARY_NOT;
}

void rows_print_piece(struct rows *rows, struct span run)
{
    output_text(rows->output, run.begin, (size_t)(run.end - run.begin));
    if (run.begin < run.end && run.end[-1] != rows->line_end)
        output_byte(rows->output, rows->line_end);
}
