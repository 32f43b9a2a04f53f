#include "task/binary.h"

#include "base/utf8.h"

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
