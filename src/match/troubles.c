#include "match/troubles.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/* Lines come nearly in order: from the end is near. */
static size_t place_of(const struct troubles *troubles, const char *line)
{
    size_t at = troubles->count;
    while (at > troubles->first && troubles->items[at - 1].line >= line)
        at--;
    return at;
}

void troubles_add(struct troubles *troubles, const char *line, int error)
{
    size_t at = place_of(troubles, line);
    if (at < troubles->count && troubles->items[at].line == line)
        return;
    if (troubles->count == troubles->room) {
        troubles->room = 2 * troubles->room + 4;
        troubles->items = xreallocarray(troubles->items, troubles->room, sizeof *troubles->items);
    }
    memmove(troubles->items + at + 1, troubles->items + at, (troubles->count - at) * sizeof *troubles->items);
    troubles->items[at] = (struct trouble){line, error};
    troubles->count++;
}

const struct trouble *troubles_from(const struct troubles *troubles, const char *place)
{
    for (size_t i = troubles->first; i < troubles->count; i++)
        if (troubles->items[i].line >= place)
            return &troubles->items[i];
    return NULL;
}

void troubles_drop(struct troubles *troubles, const char *place)
{
    while (troubles->first < troubles->count && troubles->items[troubles->first].line < place)
        troubles->first++;
    if (troubles->first == troubles->count)
        troubles_clear(troubles);
}

void troubles_clear(struct troubles *troubles)
{
    troubles->first = troubles->count = 0;
}

void troubles_free(struct troubles *troubles)
{
    free(troubles->items);
    *troubles = (struct troubles){.items = NULL};
}
