#include "output/color.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

static void set(char **color, const char *value, size_t length)
{
    free(*color);
    *color = xmemdup0(value, length);
}

/* One capability: NAME or NAME=VALUE.  False when grep would stop reading there. */
static bool apply(struct colors *colors, const char *item, size_t length)
{
    const struct {
        char name[3];
        char **first, **second;
    } names[] = {
        {"mt", &colors->selected_match, &colors->context_match},
        {"ms", &colors->selected_match, NULL},
        {"mc", &colors->context_match, NULL},
        {"sl", &colors->selected_line, NULL},
        {"cx", &colors->context_line, NULL},
        {"fn", &colors->file_name, NULL},
        {"ln", &colors->line_number, NULL},
        {"bn", &colors->byte_offset, NULL},
        {"se", &colors->separator, NULL},
    };
    const char *equals = memchr(item, '=', length);
    size_t name_length = equals ? (size_t)(equals - item) : length;
    const char *value = equals ? equals + 1 : item + length;
    size_t value_length = length - (size_t)(value - item);
    if (strspn(value, "0123456789;") < value_length)
        return false;
    if (!equals) {
        colors->reverse |= name_length == 2 && memcmp(item, "rv", 2) == 0;
        colors->no_erase |= name_length == 2 && memcmp(item, "ne", 2) == 0;
        return true;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (name_length != 2 || memcmp(item, names[i].name, 2) != 0)
            continue;
        set(names[i].first, value, value_length);
        if (names[i].second)
            set(names[i].second, value, value_length);
    }
    return true;
}

void colors_init(struct colors *colors, const char *capabilities)
{
    *colors = (struct colors){
        .enabled = true,
        .selected_match = xstrdup("01;31"),
        .context_match = xstrdup("01;31"),
        .selected_line = xstrdup(""),
        .context_line = xstrdup(""),
        .file_name = xstrdup("35"),
        .line_number = xstrdup("32"),
        .byte_offset = xstrdup("32"),
        .separator = xstrdup("36"),
    };
    while (capabilities && *capabilities) {
        size_t length = strcspn(capabilities, ":");
        if (!apply(colors, capabilities, length))
            return;
        capabilities += length + (capabilities[length] == ':');
    }
}

void colors_free(struct colors *colors)
{
    free(colors->selected_match);
    free(colors->context_match);
    free(colors->selected_line);
    free(colors->context_line);
    free(colors->file_name);
    free(colors->line_number);
    free(colors->byte_offset);
    free(colors->separator);
}
