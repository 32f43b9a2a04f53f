/*
 * read-at.h - reads at an offset of a file, and leaves its position where it is.
 */
#ifndef MSCAN_INPUT_READ_AT_H
#define MSCAN_INPUT_READ_AT_H

#include "base/compiler.h"

#include <stddef.h>
#include <stdint.h>

/* Reads `length` bytes at an offset, fewer only where the file ends.  Returns 0 with *got, or an errno. */
int read_at(int fd, uint64_t offset, char *to, size_t length, size_t *got) MUST_CHECK;

#endif
