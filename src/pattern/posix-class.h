/*
 * posix-class.h - POSIX's classes of characters, [:alpha:] and the like, as classes of PCRE2's.
 */
#ifndef MSCAN_PATTERN_POSIX_CLASS_H
#define MSCAN_PATTERN_POSIX_CLASS_H

#include <stdbool.h>
#include <stddef.h>

/* The content of a class for Unicode text. */
struct posix_class {
    const char *name;
    const char *members; /* NULL: only `negated` says it */
    const char *negated; /* the content of a negated class that has the same characters; NULL: there is none */
};

/* The class of that name, "alpha" for [:alpha:]; NULL when there is none. */
const struct posix_class *posix_class_find(const char *name, size_t length);

/* What one character of a word is: a letter or digit of the locale, or _. */
const char *posix_word_members(bool unicode);

#endif
