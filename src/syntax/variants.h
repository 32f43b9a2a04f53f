/*
 * variants.h - the other cases of characters beyond ASCII.  PCRE2 is asked about them, as the tables of its releases
 * differ.
 */
#ifndef MSCAN_SYNTAX_VARIANTS_H
#define MSCAN_SYNTAX_VARIANTS_H

#include "syntax/syntax.h"

#include <stddef.h>
#include <stdint.h>

struct variants;

/*
 * Asks about `count` characters above U+007F, in any order, some perhaps more than once.  It is only read afterwards.
 * Takes 0.02 to 0.3 ms, and 3 ms where one is above U+FFFF.  NULL when PCRE2 gives no answer, or there are too many.
 */
struct variants *variants_create(const uint32_t *characters, size_t count);

/* Asks about all such characters of trees that were understood whose case is ignored; NULL, too, when there are none.
 */
struct variants *variants_of_trees(struct syntax *const *syntaxes, size_t count);

void variants_free(struct variants *variants);

/*
 * All characters above U+007F that one matches when case is ignored, itself among them, in ascending order: *count of
 * them, which live as long as `variants`.  NULL when nothing is known, as of one that was not asked about; `variants`
 * may be NULL.
 */
const uint32_t *variants_of(const struct variants *variants, uint32_t character, size_t *count);

#endif
