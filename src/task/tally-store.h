/*
 * tally-store.h - the tally of all chunks: their tables are merged into parts by hash, each under a lock of its own.
 *
 * When the budget (base/budget.h) is used up, parts go to temporary files, one after the other; they have no names, and
 * vanish with the process.
 */
#ifndef MSCAN_TASK_TALLY_STORE_H
#define MSCAN_TASK_TALLY_STORE_H

#include "base/compiler.h"
#include "task/tally-table.h"

#include <stdbool.h>

struct tally_store;

/* `directory` is for temporary files; it stays the caller's, until the store is freed. */
struct tally_store *tally_store_create(const char *directory);
void tally_store_free(struct tally_store *store);

/* Hands a table over, whose first places are counted from `first`.  One thread at a time. */
void tally_store_submit(struct tally_store *store, struct tally_table *table, uint64_t first);

/* Merges tables that have been handed over, at most so many.  Any thread. */
void tally_store_merge(struct tally_store *store, size_t tables);

enum tally_order {
    TALLY_BY_COUNT, /* the most frequent first; of the same count, the last by bytes first */
    TALLY_BY_VALUE, /* by bytes */
    TALLY_BY_FIRST, /* as they came */
};

/* Takes an entry; false: no more are wanted. */
typedef bool tally_print(void *context, const struct tally_entry *entry);

/*
 * Gives out all entries in order, when all tables have been merged, and at most the first `most`.  Returns 0, or an
 * errno when a temporary file could not be written or read.
 */
int tally_store_finish(struct tally_store *store, enum tally_order order, uint64_t most, tally_print *print,
                       void *context) MUST_CHECK;

#endif
