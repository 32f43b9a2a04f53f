#include "task/shown-lines.h"

#include "base/alloc.h"
#include "task/line-printer.h"
#include "task/lines.h"

#include <stdlib.h>
#include <string.h>

struct shown_lines {
    const struct query *query;
    struct line_printer *printer;
    char line_end;
    /* The chunk in hand. */
    const struct chunk_text *chunk;
    struct output *output;
    struct search_result *result;
    bool placed;            /* it is known where the printing stands: */
    const char *printed_to; /* after the last line printed */
    uint64_t owed;          /* lines behind it that are context of the last selected one */
};

struct shown_lines *shown_lines_create(const struct query *query, struct condition_state *condition)
{
    struct shown_lines *shown = xcalloc(1, sizeof *shown);
    shown->query = query;
    shown->printer = line_printer_create(query, condition);
    shown->line_end = query_line_end(query);
    return shown;
}

void shown_lines_free(struct shown_lines *shown)
{
    if (!shown)
        return;
    line_printer_free(shown->printer);
    free(shown);
}

void shown_lines_begin(struct shown_lines *shown, const struct chunk_text *chunk, struct output *output,
                       struct search_result *result)
{
    shown->chunk = chunk;
    shown->output = output;
    shown->result = result;
    line_printer_begin(shown->printer, chunk, output, &result->matches);
    shown->placed = shown->query->passthru;
    shown->printed_to = chunk->begin;
    shown->owed = shown->query->passthru ? UINT64_MAX : 0;
}

/* --- context --- */

static bool print_context_line(struct shown_lines *shown, struct span line)
{
    bool printed = line_printer_print(shown->printer, line, false) == BINARY_NOT;
    shown->result->binary |= !printed && !shown->query->text_only;
    return printed;
}

/* The line at the start of a text, without its newline. */
static struct span line_at(const struct shown_lines *shown, const char *begin, const char *end)
{
    const char *newline = memchr(begin, shown->line_end, (size_t)(end - begin));
    return (struct span){begin, newline ? newline : end};
}

/* Prints whole lines before a selected one. */
static void print_context(struct shown_lines *shown, struct span run)
{
    if (line_printer_takes_piece(shown->printer, run, false)) {
        line_printer_print_piece(shown->printer, run);
        shown->printed_to = run.end;
        return;
    }
    while (run.begin < run.end) {
        struct span line = line_at(shown, run.begin, run.end);
        run.begin = line.end < run.end ? line.end + 1 : run.end;
        if (print_context_line(shown, line))
            shown->printed_to = run.begin;
    }
}

/* Prints what is owed of the lines up to `end`. */
static void print_owed(struct shown_lines *shown, const char *end)
{
    bool all = shown->query->passthru;
    if (all && line_printer_takes_piece(shown->printer, (struct span){shown->printed_to, end}, false)) {
        line_printer_print_piece(shown->printer, (struct span){shown->printed_to, end});
        shown->printed_to = end;
    }
    while (shown->owed > 0 && shown->printed_to < end) {
        struct span line = line_at(shown, shown->printed_to, end);
        bool printed = print_context_line(shown, line);
        if (printed || all)
            shown->printed_to = line.end < end ? line.end + 1 : end;
        /* As in grep, what is not text ends the context. */
        if (!all)
            shown->owed = printed ? shown->owed - 1 : 0;
    }
}

static void print_separator(struct shown_lines *shown)
{
    const struct query *query = shown->query;
    if (query->group_separator)
        query->printer->format->separator(query->printer, shown->output, query->group_separator);
}

/* Prints the context before a selected line, the first of a group or not. */
static void print_before(struct shown_lines *shown, const char *line)
{
    if (!shown->placed) {
        /* What comes before is the head's. */
        shown->placed = true;
        shown->printed_to = line;
        shown->result->grouped = true;
        shown->result->first = chunk_text_offset(shown->chunk, line);
        return;
    }
    print_owed(shown, line);
    uint64_t lines = shown->query->before;
    const char *start = lines_back(shown->printed_to, line, shown->line_end, &lines);
    if (start != shown->printed_to)
        print_separator(shown);
    print_context(shown, (struct span){start, line});
}

