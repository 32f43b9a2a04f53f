/*
 * literals.h - literals that a line must contain to match.
 *
 * A literal is a sequence of masked bytes (see kernels/needle.h), so that a letter in both cases, or a
 * digit, is one position of it.
 */
#ifndef MSCAN_MATCH_LITERALS_H
#define MSCAN_MATCH_LITERALS_H

#include "match/pattern.h"
#include "match/syntax.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct literal {
    uint8_t *value,
        *mask; /* `length` bytes each, and zeros up to the next multiple of 8; value[i] has no bit that mask[i] lacks */
    size_t length;
};

/* Characters beyond ASCII that a letter of a literal may stand for under Unicode's case folding; or'ed. */
enum literal_folds {
    FOLDS_LONG_S = 1, /* U+017F, of s */
    FOLDS_KELVIN = 2, /* U+212A, of k */
};

/* A set of literals, one of which is in every line that matches. */
struct literals {
    struct literal *items; /* owned, with their bytes */
    size_t count;          /* 0: nothing is known */
    bool precise;          /* every place that fits a literal is a match, and each match is such a place */
    unsigned folds;        /* or one of these characters is in the line */
    double cost;           /* estimated nanoseconds for a byte of an ordinary text, looking at what is found included */
};

/*
 * The literals of several patterns, of which one has to match, from trees that have all been understood.  With
 * `fold`, letters that have another case beyond ASCII are part of literals; otherwise literals end there.
 * literals_free() frees what *literals holds.
 */
void literals_find(struct literals *literals, struct syntax *const *syntaxes, size_t count, bool fold);

/* The same of a list of fixed strings (-F). */
void literals_of_strings(struct literals *literals, const struct pattern_list *strings, bool caseless, bool unicode);

void literals_free(struct literals *literals);

void literals_copy(struct literals *copy, const struct literals *literals);

/* Adds the characters of `folds`, as literals of their own. */
void literals_add_folds(struct literals *literals);

#endif
