/*
 * content.h - a whole file in memory.
 */
#ifndef MSCAN_BASE_CONTENT_H
#define MSCAN_BASE_CONTENT_H

#include <stddef.h>

/* Opens a file for reading.  -1 with errno on failure. */
int content_open(const char *name);

/* All bytes from the position of `fd` on, and a NUL after them; the caller frees them.  NULL with errno on failure. */
char *content_read(int fd, size_t *length);

#endif
