/*
 * file-kind-test.c - what the first bytes of a file tell.
 */
#include "task/file-kind.h"

#include "test.h"

#include <string.h>

static void test_all(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t length;
        const char *name;
        bool compressed;
    } rows[] = {
        {"\xff\xfe\0\0", 4, "UTF-32", false},
        {"\0\0\xfe\xff", 4, "UTF-32", false},
        {"\xff\xfe", 2, "UTF-16", false},
        {"\xfe\xff", 2, "UTF-16", false},
        {"\x1f\x8b\x08", 3, "gzip", true},
        {"BZh91AY&SY", 10, "bzip2", true},
        {"BZh1\x17rE8P\x90", 10, "bzip2", true},
        {"\xfd"
         "7zXZ\0",
         6, "xz", true},
        {"\x28\xb5\x2f\xfd", 4, "zstd", true},
        {"\x50\x2a\x4d\x18\x04\0\0\0....\x28\xb5\x2f\xfd", 16, "zstd", true},
        {"\x04\x22\x4d\x18", 4, "lz4", true},
    };
    struct fence fence = fence_create(4096);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *begin = memcpy(fence.end - rows[i].length, rows[i].bytes, rows[i].length);
        const struct file_kind *kind = file_kind_of((struct span){begin, fence.end});
        assert_non_null(kind);
        assert_string_equal(kind->name, rows[i].name);
        assert_int_equal(kind->compressed, rows[i].compressed);
        /* One byte less, or another one, is not enough. */
        for (size_t length = 0; length < rows[i].length; length++) {
            kind = file_kind_of((struct span){begin, begin + length});
            assert_true(!kind || !kind->compressed);
            char *cut = memmove(fence.end - length, rows[i].bytes, length);
            kind = file_kind_of((struct span){cut, fence.end});
            assert_true(!kind || !kind->compressed);
            memcpy(begin, rows[i].bytes, rows[i].length);
        }
        begin[rows[i].length - 1] ^= 1;
        kind = file_kind_of((struct span){begin, fence.end});
        assert_true(!kind || strcmp(kind->name, rows[i].name) != 0);
    }
    static const char *const texts[] = {"", "BZh9 is how bzip2 begins", "\xef\xbb\xbfmark", "a\xff\xfe", "PK\3\4"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_null(file_kind_of((struct span){texts[i], texts[i] + strlen(texts[i])}));
    fence_free(fence);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_all)};
    return cmocka_run_group_tests_name("file-kind", tests, NULL, NULL);
}
