/*
 * literal-hits.h - where a text has the literals of the patterns, and what each hit says of its line.
 *
 * A hit is a place that fits one of the literals.  It is a match by itself, or a confirmer decides, or nothing is known
 * but that the line may match.
 */
#ifndef MSCAN_ENGINE_LITERAL_HITS_H
#define MSCAN_ENGINE_LITERAL_HITS_H

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

struct literal_hits_options {
    struct syntax *syntax; /* of a single pattern; otherwise NULL, and then there is no confirmer */
    bool exact;            /* see confirmer.h */
    const struct dialect *dialect;
    const struct other_cases *other_cases; /* see confirmer.h */
    const struct kernels *kernels;
};

struct literal_hits;

/*
 * Takes the literals over, and frees them in any case; what is made is only read afterwards.  NULL when there is no way
 * to look for them.
 */
struct literal_hits *literal_hits_create(struct literals *literals, const struct literal_hits_options *options);
void literal_hits_free(struct literal_hits *hits);

const struct literals *literal_hits_literals(const struct literal_hits *hits);
const struct finder *literal_hits_finder(const struct literal_hits *hits);

/*
 * Whether each hit that is bounded as -w or -x want it is a match; whether some are known to be; and whether a
 * confirmer decides each.
 */
bool literal_hits_are_matches(const struct literal_hits *hits);
bool literal_hits_may_be_matches(const struct literal_hits *hits);
bool literal_hits_are_confirmed(const struct literal_hits *hits);

/* A text of whole lines that is searched from its beginning to its end. */
struct hit_search {
    const struct literal_hits *hits;
    struct bounds *bounds;
    struct span text;
    struct span blank;    /* no hit begins in it */
    size_t steps;         /* that the confirmer may still take */
    const char *paid;     /* the hit up to which it has been given steps */
    struct span asked;    /* the last hit that was looked at */
    enum verdict verdict; /* on it */
};

/* `bounds` have the dialect of the hits, and stay the caller's. */
void literal_hits_open(struct hit_search *search, const struct literal_hits *hits, struct bounds *bounds,
                       struct span text);

/*
 * The next hit at or after `from` that is not ruled out, with YES in *verdict when its line matches for certain.  False
 * when there is none.
 */
bool literal_hits_next(struct hit_search *search, const char *from, struct span *hit, enum verdict *verdict);

/* Counts lines from *from on, as engine_count() does. */
uint64_t literal_hits_count(struct hit_search *search, const char **from);

/* Whether all matches in a line are hits, and the first that is bounded at its place is the match there: each literal
 * is one of the patterns, in their order, of which there are so many, but for characters that fold and are not there.
 */
bool literal_hits_know_line(const struct literal_hits *hits, size_t pattern_count, struct span line);

/*
 * In a search of such a line, the first match at or after `from`.  NO when there is none; OPEN when the next hit may
 * be none.
 */
enum verdict literal_hits_locate(struct hit_search *search, const char *from, struct span *match);

/* Writes lines for --explain; `hits` may be NULL. */
void literal_hits_explain(const struct literal_hits *hits, FILE *out);

#endif
