/*
 * text.h - text that is being written, of a pattern for instance.
 */
#ifndef MSCAN_BASE_TEXT_H
#define MSCAN_BASE_TEXT_H

#include <stddef.h>

/* Begins as {NULL, 0, 0}; `bytes` belongs to whoever holds it, and has a NUL after it once something was written. */
struct text {
    char *bytes;
    size_t length, room;
};

/* Adds `length` bytes at the end; 0 is allowed and makes an empty text a string. */
void text_append(struct text *text, const char *bytes, size_t length);

/* The same for a string. */
void text_add(struct text *text, const char *string);

/* Puts a string before the byte at `place`. */
void text_insert(struct text *text, size_t place, const char *string);

/* Takes away what stands from `length` on. */
void text_cut(struct text *text, size_t length);

#endif
