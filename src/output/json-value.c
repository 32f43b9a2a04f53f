#include "output/json-value.h"

#include "base/number.h"
#include "base/utf8.h"

#include <stdbool.h>
#include <string.h>

void json_flush(struct json_writer *writer)
{
    output_bytes(writer->output, writer->bytes, writer->used);
    writer->used = 0;
}

void json_write_number(struct json_writer *writer, uint64_t value)
{
    char digits[NUMBER_DIGITS_MAX];
    char *end = digits + sizeof digits, *begin = number_format(end, value);
    json_bytes(writer, begin, (size_t)(end - begin));
}

/*
 * A bit in each of eight bytes that is below a space, a quotation mark or a backslash.  Of bytes above the lowest such
 * it may be wrong.
 */
static uint64_t special_bits(uint64_t bytes)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t quotes = bytes ^ ones * '"', backslashes = bytes ^ ones * '\\';
    return ((bytes - ones * ' ') | (quotes - ones) | (backslashes - ones)) & ~bytes & ones * 0x80;
}

static bool is_special(char byte)
{
    return (unsigned char)byte < ' ' || byte == '"' || byte == '\\';
}

#define ESCAPE_MAX 6

/* Writes the escape of a byte, and returns its end. */
static char *write_escape(char *to, char byte)
{
    static const char named[] = "\"\"\\\\\nn\tt\rr\bb\ff", digits[] = "0123456789abcdef";
    *to++ = '\\';
    for (const char *name = named; *name; name += 2)
        if (*name == byte) {
            *to++ = name[1];
            return to;
        }
    memcpy(to, "u00", 3);
    to[3] = digits[byte >> 4];
    to[4] = digits[byte & 15];
    return to + 5;
}

/* The index of the first byte in memory that has its bit set. */
static size_t first_byte(uint64_t bits)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return (size_t)__builtin_ctzll(bits) / 8;
#else
    (void)bits;
    return 0;
#endif
}

/*
 * Writes text, which is ESCAPE_MAX times shorter than the room, and returns the end of what is written.  The upper bits
 * of all bytes are added to *high.
 */
static char *write_escaped(char *to, struct span text, uint64_t *high)
{
    uint64_t bytes, all = 0;
    const char *at = text.begin;
    while (text.end - at >= (ptrdiff_t)sizeof bytes) {
        memcpy(&bytes, at, sizeof bytes);
        memcpy(to, &bytes, sizeof bytes);
        all |= bytes;
        const uint64_t bits = special_bits(bytes);
        const size_t plain = bits ? first_byte(bits) : sizeof bytes;
        to += plain;
        at += plain;
        if (bits && is_special(*at))
            to = write_escape(to, *at++);
        else if (bits)
            *to++ = *at++;
    }
    for (; at < text.end; at++) {
        all |= (unsigned char)*at;
        if (is_special(*at))
            to = write_escape(to, *at);
        else
            *to++ = *at;
    }
    *high |= all & UINT64_C(0x8080808080808080);
    return to;
}

static void print_string(struct json_writer *writer, struct span text)
{
    uint64_t high = 0;
    json_print(writer, "\"");
    while (text.begin < text.end) {
        struct span piece = text;
        if (sizeof writer->bytes - writer->used < ESCAPE_MAX * sizeof(uint64_t))
            json_flush(writer);
        const size_t room = (sizeof writer->bytes - writer->used) / ESCAPE_MAX;
        if ((size_t)(piece.end - piece.begin) > room)
            piece.end = piece.begin + room;
        writer->used = (size_t)(write_escaped(writer->bytes + writer->used, piece, &high) - writer->bytes);
        text.begin = piece.end;
    }
    json_print(writer, "\"");
}

/* Text that is short and, as nearly all is, of ASCII, is written in one pass.  False, and nothing written, otherwise.
 */
static bool print_ascii(struct json_writer *writer, struct span text)
{
    static const char head[] = "{\"text\":\"", tail[] = "\"}";
    const size_t most = ESCAPE_MAX * (size_t)(text.end - text.begin) + sizeof head + sizeof tail;
    if (most > sizeof writer->bytes)
        return false;
    if (most > sizeof writer->bytes - writer->used)
        json_flush(writer);
    uint64_t high = 0;
    char *to = writer->bytes + writer->used;
    memcpy(to, head, sizeof head - 1);
    to = write_escaped(to + sizeof head - 1, text, &high);
    if (high)
        return false;
    memcpy(to, tail, sizeof tail - 1);
    writer->used = (size_t)(to + sizeof tail - 1 - writer->bytes);
    return true;
}

static void print_base64(struct json_writer *writer, struct span bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    json_print(writer, "\"");
    for (const unsigned char *at = (const unsigned char *)bytes.begin, *end = (const unsigned char *)bytes.end;
         at < end; at += 3) {
        const ptrdiff_t left = end - at;
        const unsigned second = left > 1 ? at[1] : 0, third = left > 2 ? at[2] : 0;
        const unsigned group = (unsigned)at[0] << 16 | second << 8 | third;
        const char four[] = {digits[group >> 18], digits[group >> 12 & 63], left > 1 ? digits[group >> 6 & 63] : '=',
                             left > 2 ? digits[group & 63] : '='};
        json_bytes(writer, four, sizeof four);
    }
    json_print(writer, "\"");
}

void json_write_data(struct json_writer *writer, struct span data)
{
    if (print_ascii(writer, data))
        return;
    if (utf8_is_valid(data.begin, (size_t)(data.end - data.begin))) {
        json_print(writer, "{\"text\":");
        print_string(writer, data);
    } else {
        json_print(writer, "{\"bytes\":");
        print_base64(writer, data);
    }
    json_print(writer, "}");
}
