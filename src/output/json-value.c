#include "output/json-value.h"

#include "base/number.h"
#include "base/utf8.h"

#include <stdbool.h>
#include <string.h>

void json_print(struct output *output, const char *string)
{
    output_bytes(output, string, strlen(string));
}

void json_number(struct output *output, const char *key, uint64_t value)
{
    char digits[NUMBER_DIGITS_MAX];
    char *end = digits + sizeof digits, *begin = number_format(end, value);
    json_print(output, key);
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
    json_print(output, "\"");
    for (const char *at = text.begin; at < text.end;) {
        const char *special = next_special(at, text.end);
        output_bytes(output, at, (size_t)(special - at));
        if (special < text.end)
            print_escape(output, *special++);
        at = special;
    }
    json_print(output, "\"");
}

static void print_base64(struct output *output, struct span bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    json_print(output, "\"");
    for (const unsigned char *at = (const unsigned char *)bytes.begin, *end = (const unsigned char *)bytes.end;
         at < end; at += 3) {
        const ptrdiff_t left = end - at;
        const unsigned second = left > 1 ? at[1] : 0, third = left > 2 ? at[2] : 0;
        const unsigned group = (unsigned)at[0] << 16 | second << 8 | third;
        const char four[] = {digits[group >> 18], digits[group >> 12 & 63], left > 1 ? digits[group >> 6 & 63] : '=',
                             left > 2 ? digits[group & 63] : '='};
        output_bytes(output, four, sizeof four);
    }
    json_print(output, "\"");
}

void json_data(struct output *output, const char *key, struct span data)
{
    json_print(output, key);
    if (utf8_is_valid(data.begin, (size_t)(data.end - data.begin))) {
        json_print(output, "{\"text\":");
        print_string(output, data);
    } else {
        json_print(output, "{\"bytes\":");
        print_base64(output, data);
    }
    json_print(output, "}");
}
