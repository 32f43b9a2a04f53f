/*
 * utf8.h - the encoding of text.
 */
#ifndef MSCAN_BASE_UTF8_H
#define MSCAN_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_MAX 4 /* bytes of a character */

/*
 * Whether the bytes are well-formed UTF-8: no overlong form, no surrogate, nothing above
 * U+10FFFF, no character cut short.  Source: The Unicode Standard, table 3-7.
 */
bool utf8_is_valid(const char *text, size_t length);

/* Writes a code point, up to U+10FFFF, and returns the number of its bytes. */
size_t utf8_encode(uint32_t code_point, char bytes[UTF8_MAX]);

#endif
