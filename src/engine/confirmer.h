/*
 * confirmer.h - decides a pattern at the places of its literals, reading outwards from each.
 *
 * The pattern is cut in two where each match has one of the literals (`cut` in literals.h).  At a place the part before
 * the cut is read backwards and the part after it forwards, each by an automaton of its own.  Most end after a few
 * bytes; nobody looks for the line's ends.
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
    bool loose; /* a place may also fit none of them */
    const struct dialect *dialect;
    const struct other_cases *other_cases; /* of characters whose case is ignored; may be NULL */
    bool exact; /* an automaton of the whole pattern means just that; otherwise the confirmer never says yes */
    const struct kernels *kernels;
};

/*
 * A confirmer, which is only read afterwards and needs nothing of the options but the kernels any more.  NULL when the
 * cut is not known, or nfa_create_side() makes no automata.
 */
struct confirmer *confirmer_create(const struct confirmer_options *options);

/* Whether it says yes at all. */
bool confirmer_is_exact(const struct confirmer *confirmer);

void confirmer_free(struct confirmer *confirmer);

/*
 * Asks whether a match has its cut at the place of a literal, other than one that folds, that begins at `at`, in a text
 * of whole lines, the last of which may lack its newline.  No more than *steps bytes are read, and those that were are
 * taken off.  The line in question is that of `at`, also where a masked literal fits over a newline.
 */
enum verdict confirmer_check(const struct confirmer *confirmer, struct span text, const char *at, size_t *steps);

/* Writes a line for --explain. */
void confirmer_explain(const struct confirmer *confirmer, FILE *out);

#endif
