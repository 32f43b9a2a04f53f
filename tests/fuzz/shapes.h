/*
 * shapes.h - random patterns of a certain shape, which an engine has a special way for.
 */
#ifndef MSCAN_FUZZ_SHAPES_H
#define MSCAN_FUZZ_SHAPES_H

#include "atoms.h"

struct piece *shapes_literal(const struct atoms *atoms);  /* one literal */
struct piece *shapes_words(const struct atoms *atoms);    /* an alternation of literals */
struct piece *shapes_growth(const struct atoms *atoms);   /* one whose automaton grows */
struct piece *shapes_template(const struct atoms *atoms); /* what logs are searched for */

/* A literal of -F, of few letters, which may be empty. */
struct piece *shapes_fixed(const struct atoms *atoms);

#endif
