/*
 * utf8.h - the encoding of text.
 */
#ifndef MSCAN_BASE_UTF8_H
#define MSCAN_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Whether the bytes are well-formed UTF-8: no overlong form, no surrogate, nothing above
 * U+10FFFF, no character cut short.  Source: The Unicode Standard, table 3-7.
 */
bool utf8_is_valid(const char *text, size_t length);

#endif
