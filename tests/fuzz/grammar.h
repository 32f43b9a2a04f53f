/*
 * grammar.h - random patterns of everything that PCRE2's syntax offers.  Not all of them compile.
 */
#ifndef MSCAN_FUZZ_GRAMMAR_H
#define MSCAN_FUZZ_GRAMMAR_H

#include "atoms.h"

/* What a pattern is like. */
enum grammar_style {
    STYLE_REGULAR,  /* nothing but sets, groups, quantifiers and anchors */
    STYLE_EVERY,    /* all there is */
    STYLE_LITERAL,  /* one literal, short or long */
    STYLE_WORDS,    /* an alternation of literals, with something around it */
    STYLE_GROWTH,   /* many states: [01]*1[01]{n}, .* between things */
    STYLE_TEMPLATE, /* what people search logs for */
    STYLE_LED,      /* begins with a lookahead */
};

struct piece *grammar_pattern(const struct atoms *atoms, enum grammar_style style);

#endif
