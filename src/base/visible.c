#include "base/visible.h"

#include "base/utf8.h"

#include <stdbool.h>
#include <string.h>

/* The bytes of the character at `text`; *control says whether it is a control character. */
static size_t look(const char *text, size_t length, bool *control)
{
    unsigned char first = (unsigned char)*text;
    *control = first < ' ' || first == 0x7f;
    if (first < 0x80)
        return 1;
    size_t size = utf8_sequence_length(*text);
    if (size < 2 || size > UTF8_MAX || size > length || !utf8_is_valid(text, size)) {
        *control = first < 0xa0;
        return 1;
    }
    *control = first == 0xc2 && (unsigned char)text[1] < 0xa0;
    return size;
}

size_t visible_length(const char *text, size_t length, size_t *size)
{
    size_t at = 0;
    bool control;
    while (at < length) {
        *size = look(text + at, length - at, &control);
        if (control)
            return at;
        at += *size;
    }
    *size = 0;
    return length;
}

size_t visible_escape(char escape[VISIBLE_MAX], const char *control, size_t size)
{
    static const char letters[] = "abtnvfr"; /* bytes 7 to 13 */
    char *to = escape;
    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)control[i];
        *to++ = '\\';
        if (byte >= 7 && byte <= 13) {
            *to++ = letters[byte - 7];
        } else {
            *to++ = (char)('0' + (byte >> 6));
            *to++ = (char)('0' + (byte >> 3 & 7));
            *to++ = (char)('0' + (byte & 7));
        }
    }
    return (size_t)(to - escape);
}
