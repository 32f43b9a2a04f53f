/*
 * map.h - a regular file in one mapping.
 *
 * A file may shrink, or its disk may fail, while it is mapped; touching such a page raises
 * SIGBUS.  The guard turns that into zero pages and a mark on the map: what lies before
 * map_bad_offset() was read truly, what lies at or behind it was not.
 */
#ifndef MSCAN_INPUT_MAP_H
#define MSCAN_INPUT_MAP_H

#include "sys/memory.h"

#include <stdint.h>

/* --madvise; or'ed together. */
enum advice {
    ADVICE_NONE = 0,
    ADVICE_SEQUENTIAL = 1,
    ADVICE_WILLNEED = 2, /* for a file larger than memory: a window ahead of the scan */
    ADVICE_RANDOM = 4,
    ADVICE_POPULATE = 8, /* the pages are mapped before the scan */
    ADVICE_WINDOW = 16,  /* ADVICE_WILLNEED goes ahead by a window, however large the file is */
};

struct map;

/*
 * Maps the bytes from `offset` to `size` of an open regular file (offset < size), on a
 * HUGE_PAGE_SIZE boundary of both address and file.  The descriptor stays the caller's and stays
 * open for as long as the map.  NULL with errno when it cannot be mapped; NULL with *reason
 * (static text) when `policy` is HUGE_ALWAYS and the kernel gave no huge pages.
 */
struct map *map_open(int fd, uint64_t offset, uint64_t size, enum huge_policy policy, unsigned advice,
                     const char **reason) MUST_CHECK;
void map_close(struct map *map);

/* The address of the byte at `offset`, an absolute offset in the file. */
const char *map_at(const struct map *map, uint64_t offset);

/* Tells that the scan has reached the absolute offset: pages further on are asked for.  Any thread. */
void map_advance(struct map *map, uint64_t offset);

/* Unmaps the pages of [begin, end), absolute, which are mapped again when they are touched.  Any thread. */
void map_let_go(struct map *map, uint64_t begin, uint64_t end);

/* Looks whether the file is shorter now than when it was mapped, and marks the map if so.  Any thread. */
void map_check(struct map *map);

/* Marks the map as unreadable from the absolute offset on, with an errno.  Any thread. */
void map_mark_bad(struct map *map, uint64_t offset, int error);

/* The absolute offset from which on the bytes cannot be trusted; UINT64_MAX when all can. */
uint64_t map_bad_offset(const struct map *map);

/* The errno of the failed read, 0 when the file shrank. */
int map_bad_error(const struct map *map);

/* How many bytes of the mapping are in huge pages. */
uint64_t map_huge_bytes(const struct map *map);

/*
 * A guard: from map_guard_enter() to map_guard_leave(), the calling thread may touch every byte of the map.  Pages that
 * cannot be read become zero pages.  A thread may have guards for several maps at once, and leaves them in any order;
 * the guard itself belongs to the caller.  map_guard_install(), called once before, installs the SIGBUS handler; a
 * SIGBUS that is no guard's ends the process as without it.
 */
struct map_guard {
    struct map *map;
    struct map_guard *outer; /* the thread's guard before this one, or NULL */
};

void map_guard_install(void);
void map_guard_enter(struct map_guard *guard, struct map *map);
void map_guard_leave(struct map_guard *guard);

#endif
