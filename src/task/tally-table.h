/*
 * tally-table.h - how often each value occurs: a hash table of byte strings and counts.
 */
#ifndef MSCAN_TASK_TALLY_TABLE_H
#define MSCAN_TASK_TALLY_TABLE_H

#include "base/span.h"

#include <stddef.h>
#include <stdint.h>

struct tally_entry {
    uint64_t hash;
    uint64_t count;
    uint64_t first;    /* the place of its first occurrence: the least that was added */
    const char *value; /* the table's */
    uint32_t length;
};

/* All zero is an empty table.  There is room for 2^31 values. */
struct tally_table {
    struct tally_entry *entries; /* in the order in which they were added */
    size_t count, room;
    uint32_t *slots; /* of entries, plus one; by hash */
    size_t slot_count;
    struct tally_block *blocks; /* of values */
    size_t bytes;               /* of memory in use */
};

void tally_table_free(struct tally_table *table);

/* To be called once, before any hash is asked for: they are others in each process. */
void tally_hash_begin(void);

/* The hash of a value, of less than 4 GiB. */
uint64_t tally_hash(struct span value);

/* Adds a value's occurrences, of which `first` is the first. */
void tally_table_add(struct tally_table *table, struct span value, uint64_t hash, uint64_t count, uint64_t first);

#endif
