#include "pcre2/given-up.h"

#include "base/alloc.h"
#include "pcre2/errors.h"

#include <stdlib.h>
#include <string.h>

void given_up_reason(int error, char *message, size_t size)
{
    error_message(error, message, size);
}

/* Lines come nearly in order: from the end is near. */
static size_t place_of(const struct given_up *given_up, const char *line)
{
    size_t at = given_up->count;
    while (at > given_up->first && given_up->items[at - 1].line >= line)
        at--;
    return at;
}

void given_up_add(struct given_up *given_up, const char *line, int error)
{
    size_t at = place_of(given_up, line);
    if (at < given_up->count && given_up->items[at].line == line)
        return;
    if (given_up->count == given_up->room) {
        given_up->room = 2 * given_up->room + 4;
        given_up->items = xreallocarray(given_up->items, given_up->room, sizeof *given_up->items);
    }
    memmove(given_up->items + at + 1, given_up->items + at, (given_up->count - at) * sizeof *given_up->items);
    given_up->items[at] = (struct given_up_line){line, error};
    given_up->count++;
}

const struct given_up_line *given_up_from(const struct given_up *given_up, const char *place)
{
    for (size_t i = given_up->first; i < given_up->count; i++)
        if (given_up->items[i].line >= place)
            return &given_up->items[i];
    return NULL;
}

void given_up_drop(struct given_up *given_up, const char *place)
{
    while (given_up->first < given_up->count && given_up->items[given_up->first].line < place)
        given_up->first++;
    if (given_up->first == given_up->count)
        given_up_clear(given_up);
}

void given_up_clear(struct given_up *given_up)
{
    given_up->first = given_up->count = 0;
}

void given_up_free(struct given_up *given_up)
{
    free(given_up->items);
    *given_up = (struct given_up){.items = NULL};
}
