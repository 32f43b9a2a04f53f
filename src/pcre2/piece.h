/*
 * piece.h - one pattern of the list, on its way to a program.
 */
#ifndef MSCAN_PCRE2_PIECE_H
#define MSCAN_PCRE2_PIECE_H

#include "pattern/pattern.h"
#include "pattern/posix.h"

#include <stdbool.h>
#include <stddef.h>

struct piece {
    char *text; /* in PCRE2's syntax, `length` bytes; owned */
    size_t length;
    /* The text as it was given, `written_length` bytes, owned; NULL: `text` is that. */
    char *written;
    size_t written_length;
    char *narrow; /* as in struct program_source, owned; NULL: none */
    size_t narrow_length;
    struct syntax *syntax; /* the tree of `text`, owned; NULL of strings, and where several are joined */
    struct facts *facts;   /* of `text`, owned; NULL of strings */
    bool back_references;  /* of a POSIX pattern */
    bool joinable;
    bool apart;        /* the engine cannot look for it, as its parser does not understand it */
    bool line_by_line; /* programs that see one line at a time are kept apart from those that see many */
    bool bytes_only;   /* a literal whose characters are bytes: without Unicode, or when it is not valid UTF-8 */
};

struct piece_options {
    const struct dialect *dialect;
    bool groups; /* those of POSIX patterns are kept, and no piece is joinable */
    bool alone;  /* there is no other to join it with */
    posix_warning *warn;
};

/* What is wrong with a POSIX pattern. */
struct piece_error {
    const char *message; /* static text */
    size_t offset;       /* in the pattern, bytes */
};

/* Makes a piece of a pattern; false with *error when it is wrong, which only a POSIX pattern can be here. */
bool piece_make(struct piece *piece, const struct pattern *pattern, const struct piece_options *options,
                struct piece_error *error);
void piece_release(struct piece *piece);

/* Orders literals so that the first that matches at a place is the longest; their order means nothing otherwise. */
void piece_sort_literals(struct piece *pieces, size_t count);

bool piece_may_join(const struct piece *a, const struct piece *b);

/* The pieces [first, last) as one alternation; piece_release() frees it. */
struct piece piece_join(const struct piece *pieces, size_t first, size_t last);

#endif
