#include "task/binary.h"

#include "base/utf8.h"

#include <string.h>

enum binary binary_find(const struct query *query, struct span bytes)
{
    if (query->text)
        return BINARY_NOT;
    size_t length = (size_t)(bytes.end - bytes.begin);
    unsigned found = query->kernels->classify(bytes.begin, length);
    if ((found & TEXT_NUL) && !query->null_lines)
        return BINARY_NUL;
    return !(found & TEXT_HIGH) || !query->unicode || utf8_is_valid(bytes.begin, length) ? BINARY_NOT : BINARY_ENCODING;
}

const char *binary_encoding(struct span text)
{
    static const struct {
        char bytes[4];
        size_t length;
        const char *name;
    } marks[] = {
        {"\xff\xfe\0\0", 4, "UTF-32"}, /* before UTF-16's, with which it begins */
        {"\0\0\xfe\xff", 4, "UTF-32"},
        {"\xff\xfe", 2, "UTF-16"},
        {"\xfe\xff", 2, "UTF-16"},
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if ((size_t)(text.end - text.begin) >= marks[i].length &&
            memcmp(text.begin, marks[i].bytes, marks[i].length) == 0)
            return marks[i].name;
    return NULL;
}
