#include "config.h"

#include "input/map.h"

#include "base/alloc.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct map {
    int fd;
    char *address;                 /* of the byte at file offset `origin` */
    uint64_t origin;               /* a multiple of HUGE_PAGE_SIZE */
    uint64_t end;                  /* the file's size when it was mapped */
    size_t length;                 /* of the mapping, a multiple of the page size */
    size_t reserved;               /* the same and a page of zeros, for MEMORY_SLACK */
    size_t page_size;              /* what the zero pages of the guard must be multiples of */
    bool windowed;                 /* ADVICE_WILLNEED goes ahead of the scan by a window */
    _Atomic uint64_t willneed_end; /* offset up to which pages were asked for; any thread moves it up */
    _Atomic uint64_t bad_offset;   /* any thread lowers it, the signal handler too */
    atomic_int bad_error;          /* written before bad_offset is lowered */
};

/*
 * How far ahead of the scan pages are asked for when the file is larger than memory: enough
 * to keep a fast disk's queue full (32 MiB is 10 ms at 3 GB/s), little enough to stay in memory.
 */
#define WILLNEED_WINDOW ((uint64_t)32 << 20)

/* Since Linux 6.1; glibc has it since 2.37. */
#if defined __linux__ && !defined MADV_COLLAPSE
#define MADV_COLLAPSE 25
#endif

/* The guards of this thread, the latest first.  The handler has no other way to know them, and needs no lock this way.
 */
static _Thread_local struct map_guard *guards;

/* Lowers bad_offset to `offset`; async-signal-safe. */
void map_mark_bad(struct map *map, uint64_t offset, int error)
{
    uint64_t old = atomic_load(&map->bad_offset);
    while (offset < old) {
        atomic_store(&map->bad_error, error);
        if (atomic_compare_exchange_weak(&map->bad_offset, &old, offset))
            break;
    }
}

/* Async-signal-safe. */
void map_check(struct map *map)
{
    struct stat status;
    if (fstat(map->fd, &status) == 0 && (uint64_t)status.st_size < map->end)
        map_mark_bad(map, (uint64_t)status.st_size, 0);
}

/* The guarded map of this thread that an address lies in, or NULL; async-signal-safe. */
static struct map *guarded_map(const char *address)
{
    for (const struct map_guard *guard = guards; guard; guard = guard->outer)
        if (address >= guard->map->address && address < guard->map->address + guard->map->length)
            return guard->map;
    return NULL;
}

static void on_sigbus(int signal_number, siginfo_t *info, void *context)
{
    (void)context;
    int saved = errno;
    char *fault = info->si_addr;
    struct map *map = guarded_map(fault);
    if (!map || info->si_code <= 0) {
        /* Not ours: returning repeats a fault under the default action; one that was sent is sent again. */
        signal(signal_number, SIG_DFL);
        if (info->si_code <= 0)
            raise(signal_number);
        errno = saved;
        return;
    }
    size_t hole = (size_t)(fault - map->address) / map->page_size * map->page_size;
    map_check(map);
    if (map_bad_offset(map) > map->origin + hole + map->page_size - 1)
        map_mark_bad(map, map->origin + hole, EIO);
    /* Everything from here on is of no use, so one fault is enough for all of it. */
    void *zeros = mmap(map->address + hole, map->length - hole, PROT_READ,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1, 0);
    if (zeros == MAP_FAILED)
        signal(signal_number, SIG_DFL);
    errno = saved;
}

void map_guard_install(void)
{
    struct sigaction action = {.sa_sigaction = on_sigbus, .sa_flags = SA_SIGINFO | SA_NODEFER};
    sigemptyset(&action.sa_mask);
    sigaction(SIGBUS, &action, NULL);
}

void map_guard_enter(struct map_guard *guard, struct map *map)
{
    *guard = (struct map_guard){map, guards};
    atomic_signal_fence(memory_order_seq_cst); /* the handler sees a guard that is complete */
    guards = guard;
    atomic_signal_fence(memory_order_seq_cst);
}

void map_guard_leave(struct map_guard *guard)
{
    atomic_signal_fence(memory_order_seq_cst);
    struct map_guard **link = &guards;
    while (*link != guard)
        link = &(*link)->outer;
    *link = guard->outer;
}

static void give_advice(struct map *map, unsigned advice)
{
    if (advice & ADVICE_SEQUENTIAL)
        madvise(map->address, map->length, MADV_SEQUENTIAL);
    if (advice & ADVICE_RANDOM)
        madvise(map->address, map->length, MADV_RANDOM);
    if (advice & ADVICE_WILLNEED) {
        map->windowed = advice & ADVICE_WINDOW || map->length > memory_total() / 2;
        if (!map->windowed)
            madvise(map->address, map->length, MADV_WILLNEED);
    }
#if HAVE_DECL_MADV_POPULATE_READ
    if (advice & ADVICE_POPULATE)
        madvise(map->address, map->length, MADV_POPULATE_READ);
#endif
}

