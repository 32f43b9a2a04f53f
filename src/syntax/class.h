/*
 * class.h - a character class in square brackets.
 *
 * Source: pcre2pattern(3), "Square brackets and character classes", "Posix character classes".
 */
#ifndef MSCAN_SYNTAX_CLASS_H
#define MSCAN_SYNTAX_CLASS_H

#include "syntax/charset.h"
#include "syntax/reader.h"

struct class_options {
    bool caseless;
    bool ignore_blanks; /* (?xx) */
};

/*
 * Reads a class into `*set`; the reader stands after the opening bracket and
 * is moved past the closing one.  False when the class is refused.
 */
bool class_read(struct reader *reader, struct class_options options, struct charset *set);

#endif
