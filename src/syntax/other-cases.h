/*
 * other-cases.h - the other cases of characters beyond ASCII.  PCRE2 is asked about them, as the tables of its releases
 * differ.
 */
#ifndef MSCAN_SYNTAX_OTHER_CASES_H
#define MSCAN_SYNTAX_OTHER_CASES_H

#include "syntax/syntax.h"

#include <stddef.h>
#include <stdint.h>

struct other_cases;

/*
 * Asks about `count` characters above U+007F, in any order, some perhaps more than once.  It is only read afterwards.
 * Takes 0.02 to 0.3 ms, and 3 ms where one is above U+FFFF.  NULL when PCRE2 gives no answer, or there are too many.
 */
struct other_cases *other_cases_create(const uint32_t *characters, size_t count);

/* Asks about all characters of the trees that are above U+007F and whose case is ignored; NULL also if there are none.
 */
struct other_cases *other_cases_of_trees(struct syntax *const *syntaxes, size_t count);

void other_cases_free(struct other_cases *other_cases);

/*
 * The *count characters above U+007F that are the same but for their case, in ascending order, the given one among
 * them. They live as long as `other_cases`.  NULL when nothing is known of the character; `other_cases` may be NULL.
 */
const uint32_t *other_cases_of(const struct other_cases *other_cases, uint32_t character, size_t *count);

#endif
