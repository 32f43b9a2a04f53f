/*
 * dialect.h - how the patterns of a list are read, and what a line is to them: what every module on their way needs.
 */
#ifndef MSCAN_SYNTAX_DIALECT_H
#define MSCAN_SYNTAX_DIALECT_H

#include <stdbool.h>

enum posix_syntax {
    POSIX_NONE,     /* PCRE2's own syntax: nothing to translate */
    POSIX_BASIC,    /* -G */
    POSIX_EXTENDED, /* -E */
};

/* How each match of a pattern has to be bounded. */
enum boundary {
    BOUNDS_NONE,
    BOUNDS_WORD, /* -w: no word character on either side */
    BOUNDS_LINE, /* -x */
};

struct dialect {
    bool fixed;              /* -F: a pattern is a string, in which no byte means anything but itself */
    enum posix_syntax posix; /* -G, -E; not with fixed */
    bool caseless;           /* -i */
    bool unicode;            /* text is UTF-8, invalid bytes tolerated; otherwise bytes under the locale's tables */
    enum boundary boundary;
    bool crlf;       /* --crlf: a carriage return at the end of a line is not seen by patterns; not with null_lines */
    bool null_lines; /* -z: lines end in NUL and may hold newlines; a text of many is never given to PCRE2 whole */
    bool records;    /* --record-start: so it is, but to ^, $ and the dot a newline in it is the end of a line */
};

/*
 * Whether patterns are in PCRE2's own syntax.  For the others words are those of the C library, and of the matches at a
 * place the longest is wanted.
 */
static inline bool dialect_is_perl(const struct dialect *dialect)
{
    return !dialect->fixed && dialect->posix == POSIX_NONE;
}

#endif
