#include "task/record-printer.h"

#include "base/alloc.h"
#include "task/line-printer.h"
#include "task/matches.h"

#include <stdlib.h>
#include <string.h>

struct record_printer {
    const struct query *query;
    struct condition_state *condition;
    bool plain[2]; /* by whether they are selected: records are printed as they are in the file */
    /* The record in hand. */
    const struct task_file *file;
    const struct record *record;
    bool selected;
    struct output *output;
    const char *numbered_to; /* up to here lines have been counted: */
    uint64_t line_number;    /* of the line there */
};

/* --- matches; none goes across a NUL byte --- */

struct record_matches {
    struct condition_state *condition;
    struct span rest; /* what comes behind the part in hand */
    bool over;
    struct matches matches;
};

/* The next part between NUL bytes. */
static void next_part(struct record_matches *matches)
{
    struct span part = matches->rest;
    const char *nul = memchr(part.begin, '\0', (size_t)(part.end - part.begin));
    matches->over = !nul;
    if (nul) {
        part.end = nul;
        matches->rest.begin = nul + 1;
    }
    matches->matches = matches_begin(matches->condition, part, false);
}

static struct record_matches record_matches_begin(struct condition_state *condition, struct span text)
{
    struct record_matches matches = {.condition = condition, .rest = text};
    next_part(&matches);
    return matches;
}

static bool record_matches_next(struct record_matches *matches, struct span *match)
{
    while (!matches_next(&matches->matches, match)) {
        if (matches->over)
            return false;
        next_part(matches);
    }
    return true;
}

uint64_t record_count_matches(struct condition_state *condition, struct span text)
{
    struct record_matches matches = record_matches_begin(condition, text);
    struct span match;
    uint64_t count = 0;
    while (record_matches_next(&matches, &match))
        count++;
    return count;
}

/* --- printing --- */

static bool shows_matches(const struct query *query, bool selected)
{
    return selected != query->invert && query->printer->format->shows_matches(query->printer, !selected);
}

struct record_printer *record_printer_create(const struct query *query, struct condition_state *condition)
{
    struct record_printer *printer = xcalloc(1, sizeof *printer);
    printer->query = query;
    printer->condition = condition;
    for (int selected = 0; selected < 2; selected++)
        printer->plain[selected] = !query->only_matching && query->printer->format->is_plain(query->printer) &&
                                   !shows_matches(query, selected);
    return printer;
}

void record_printer_free(struct record_printer *printer)
{
    free(printer);
}

static uint64_t line_number_at(struct record_printer *printer, const char *at)
{
    printer->line_number += query_count_lines(printer->query, printer->numbered_to, at);
    printer->numbered_to = at;
    return printer->line_number;
}

static uint64_t offset_of(const struct record *record, const char *at)
{
    return record->offset + (uint64_t)(at - record->lines.begin);
}

static void print_prefix(struct record_printer *printer, struct span line, const char *at, bool context)
{
    const struct printer *look = printer->query->printer;
    const struct place place = {
        .name = printer->file->name,
        .line = line,
        .context = context,
        .line_number = look->line_number ? line_number_at(printer, line.begin) : 0,
        .byte_offset = offset_of(printer->record, at),
        .width = look->initial_tab ? line_number_width(printer->query, printer->file->size) : 0,
        .empty = line.begin == line.end,
    };
    look->format->begin(look, printer->output, &place);
}

static void print_part(struct record_printer *printer, enum segment_kind kind, struct span text)
{
    const struct printer *look = printer->query->printer;
    const struct printer_segment part = {.kind = kind, .text = text, .context = !printer->selected};
    look->format->segment(look, printer->output, &part);
}

/* What -o shows of a match; false when that is nothing. */
static bool shown_of_match(const struct record_printer *printer, struct span *match)
{
    const unsigned group = printer->query->group;
    if (group && !captures_number(condition_captures(printer->condition), group, match))
        return false;
    return match->begin < match->end;
}

static void print_matches(struct record_printer *printer)
{
    const struct query *query = printer->query;
    struct record_matches matches = record_matches_begin(printer->condition, printer->record->text);
    struct span match;
    if (!printer->selected || query->invert)
        return;
    while (record_matches_next(&matches, &match)) {
        if (!shown_of_match(printer, &match))
            continue;
        print_prefix(printer, match, match.begin, false);
        print_part(printer, SEGMENT_ALONE, match);
        query->printer->format->end(query->printer, printer->output);
    }
}

/* The match that is shown next; behind the record when there is none. */
static void next_match(const struct record_printer *printer, struct record_matches *matches, struct span *match)
{
    if (!record_matches_next(matches, match))
        match->begin = match->end = printer->record->lines.end;
}

/* A line of the record, without its newline; the match may have begun before it, and go on behind it. */
static void print_line(struct record_printer *printer, struct span line, struct record_matches *matches,
                       struct span *match)
{
    const struct printer *look = printer->query->printer;
    print_prefix(printer, line, line.begin, !printer->selected || line.begin > printer->record->lines.begin);
    while (match->end <= line.begin && match->begin < printer->record->lines.end) /* it was a newline */
        next_match(printer, matches, match);
    while (match->begin < line.end) {
        const struct span shown = {match->begin < line.begin ? line.begin : match->begin,
                                   match->end > line.end ? line.end : match->end};
        print_part(printer, SEGMENT_PLAIN, (struct span){line.begin, shown.begin});
        print_part(printer, SEGMENT_MATCH, shown);
        line.begin = shown.end;
        if (match->end > line.end)
            break;
        next_match(printer, matches, match);
    }
    print_part(printer, SEGMENT_REST, line);
    look->format->end(look, printer->output);
}

static void print_lines(struct record_printer *printer)
{
    const struct span lines = printer->record->lines;
    struct record_matches matches = {.over = true};
    struct span match = {lines.end, lines.end};
    if (shows_matches(printer->query, printer->selected)) {
        matches = record_matches_begin(printer->condition, printer->record->text);
        next_match(printer, &matches, &match);
    }
    for (const char *begin = lines.begin; begin < lines.end;) {
        const char *newline = memchr(begin, '\n', (size_t)(lines.end - begin));
        print_line(printer, (struct span){begin, newline ? newline : lines.end}, &matches, &match);
        begin = newline ? newline + 1 : lines.end;
    }
}

enum binary record_printer_print(struct record_printer *printer, const struct task_file *file,
                                 const struct record *record, bool selected, struct output *output)
{
    enum binary binary = binary_find(printer->query, record->lines);
    if (binary != BINARY_NOT)
        return binary;
    printer->file = file;
    printer->record = record;
    printer->selected = selected;
    printer->output = output;
    printer->numbered_to = record->lines.begin;
    printer->line_number = record->line_number;
    if (printer->plain[selected]) {
        output_text(output, record->lines.begin, (size_t)(record->lines.end - record->lines.begin));
        if (record->lines.end[-1] != '\n')
            output_byte(output, '\n');
    } else if (printer->query->only_matching) {
        print_matches(printer);
    } else {
        print_lines(printer);
    }
    return BINARY_NOT;
}
