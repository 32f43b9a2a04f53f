/*
 * errors.h - PCRE2's codes of errors.
 */
#ifndef MSCAN_PCRE2_ERRORS_H
#define MSCAN_PCRE2_ERRORS_H

#include <stdbool.h>
#include <stddef.h>

/* PCRE2's message for a code, in `message` of `size` bytes. */
void error_message(int code, char *message, size_t size);

/* Whether the code says that a pattern is right, but that PCRE2 has no room for it. */
bool error_is_size(int code);

#endif
