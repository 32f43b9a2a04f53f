/*
 * cgroup.h - the limits that control groups set for this process.
 *
 * Source: the kernel's admin-guide/cgroup-v2.rst and admin-guide/cgroup-v1.
 */
#ifndef MSCAN_SYS_CGROUP_H
#define MSCAN_SYS_CGROUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The limit that one group sets, UINT64_MAX if none; `directory` is where its files are. */
typedef uint64_t cgroup_limit(const char *directory);

/*
 * The least limit of the groups that this process is in by `controller` ("cpu", "memory"; v1 or v2), and of all groups
 * above them; UINT64_MAX when there is none.
 */
uint64_t cgroup_least(const char *controller, cgroup_limit *limit);

/* The first line of a group's file into `line` of `size` bytes; false when there is none. */
bool cgroup_read(const char *directory, const char *name, char *line, size_t size);

#endif
