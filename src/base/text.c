#include "base/text.h"

#include "base/alloc.h"

#include <string.h>

static void make_room(struct text *text, size_t length)
{
    if (text->room - text->length > length)
        return;
    text->room = 2 * text->room + length + 1;
    text->bytes = xreallocarray(text->bytes, text->room, 1);
}

void text_append(struct text *text, const char *bytes, size_t length)
{
    make_room(text, length);
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

void text_add(struct text *text, const char *string)
{
    text_append(text, string, strlen(string));
}

void text_insert(struct text *text, size_t place, const char *string)
{
    size_t length = strlen(string);
    make_room(text, length);
    memmove(text->bytes + place + length, text->bytes + place, text->length - place);
    memcpy(text->bytes + place, string, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

void text_cut(struct text *text, size_t length)
{
    if (length < text->length) {
        text->length = length;
        text->bytes[length] = '\0';
    }
}