/* --- what is printed of a chunk --- */

bool shown_lines_add(struct shown_lines *shown, struct span line)
{
    const struct query *query = shown->query;
    if (query->context)
        print_before(shown, line.begin);
    enum binary binary = line_printer_print(shown->printer, line, true);
    bool printed = binary == BINARY_NOT;
    shown->result->binary |= !printed;
    shown->result->ended = binary == BINARY_NUL;
    if (query->context) {
        if (printed || query->passthru)
            shown->printed_to = line.end < shown->chunk->end ? line.end + 1 : line.end;
        if (!query->passthru)
            shown->owed = printed ? query->after : 0;
    }
    return !shown->result->ended;
}

bool shown_lines_add_run(struct shown_lines *shown, struct span run)
{
    if (!line_printer_takes_piece(shown->printer, run, true))
        return false;
    if (shown->query->context)
        print_before(shown, run.begin);
    line_printer_print_piece(shown->printer, run);
    if (shown->query->context) {
        shown->printed_to = run.end;
        if (!shown->query->passthru)
            shown->owed = shown->query->after;
    }
    return true;
}

void shown_lines_end(struct shown_lines *shown)
{
    if (!shown->query->context || !shown->placed || shown->result->ended)
        return;
    print_owed(shown, shown->chunk->end);
    shown->result->place = (struct search_place){chunk_text_offset(shown->chunk, shown->printed_to), shown->owed};
}

/* Prints context that lies before the chunk: whole lines up to its begin. */
static void print_earlier(struct shown_lines *shown, struct span earlier)
{
    if (earlier.begin == earlier.end)
        return;
    const struct chunk_text *chunk = shown->chunk;
    struct chunk_text before = *chunk;
    before.begin = before.before = earlier.begin;
    before.end = earlier.end;
    before.offset -= (uint64_t)(earlier.end - earlier.begin);
    shown->chunk = &before;
    line_printer_begin_before(shown->printer, &before);
    print_context(shown, earlier);
    shown->chunk = chunk;
    line_printer_begin(shown->printer, chunk, shown->output, &shown->result->matches);
}

void shown_lines_print_head(struct shown_lines *shown, struct span before, const uint64_t *first,
                            struct search_place *place, bool *grouped)
{
    const struct chunk_text *chunk = shown->chunk;
    const char *line = first ? chunk->begin + (*first - chunk->offset) : chunk->end;
    /* Where lines are owed, all before the chunk have been printed. */
    shown->owed = place->owed;
    print_owed(shown, line);
    bool moved = shown->printed_to > chunk->begin;
    *place = (struct search_place){moved ? chunk_text_offset(shown->chunk, shown->printed_to) : place->printed_to,
                                   shown->owed};
    if (!first)
        return;
    uint64_t lines = shown->query->before, reach = (uint64_t)(before.end - before.begin);
    const char *start = lines_back(shown->printed_to, line, shown->line_end, &lines);
    struct span earlier = {before.end, before.end};
    if (!moved) {
        if (place->printed_to != SEARCH_NOTHING_PRINTED && chunk->offset - place->printed_to < reach)
            reach = chunk->offset - place->printed_to;
        earlier.begin = lines_back(earlier.end - reach, earlier.end, shown->line_end, &lines);
    }
    uint64_t offset = chunk_text_offset(shown->chunk, start) - (uint64_t)(earlier.end - earlier.begin);
    shown->result->first = offset;
    shown->result->place.owed = lines;
    if (*grouped && offset != place->printed_to)
        print_separator(shown);
    *grouped = true;
    print_earlier(shown, earlier);
    print_context(shown, (struct span){start, line});
}
