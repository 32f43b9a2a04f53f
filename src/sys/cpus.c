#include "config.h"

#include "sys/cpus.h"

#include "sys/cgroup.h"

#include <inttypes.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
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

static uint64_t ceil_ratio(int64_t quota, int64_t period)
{
    if (quota <= 0 || period <= 0)
        return UINT64_MAX;
    return (uint64_t)quota / (uint64_t)period + ((uint64_t)quota % (uint64_t)period != 0);
}

/* The processors that one control group allows. */
static uint64_t group_quota(const char *directory)
{
    char line[128];
    int64_t quota, period;
    if (cgroup_read(directory, "cpu.max", line, sizeof line)) /* v2: "max 100000" or "150000 100000" */
        return sscanf(line, "%" SCNd64 " %" SCNd64, &quota, &period) == 2 ? ceil_ratio(quota, period) : UINT64_MAX;
    if (cgroup_read(directory, "cpu.cfs_quota_us", line, sizeof line) && sscanf(line, "%" SCNd64, &quota) == 1 &&
        cgroup_read(directory, "cpu.cfs_period_us", line, sizeof line) && sscanf(line, "%" SCNd64, &period) == 1)
        return ceil_ratio(quota, period);
    return UINT64_MAX;
}

unsigned cpus_available(void)
{
    unsigned count = affinity_count();
    uint64_t quota = cgroup_least("cpu", group_quota);
    return quota < count ? (unsigned)quota : count;
}
