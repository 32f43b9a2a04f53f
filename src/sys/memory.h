/*
 * memory.h - memory from the kernel: large blocks in huge pages, advice, and what it gave.
 */
#ifndef MSCAN_SYS_MEMORY_H
#define MSCAN_SYS_MEMORY_H

#include "base/compiler.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* --huge-pages: take them where they are, insist, or do without. */
enum huge_policy { HUGE_AUTO, HUGE_ALWAYS, HUGE_NEVER };

/* The size of a huge page (PMD) in bytes: what mappings and blocks are aligned to. */
#define HUGE_PAGE_SIZE ((size_t)2 << 20)

/*
 * Bytes that can be read after any text that is matched.  PCRE2 10.42's JIT looks after a subject that ends in an
 * incomplete UTF-8 character, for \b and \B.
 */
#define MEMORY_SLACK ((size_t)64)

/* The size of an ordinary page in bytes. */
size_t memory_page_size(void);

/* The size in bytes of the pages of an open file on hugetlbfs; 0 for any other file. */
size_t memory_hugetlb_page_size(int fd);

/* The machine's memory in bytes, or the limit of the control groups (v1 and v2) when that is less. */
uint64_t memory_total(void);

/*
 * `size` bytes (a multiple of HUGE_PAGE_SIZE) of zeroed memory on a HUGE_PAGE_SIZE boundary:
 * from the reserved huge pages (MAP_HUGETLB), else transparent huge pages, else ordinary
 * pages.  NULL with errno when there is no memory, and under HUGE_ALWAYS when it is
 * not in huge pages: then *reason says why (static text), else *reason is NULL.
 * The block is returned with memory_free() and the same size.
 */
void *memory_alloc(size_t size, enum huge_policy policy, const char **reason) MUST_CHECK;
void memory_free(void *block, size_t size);

/* Reserves `size` bytes of addresses, without access, on a boundary of `alignment` bytes.  NULL with errno. */
void *memory_reserve(size_t size, size_t alignment) MUST_CHECK;

/* Asks for transparent huge pages, or against them; a hint: false with errno when refused. */
bool memory_advise_huge(void *address, size_t size, enum huge_policy policy);

/*
 * How many bytes of the mappings that touch [address, address + size) are in huge pages now,
 * from /proc/self/smaps; 0 when that cannot be read.
 */
uint64_t memory_huge_bytes(const void *address, size_t size);

#endif
