/*
 * unpack.h - compressed data that may be damaged, decoded in several ways that have to come to the same.
 */
#ifndef MSCAN_FUZZ_UNPACK_H
#define MSCAN_FUZZ_UNPACK_H

#include <stdbool.h>
#include <stddef.h>

/* What is decoded is looked at up to about so many bytes. */
#define UNPACK_TEXT_MAX ((size_t)4 << 20)

/*
 * Decodes a file of these bytes in one go, in small blocks, and, where it can be cut, in parts.  False when text,
 * reason or offset differ; *way is then which of these.
 */
bool unpack_compare(const char *bytes, size_t length, const char **way);

#endif
