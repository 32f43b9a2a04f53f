#include "output/json-format.h"

#include "output/json-value.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void print_path(struct json_writer *writer, const char *name)
{
    json_data(writer, "\"path\":", (struct span){name, name + strlen(name)});
}

/* --- lines --- */

static void begin(const struct printer *printer, struct output *output, const struct place *place)
{
    struct json_writer writer;
    json_begin(&writer, output);
    json_print(&writer, place->context ? "{\"type\":\"context\",\"data\":{" : "{\"type\":\"match\",\"data\":{");
    print_path(&writer, place->name);
    json_data(&writer, ",\"lines\":", place->line);
    if (printer->line_number)
        json_number(&writer, ",\"line_number\":", place->line_number);
    else
        json_print(&writer, ",\"line_number\":null");
    json_number(&writer, ",\"absolute_offset\":", place->byte_offset);
    json_print(&writer, ",\"submatches\":[");
    json_flush(&writer);
}

static void segment(const struct printer *printer, struct output *output, const struct printer_segment *segment)
{
    const struct printer_match *match = segment->match;
    (void)printer;
    if (!match)
        return;
    struct json_writer writer;
    json_begin(&writer, output);
    json_data(&writer, match->index > 0 ? ",{\"match\":" : "{\"match\":", match->text);
    if (match->replaced)
        json_data(&writer, ",\"replacement\":", segment->text);
    json_number(&writer, ",\"start\":", match->start);
    json_number(&writer, ",\"end\":", match->start + (uint64_t)(match->text.end - match->text.begin));
    json_print(&writer, "}");
    json_flush(&writer);
}

static void end(const struct printer *printer, struct output *output)
{
    output_bytes(output, "]}}\n", 4);
    if (printer->line_buffered)
        output_flush_now(output);
}

static void separator(const struct printer *printer, struct output *output, const char *text)
{
    (void)printer, (void)output, (void)text;
}

/* --- files --- */

static void file_begin(const struct printer *printer, struct output *output, const char *name)
{
    struct json_writer writer;
    json_begin(&writer, output);
    (void)printer;
    json_print(&writer, "{\"type\":\"begin\",\"data\":{");
    print_path(&writer, name);
    json_print(&writer, "}}\n");
    json_flush(&writer);
}

#define SECOND UINT64_C(1000000000)

static void file_end(const struct printer *printer, struct output *output, const char *name,
                     const struct printer_sums *sums)
{
    char text[500];
    struct json_writer writer;
    json_begin(&writer, output);
    (void)printer;
    json_print(&writer, "{\"type\":\"end\",\"data\":{");
    print_path(&writer, name);
    json_flush(&writer);
    int length = snprintf(
        text, sizeof text,
        ",\"binary_offset\":null,\"stats\":{\"elapsed\":{\"secs\":%" PRIu64 ",\"nanos\":%" PRIu64
        ",\"human\":\"%.6fs\"},\"searches\":%" PRIu64 ",\"searches_with_match\":%" PRIu64 ",\"bytes_searched\":%" PRIu64
        ",\"bytes_printed\":%" PRIu64 ",\"matched_lines\":%" PRIu64 ",\"matches\":%" PRIu64 "}}}\n",
        sums->nanoseconds / SECOND, sums->nanoseconds % SECOND, (double)sums->nanoseconds / 1e9, sums->files,
        sums->files_selected, sums->bytes_searched, sums->bytes_printed, sums->lines, sums->matches);
    output_bytes(output, text, (size_t)length);
}

static void end_all(const struct printer *printer, struct output *output, const struct printer_sums *sums,
                    uint64_t nanoseconds)
{
    char text[600];
    (void)printer;
    int length = snprintf(text, sizeof text,
                          "{\"data\":{\"elapsed_total\":{\"human\":\"%.6fs\",\"nanos\":%" PRIu64 ",\"secs\":%" PRIu64
                          "},\"stats\":{\"bytes_printed\":%" PRIu64 ",\"bytes_searched\":%" PRIu64
                          ",\"elapsed\":{\"human\":\"%.6fs\",\"nanos\":%" PRIu64 ",\"secs\":%" PRIu64
                          "},\"matched_lines\":%" PRIu64 ",\"matches\":%" PRIu64 ",\"searches\":%" PRIu64
                          ",\"searches_with_match\":%" PRIu64 "}},\"type\":\"summary\"}\n",
                          (double)nanoseconds / 1e9, nanoseconds % SECOND, nanoseconds / SECOND, sums->bytes_printed,
                          sums->bytes_searched, (double)sums->nanoseconds / 1e9, sums->nanoseconds % SECOND,
                          sums->nanoseconds / SECOND, sums->lines, sums->matches, sums->files, sums->files_selected);
    output_bytes(output, text, (size_t)length);
}

/* --- the table --- */

static bool no(const struct printer *printer)
{
    (void)printer;
    return false;
}

/* Those of selected lines, or with -v of the others. */
static bool shows_matches(const struct printer *printer, bool context)
{
    return context == printer->inverted;
}

/* Without names alone, counts, and lines that are not text. */
const struct printer_format json_format = {
    .file_begin = file_begin,
    .file_end = file_end,
    .end_all = end_all,
    .all_matches = true,
    .is_plain = no,
    .keeps_size = no,
    .shows_matches = shows_matches,
    .begin = begin,
    .segment = segment,
    .end = end,
    .separator = separator,
};
