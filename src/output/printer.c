#include "output/printer.h"

#include "base/number.h"

#include <string.h>

static void output_string(struct output *output, const char *string)
{
    output_bytes(output, string, strlen(string));
}

void printer_color_start(const struct printer *printer, struct output *output, const char *color)
{
    if (!printer->colors.enabled || !*color)
        return;
    output_string(output, "\33[");
    output_string(output, color);
    output_string(output, printer->colors.no_erase ? "m" : "m\33[K");
}

void printer_color_end(const struct printer *printer, struct output *output, const char *color)
{
    if (!printer->colors.enabled || !*color)
        return;
    output_string(output, printer->colors.no_erase ? "\33[m" : "\33[m\33[K");
}

void printer_colored(const struct printer *printer, struct output *output, const char *color, const char *text,
                     size_t length)
{
    printer_color_start(printer, output, color);
    output_text(output, text, length);
    printer_color_end(printer, output, color);
}

bool printer_is_plain(const struct printer *printer)
{
    return !printer->with_name && !printer->line_number && !printer->column && !printer->byte_offset &&
           !printer->line_buffered;
}

static void separator(const struct printer *printer, struct output *output, const char *text, size_t length)
{
    printer_colored(printer, output, printer->colors.enabled ? printer->colors.separator : "", text, length);
}

void printer_remark(const struct printer *printer, struct output *output, const char *remark)
{
    size_t length = strlen(remark);
    printer_color_start(printer, output, printer->colors.enabled ? printer->colors.separator : "");
    output_bytes(output, remark, length); /* copied: the remark may go away before the output does */
    printer_color_end(printer, output, printer->colors.enabled ? printer->colors.separator : "");
}

void printer_group_separator(const struct printer *printer, struct output *output, const char *text)
{
    separator(printer, output, text, strlen(text));
    output_byte(output, '\n'); /* with -z too, as in grep */
}

void printer_name(const struct printer *printer, struct output *output, const char *name)
{
    const char *color = printer->colors.enabled ? printer->colors.file_name : "";
    printer_color_start(printer, output, color);
    output_string(output, name); /* copied: the name may go away before the output does */
    printer_color_end(printer, output, color);
}

static void end_name(const struct printer *printer, struct output *output, char mark)
{
    if (printer->null_names)
        output_byte(output, '\0');
    else
        separator(printer, output, &mark, 1);
}

void printer_end_name(const struct printer *printer, struct output *output)
{
    end_name(printer, output, ':');
}

/* The digits of a number that ends at `end`, with blanks before them up to a width. */
static char *padded(char *end, uint64_t value, unsigned width)
{
    char *begin = number_format(end, value);
    while (end - begin < (ptrdiff_t)width)
        *--begin = ' ';
    return begin;
}

static void number(const struct printer *printer, struct output *output, const char *color, uint64_t value,
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
    printer_colored(printer, output, color, begin, (size_t)(end - begin));
    separator(printer, output, &mark, 1);
}

void printer_prefix(const struct printer *printer, struct output *output, const struct place *place)
{
    const char mark = place->context ? '-' : ':';
    if (printer->with_name) {
        printer_name(printer, output, place->name);
        end_name(printer, output, mark);
    }
    if (printer->line_number)
        number(printer, output, printer->colors.line_number, place->line_number, place->width, mark);
    bool column = printer->column && place->column;
    if (column) /* it has the line number's colour */
        number(printer, output, printer->colors.line_number, place->column, place->width, mark);
    if (printer->byte_offset)
        number(printer, output, printer->colors.byte_offset, place->byte_offset, place->width, mark);
    bool prefixed = printer->with_name || printer->line_number || column || printer->byte_offset;
    if (printer->initial_tab && prefixed && !place->empty)
        output_byte(output, '\t');
}

void printer_end_line(const struct printer *printer, struct output *output)
{
    output_byte(output, printer->null_lines ? '\0' : '\n');
    if (printer->line_buffered)
        output_flush_now(output);
}
