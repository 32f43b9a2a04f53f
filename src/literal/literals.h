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
    READ_STRICTLY, /* a literal ends at what can be a character beyond ASCII and not just one, or cases of just one
                      that have as many bytes */
    READ_FOLDING,  /* s and k are themselves, and characters beyond ASCII that fold to them become literals of their
                      own; in few patterns, cases of whatever length make literals beside those of the others, and so
                      do, in a single one with other cases, those of s and k */
    READ_ASCII,    /* the text is known to be ASCII */
};

/*
 * Where a pattern can be cut in two at its literals: each match has the boundary before that member of its row
 * (syntax/tree.h; the number of members: its end) at so many bytes from the beginning of a place that fits a literal.
 */
struct cut {
    bool known;
    size_t member, offset;
};

/* A set of literals, one of which is in every line that matches. */
struct literals {
    struct literal *items; /* owned, with their bytes */
    size_t count;          /* 0: nothing is known */
    size_t fold_count;     /* the last so many are characters beyond ASCII that fold to letters of the others */
    bool precise;          /* every place that fits a literal is a match, and each match is such a place */
    bool precise_in_ascii; /* every place that fits one and begins with a byte of ASCII is a match */
    struct cut cut;        /* only of a single pattern; it does not apply to those that fold */
    double cost;           /* estimated nanoseconds for a byte of an ordinary text, looking at what is found included */
};

/*
 * The literals of several patterns, of which one has to match, from trees that have all been understood.  A character
 * beyond ASCII whose case is ignored is in a literal when `other_cases`, which may be NULL, knows it.
 * literals_free() frees what *literals holds.
 */
void literals_find(struct literals *literals, struct syntax *const *syntaxes, size_t count,
                   const struct other_cases *other_cases, enum literal_reading reading);

/* Makes *literals a copy of a set; `confirmed` as in literal_set_cost(). */
void literals_take(struct literals *literals, struct literal_set set, bool confirmed);

void literals_free(struct literals *literals);

#endif
