/*
 * literal-set.h - sets of literals while they are being put together, and what it costs to look for one.
 *
 * All of them live in an arena, until that is freed: they share bytes.
 */
#ifndef MSCAN_LITERAL_LITERAL_SET_H
#define MSCAN_LITERAL_LITERAL_SET_H

#include "literal/literal.h"

#include <stdbool.h>
#include <stddef.h>

/* A product of sets has at most so many literals, of at most so many bytes. */
#define LITERAL_PRODUCT_MAX 64
#define LITERAL_LENGTH_MAX 256

struct literal_block;

struct literal_arena {
    struct literal_block *blocks; /* NULL at the beginning */
};

void literal_arena_free(struct literal_arena *arena);

struct literal_set {
    struct literal *items;
    size_t count;
};

/* A literal and a set, with room for their content. */
struct literal literal_create(struct literal_arena *arena, size_t length);
struct literal_set literal_set_create(struct literal_arena *arena, size_t count);

/* The set of the empty literal, and whether a set has that. */
struct literal_set literal_set_of_empty(struct literal_arena *arena);
bool literal_set_has_empty(struct literal_set set);

/* Each of `a` followed by each of `b`, in *product; false when that becomes too much. */
bool literal_set_multiply(struct literal_arena *arena, struct literal_set a, struct literal_set b,
                          struct literal_set *product);

struct literal_set literal_set_unite(struct literal_arena *arena, struct literal_set a, struct literal_set b);

/* Characters beyond ASCII that fold to a letter of ASCII; or'ed. */
enum {
    FOLDS_LONG_S = 1, /* to s */
    FOLDS_KELVIN = 2, /* to k */
};

/* Adds the characters beyond ASCII of `folds` to a set. */
struct literal_set literal_set_add_folds(struct literal_arena *arena, struct literal_set set, unsigned folds);

/*
 * A set that is too large for the kernels of small ones must be plain: its literals are bytes, or letters in both
 * cases. Makes it so, by all spellings of each literal, or by its longest plain part, and then *precise becomes false.
 * Returns false when a literal has no such part.
 */
bool literal_set_make_plain(struct literal_arena *arena, struct literal_set *set, bool *precise);

/* Estimated share of the places of an ordinary text that a literal of the set fits. */
double literal_set_frequency(struct literal_set set);

/*
 * Estimated nanoseconds for a byte of such a text: for the search, and for what follows a hit, which is a look at the
 * line or, with `confirmed`, at what is around the hit (engine/confirmer.h).
 */
double literal_set_cost(struct literal_set set, bool confirmed);

#endif
