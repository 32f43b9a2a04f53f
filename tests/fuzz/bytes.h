/*
 * bytes.h - a growing string of bytes, which may hold NULs.
 */
#ifndef MSCAN_FUZZ_BYTES_H
#define MSCAN_FUZZ_BYTES_H

#include <stddef.h>

struct bytes {
    char *text; /* owned; a NUL follows; NULL while empty */
    size_t length, room;
};

/* The `length` bytes of `text` must not be part of *bytes itself. */
void bytes_add(struct bytes *bytes, const char *text, size_t length);
void bytes_add_char(struct bytes *bytes, char c);
void bytes_add_string(struct bytes *bytes, const char *string);
void bytes_add_format(struct bytes *bytes, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Puts bytes in at `at`, and takes `length` bytes out there. */
void bytes_insert(struct bytes *bytes, size_t at, const char *text, size_t length);
void bytes_remove(struct bytes *bytes, size_t at, size_t length);

void bytes_clear(struct bytes *bytes); /* keeps the room */
void bytes_free(struct bytes *bytes);

#endif
