/*
 * atoms.h - the leaves of random patterns: letters in all their spellings, escapes, classes.
 */
#ifndef MSCAN_FUZZ_ATOMS_H
#define MSCAN_FUZZ_ATOMS_H

#include "letters.h"
#include "piece.h"

/* What a leaf may be made of. */
struct atoms {
    struct dice *dice;
    struct letters *letters;
    bool unicode;
};

/* One letter, escaped where it has to be. */
struct piece *atoms_letter(const struct atoms *atoms);

/* `count` letters in a row, as they are, escaped, or between \Q and \E. */
struct piece *atoms_literal(const struct atoms *atoms, size_t count);

/* The text as a literal of -F. */
struct piece *atoms_fixed(const char *text, size_t length);

/* \d, \p{L}, [[:alpha:]], a dot. */
struct piece *atoms_escape(const struct atoms *atoms);

/* [a-z\d[:punct:]] */
struct piece *atoms_class(const struct atoms *atoms);

/* Any of those, each matching one character. */
struct piece *atoms_single(const struct atoms *atoms);

/* ^ $ \b \A; with `rare`, \G and \K too. */
struct piece *atoms_assertion(const struct atoms *atoms, bool rare);

/* Pattern text that matches nothing by itself, or that PCRE2 treats in a way of its own: verbs, comments, \R, \X. */
struct piece *atoms_oddity(const struct atoms *atoms);

/* Syntax that stands for no character. */
struct piece *atoms_syntax(const char *text);

/* A leaf of that text, with the samples that the tables know for it. */
struct piece *atoms_text(const char *text);

#endif
