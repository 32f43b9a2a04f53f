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
        const char *name;
        char **color;
    } names[] = {
        {"mt", &colors->selected_match}, {"ms", &colors->selected_match}, {"mc", &colors->context_match},
        {"sl", &colors->selected_line},  {"cx", &colors->context_line},   {"fn", &colors->file_name},
        {"ln", &colors->line_number},    {"bn", &colors->byte_offset},    {"se", &colors->separator},
    };
    const char *equals = memchr(item, '=', length);
    size_t name_length = equals ? (size_t)(equals - item) : length;
    const char *value = equals ? equals + 1 : item + length;
    size_t value_length = length - (size_t)(value - item);
    if ((equals && name_length == 0) || strspn(value, "0123456789;") < value_length)
        return false;
    if (name_length != 2)
        return true;
    for (size_t i = 0; equals && i < sizeof names / sizeof *names; i++)
        if (memcmp(item, names[i].name, 2) == 0)
            set(names[i].color, value, value_length);
    if (memcmp(item, "mt", 2) == 0)
        set(&colors->context_match, colors->selected_match, strlen(colors->selected_match));
    colors->reverse |= memcmp(item, "rv", 2) == 0;
    colors->no_erase |= memcmp(item, "ne", 2) == 0;
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
