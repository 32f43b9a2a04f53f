/*
 * escape.h - what follows a backslash in a pattern.
 *
 * Source: pcre2pattern(3), "Backslash" and "Back references".
 */
#ifndef MSCAN_SYNTAX_ESCAPE_H
#define MSCAN_SYNTAX_ESCAPE_H

#include "syntax/charset.h"
#include "syntax/node.h"
#include "syntax/reader.h"

/* PCRE2's greatest number of a capture. */
#define CAPTURE_LIMIT 65535

enum escape_kind {
    ESCAPE_CHARACTER, /* one character, see `character` */
    ESCAPE_SET,       /* one out of a set of characters, see `set` */
    ESCAPE_ASSERTION, /* see `assertion`; never in a class */
    ESCAPE_NUMBER,    /* backreference to capture `number`; never in a class */
    ESCAPE_NAME,      /* backreference by name, see `name`; never in a class */
    ESCAPE_OTHER,     /* \R, \X, \C: see `other`; never in a class */
};

struct escape {
    enum escape_kind kind;
    uint32_t character;
    struct charset set;
    enum assertion assertion;
    uint32_t number;
    size_t name, name_length; /* bytes in the pattern: offset and count */
    char other;
};

struct escape_context {
    bool caseless;
    bool in_class;
    uint32_t captures; /* number of captures opened before */
};

/*
 * Reads an escape sequence; the reader stands after the backslash and is moved
 * past the sequence.  \Q and \E are the caller's.  False when it is refused.
 */
bool escape_read(struct reader *reader, struct escape_context context, struct escape *escape);

/*
 * Reads a name up to the byte `terminator`, and moves past that; false, refused, when there is none.  Space within
 * braces does not count.
 */
bool escape_read_name(struct reader *reader, char terminator, size_t *name, size_t *length);

#endif
