#include "task/line-printer.h"

#include "base/alloc.h"
#include "base/text.h"
#include "task/excerpt.h"
#include "task/matches.h"
#include "task/segments.h"

#include <stdlib.h>
#include <string.h>

struct line_printer {
    const struct query *query;
    struct condition_state *condition;
    char line_end;
    bool grows; /* a line may come to much more than its text */
    /* By whether lines are selected: */
    bool whole[2]; /* all of their text is printed, in one segment */
    bool plain[2]; /* and nothing else: they are printed as they are in the file */
    /* The chunk in hand. */
    const struct chunk_text *chunk;
    struct output *output;
    uint64_t *matches;
    bool numbered;        /* whether `line_number` is known */
    uint64_t line_number; /* of the line at `numbered_to` */
    const char *numbered_to;
    unsigned number_width; /* -T: to which numbers are padded, else 0 */
    struct text replaced;  /* of one match */
};

/* What takes the place of a line's matches; NULL: they stay. */
static const struct replacement *replacement_of(const struct query *query, bool selected)
{
    return selected && !query->invert ? query->replacement : NULL;
}

static bool shows_matches(const struct query *query, bool selected)
{
    return query->printer->format->shows_matches(query->printer, !selected);
}

static bool is_whole(const struct query *query, bool selected)
{
    return !query->only_matching && !query->max_columns && !replacement_of(query, selected) &&
           !shows_matches(query, selected);
}

struct line_printer *line_printer_create(const struct query *query, struct condition_state *condition)
{
    struct line_printer *lines = xcalloc(1, sizeof *lines);
    lines->query = query;
    lines->condition = condition;
    lines->line_end = query_line_end(query);
    lines->grows =
        query->only_matching || !query->printer->format->keeps_size(query->printer) || replacement_of(query, true);
    for (int selected = 0; selected < 2; selected++) {
        lines->whole[selected] = is_whole(query, selected);
        lines->plain[selected] = lines->whole[selected] && query->printer->format->is_plain(query->printer);
    }
    return lines;
}

void line_printer_free(struct line_printer *lines)
{
    if (!lines)
        return;
    free(lines->replaced.bytes);
    free(lines);
}

unsigned line_number_width(const struct query *query, uint64_t size)
{
    uint64_t largest = size != UINT64_MAX ? size + query->printer->line_number : INT64_MAX;
    unsigned width = 1;
    while (largest /= 10)
        width++;
    return width;
}

void line_printer_begin(struct line_printer *lines, const struct chunk_text *chunk, struct output *output,
                        uint64_t *matches)
{
    lines->chunk = chunk;
    lines->output = output;
    lines->matches = matches;
    lines->numbered = false;
    lines->number_width = lines->query->printer->initial_tab ? line_number_width(lines->query, chunk->file->size) : 0;
}

void line_printer_begin_before(struct line_printer *lines, const struct chunk_text *before)
{
    lines->chunk = before;
    lines->numbered = lines->query->printer->line_number;
    if (!lines->numbered)
        return;
    lines->line_number = chunk_text_lines_before(before) + 1;
    lines->line_number -= query_count_lines(lines->query, before->begin, before->end);
    lines->numbered_to = before->begin;
}

/* --- prefixes --- */

static uint64_t line_number_of(struct line_printer *lines, const char *line)
{
    if (!lines->numbered) {
        lines->numbered = true;
        lines->line_number = chunk_text_lines_before(lines->chunk) + 1;
        lines->numbered_to = lines->chunk->begin;
    }
    lines->line_number += query_count_lines(lines->query, lines->numbered_to, line);
    lines->numbered_to = line;
    return lines->line_number;
}

/* Where what is printed of a line comes from. */
struct origin {
    struct span line;
    const char *at;
    uint64_t column; /* 0: none */
    bool selected;
    bool empty; /* nothing comes */
};

