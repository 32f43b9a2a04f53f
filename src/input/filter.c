#include "input/filter.h"

#include "base/alloc.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

/* Whether fnmatch() would see more in it than characters. */
static bool has_wildcards(const char *glob)
{
    for (; *glob; glob++) {
        if (*glob == '*' || *glob == '?' || *glob == '[')
            return true;
        if (*glob == '\\' && glob[1])
            glob++;
    }
    return false;
}

static void remove_backslashes(char *glob)
{
    char *to = glob;
    for (; *glob; glob++) {
        if (*glob == '\\' && glob[1])
            glob++;
        *to++ = *glob;
    }
    *to = '\0';
}

void filter_add(struct filter *filter, const char *glob, size_t length, bool include)
{
    struct filter_glob added = {.glob = xmemdup0(glob, length), .include = include};
    added.wild = has_wildcards(added.glob);
    if (!added.wild)
        remove_backslashes(added.glob);
    filter->globs = xreallocarray(filter->globs, filter->count + 1, sizeof *filter->globs);
    filter->globs[filter->count++] = added;
}

void filter_free(struct filter *filter)
{
    for (size_t i = 0; i < filter->count; i++)
        free(filter->globs[i].glob);
    free(filter->globs);
    *filter = (struct filter){NULL, 0};
}

static bool matches(const struct filter_glob *glob, const char *name)
{
    return glob->wild ? fnmatch(glob->glob, name, 0) == 0 : strcmp(glob->glob, name) == 0;
}

static bool matches_tail(const struct filter_glob *glob, const char *name)
{
    for (const char *at = strchr(name, '/'); at; at = strchr(at + 1, '/')) {
        /* Where slashes stand together, wildcards are tried behind the last of them only, and not at the end. */
        bool skip = glob->wild && (at[1] == '/' || at[1] == '\0');
        if (!skip && matches(glob, at + 1))
            return true;
    }
    return false;
}

bool filter_excludes(const struct filter *filter, const char *name, bool named)
{
    for (size_t i = filter->count; i-- > 0;) {
        const struct filter_glob *glob = &filter->globs[i];
        if (matches(glob, name) || (named && matches_tail(glob, name)))
            return !glob->include;
    }
    return filter->count > 0 && filter->globs[0].include;
}
