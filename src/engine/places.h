/*
 * places.h - where a text has the literals of the patterns, and what a place says of its line.
 *
 * A place is a match by itself, or a confirmer decides, or nothing is known but that the line may match.
 */
#ifndef MSCAN_ENGINE_PLACES_H
#define MSCAN_ENGINE_PLACES_H

#include "automaton/nfa.h"
#include "base/span.h"
#include "engine/bounds.h"
#include "engine/confirmer.h"
#include "kernels/kernels.h"
#include "literal/literals.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct places_options {
    struct syntax *syntax; /* of a single pattern; otherwise NULL, and then there is no confirmer */
    bool exact;            /* see confirmer.h */
    const struct dialect *dialect;
    const struct variants *variants; /* see confirmer.h */
    const struct kernels *kernels;
};

struct places;

/*
 * Takes the literals over, and frees them in any case; what is made is only read afterwards.  NULL when there is no way
 * to look for them.
 */
struct places *places_create(struct literals *literals, const struct places_options *options);
void places_free(struct places *places);

const struct literals *places_literals(const struct places *places);
const struct finder *places_finder(const struct places *places);

/* Whether each place, bounded as it has to be, is a match; whether some are known to be; and whether they are confirmed
 * or ruled out one by one. */
bool places_are_matches(const struct places *places);
bool places_may_be_matches(const struct places *places);
bool places_are_confirmed(const struct places *places);

/* A text of whole lines that is searched from its beginning to its end. */
struct place_search {
    const struct places *places;
    struct bounds *bounds;
    struct span text;
    struct span blank;    /* no place begins in it */
    size_t steps;         /* that the confirmer may still take */
    const char *paid;     /* the place up to which it has been given steps */
    struct span asked;    /* the last place that was looked at */
    enum verdict verdict; /* on it */
};

/* `bounds` are those that the places were created for, and stay the caller's. */
void places_open(struct place_search *search, const struct places *places, struct bounds *bounds, struct span text);

/* The next place at or after `from` that is not ruled out: YES in *verdict when it is certain that its line matches.
 * False when there is none. */
bool places_next(struct place_search *search, const char *from, struct span *place, enum verdict *verdict);

/* Counts lines from *from on, as engine_count() does. */
uint64_t places_count(struct place_search *search, const char **from);

/* Whether all matches in a line are places, and the first that is bounded at a place is the match there: each literal
 * is one of the patterns, in their order, of which there are so many, but for characters that fold and are not there.
 */
bool places_know_line(const struct places *places, size_t pattern_count, struct span line);

/*
 * In a search of such a line, the first match at or after `from`.  NO when there is none; OPEN when the next place may
 * be none.
 */
enum verdict places_locate(struct place_search *search, const char *from, struct span *match);

/* Writes lines for --explain; places may be NULL. */
void places_explain(const struct places *places, FILE *out);

#endif