static void print_prefix(struct line_printer *lines, const struct origin *origin)
{
    const struct printer *printer = lines->query->printer;
    const struct place place = {
        .name = lines->chunk->file->name,
        .line = {origin->line.begin, origin->line.end + (origin->line.end < lines->chunk->end)},
        .width = lines->number_width,
        .empty = origin->empty,
        .context = !origin->selected,
        .line_number = printer->line_number ? line_number_of(lines, origin->line.begin) : 0,
        .column = origin->column,
        .byte_offset = chunk_text_offset(lines->chunk, origin->at),
    };
    printer->format->begin(printer, lines->output, &place);
}

static uint64_t column_of(struct span line, const char *at)
{
    return (uint64_t)(at - line.begin) + 1;
}

/* The column of the first match, which may be empty; 0 if there is none, as in a line that PCRE2 has given up. */
static uint64_t first_column(struct line_printer *lines, struct span line)
{
    struct matches matches = matches_begin(lines->condition, line, true);
    struct span match;
    return matches_next(&matches, &match) ? column_of(line, match.begin) : 0;
}

/* --- lines --- */

static void print_part(struct line_printer *lines, enum segment_kind kind, struct span text, bool stays, bool selected)
{
    const struct printer *printer = lines->query->printer;
    const struct printer_segment part = {.kind = kind, .text = text, .stays = stays, .context = !selected};
    printer->format->segment(printer, lines->output, &part);
}

static void print_remark(struct line_printer *lines, const char *remark, bool selected)
{
    print_part(lines, SEGMENT_REMARK, (struct span){remark, remark + strlen(remark)}, false, selected);
}

static void print_segment(struct line_printer *lines, const struct segment *segment, bool selected)
{
    enum segment_kind kind = segment->rest ? SEGMENT_REST : segment->match ? SEGMENT_MATCH : SEGMENT_PLAIN;
    print_part(lines, kind, segment->text, !segment->replaced, selected);
}

/* A match in its line, or what takes its place. */
static void print_match_in_line(struct line_printer *lines, struct span line, const struct segment *segment,
                                uint64_t index, bool selected)
{
    const struct printer *printer = lines->query->printer;
    const struct printer_match match = {
        .text = segment->found,
        .start = (uint64_t)(segment->found.begin - line.begin),
        .index = index,
        .replaced = segment->replaced,
    };
    const struct printer_segment part = {.kind = SEGMENT_MATCH,
                                         .text = segment->text,
                                         .stays = !segment->replaced,
                                         .context = !selected,
                                         .match = &match};
    printer->format->segment(printer, lines->output, &part);
}

/* What -o shows of a match; false when that is nothing. */
static bool shown_of_match(struct line_printer *lines, const struct replacement *replacement, struct segment *shown)
{
    const struct query *query = lines->query;
    if (replacement) {
        text_cut(&lines->replaced, 0);
        replacement_expand(replacement, lines->condition, shown->text, &lines->replaced);
        shown->text = (struct span){lines->replaced.bytes, lines->replaced.bytes + lines->replaced.length};
        shown->replaced = true;
    } else if (query->group && !captures_number(condition_captures(lines->condition), query->group, &shown->text)) {
        return false;
    }
    return shown->text.begin < shown->text.end;
}

/* Prints what -o shows of a match, or as much of it as columns are allowed. */
static void print_match(struct line_printer *lines, struct segment *shown, bool selected)
{
    const struct query *query = lines->query;
    const uint64_t limit = query->max_columns, length = (uint64_t)(shown->text.end - shown->text.begin);
    char remark[EXCERPT_REMARK_SIZE];
    if (limit == 0 || length <= limit) {
        print_part(lines, SEGMENT_ALONE, shown->text, !shown->replaced, selected);
    } else if (query->preview == PREVIEW_NONE) {
        excerpt_remark_whole(remark, "match", length, 0);
        print_remark(lines, remark, selected);
    } else {
        struct excerpt excerpt = {.end = limit, .unicode = query->unicode};
        if (excerpt_cut(&excerpt, shown))
            print_part(lines, SEGMENT_ALONE, shown->text, !shown->replaced, selected);
        excerpt_remark_behind(remark, length - excerpt.end, 0);
        print_remark(lines, remark, selected);
    }
}

