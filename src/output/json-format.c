#include "output/json-format.h"

#include "base/utf8.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* --- values --- */

static void print(struct output *output, const char *string)
{
    output_bytes(output, string, strlen(string));
}

static void print_number(struct output *output, const char *key, uint64_t value)
{
    char digits[NUMBER_DIGITS_MAX];
    char *end = digits + sizeof digits, *begin = number_format(end, value);
    print(output, key);
    output_bytes(output, begin, (size_t)(end - begin));
}

/* Whether one of eight bytes is below a space, a quotation mark or a backslash; those above 127 may be said to be. */
static bool has_special(uint64_t bytes)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t quotes = bytes ^ ones * '"', backslashes = bytes ^ ones * '\\';
    return (((bytes - ones * ' ') | (quotes - ones) | (backslashes - ones)) & ~bytes & ones * 0x80) != 0;
}

static bool is_special(char byte)
{
    return (unsigned char)byte < ' ' || byte == '"' || byte == '\\';
}

/* The next byte that has to be escaped, or the end. */
static const char *next_special(const char *at, const char *end)
{
    uint64_t bytes;
    for (; end - at >= (ptrdiff_t)sizeof bytes; at += sizeof bytes) {
        memcpy(&bytes, at, sizeof bytes);
        if (!has_special(bytes))
            continue;
        for (size_t i = 0; i < sizeof bytes; i++)
            if (is_special(at[i]))
                return at + i;
    }
    while (at < end && !is_special(*at))
        at++;
    return at;
}

static void print_escape(struct output *output, char byte)
{
    static const char named[] = "\"\"\\\\\bb\tt\nn\ff\rr", digits[] = "0123456789abcdef";
    for (const char *name = named; *name; name += 2)
        if (*name == byte) {
            output_bytes(output, (char[]){'\\', name[1]}, 2);
            return;
        }
    output_bytes(output, (char[]){'\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15]}, 6);
}

static void print_string(struct output *output, struct span text)
{
    print(output, "\"");
    for (const char *at = text.begin; at < text.end;) {
        const char *special = next_special(at, text.end);
        output_bytes(output, at, (size_t)(special - at));
        if (special < text.end)
            print_escape(output, *special++);
        at = special;
    }
    print(output, "\"");
}

static void print_base64(struct output *output, struct span bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    print(output, "\"");
    for (const unsigned char *at = (const unsigned char *)bytes.begin, *end = (const unsigned char *)bytes.end;
         at < end; at += 3) {
        const ptrdiff_t left = end - at;
        const unsigned second = left > 1 ? at[1] : 0, third = left > 2 ? at[2] : 0;
        const unsigned group = (unsigned)at[0] << 16 | second << 8 | third;
        const char four[] = {digits[group >> 18], digits[group >> 12 & 63], left > 1 ? digits[group >> 6 & 63] : '=',
                             left > 2 ? digits[group & 63] : '='};
        output_bytes(output, four, sizeof four);
    }
    print(output, "\"");
}

/* Bytes from a file or of a name. */
static void print_data(struct output *output, const char *key, struct span data)
{
    print(output, key);
    if (utf8_is_valid(data.begin, (size_t)(data.end - data.begin))) {
        print(output, "{\"text\":");
        print_string(output, data);
    } else {
        print(output, "{\"bytes\":");
        print_base64(output, data);
    }
    print(output, "}");
}

static void print_path(struct output *output, const char *name)
{
    print_data(output, "\"path\":", (struct span){name, name + strlen(name)});
}

/* --- lines --- */

static void begin(const struct printer *printer, struct output *output, const struct place *place)
{
    print(output, place->context ? "{\"type\":\"context\",\"data\":{" : "{\"type\":\"match\",\"data\":{");
    print_path(output, place->name);
    print_data(output, ",\"lines\":", place->line);
    if (printer->line_number)
        print_number(output, ",\"line_number\":", place->line_number);
    else
        print(output, ",\"line_number\":null");
    print_number(output, ",\"absolute_offset\":", place->byte_offset);
    print(output, ",\"submatches\":[");
}

static void segment(const struct printer *printer, struct output *output, const struct printer_segment *segment)
{
    const struct printer_match *match = segment->match;
    (void)printer;
    if (!match)
        return;
    print_data(output, match->index > 0 ? ",{\"match\":" : "{\"match\":", match->text);
    if (match->replaced)
        print_data(output, ",\"replacement\":", segment->text);
    print_number(output, ",\"start\":", match->start);
    print_number(output, ",\"end\":", match->start + (uint64_t)(match->text.end - match->text.begin));
    print(output, "}");
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
    (void)printer;
    print(output, "{\"type\":\"begin\",\"data\":{");
    print_path(output, name);
    print(output, "}}\n");
}

#define SECOND UINT64_C(1000000000)

static void file_end(const struct printer *printer, struct output *output, const char *name,
                     const struct printer_sums *sums)
{
    char text[500];
    (void)printer;
    print(output, "{\"type\":\"end\",\"data\":{");
    print_path(output, name);
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
