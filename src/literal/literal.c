#include "literal/literal.h"

#include "base/utf8.h"

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

void literal_explain(const struct literal *literal, FILE *out)
{
    fputc('"', out);
    for (size_t i = 0, length; i < literal->length; i += length ? length : 1) {
        unsigned value = literal->value[i], mask = literal->mask[i];
        if ((length = explain_character(literal, i, out)) > 0)
            continue;
        if (mask == 0xff && value >= ' ' && value < 0x7f)
            fprintf(out, "%s%c", value == '"' || value == '\\' ? "\\" : "", (int)value);
        else if (mask == 0xff)
            fprintf(out, "\\x%02x", value);
        else if (mask == 0xdf && value >= 'A' && value <= 'Z')
            fprintf(out, "[%c%c]", (int)value, (int)value | 0x20);
        else
            fprintf(out, "[\\x%02x&%02x]", value, mask);
    }
    fputc('"', out);
}
