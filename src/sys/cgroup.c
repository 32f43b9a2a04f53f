#include "sys/cgroup.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

bool cgroup_read(const char *directory, const char *name, char *line, size_t size)
{
    char path[PATH_MAX];
    if (snprintf(path, sizeof path, "%s/%s", directory, name) >= (int)sizeof path)
        return false;
    FILE *file = fopen(path, "re");
    if (!file)
        return false;
    bool got = fgets(line, (int)size, file) != NULL;
    fclose(file);
    return got;
}

/* The least limit of the group at ROOT/PATH and of all groups above it. */
static uint64_t least_above(const char *root, const char *path, cgroup_limit *limit)
{
    char directory[PATH_MAX];
    if (snprintf(directory, sizeof directory, "%s%s", root, path) >= (int)sizeof directory)
        return UINT64_MAX;
    uint64_t least = UINT64_MAX;
    for (;;) {
        uint64_t value = limit(directory);
        if (value < least)
            least = value;
        char *slash = strrchr(directory, '/');
        if (!slash || (size_t)(slash - directory) < strlen(root))
            return least;
        *slash = '\0';
    }
}

/* Whether a comma-separated list has the word. */
static bool has_word(const char *list, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = list; at; at = strchr(at, ',')) {
        at += *at == ',';
        if (strncmp(at, word, length) == 0 && (at[length] == '\0' || at[length] == ','))
            return true;
    }
    return false;
}

uint64_t cgroup_least(const char *controller, cgroup_limit *limit)
{
    uint64_t least = UINT64_MAX;
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
        char root[64] = "/sys/fs/cgroup";
        if (*controllers) {
            if (!has_word(controllers, controller))
                continue;
            snprintf(root, sizeof root, "/sys/fs/cgroup/%s", controller);
        }
        uint64_t value = least_above(root, path, limit);
        if (value < least)
            least = value;
    }
    fclose(file);
    return least;
}
