/*
 * cpus.h - how many processors this process may use.
 */
#ifndef MSCAN_SYS_CPUS_H
#define MSCAN_SYS_CPUS_H

/*
 * The processors in the affinity mask, or the CPU quota of the control groups (v1 and v2,
 * rounded up) when that is less; at least 1.  Source: sched_setaffinity(2); the kernel's
 * admin-guide/cgroup-v2.rst (cpu.max) and scheduler/sched-bwc.rst (cpu.cfs_quota_us).
 */
unsigned cpus_available(void);

#endif
