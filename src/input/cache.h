/*
 * cache.h - which parts of a file were not in the page cache before it is read, so that they can leave it again:
 * --cache=drop.
 *
 * Parts of 2 MiB are told apart, as the cache may hold huge pages; one of which some page was cached stays as it is.
 */
#ifndef MSCAN_INPUT_CACHE_H
#define MSCAN_INPUT_CACHE_H

#include "input/map.h"

#include <stdint.h>

/* A file's parts, and how far they have been dropped; one thread at a time uses it. */
struct cache;

/*
 * Looks at the cache for the bytes of a regular file from `start` to `end`, absolute, before any is read.  NULL when it
 * cannot be told; then nothing is to be dropped.  The descriptor stays the caller's.
 */
struct cache *cache_create(int fd, uint64_t start, uint64_t end);
void cache_free(struct cache *cache);

/*
 * Nothing before the absolute offset is wanted any more: drops whole parts before it that were not cached, if some MiB
 * have come together.  A map of the file, which may be NULL, lets go of them, too.
 */
void cache_pass(struct cache *cache, struct map *map, uint64_t offset);

/* Nothing of the file is wanted any more: drops the rest. */
void cache_pass_all(struct cache *cache, struct map *map);

#endif
