#include "task/file-kind.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* What a file begins with: `start` and, behind `gap` more bytes, `more`. */
struct signature {
    const char *start;
    size_t length;
    size_t gap;
    const char *more; /* NULL: nothing */
    struct file_kind kind;
};

/* clang-format off */
static const struct signature signatures[] = {
    {"\xff\xfe\0\0", 4, 0, NULL, {"UTF-32", NULL}}, /* before UTF-16's, with which it begins */
    {"\0\0\xfe\xff", 4, 0, NULL, {"UTF-32", NULL}},
    {"\xff\xfe", 2, 0, NULL, {"UTF-16", NULL}},
    {"\xfe\xff", 2, 0, NULL, {"UTF-16", NULL}},
    {"\x1f\x8b\x08", 3, 0, NULL, {"gzip", "zcat"}},
    {"BZh", 3, 1, "1AY&SY", {"bzip2", "bzcat"}}, /* the digit between is the size of blocks */
    {"BZh", 3, 1, "\x17rE8P\x90", {"bzip2", "bzcat"}}, /* of nothing */
    {"\xfd" "7zXZ\0", 6, 0, NULL, {"xz", "xzcat"}},
    {"\x28\xb5\x2f\xfd", 4, 0, NULL, {"zstd", "zstdcat"}},
    {"\x04\x22\x4d\x18", 4, 0, NULL, {"lz4", "lz4cat"}},
};
/* clang-format on */

static bool has_signature(struct span text, const struct signature *signature)
{
    size_t room = (size_t)(text.end - text.begin), more = signature->more ? strlen(signature->more) : 0;
    return room >= signature->length + signature->gap + more &&
           memcmp(text.begin, signature->start, signature->length) == 0 &&
           (more == 0 || memcmp(text.begin + signature->length + signature->gap, signature->more, more) == 0);
}

const struct file_kind *file_kind_of(struct span text)
{
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++)
        if (has_signature(text, &signatures[i]))
            return &signatures[i].kind;
    return NULL;
}