/* What is shown of each match on a line of its own.  Where that is not text, the rest of the line is left out. */
static enum binary print_matches(struct line_printer *lines, struct span line, bool selected)
{
    const struct query *query = lines->query;
    if (binary_find(query, line) == BINARY_NUL)
        return BINARY_NUL;
    const struct replacement *replacement = replacement_of(query, selected);
    /* A match may be empty and a group in a lookahead not. */
    struct matches matches = matches_begin(lines->condition, line, query->group || replacement);
    struct span match;
    while (matches_next(&matches, &match)) {
        struct segment shown = {.text = match, .match = true};
        if (!shown_of_match(lines, replacement, &shown))
            continue;
        if (binary_find(query, shown.text) != BINARY_NOT)
            return BINARY_ENCODING;
        const char *at = shown.replaced ? match.begin : shown.text.begin;
        const struct origin origin = {
            .line = line, .at = at, .column = selected ? column_of(line, at) : 0, .selected = selected};
        print_prefix(lines, &origin);
        print_match(lines, &shown, selected);
        if (query->crlf && line.begin < line.end && line.end[-1] == '\r')
            print_part(lines, SEGMENT_BARE, (struct span){line.end - 1, line.end}, true, selected);
        query->printer->format->end(query->printer, lines->output);
    }
    return BINARY_NOT;
}

/* The segments of a line; with its matches, if `counted`, even where these look like the rest. */
static struct segments begin_segments(struct line_printer *lines, struct span line, bool selected, bool counted)
{
    const struct query *query = lines->query;
    const struct replacement *replacement = replacement_of(query, selected);
    const bool wanted = counted || shows_matches(query, selected) || replacement;
    const bool all = replacement || query->printer->format->all_matches;
    return segments_begin(lines->condition, line,
                          !wanted || selected == query->invert ? SEGMENTS_WHOLE
                          : all                                ? SEGMENTS_ALL
                                                               : SEGMENTS_NOT_EMPTY,
                          replacement, &lines->replaced);
}

/* A line of which matches are replaced, or have colours. */
static void print_segments(struct line_printer *lines, struct span line, bool selected)
{
    struct segments segments = begin_segments(lines, line, selected, false);
    struct segment segment;
    uint64_t matches = 0;
    while (segments_next(&segments, &segment)) {
        if (segment.match)
            print_match_in_line(lines, line, &segment, matches++, selected);
        else
            print_segment(lines, &segment, selected);
    }
    if (selected && lines->query->printer->format->all_matches)
        *lines->matches += matches;
}

/* Whether a line is longer than columns are allowed; then it is measured. */
static bool is_long(struct line_printer *lines, struct span line, bool selected, struct extent *extent)
{
    const struct query *query = lines->query;
    const uint64_t limit = query->max_columns, length = (uint64_t)(line.end - line.begin);
    if (limit == 0 || (length <= limit && !replacement_of(query, selected)))
        return false;
    struct segments segments = begin_segments(lines, line, selected, true);
    *extent = extent_measure(&segments);
    return extent->length > limit;
}

