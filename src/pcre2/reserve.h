/*
 * reserve.h - PCRE2's programs for a list of patterns, which may never be asked: where no pattern can be wrong, they
 * are compiled when they are first wanted.
 */
#ifndef MSCAN_PCRE2_RESERVE_H
#define MSCAN_PCRE2_RESERVE_H

#include "pattern/pattern.h"
#include "pcre2/piece.h"

#include <stdbool.h>
#include <stddef.h>

struct reserve;
struct program_list;
struct program_list_options;
struct program_error;

/*
 * Whether PCRE2 compiles each of the patterns for certain: they are strings (-F), or have nothing in them that means
 * anything but itself, and none is long.
 */
bool reserve_can_wait(const struct pattern_list *patterns, const struct piece_options *options);

/* Programs for such patterns, to be compiled later.  Copies the patterns. */
struct reserve *reserve_later(const struct pattern_list *patterns, const struct piece_options *piece_options,
                              const struct program_list_options *options);

/* Programs for `count` pieces, compiled now; NULL with *error and *index as program_list_compile() gives them. */
struct reserve *reserve_now(const struct piece *pieces, size_t count, const struct program_list_options *options,
                            struct program_error *error, size_t *index);

void reserve_free(struct reserve *reserve);

/*
 * The programs, which are only read afterwards, and last as long as the reserve.  Any thread may call it.
 */
const struct program_list *reserve_programs(struct reserve *reserve);

#endif
