/*
 * count.h - what the counting kernels work on: sums, and the columns of lines.
 *
 * Lines are newlines.  A word begins where a byte that is no space follows a space or the start.  Spaces are the six
 * of ASCII, and beyond it what struct count_rules says.
 *
 * A character of UTF-8 is what the C library's mbrtowc() takes for one; glibc's goes by the original definition of
 * UTF-8: two to six bytes, the shortest form for a number of up to 31 bits, and no surrogate.  A byte that is no part
 * of such a sequence is no character.  A sequence begins at any byte that is not a continuation byte (80 to BF),
 * whatever stands before it; so texts that are cut there can be counted apart.
 */
#ifndef MSCAN_KERNELS_COUNT_H
#define MSCAN_KERNELS_COUNT_H

#include <stdbool.h>
#include <stdint.h>

struct count_rules {
    bool no_break; /* the no-break spaces separate words: U+00A0, U+2007, U+202F, U+2060; in bytes, A0 */
    bool narrow;   /* U+00C0 to U+02FF and U+0384 to U+047F are one column wide, but for U+038B, 038D and 03A2 */
};

/* Sums: a kernel adds to them. */
struct count_sums {
    uint64_t lines, words, characters;
    bool in_word; /* in: of the text before; out: at the end of this text */
};

/*
 * Where a text stands in its lines, by columns.  Lines end at \n, \r and \f; a tab goes on to the next multiple of 8.
 * The column at which a text begins is not known until it is joined with the one before it, so everything up to its
 * first tab or line end is kept apart: before the first tab, `lead` columns, and after it `column`.
 */
struct count_columns {
    uint64_t column;  /* since the last line end; or the first tab; or the start */
    uint64_t lead;    /* if tabbed: columns from the start to the first tab */
    bool tabbed;      /* a tab comes before any line end */
    bool closed;      /* there is a line end */
    uint64_t first;   /* if closed: the value of `column` before the first line end */
    uint64_t longest; /* the longest of the lines between two line ends */
};

static inline void count_columns_tab(struct count_columns *c)
{
    if (c->tabbed || c->closed) {
        c->column = (c->column | 7) + 1;
    } else {
        c->tabbed = true;
        c->lead = c->column;
        c->column = 0;
    }
}

static inline void count_columns_end_line(struct count_columns *c)
{
    if (!c->closed)
        c->first = c->column;
    else if (c->column > c->longest)
        c->longest = c->column;
    c->closed = true;
    c->column = 0;
}

#endif
