#include "output/grep-format.h"

#include "base/quote.h"
#include "base/visible.h"

#include <stdlib.h>
#include <string.h>

static void print_string(struct output *output, const char *string)
{
    output_bytes(output, string, strlen(string));
}

/* --- colours; "" is none --- */

static void color_start(const struct printer *printer, struct output *output, const char *color)
{
    if (!*color)
        return;
    print_string(output, "\33[");
    print_string(output, color);
    print_string(output, printer->colors.no_erase ? "m" : "m\33[K");
}

static void color_end(const struct printer *printer, struct output *output, const char *color)
{
    if (*color)
        print_string(output, printer->colors.no_erase ? "\33[m" : "\33[m\33[K");
}

/* Bytes that are copied, as most that is not text of a file goes away before the output is written. */
static void colored_bytes(const struct printer *printer, struct output *output, const char *color, const char *bytes,
                          size_t length)
{
    color_start(printer, output, color);
    output_bytes(output, bytes, length);
    color_end(printer, output, color);
}

static const char *separator_color(const struct printer *printer)
{
    return printer->colors.enabled ? printer->colors.separator : "";
}

static const char *match_color(const struct printer *printer, bool context)
{
    const struct colors *colors = &printer->colors;
    return !colors->enabled ? "" : context ? colors->context_match : colors->selected_match;
}

static const char *line_color(const struct printer *printer, bool context)
{
    const struct colors *colors = &printer->colors;
    bool as_context = context ^ (printer->inverted && colors->reverse);
    return !colors->enabled ? "" : as_context ? colors->context_line : colors->selected_line;
}

/* --- what stands before a line --- */

static void print_name(const struct printer *printer, struct output *output, const char *name)
{
    size_t size, length = strlen(name);
    bool escape = printer->escape_names && visible_length(name, length, &size) < length;
    char *escaped = escape ? quote_controls(name, length) : NULL;
    const char *shown = escaped ? escaped : name;
    colored_bytes(printer, output, printer->colors.enabled ? printer->colors.file_name : "", shown, strlen(shown));
    free(escaped);
}

static void end_name(const struct printer *printer, struct output *output, char mark)
{
    if (printer->null_names)
        output_byte(output, '\0');
    else
        colored_bytes(printer, output, separator_color(printer), &mark, 1);
}

/* The digits of a number that ends at `end`, with blanks before them up to a width. */
static char *padded(char *end, uint64_t value, unsigned width)
{
    char *begin = number_format(end, value);
    while (end - begin < (ptrdiff_t)width)
        *--begin = ' ';
    return begin;
}

static void print_number(const struct printer *printer, struct output *output, const char *color, uint64_t value,
                         unsigned width, char mark)
{
    char digits[NUMBER_DIGITS_MAX + 1];
    char *end = digits + NUMBER_DIGITS_MAX;
    char *begin = padded(end, value, width);
    if (!printer->colors.enabled) {
        *end = mark;
        output_bytes(output, begin, (size_t)(end + 1 - begin));
        return;
    }
    colored_bytes(printer, output, color, begin, (size_t)(end - begin));
    colored_bytes(printer, output, separator_color(printer), &mark, 1);
}

static void begin(const struct printer *printer, struct output *output, const struct place *place)
{
    const char mark = place->context ? '-' : ':';
    if (printer->with_name) {
        print_name(printer, output, place->name);
        end_name(printer, output, mark);
    }
    if (printer->line_number)
        print_number(printer, output, printer->colors.line_number, place->line_number, place->width, mark);
    bool column = printer->column && place->column;
    if (column) /* it has the line number's colour */
        print_number(printer, output, printer->colors.line_number, place->column, place->width, mark);
    if (printer->byte_offset)
        print_number(printer, output, printer->colors.byte_offset, place->byte_offset, place->width, mark);
    bool prefixed = printer->with_name || printer->line_number || column || printer->byte_offset;
    if (printer->initial_tab && prefixed && !place->empty)
        output_byte(output, '\t');
}

/* --- the line --- */

static void print_bytes(struct output *output, struct span text, bool stays)
{
    (stays ? output_text : output_bytes)(output, text.begin, (size_t)(text.end - text.begin));
}

