/*
 * block.h - the buffers that input is read into.
 *
 * A pool lends blocks to many threads and keeps those that come back.  Large blocks are
 * in huge pages where the policy and the kernel allow it.
 */
#ifndef MSCAN_INPUT_BLOCK_H
#define MSCAN_INPUT_BLOCK_H

#include "sys/memory.h"

struct block {
    char *bytes;     /* NULL: no block */
    size_t capacity; /* in bytes; whether it is large decides how it was allocated */
};

struct block_pool;

/* Blocks of at least this many bytes are allocated as memory_alloc() does; smaller ones by malloc(). */
#define BLOCK_LARGE HUGE_PAGE_SIZE

/* Every policy but HUGE_ALWAYS uses malloc() for small blocks; HUGE_ALWAYS makes every block large. */
struct block_pool *block_pool_create(enum huge_policy policy);
void block_pool_free(struct block_pool *pool);

/*
 * Lends a block of at least `capacity` bytes.  False when there is no memory, or, under
 * HUGE_ALWAYS, none in huge pages: then *reason says why, static text.  Any thread.
 */
bool block_get(struct block_pool *pool, size_t capacity, struct block *block, const char **reason) MUST_CHECK;

/* Doubles a block, keeping its first `used` bytes.  As block_get() otherwise; the block stays as it was on failure. */
bool block_grow(struct block_pool *pool, struct block *block, size_t used, const char **reason) MUST_CHECK;

/* Gives a block back and empties *block; an empty one is allowed.  Any thread. */
void block_put(struct block_pool *pool, struct block *block);

#endif
