/*
 * literals.h - sets of literals, one of which a line must contain to match, found in the trees of patterns.
 */
#ifndef MSCAN_LITERAL_LITERALS_H
#define MSCAN_LITERAL_LITERALS_H

#include "literal/literal-set.h"
#include "literal/literal.h"
#include "syntax/other-cases.h"
#include "syntax/syntax.h"

#include <stdbool.h>
#include <stddef.h>

/* How a pattern for Unicode is read; without Unicode they are all the same. */
enum literal_reading {
    /*
     * A literal ends where the pattern can match characters beyond ASCII, unless that is just one, or the cases of just
     * one, which have the same number of bytes.
     */
    READ_STRICTLY,
    /*
     * s and k stand for themselves; the characters beyond ASCII that fold to them become literals of their own.  In few
     * patterns, cases that have other numbers of bytes make further literals; in a single pattern whose other cases are
     * known, those of s and k do, too.
     */
    READ_FOLDING,
    READ_ASCII, /* the text is known to be ASCII */
};

/*
 * Where a pattern can be cut in two at its literals: before the member of its row (syntax/tree.h) with that number, or
 * at the end of the row, if the number is that of the members.  In each match the cut lies `offset` bytes after the
 * beginning of a place that fits a literal.
 */
struct cut {
    bool known;
    size_t member, offset;
};

/* A set of literals, one of which is in every line that matches. */
struct literals {
    struct literal *items; /* owned, with their bytes */
    size_t count;          /* 0: nothing is known */
    size_t fold_count;     /* so many at the end are characters beyond ASCII that fold to letters of the others */
    bool precise;          /* every place that fits a literal is a match, and each match is such a place */
    bool precise_in_ascii; /* every place that fits one and begins with a byte of ASCII is a match */
    struct cut cut;        /* only of a single pattern; it does not apply to those that fold */
    double cost;           /* estimated nanoseconds for a byte of an ordinary text, including the look at hits */
};

/*
 * The literals of several patterns, one of which has to match, by their trees, which were all understood.  Characters
 * beyond ASCII whose case is ignored are used if `other_cases`, which may be NULL, knows them.  literals_free() frees
 * what *literals holds.
 */
void literals_find(struct literals *literals, struct syntax *const *syntaxes, size_t count,
                   const struct other_cases *other_cases, enum literal_reading reading);

/* Makes *literals a copy of a set; `confirmed` as in literal_set_cost(). */
void literals_take(struct literals *literals, struct literal_set set, bool confirmed);

void literals_free(struct literals *literals);

#endif
