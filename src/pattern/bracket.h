/*
 * bracket.h - bracket expressions of POSIX, for posix.c.
 */
#ifndef MSCAN_PATTERN_BRACKET_H
#define MSCAN_PATTERN_BRACKET_H

#include "base/text.h"
#include "syntax/dialect.h"

#include <stdbool.h>
#include <stddef.h>

/* A bracket expression's place in a pattern. */
struct bracket_source {
    const char *pattern;
    size_t length;
    size_t position;     /* after the opening bracket; after the closing one afterwards */
    const char *message; /* what is wrong, static text */
};

/*
 * Reads a bracket expression and adds something for PCRE2 that matches the same characters, and that an operator may
 * follow.  False with source->message when it is wrong.
 */
bool posix_bracket(struct bracket_source *source, const struct dialect *dialect, struct text *out);

/* The bytes of the character at `text`, of `left` bytes; 1 without Unicode and for what is no valid UTF-8. */
size_t posix_character_length(const char *text, size_t left, bool unicode);

/* Adds a character as itself, outside a class and inside. */
void posix_add_literal(struct text *out, const char *character, size_t length);

#endif
