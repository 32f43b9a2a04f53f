/* corpus-kinds.h - the kinds of text that the generator knows. */

#ifndef CORPUS_KINDS_H
#define CORPUS_KINDS_H

#include "corpus-pool.h"

/* Room for a pool's pieces, in bytes. Larger pools vary more, smaller ones stay in the cache. */
#define KIND_POOL_BYTES (4U << 20)

/* Fills an empty pool. The lexicons are those of the kind's word lists. */
typedef void prepare_function(struct pool *pool, const struct lexicon *const lexicons[2], struct random *random);

struct kind {
    const char *name;
    const char *help;
    const char *words[2]; /* word lists; the second may be NULL */
    prepare_function *prepare;
    bool has_lines; /* else the text holds no newline at all */
};

/* All kinds, ended by one without a name. */
extern const struct kind kinds[];

/* The kind of this name, or NULL. */
const struct kind *kind_find(const char *name);

/* In corpus-log.c, from templates. */
prepare_function prepare_log, prepare_oneline, prepare_json;

/* In corpus-prose.c, from sentences. */
prepare_function prepare_prose, prepare_cyrillic, prepare_cjk;

#endif
