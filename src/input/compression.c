#include "input/compression.h"

#include <string.h>

/* What a file begins with: `start` and, behind `gap` more bytes, `more`. */
struct signature {
    enum compression compression;
    const char *start;
    size_t length;
    size_t gap;
    const char *more; /* "": nothing */
};

/* clang-format off */
static const struct signature signatures[] = {
    {COMPRESSION_GZIP, "\x1f\x8b\x08", 3, 0, ""},
    {COMPRESSION_BZIP2, "BZh", 3, 1, "1AY&SY"}, /* the digit between is the size of blocks */
    {COMPRESSION_BZIP2, "BZh", 3, 1, "\x17rE8P\x90"}, /* of nothing */
    {COMPRESSION_XZ, "\xfd" "7zXZ\0", 6, 0, ""},
    {COMPRESSION_ZSTD, "\x28\xb5\x2f\xfd", 4, 0, ""},
    {COMPRESSION_ZSTD, "\x50\x2a\x4d\x18\x04\0\0\0", 8, 4, "\x28\xb5\x2f\xfd"},
    {COMPRESSION_LZ4, "\x04\x22\x4d\x18", 4, 0, ""},
};
/* clang-format on */

/* Whether the bytes, as far as they are there, are those of a signature; *whole: all of it is there. */
static bool fits(const struct signature *signature, const char *bytes, size_t length, bool *whole)
{
    const size_t begin = signature->length + signature->gap, more = strlen(signature->more);
    const size_t first = length < signature->length ? length : signature->length;
    const size_t second = length <= begin ? 0 : length - begin < more ? length - begin : more;
    *whole = length >= begin + more;
    return memcmp(bytes, signature->start, first) == 0 &&
           (second == 0 || memcmp(bytes + begin, signature->more, second) == 0);
}

enum compression compression_of(const char *bytes, size_t length)
{
    bool whole;
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++)
        if (fits(&signatures[i], bytes, length, &whole) && whole)
            return signatures[i].compression;
    return COMPRESSION_NONE;
}

bool compression_may_be(const char *bytes, size_t length)
{
    bool whole;
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++)
        if (length > 0 && fits(&signatures[i], bytes, length, &whole) && !whole)
            return true;
    return false;
}

const char *compression_name(enum compression compression)
{
    static const char *const names[COMPRESSIONS] = {"none", "gzip", "bzip2", "xz", "zstd", "lz4"};
    return names[compression];
}
