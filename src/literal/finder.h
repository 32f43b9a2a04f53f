/*
 * finder.h - finds the places of a set of literals in a text, by the kernels that suit their number.
 */
#ifndef MSCAN_LITERAL_FINDER_H
#define MSCAN_LITERAL_FINDER_H

#include "base/span.h"
#include "kernels/kernels.h"
#include "literal/literals.h"

#include <stdbool.h>
#include <stddef.h>

struct finder;

/*
 * Takes the literals over; the finder is only read afterwards.  NULL, with *literals as it was, when there is no way to
 * look for them.
 */
struct finder *finder_create(struct literals *literals, const struct kernels *kernels);
void finder_free(struct finder *finder);

/* Whether there is a way to look for such literals. */
bool finder_is_possible(const struct literals *literals);

const struct literals *finder_literals(const struct finder *finder);

/* Whether the finder may also report places that differ from a literal in the case of ASCII letters. */
bool finder_is_loose(const struct finder *finder);

/* The method of its search, for --explain; static text. */
const char *finder_method(const struct finder *finder);

/* The needle that is all it looks for; NULL when there are several, or none. */
const struct needle *finder_needle(const struct finder *finder);

/* Whether a place counts; see word_fits in word.h. */
typedef bool finder_fits(void *context, const char *begin, const char *end);

/*
 * The first place at or after `from` and wholly before `end` where one of the literals is, for which `fits` says yes
 * (NULL: any); false when there is none.
 */
bool finder_find(const struct finder *finder, const char *from, const char *end, finder_fits *fits, void *context,
                 struct span *place);

/* The same, when it is known that no place begins in `blank`, which is not looked at again. */
bool finder_find_outside(const struct finder *finder, struct span blank, const char *from, const char *end,
                         finder_fits *fits, void *context, struct span *place);

/*
 * Whether [from, end) has no newline, and no place of a literal begins there that ends before text_end >= end.  It is
 * for long texts of which that is true, and reads them once.
 */
bool finder_passes(const struct finder *finder, const char *from, const char *end, const char *text_end);

#endif
