/*
 * visible.h - control characters in text that a terminal shows.
 *
 * They are those of ASCII, DEL, and U+0080 to U+009F in UTF-8; a single byte of 0x80 to 0x9f that is no part of a
 * character of UTF-8 is one as well, as it is to terminals of eight bits.
 */
#ifndef MSCAN_BASE_VISIBLE_H
#define MSCAN_BASE_VISIBLE_H

#include <stddef.h>

/* The most bytes that a control character has, and that visible_escape() writes. */
#define CONTROL_BYTES 2
#define VISIBLE_MAX (4 * CONTROL_BYTES)

/* How many bytes at the start of the text come before its first control character; *size is the bytes of that one. */
size_t visible_length(const char *text, size_t length, size_t *size);

/* Writes a control character of `size` bytes as C has it in strings, as "\t" or "\033"; returns the bytes written. */
size_t visible_escape(char escape[VISIBLE_MAX], const char *control, size_t size);

#endif
