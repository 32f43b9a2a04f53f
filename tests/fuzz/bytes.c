#include "bytes.h"

#include "base/alloc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void make_room(struct bytes *bytes, size_t more)
{
    if (bytes->room - bytes->length > more)
        return;
    bytes->room = 2 * bytes->room + more + 16;
    bytes->text = xreallocarray(bytes->text, bytes->room, 1);
}

void bytes_insert(struct bytes *bytes, size_t at, const char *text, size_t length)
{
    make_room(bytes, length);
    memmove(bytes->text + at + length, bytes->text + at, bytes->length - at);
    if (length > 0)
        memcpy(bytes->text + at, text, length);
    bytes->length += length;
    bytes->text[bytes->length] = '\0';
}

void bytes_add(struct bytes *bytes, const char *text, size_t length)
{
    bytes_insert(bytes, bytes->length, text, length);
}

void bytes_add_char(struct bytes *bytes, char c)
{
    bytes_add(bytes, &c, 1);
}

void bytes_add_string(struct bytes *bytes, const char *string)
{
    bytes_add(bytes, string, strlen(string));
}

void bytes_add_format(struct bytes *bytes, const char *format, ...)
{
    char text[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    bytes_add_string(bytes, text);
}

void bytes_remove(struct bytes *bytes, size_t at, size_t length)
{
    if (length == 0)
        return;
    memmove(bytes->text + at, bytes->text + at + length, bytes->length - at - length);
    bytes->length -= length;
    bytes->text[bytes->length] = '\0';
}

void bytes_clear(struct bytes *bytes)
{
    bytes->length = 0;
    if (bytes->text)
        *bytes->text = '\0';
}

void bytes_free(struct bytes *bytes)
{
    free(bytes->text);
    *bytes = (struct bytes){NULL, 0, 0};
}
