#include "base/alloc.h"

#include "base/diag.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void *xnonnull(void *pointer)
{
    if (!pointer)
        diag_die("memory exhausted");
    return pointer;
}

void *xmalloc(size_t size)
{
    return xnonnull(malloc(size ? size : 1));
}

void *xcalloc(size_t count, size_t size)
{
    return xnonnull(calloc(count ? count : 1, size ? size : 1));
}

void *xreallocarray(void *old, size_t count, size_t size)
{
    if (count == 0 || size == 0)
        count = size = 1;
    return xnonnull(reallocarray(old, count, size));
}

char *xstrdup(const char *string)
{
    return xmemdup0(string, strlen(string));
}

char *xmemdup0(const char *bytes, size_t length)
{
    char *copy = xmalloc(length + 1);
    memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}
