#include "input/cache.h"

#include "base/alloc.h"
#include "sys/memory.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>

/* Parts begin at multiples of it. */
#define PART HUGE_PAGE_SIZE

/* How much is looked at, and how much is dropped, by one call. */
#define LOOKED_AT ((uint64_t)1 << 30)
#define DROPPED ((uint64_t)16 << 20)

struct cache {
    int fd;
    uint64_t first;       /* the number of the first part */
    uint64_t count;       /* parts */
    uint64_t done;        /* of these, so many have been passed */
    unsigned char cold[]; /* a bit for each: no page of it was cached */
};

static bool is_cold(const struct cache *cache, uint64_t part)
{
    return cache->cold[part / 8] >> part % 8 & 1;
}

/* Notes the parts of a stretch of the file, which begins with a part.  False when it cannot be told. */
static bool look(struct cache *cache, uint64_t part, uint64_t length, unsigned char *pages)
{
    const size_t page = memory_page_size(), per_part = PART / page, count = (size_t)((length + page - 1) / page);
    void *address = mmap(NULL, (size_t)length, PROT_READ, MAP_SHARED, cache->fd, (off_t)((cache->first + part) * PART));
    if (address == MAP_FAILED)
        return false;
    bool told = mincore(address, (size_t)length, pages) == 0;
    munmap(address, (size_t)length);
    for (size_t at = 0; told && at < count; at += per_part, part++) {
        bool cold = true;
        for (size_t i = at; i < count && i < at + per_part; i++)
            cold &= !(pages[i] & 1);
        cache->cold[part / 8] |= (unsigned char)(cold << part % 8);
    }
    return told;
}

struct cache *cache_create(int fd, uint64_t start, uint64_t end)
{
    if (start >= end)
        return NULL;
    const uint64_t first = start / PART, count = (end - 1) / PART + 1 - first;
    struct cache *cache = xcalloc(1, sizeof *cache + (size_t)(count / 8) + 1);
    unsigned char *pages = xmalloc((size_t)(LOOKED_AT / memory_page_size()));
    *cache = (struct cache){.fd = fd, .first = first, .count = count};
    bool told = true;
    for (uint64_t part = 0; told && part < count; part += LOOKED_AT / PART) {
        uint64_t left = end - (first + part) * PART;
        told = look(cache, part, left < LOOKED_AT ? left : LOOKED_AT, pages);
    }
    free(pages);
    if (told)
        return cache;
    free(cache);
    return NULL;
}

void cache_free(struct cache *cache)
{
    free(cache);
}

/* Drops what was cold of the parts up to one. */
static void drop(struct cache *cache, struct map *map, uint64_t end)
{
    while (cache->done < end) {
        uint64_t begin = cache->done;
        while (begin < end && !is_cold(cache, begin))
            begin++;
        uint64_t stop = begin;
        while (stop < end && is_cold(cache, stop))
            stop++;
        cache->done = stop;
        if (begin == stop)
            break;
        const uint64_t from = (cache->first + begin) * PART, length = (stop - begin) * PART;
        if (map)
            map_let_go(map, from, from + length);
        posix_fadvise(cache->fd, (off_t)from, (off_t)length, POSIX_FADV_DONTNEED);
    }
}

void cache_pass(struct cache *cache, struct map *map, uint64_t offset)
{
    const uint64_t part = offset / PART;
    if (part >= cache->first + cache->done + DROPPED / PART)
        drop(cache, map, part - cache->first);
}

void cache_pass_all(struct cache *cache, struct map *map)
{
    /* From the beginning once more, as pages that were still in use have stayed. */
    cache->done = 0;
    drop(cache, map, cache->count);
}
