#include "base/utf8.h"

#include <string.h>

/* The length of the well-formed character beyond ASCII at `p`, 0 when there is none. */
static size_t character_length(const unsigned char *p, size_t left)
{
    unsigned char low = 0x80, high = 0xbf; /* of the second byte */
    size_t length;
    if (p[0] >= 0xc2 && p[0] <= 0xdf) {
        length = 2;
    } else if (p[0] >= 0xe0 && p[0] <= 0xef) {
        length = 3;
        if (p[0] == 0xe0)
            low = 0xa0;
        else if (p[0] == 0xed)
            high = 0x9f;
    } else if (p[0] >= 0xf0 && p[0] <= 0xf4) {
        length = 4;
        if (p[0] == 0xf0)
            low = 0x90;
        else if (p[0] == 0xf4)
            high = 0x8f;
    } else {
        return 0;
    }
    if (left < length || p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    return length;
}

size_t utf8_valid_length(const char *text, size_t length)
{
    const unsigned char *begin = (const unsigned char *)text, *p = begin, *end = p + length;
    while (p < end) {
        uint64_t word;
        while ((size_t)(end - p) >= sizeof word) {
            memcpy(&word, p, sizeof word);
            if (word & UINT64_C(0x8080808080808080))
                break;
            p += sizeof word;
        }
        if (p == end)
            break;
        size_t step = *p < 0x80 ? 1 : character_length(p, (size_t)(end - p));
        if (step == 0)
            break;
        p += step;
    }
    return (size_t)(p - begin);
}

bool utf8_is_valid(const char *text, size_t length)
{
    return utf8_valid_length(text, length) == length;
}

size_t utf8_mark_length(const char *text, size_t length)
{
    return length >= 3 && memcmp(text, UTF8_MARK, 3) == 0 ? 3 : 0;
}

size_t utf8_encode(uint32_t code_point, char bytes[UTF8_MAX])
{
    if (code_point < 0x80) {
        bytes[0] = (char)code_point;
        return 1;
    }
    size_t length = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    for (size_t i = length; i-- > 1; code_point >>= 6)
        bytes[i] = (char)(0x80 | (code_point & 0x3f));
    bytes[0] = (char)((0xf00u >> length) | code_point);
    return length;
}

size_t utf8_sequence_length(char first)
{
    unsigned char byte = (unsigned char)first;
    return byte < 0xc2    ? 1
           : byte <= 0xdf ? 2
           : byte <= 0xef ? 3
           : byte <= 0xf7 ? 4
           : byte <= 0xfb ? 5
           : byte <= 0xfd ? 6
                          : 1;
}

size_t utf8_decode(const char *text, size_t length, uint32_t *character)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000, 0x200000, 0x4000000};
    size_t wanted = utf8_sequence_length(*text);
    if (wanted == 1 || wanted > length) {
        *character = (unsigned char)*text;
        return (unsigned char)*text < 0x80 ? 1 : 0;
    }
    uint32_t c = (unsigned char)*text & (0xffu >> (wanted + 1));
    for (size_t i = 1; i < wanted; i++) {
        unsigned char byte = (unsigned char)text[i];
        if ((byte & 0xc0) != 0x80)
            return 0;
        c = c << 6 | (byte & 0x3f);
    }
    *character = c;
    return c < least[wanted] || (c >= 0xd800 && c <= 0xdfff) ? 0 : wanted;
}
