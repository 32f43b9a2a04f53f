#include "input/block.h"

#include "base/alloc.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct kept {
    struct block *blocks;
    size_t count, room;
};

struct block_pool {
    pthread_mutex_t lock; /* guards the kept blocks */
    enum huge_policy policy;
    struct kept small, large; /* stacks, so that the block used last, still in the cache, is lent first */
    struct block larger[4];   /* some of up to LARGER_MAX, for the parts of compressed files, or empty */
};

/* What a pool keeps; longer blocks hold a line of that length and go back to the system. */
#define SMALL_CAPACITY ((size_t)256 << 10)
#define LARGE_CAPACITY BLOCK_LARGE

/*
 * Up to here a few longer blocks are kept, too.  100 files of gzip with 10 MB of text each take 1.26 s of a processor's
 * time when each has new pages, and 1.10 s when it has not.
 */
#define LARGER_MAX ((size_t)20 << 20)
#define LARGER_COUNT (sizeof((struct block_pool *)NULL)->larger / sizeof(struct block))

struct block_pool *block_pool_create(enum huge_policy policy)
{
    struct block_pool *pool = xcalloc(1, sizeof *pool);
    pthread_mutex_init(&pool->lock, NULL);
    pool->policy = policy;
    return pool;
}

static void release(struct block *block)
{
    if (block->capacity >= BLOCK_LARGE)
        memory_free(block->bytes, block->capacity);
    else
        free(block->bytes);
}

/* A kept block of at least so many bytes, or an empty one.  Lock held. */
static struct block take_larger(struct block_pool *pool, size_t capacity)
{
    for (size_t i = 0; i < LARGER_COUNT; i++)
        if (pool->larger[i].capacity >= capacity) {
            struct block block = pool->larger[i];
            pool->larger[i] = (struct block){NULL, 0};
            return block;
        }
    return (struct block){NULL, 0};
}

/* Keeps a block if there is room for it; else it stays as it is.  Lock held. */
static void keep_larger(struct block_pool *pool, struct block *block)
{
    for (size_t i = 0; i < LARGER_COUNT && block->bytes; i++)
        if (!pool->larger[i].bytes) {
            pool->larger[i] = *block;
            *block = (struct block){NULL, 0};
        }
}

static void kept_free(struct kept *kept)
{
    while (kept->count)
        release(&kept->blocks[--kept->count]);
    free(kept->blocks);
}

void block_pool_free(struct block_pool *pool)
{
    if (!pool)
        return;
    kept_free(&pool->small);
    kept_free(&pool->large);
    for (size_t i = 0; i < LARGER_COUNT; i++)
        if (pool->larger[i].bytes)
            release(&pool->larger[i]);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}

/* A new block; capacity is adjusted. */
static bool allocate(const struct block_pool *pool, size_t capacity, bool small, struct block *block,
                     const char **reason)
{
    *reason = NULL;
    if (small) {
        *block = (struct block){malloc(capacity), capacity};
    } else if (capacity <= SIZE_MAX - HUGE_PAGE_SIZE) {
        capacity = (capacity + HUGE_PAGE_SIZE - 1) / HUGE_PAGE_SIZE * HUGE_PAGE_SIZE;
        *block = (struct block){memory_alloc(capacity, pool->policy, reason), capacity};
    } else {
        *block = (struct block){NULL, 0};
    }
    if (!block->bytes && !*reason)
        *reason = "memory exhausted";
    return block->bytes != NULL;
}

bool block_get(struct block_pool *pool, size_t capacity, struct block *block, const char **reason)
{
    *reason = NULL;
    bool small = capacity <= SMALL_CAPACITY && pool->policy != HUGE_ALWAYS;
    if (capacity <= LARGE_CAPACITY) {
        struct kept *kept = small ? &pool->small : &pool->large;
        capacity = small ? SMALL_CAPACITY : LARGE_CAPACITY;
        pthread_mutex_lock(&pool->lock);
        bool have = kept->count > 0;
        if (have)
            *block = kept->blocks[--kept->count];
        pthread_mutex_unlock(&pool->lock);
        if (have)
            return true;
    } else if (capacity <= LARGER_MAX) {
        pthread_mutex_lock(&pool->lock);
        *block = take_larger(pool, capacity);
        pthread_mutex_unlock(&pool->lock);
        if (block->bytes)
            return true;
    }
    return allocate(pool, capacity, small, block, reason);
}

bool block_grow(struct block_pool *pool, struct block *block, size_t used, const char **reason)
{
    struct block larger;
    *reason = "memory exhausted";
    if (block->capacity > SIZE_MAX / 2 || !block_get(pool, block->capacity * 2, &larger, reason))
        return false;
    memcpy(larger.bytes, block->bytes, used);
    block_put(pool, block);
    *block = larger;
    return true;
}

void block_put(struct block_pool *pool, struct block *block)
{
    if (!block->bytes)
        return;
    if (block->capacity == SMALL_CAPACITY || block->capacity == LARGE_CAPACITY) {
        struct kept *kept = block->capacity == SMALL_CAPACITY ? &pool->small : &pool->large;
        pthread_mutex_lock(&pool->lock);
        if (kept->count == kept->room) {
            kept->room = 2 * kept->room + 8;
            kept->blocks = xreallocarray(kept->blocks, kept->room, sizeof *kept->blocks);
        }
        kept->blocks[kept->count++] = *block;
        pthread_mutex_unlock(&pool->lock);
    } else if (block->capacity <= LARGER_MAX) {
        pthread_mutex_lock(&pool->lock);
        keep_larger(pool, block);
        pthread_mutex_unlock(&pool->lock);
    }
    if (block->bytes && block->capacity != SMALL_CAPACITY && block->capacity != LARGE_CAPACITY)
        release(block);
    *block = (struct block){NULL, 0};
}
