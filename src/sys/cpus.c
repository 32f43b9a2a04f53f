#include "config.h"

#include "sys/cpus.h"

#include <inttypes.h>
#include <limits.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static unsigned affinity_count(void)
{
#ifdef HAVE_SCHED_GETAFFINITY
    /* The kernel refuses a mask smaller than its own, so try larger ones. */
    for (size_t cpus = CPU_SETSIZE; cpus <= (1u << 20); cpus *= 4) {
        cpu_set_t *set = CPU_ALLOC(cpus);
        if (!set)
            break;
        size_t size = CPU_ALLOC_SIZE(cpus);
        int count = sched_getaffinity(0, size, set) == 0 ? CPU_COUNT_S(size, set) : 0;
        CPU_FREE(set);
        if (count > 0)
            return (unsigned)count;
    }
#endif
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online > 0 ? (unsigned)online : 1;
}

static unsigned ceil_ratio(int64_t quota, int64_t period)
{
    if (quota <= 0 || period <= 0)
        return UINT_MAX;
    int64_t cpus = (quota + period - 1) / period;
    return cpus < UINT_MAX ? (unsigned)cpus : UINT_MAX;
}

/* The first line of DIRECTORY/NAME into `line`; 0 when there is none. */
static int read_line(const char *directory, const char *name, char *line, int size)
{
    char path[PATH_MAX];
    if (snprintf(path, sizeof path, "%s/%s", directory, name) >= (int)sizeof path)
        return 0;
    FILE *file = fopen(path, "re");
    if (!file)
        return 0;
    int got = fgets(line, size, file) != NULL;
    fclose(file);
    return got;
}

/* The quota that one control group sets, UINT_MAX if none. */
static unsigned group_quota(const char *directory)
{
    char line[128];
    int64_t quota, period;
    if (read_line(directory, "cpu.max", line, sizeof line)) /* v2: "max 100000" or "150000 100000" */
        return sscanf(line, "%" SCNd64 " %" SCNd64, &quota, &period) == 2 ? ceil_ratio(quota, period) : UINT_MAX;
    if (read_line(directory, "cpu.cfs_quota_us", line, sizeof line) && sscanf(line, "%" SCNd64, &quota) == 1 &&
        read_line(directory, "cpu.cfs_period_us", line, sizeof line) && sscanf(line, "%" SCNd64, &period) == 1)
        return ceil_ratio(quota, period);
    return UINT_MAX;
}

/* The least quota of the group at ROOT/PATH and of all groups above it. */
static unsigned path_quota(const char *root, const char *path)
{
    char directory[PATH_MAX];
    if (snprintf(directory, sizeof directory, "%s%s", root, path) >= (int)sizeof directory)
        return UINT_MAX;
    unsigned least = UINT_MAX;
    for (;;) {
        unsigned quota = group_quota(directory);
        if (quota < least)
            least = quota;
        char *slash = strrchr(directory, '/');
        if (!slash || (size_t)(slash - directory) < strlen(root))
            return least;
        *slash = '\0';
    }
}

static unsigned quota_count(void)
{
    unsigned least = UINT_MAX;
    FILE *file = fopen("/proc/self/cgroup", "re");
    if (!file)
        return least;
    char line[PATH_MAX + 128];
    while (fgets(line, sizeof line, file)) {
        /* "0::/path" (v2) or "4:cpu,cpuacct:/path" (v1) */
        line[strcspn(line, "\n")] = '\0';
        char *controllers = strchr(line, ':');
        char *path = controllers ? strchr(controllers + 1, ':') : NULL;
        if (!path)
            continue;
        *path++ = '\0';
        controllers++;
        const char *root = *controllers == '\0' ? "/sys/fs/cgroup"
                           : strcmp(controllers, "cpu") == 0 || strncmp(controllers, "cpu,", 4) == 0 ||
                                   strstr(controllers, ",cpu,") != NULL
                               ? "/sys/fs/cgroup/cpu"
                               : NULL;
        unsigned quota = root ? path_quota(root, path) : UINT_MAX;
        if (quota < least)
            least = quota;
    }
    fclose(file);
    return least;
}

unsigned cpus_available(void)
{
    unsigned count = affinity_count();
    unsigned quota = quota_count();
    return quota < count ? quota : count;
}
