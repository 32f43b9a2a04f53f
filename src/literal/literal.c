#include "literal/literal.h"

#include "base/utf8.h"

#include <stdbool.h>
#include <string.h>

/* The most characters that are written out. */
#define SPELLED_MAX 8

/* Writes the characters that fit at a position, if some bits are open and the characters are few; returns their length,
 * or 0. */
static size_t explain_character(const struct literal *literal, size_t at, FILE *out)
{
    const uint8_t first = literal->value[at];
    const size_t length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    int open = 0;
    for (size_t k = 0; k < length; k++) {
        if (at + k >= literal->length || (k > 0 && (literal->value[at + k] & 0xc0) != 0x80))
            return 0;
        open += 8 - __builtin_popcount(literal->mask[at + k]);
    }
    if (open == 0 || 1 << open > SPELLED_MAX)
        return 0;
    fputc('[', out);
    for (unsigned number = 0; number < 1u << open; number++) {
        char bytes[UTF8_MAX];
        unsigned left = number;
        uint32_t character;
        for (size_t k = length; k-- > 0;) {
            unsigned byte = literal->value[at + k];
            for (unsigned bit = 1; bit < 256; bit <<= 1)
                if (!(literal->mask[at + k] & bit)) {
                    byte |= left & 1 ? bit : 0;
                    left >>= 1;
                }
            bytes[k] = (char)byte;
        }
        if (utf8_is_valid(bytes, length) && utf8_decode(bytes, length, &character) == length)
            fprintf(out, "\\x{%x}", (unsigned)character);
    }
    fputc(']', out);
    return length;
}

static bool is_ascii_letter(unsigned byte)
{
    return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}

/* The mask of a letter of either case. */
#define ANY_CASE 0xdf

/* Whether it is a string, but for the case of its letters, all of which may be of either. */
static bool is_caseless(const struct literal *literal)
{
    size_t letters = 0;
    for (size_t i = 0; i < literal->length; i++) {
        const bool letter = is_ascii_letter(literal->value[i]);
        if (literal->mask[i] != (letter ? ANY_CASE : 0xff))
            return false;
        letters += letter;
    }
    return letters > 0;
}

/* A byte inside of quotes, or inside of brackets. */
static void write_byte(unsigned byte, const char *special, FILE *out)
{
    if (byte < ' ' || byte >= 0x7f)
        fprintf(out, "\\x%02x", byte);
    else
        fprintf(out, "%s%c", strchr(special, (int)byte) ? "\\" : "", (int)byte);
}

/* The bytes that fit, each or as ranges. */
static void write_set(unsigned value, unsigned mask, FILE *out)
{
    fputc('[', out);
    for (unsigned byte = 0; byte < 256; byte++) {
        if ((byte & mask) != value)
            continue;
        unsigned last = byte;
        while (last < 255 && ((last + 1) & mask) == value)
            last++;
        write_byte(byte, "\"\\[]^-", out);
        if (last > byte + 1)
            fputc('-', out);
        if (last > byte)
            write_byte(last, "\"\\[]^-", out);
        byte = last;
    }
    fputc(']', out);
}

void literal_explain(const struct literal *literal, FILE *out)
{
    const bool caseless = is_caseless(literal);
    fputc('"', out);
    for (size_t i = 0, length; i < literal->length; i += length ? length : 1) {
        const unsigned value = literal->value[i], mask = literal->mask[i];
        length = explain_character(literal, i, out);
        if (length > 0)
            continue;
        if (caseless && mask == ANY_CASE)
            fputc((int)value | 0x20, out);
        else if (mask == 0xff)
            write_byte(value, "\"\\", out);
        else
            write_set(value & mask, mask, out);
    }
    fputs(caseless ? "\" in any case" : "\"", out);
}