/* What is printed of a line that is too long. */
static void print_excerpt(struct line_printer *lines, struct span line, bool selected, const struct extent *extent)
{
    char remark[EXCERPT_REMARK_SIZE];
    if (lines->query->preview == PREVIEW_NONE) {
        excerpt_remark_whole(remark, "line", extent->length, extent->matches);
        print_remark(lines, remark, selected);
        return;
    }
    struct excerpt excerpt = excerpt_choose(lines->query, extent);
    bool begun = excerpt.begin == 0;
    struct segments segments = begin_segments(lines, line, selected, true);
    struct segment segment;
    while (excerpt_goes_on(&excerpt) && segments_next(&segments, &segment)) {
        if (!excerpt_cut(&excerpt, &segment))
            continue;
        if (!begun) {
            excerpt_remark_before(remark, excerpt.begin);
            print_remark(lines, remark, selected);
        }
        begun = true;
        print_segment(lines, &segment, selected);
    }
    if (excerpt.end == extent->length)
        return;
    excerpt_remark_behind(remark, extent->length - excerpt.end, extent->matches - excerpt.matches);
    print_remark(lines, remark, selected);
}

/* Whether nothing is left of a line when its matches are replaced. */
static bool comes_to_nothing(struct line_printer *lines, struct span line, bool selected)
{
    struct segments segments = begin_segments(lines, line, selected, false);
    struct segment segment;
    while (segments_next(&segments, &segment))
        if (segment.text.begin < segment.text.end)
            return false;
    return true;
}

/* The text of a line, or what is shown of it, by its segments. */
static void print_parts(struct line_printer *lines, struct span text, bool selected)
{
    struct extent extent;
    if (is_long(lines, text, selected, &extent))
        print_excerpt(lines, text, selected, &extent);
    else
        print_segments(lines, text, selected);
}

/* A line in the parts that the format has for it. */
static void print_row(struct line_printer *lines, struct span text, struct origin *origin)
{
    const struct query *query = lines->query;
    const struct printer *printer = query->printer;
    const struct span mark = {origin->at, text.begin};
    bool selected = origin->selected;
    if (printer->column && selected && !query->invert)
        origin->column = first_column(lines, text);
    if (printer->initial_tab && replacement_of(query, selected))
        origin->empty = comes_to_nothing(lines, text, selected);
    print_prefix(lines, origin);
    if (mark.begin < mark.end)
        print_part(lines, SEGMENT_BARE, mark, true, selected);
    if (lines->whole[selected])
        print_part(lines, SEGMENT_REST, text, true, selected);
    else
        print_parts(lines, text, selected);
    printer->format->end(printer, lines->output);
}

static enum binary print_line(struct line_printer *lines, struct span line, bool selected)
{
    const struct query *query = lines->query;
    const struct span text = query_text(query, lines->chunk, line);
    if (query->only_matching)
        return selected != query->invert ? print_matches(lines, text, selected) : BINARY_NOT;
    enum binary binary = binary_find(query, text);
    if (binary != BINARY_NOT)
        return binary;
    if (lines->plain[selected]) {
        line.end += line.end < lines->chunk->end;
        line_printer_print_piece(lines, line);
        return BINARY_NOT;
    }
    struct origin origin = {.line = text, .at = line.begin, .selected = selected, .empty = text.begin == text.end};
    print_row(lines, text, &origin);
    return BINARY_NOT;
}

/* Lines of up to so many bytes are printed whole, or not at all, even if their file is cut meanwhile. */
#define WHOLE_MAX ((ptrdiff_t)1 << 20)

enum binary line_printer_print(struct line_printer *lines, struct span line, bool selected)
{
    if (!lines->grows || line.end - line.begin > WHOLE_MAX)
        return print_line(lines, line, selected);
    output_keep_whole(lines->output, true);
    enum binary binary = print_line(lines, line, selected);
    output_keep_whole(lines->output, false);
    return binary;
}

/* --- pieces --- */

bool line_printer_takes_piece(const struct line_printer *lines, struct span run, bool selected)
{
    return lines->plain[selected] && binary_find(lines->query, run) == BINARY_NOT;
}

void line_printer_print_piece(struct line_printer *lines, struct span run)
{
    output_text(lines->output, run.begin, (size_t)(run.end - run.begin));
    if (run.begin < run.end && run.end[-1] != lines->line_end)
        output_byte(lines->output, lines->line_end);
}
