/*
 * utf8.h - the encoding of text.
 */
#ifndef MSCAN_BASE_UTF8_H
#define MSCAN_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_MAX 4 /* bytes of a character */

/* U+FEFF, which files written on Windows begin with. */
#define UTF8_MARK "\xef\xbb\xbf"

/*
 * Whether the bytes are well-formed UTF-8: no overlong form, no surrogate, nothing above
 * U+10FFFF, no character cut short.  Source: The Unicode Standard, table 3-7.
 */
bool utf8_is_valid(const char *text, size_t length);

/* How many bytes at the start of the text are well-formed. */
size_t utf8_valid_length(const char *text, size_t length);

/*
 * How many bytes at the start of the text are a byte-order mark, 3 or 0.  It is no part of what the text says.
 * Source: The Unicode Standard, section 23.8.
 */
size_t utf8_mark_length(const char *text, size_t length);

/* Writes a code point, up to U+10FFFF, and returns the number of its bytes. */
size_t utf8_encode(uint32_t code_point, char bytes[UTF8_MAX]);

/*
 * UTF-8 as glibc's mbrtowc() reads it, by the original definition (RFC 2279): up to six bytes, for numbers of up to 31
 * bits.  The first gives the bytes of a character that begins with `first`, 1 when none of several bytes does.  The
 * second decodes the character at `text` (length at least 1) and returns its bytes, 0 when there is none.
 */
size_t utf8_sequence_length(char first);
size_t utf8_decode(const char *text, size_t length, uint32_t *character);

#endif
