#include "config.h"

#include "sys/memory.h"

#include "sys/cgroup.h"

#include <errno.h>
#include <inttypes.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/vfs.h>
#include <unistd.h>

/* The reserved pages of HUGE_PAGE_SIZE, whatever the system's default is; see mmap(2). */
#define HUGETLB_2MB (21 << 26)

size_t memory_page_size(void)
{
    return (size_t)sysconf(_SC_PAGESIZE);
}

size_t memory_hugetlb_page_size(int fd)
{
    struct statfs status;
    return fstatfs(fd, &status) == 0 && status.f_type == HUGETLBFS_MAGIC ? (size_t)status.f_bsize : 0;
}

/* The bytes that one control group allows; "max" and the like are no limit. */
static uint64_t group_memory(const char *directory)
{
    char line[64];
    uint64_t bytes;
    bool got = cgroup_read(directory, "memory.max", line, sizeof line) ||
               cgroup_read(directory, "memory.limit_in_bytes", line, sizeof line);
    return got && sscanf(line, "%" SCNu64, &bytes) == 1 ? bytes : UINT64_MAX;
}

uint64_t memory_total(void)
{
    uint64_t total = (uint64_t)sysconf(_SC_PHYS_PAGES) * memory_page_size();
    uint64_t limit = cgroup_least("memory", group_memory);
    return limit < total ? limit : total;
}

void *memory_reserve(size_t size, size_t alignment)
{
    /* Map more than is wanted and give the ends back. */
    size_t padded = size + alignment;
    char *start = mmap(NULL, padded, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (start == MAP_FAILED)
        return NULL;
    size_t before = (alignment - (uintptr_t)start % alignment) % alignment;
    if (before)
        munmap(start, before);
    if (padded - before > size)
        munmap(start + before + size, padded - before - size);
    return start + before;
}

bool memory_advise_huge(void *address, size_t size, enum huge_policy policy)
{
#if HAVE_DECL_MADV_HUGEPAGE
    return madvise(address, size, policy == HUGE_NEVER ? MADV_NOHUGEPAGE : MADV_HUGEPAGE) == 0;
#else
    (void)address, (void)size, (void)policy;
    errno = ENOTSUP;
    return false;
#endif
}

void *memory_alloc(size_t size, enum huge_policy policy, const char **reason)
{
    *reason = NULL;
    char *block;
#if HAVE_DECL_MAP_HUGETLB
    if (policy != HUGE_NEVER) {
        block =
            mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB | HUGETLB_2MB, -1, 0);
        if (block != MAP_FAILED)
            return block;
    }
#endif
    block = memory_reserve(size, HUGE_PAGE_SIZE);
    if (!block)
        return NULL;
    if (mprotect(block, size, PROT_READ | PROT_WRITE) != 0) {
        int saved = errno;
        munmap(block, size);
        errno = saved;
        return NULL;
    }
    bool advised = memory_advise_huge(block, size, policy);
    if (policy == HUGE_ALWAYS) {
        if (!advised)
            *reason = "the kernel has no transparent huge pages, and none are reserved (vm.nr_hugepages)";
        else {
            *block = 0; /* the first touch decides what kind of page it is */
            if (memory_huge_bytes(block, size) == 0)
                *reason = "the kernel gave ordinary pages: none are reserved (vm.nr_hugepages), and transparent huge "
                          "pages are off or there is no free memory in one piece";
        }
        if (*reason) {
            munmap(block, size);
            errno = ENOMEM;
            return NULL;
        }
    }
    return block;
}

void memory_free(void *block, size_t size)
{
    munmap(block, size);
}

/* The sizes in smaps that count as huge. */
static bool is_huge_field(const char *name)
{
    static const char *const fields[] = {"AnonHugePages", "FilePmdMapped", "ShmemPmdMapped", "Shared_Hugetlb",
                                         "Private_Hugetlb"};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (strcmp(name, fields[i]) == 0)
            return true;
    return false;
}

uint64_t memory_huge_bytes(const void *address, size_t size)
{
    FILE *file = fopen("/proc/self/smaps", "re");
    if (!file)
        return 0;
    uintptr_t first = (uintptr_t)address;
    uintptr_t limit = size > UINTPTR_MAX - first ? UINTPTR_MAX : first + size;
    uint64_t bytes = 0;
    bool inside = false;
    char *line = NULL;
    size_t capacity = 0;
    while (getline(&line, &capacity, file) > 0) {
        uintptr_t begin, end;
        char name[32];
        uint64_t kib;
        if (sscanf(line, "%" SCNxPTR "-%" SCNxPTR " ", &begin, &end) == 2)
            inside = begin < limit && end > first;
        else if (inside && sscanf(line, "%31[^:]: %" SCNu64 " kB", name, &kib) == 2 && is_huge_field(name))
            bytes += kib << 10;
    }
    free(line);
    fclose(file);
    return bytes;
}
