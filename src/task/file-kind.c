#include "task/file-kind.h"

#include "input/compression.h"
#include "input/decoder.h"

#include <string.h>

const struct file_kind *file_kind_of(struct span text)
{
    static const struct file_kind utf16 = {"UTF-16", false}, utf32 = {"UTF-32", false};
    static const struct file_kind compressed[COMPRESSIONS] = {
        [COMPRESSION_GZIP] = {"gzip", true}, [COMPRESSION_BZIP2] = {"bzip2", true}, [COMPRESSION_XZ] = {"xz", true},
        [COMPRESSION_ZSTD] = {"zstd", true}, [COMPRESSION_LZ4] = {"lz4", true},
    };
    const size_t length = (size_t)(text.end - text.begin);
    const char *encoding = decoder_marked(text.begin, length);
    if (encoding)
        return strncmp(encoding, "UTF-16", strlen("UTF-16")) == 0 ? &utf16 : &utf32;
    const enum compression compression = compression_of(text.begin, length);
    return compression == COMPRESSION_NONE ? NULL : &compressed[compression];
}
