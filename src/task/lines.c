#include "task/lines.h"

#include <string.h>

const char *lines_on(const char *from, const char *end, char line_end, uint64_t *lines)
{
    for (; *lines > 0 && from < end; --*lines) {
        const char *newline = memchr(from, line_end, (size_t)(end - from));
        from = newline ? newline + 1 : end;
    }
    return from;
}

const char *lines_back(const char *begin, const char *from, char line_end, uint64_t *lines)
{
    for (; *lines > 0 && from > begin; --*lines) {
        const char *newline = memrchr(begin, line_end, (size_t)(from - begin) - 1);
        from = newline ? newline + 1 : begin;
    }
    return from;
}
