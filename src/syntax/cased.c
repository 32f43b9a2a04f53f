#include "syntax/cased.h"

#include "base/alloc.h"

#include <ctype.h>
#include <string.h>

void cased_note(struct cased_list *list, size_t begin, size_t end, bool negated)
{
    if (list->count == list->room) {
        list->room = 2 * list->room + 4;
        list->places = xreallocarray(list->places, list->room, sizeof *list->places);
    }
    list->places[list->count++] = (struct cased_place){begin, end, negated};
}

/* The letters of a property's name; the rest of it does not count. */
static size_t name_letters(const char *name, size_t length, char *letters, size_t room)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)name[i];
        if (isspace(c) || c == '-' || c == '_')
            continue;
        if (count == room)
            return room + 1;
        letters[count++] = (char)tolower(c);
    }
    return count;
}

bool cased_is_property(const char *property, size_t length, bool *negated)
{
    char letters[3];
    if (length < 6 || property[2] != '{')
        return false;
    size_t count = name_letters(property + 3, length - 4, letters, sizeof letters);
    bool caret = count == 3 && letters[0] == '^';
    const char *name = letters + caret;
    *negated = (property[1] == 'P') != caret;
    return count == 2U + caret && name[0] == 'l' && strchr("ult", name[1]);
}

bool cased_is_posix(const char *name, size_t length)
{
    return length == 5 && (memcmp(name, "upper", 5) == 0 || memcmp(name, "lower", 5) == 0);
}

const char *cased_letters(bool negated)
{
    return negated ? "\\P{L&}" : "\\p{L&}";
}
