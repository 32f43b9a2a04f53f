#include "syntax/skip.h"

#include <string.h>

/* A string ends at its delimiter, but not where that is doubled. */
static bool skip_string(struct reader *reader, char closing)
{
    do
        if (!reader_skip_behind(reader, closing))
            return false;
    while (reader_skip(reader, (const char[]){closing, '\0'}));
    return true;
}

bool skip_callout(struct reader *reader)
{
    int opening = reader_peek(reader, 0);
    if (opening > 0 && strchr("`'\"^%#${", opening)) {
        reader->position++;
        if (!skip_string(reader, opening == '{' ? '}' : (char)opening))
            return false;
    }
    return reader_skip_behind(reader, ')');
}

bool skip_condition(struct reader *reader)
{
    int first = reader_peek(reader, 0);
    if (first != '?' && first != '*')
        return reader_skip_behind(reader, ')');
    reader->position--;
    return true;
}

bool skip_extended(struct reader *reader, uint32_t next)
{
    if (next == '#') {
        if (!reader_skip_behind(reader, '\n'))
            reader->position = reader->length;
        return true;
    }
    return next == ' ' || (next >= '\t' && next <= '\r') || next == 0x85 || next == 0x200E || next == 0x200F ||
           next == 0x2028 || next == 0x2029;
}