/*
 * Where huge pages are looked for: readahead begins a file with ordinary pages (8 MiB of them, on ext4 in Linux 6.18)
 * and only then comes to huge ones.
 */
#define HUGE_PROBE ((size_t)64 << 20)

/* Whether the kernel gives huge pages for the mapping, after it was asked in every way there is. */
static bool gets_huge_pages(struct map *map)
{
    size_t probe = map->length < HUGE_PROBE ? map->length : HUGE_PROBE;
    struct map_guard guard;
    map_guard_enter(&guard, map);
    for (size_t at = 0; at < probe; at += HUGE_PAGE_SIZE)
        (void)*(volatile char *)(map->address + at);
    map_guard_leave(&guard);
    if (map_huge_bytes(map) > 0)
        return true;
#ifdef MADV_COLLAPSE
    if (map->length >= HUGE_PAGE_SIZE && madvise(map->address, HUGE_PAGE_SIZE, MADV_COLLAPSE) == 0)
        return map_huge_bytes(map) > 0;
#endif
    return false;
}

struct map *map_open(int fd, uint64_t offset, uint64_t size, enum huge_policy policy, unsigned advice,
                     const char **reason)
{
    *reason = NULL;
    struct map *map = xcalloc(1, sizeof *map);
    map->fd = fd;
    map->page_size = memory_page_size();
    size_t hugetlb = memory_hugetlb_page_size(fd);
    if (hugetlb)
        map->page_size = hugetlb;
    size_t alignment = map->page_size > HUGE_PAGE_SIZE ? map->page_size : HUGE_PAGE_SIZE;
    map->origin = offset / alignment * alignment;
    map->end = size;
    map->bad_offset = UINT64_MAX;
    uint64_t bytes = size - map->origin;
    if (bytes > SIZE_MAX / 2) {
        free(map);
        errno = EFBIG;
        return NULL;
    }
    map->length = ((size_t)bytes + map->page_size - 1) / map->page_size * map->page_size;
    map->reserved = map->length + memory_page_size();
    char *addresses = memory_reserve(map->reserved, alignment);
    if (!addresses) {
        free(map);
        return NULL;
    }
    map->address = mmap(addresses, map->length, PROT_READ, MAP_SHARED | MAP_FIXED, fd, (off_t)map->origin);
    if (map->address == MAP_FAILED) {
        int saved = errno;
        munmap(addresses, map->reserved);
        free(map);
        errno = saved;
        return NULL;
    }
    if (mprotect(map->address + map->length, map->reserved - map->length, PROT_READ) != 0) { /* MEMORY_SLACK */
        int saved = errno;
        map_close(map);
        errno = saved;
        return NULL;
    }
    memory_advise_huge(map->address, map->length, policy);
    give_advice(map, advice);
    if (policy == HUGE_ALWAYS && !gets_huge_pages(map)) {
        map_close(map);
        *reason = size - offset < HUGE_PAGE_SIZE ? "the file is smaller than a huge page"
                                                 : "the kernel gave ordinary pages for the mapping: the file is cached "
                                                   "in such pages since it was written or read, or its file system has "
                                                   "no others";
        return NULL;
    }
    return map;
}

void map_close(struct map *map)
{
    if (!map)
        return;
    munmap(map->address, map->reserved);
    free(map);
}

const char *map_at(const struct map *map, uint64_t offset)
{
    return map->address + (offset - map->origin);
}

void map_advance(struct map *map, uint64_t offset)
{
    if (!map->windowed)
        return;
    uint64_t asked = atomic_load_explicit(&map->willneed_end, memory_order_relaxed);
    if (asked < map->origin)
        asked = map->origin;
    /* Half a window at a time, so that the call is rare. */
    uint64_t wanted = offset + WILLNEED_WINDOW;
    if (wanted > map->end)
        wanted = map->end;
    if (wanted < asked + WILLNEED_WINDOW / 2 && wanted != map->end)
        return;
    uint64_t old = atomic_exchange(&map->willneed_end, wanted);
    if (old < map->origin)
        old = map->origin;
    if (wanted <= old)
        return;
    uint64_t from = old / map->page_size * map->page_size;
    madvise(map->address + (from - map->origin), (size_t)(wanted - from), MADV_WILLNEED);
}

void map_let_go(struct map *map, uint64_t begin, uint64_t end)
{
    if (begin < map->origin)
        begin = map->origin;
    if (end > map->origin + map->length)
        end = map->origin + map->length;
    /* Not where zeros have taken the place of what cannot be read. */
    if (begin < end && map_bad_offset(map) == UINT64_MAX)
        madvise(map->address + (begin - map->origin), (size_t)(end - begin), MADV_DONTNEED);
}

uint64_t map_bad_offset(const struct map *map)
{
    return atomic_load(&map->bad_offset);
}

int map_bad_error(const struct map *map)
{
    return atomic_load(&map->bad_error);
}

uint64_t map_huge_bytes(const struct map *map)
{
    return memory_huge_bytes(map->address, map->length);
}
