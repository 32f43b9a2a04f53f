/*
 * compression.h - what the first bytes of a file say of its compression.
 *
 * Sources: RFC 1952 (gzip), RFC 8878 (zstd), the specifications of xz and of lz4's frames, and the sources of bzip2.
 * pzstd begins a file with a frame of 4 bytes that is passed over.
 */
#ifndef MSCAN_INPUT_COMPRESSION_H
#define MSCAN_INPUT_COMPRESSION_H

#include <stdbool.h>
#include <stddef.h>

enum compression {
    COMPRESSION_NONE,
    COMPRESSION_GZIP,
    COMPRESSION_BZIP2,
    COMPRESSION_XZ,
    COMPRESSION_ZSTD,
    COMPRESSION_LZ4,
    COMPRESSIONS
};

/* The most bytes that compression_of() looks at. */
#define COMPRESSION_MARK_MAX 16

/* By the first `length` bytes of a file. */
enum compression compression_of(const char *bytes, size_t length);

/* Whether so few bytes may still become the beginning of a compressed file. */
bool compression_may_be(const char *bytes, size_t length);

/* As in "gzip"; static text. */
const char *compression_name(enum compression compression);

#endif