/* Escapes what makes a terminal do more than go to the next column or line. */
static void print_sanitized(struct output *output, struct span text, bool stays)
{
    while (text.begin < text.end) {
        size_t size, plain = visible_length(text.begin, (size_t)(text.end - text.begin), &size);
        print_bytes(output, (struct span){text.begin, text.begin + plain}, stays);
        text.begin += plain;
        char escape[VISIBLE_MAX];
        if (size == 1 && (*text.begin == '\t' || *text.begin == '\n'))
            output_byte(output, *text.begin);
        else
            output_bytes(output, escape, visible_escape(escape, text.begin, size));
        text.begin += size;
    }
}

static void print_text(const struct printer *printer, struct output *output, const struct printer_segment *segment)
{
    (printer->sanitize ? print_sanitized : print_bytes)(output, segment->text, segment->stays);
}

static void print_colored(const struct printer *printer, struct output *output, const char *color,
                          const struct printer_segment *segment)
{
    color_start(printer, output, color);
    print_text(printer, output, segment);
    color_end(printer, output, color);
}

/* A carriage return at the end has no colour, so that terminals do not paint over the line.  It is harmless there. */
static void print_rest(const struct printer *printer, struct output *output, const struct printer_segment *segment)
{
    const char *color = line_color(printer, segment->context);
    struct printer_segment text = *segment;
    if (!*color && !printer->sanitize) {
        print_text(printer, output, segment);
        return;
    }
    if (text.text.begin < text.text.end && text.text.end[-1] == '\r')
        text.text.end--;
    if (text.text.begin < text.text.end)
        print_colored(printer, output, color, &text);
    output_bytes(output, text.text.end, (size_t)(segment->text.end - text.text.end));
}

static void segment(const struct printer *printer, struct output *output, const struct printer_segment *segment)
{
    if (!printer->colors.enabled && !printer->sanitize) {
        print_text(printer, output, segment);
        return;
    }
    const char *match = match_color(printer, segment->context);
    switch (segment->kind) {
    case SEGMENT_REST:
        print_rest(printer, output, segment);
        break;
    case SEGMENT_PLAIN: /* as in grep, a match ends the line's colour by beginning its own */
        color_start(printer, output, line_color(printer, segment->context));
        print_text(printer, output, segment);
        break;
    case SEGMENT_MATCH:
        print_colored(printer, output, *match ? match : line_color(printer, segment->context), segment);
        break;
    case SEGMENT_ALONE:
        print_colored(printer, output, match, segment);
        break;
    case SEGMENT_BARE:
        print_bytes(output, segment->text, segment->stays);
        break;
    case SEGMENT_REMARK:
        print_colored(printer, output, separator_color(printer), segment);
        break;
    }
}

static void end(const struct printer *printer, struct output *output)
{
    output_byte(output, printer->null_lines ? '\0' : '\n');
    if (printer->line_buffered)
        output_flush_now(output);
}

static bool is_plain(const struct printer *printer)
{
    return !printer->with_name && !printer->line_number && !printer->column && !printer->byte_offset &&
           !printer->line_buffered && !printer->colors.enabled && !printer->sanitize;
}

static bool keeps_size(const struct printer *printer)
{
    return !printer->colors.enabled && !printer->sanitize;
}

static bool shows_matches(const struct printer *printer, bool context)
{
    return *match_color(printer, context) != '\0';
}

/* --- between and behind lines --- */

static void separator(const struct printer *printer, struct output *output, const char *text)
{
    colored_bytes(printer, output, separator_color(printer), text, strlen(text));
    output_byte(output, '\n'); /* with -z too, as in grep */
}

static void name(const struct printer *printer, struct output *output, const char *file)
{
    print_name(printer, output, file);
    output_byte(output, printer->null_names ? '\0' : '\n');
}

static void count(const struct printer *printer, struct output *output, const char *file, uint64_t number)
{
    char digits[NUMBER_DIGITS_MAX + 1];
    char *last = digits + NUMBER_DIGITS_MAX, *first = number_format(last, number);
    *last = '\n';
    if (printer->with_name && file) {
        print_name(printer, output, file);
        end_name(printer, output, ':');
    }
    output_bytes(output, first, (size_t)(last + 1 - first));
}

static void binary(const struct printer *printer, struct output *output, const char *file)
{
    char *shown = printer->escape_names ? quote_controls(file, strlen(file)) : NULL;
    print_string(output, "Binary file ");
    print_string(output, shown ? shown : file);
    free(shown);
    print_string(output, " matches\n");
}

const struct printer_format grep_format = {
    .is_plain = is_plain,
    .keeps_size = keeps_size,
    .shows_matches = shows_matches,
    .begin = begin,
    .segment = segment,
    .end = end,
    .separator = separator,
    .name = name,
    .count = count,
    .binary = binary,
};
