/*
 * confirmer.h - decides a pattern at the places of its literals, reading outwards from each.
 *
 * The pattern is cut in two at a literal that each match has (`cut` in literals.h).  Where the text has that literal,
 * one automaton reads backwards through the part before the cut, and another forwards through the part after it.  Most
 * end after a few bytes, and the ends of the line need not be found.
 */
#ifndef MSCAN_ENGINE_CONFIRMER_H
#define MSCAN_ENGINE_CONFIRMER_H

#include "automaton/nfa-builder.h"
#include "base/span.h"
#include "base/verdict.h"
#include "kernels/kernels.h"
#include "literal/literals.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct confirmer;

struct confirmer_options {
    struct syntax *syntax; /* of a pattern that was understood */
    const struct literals *literals;
    bool loose; /* places may be given that fit none of them */
    const struct dialect *dialect;
    const struct other_cases *other_cases; /* of characters whose case is ignored; may be NULL */
    bool exact; /* the automaton of the whole pattern is exact; otherwise the confirmer never says yes */
    const struct kernels *kernels;
};

/*
 * A confirmer, which is only read afterwards.  Of the options only the kernels must outlive it.  NULL when the cut is
 * not known, or nfa_create_side() makes no automata.
 */
struct confirmer *confirmer_create(const struct confirmer_options *options);

/* Whether it ever says yes. */
bool confirmer_is_exact(const struct confirmer *confirmer);

void confirmer_free(struct confirmer *confirmer);

/*
 * Whether a match has its cut at the literal that begins at `at`, which is not one that folds.  The text is whole
 * lines; the last may lack its newline.  The line in question is that of `at`, even where a masked literal fits across
 * a newline.  Reads at most *steps bytes, and subtracts those that it read.
 */
enum verdict confirmer_check(const struct confirmer *confirmer, struct span text, const char *at, size_t *steps);

/* Writes a line for --explain. */
void confirmer_explain(const struct confirmer *confirmer, FILE *out);

#endif
