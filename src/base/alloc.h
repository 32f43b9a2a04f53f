/*
 * alloc.h - checked allocation.
 *
 * None of these returns NULL: when memory is exhausted the program says so and
 * ends with status 2.  What they return belongs to the caller and is freed with free().
 */
#ifndef MSCAN_BASE_ALLOC_H
#define MSCAN_BASE_ALLOC_H

#include <stddef.h>

/* The pointer that some other allocating function returned; ends the program likewise when it is NULL. */
void *xnonnull(void *pointer);

/* `size` bytes, not initialized; size 0 is allowed. */
void *xmalloc(size_t size);

/* `count` elements of `size` bytes each, zeroed; the product is checked. */
void *xcalloc(size_t count, size_t size);

/* Resizes `old` (or NULL) to `count` elements of `size` bytes each; the product is checked. */
void *xreallocarray(void *old, size_t count, size_t size);

/* A copy of a string. */
char *xstrdup(const char *string);

/* A copy of `length` bytes, with a NUL byte after them. */
char *xmemdup0(const char *bytes, size_t length);

#endif
