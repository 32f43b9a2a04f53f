/*
 * unpack-target.c - libFuzzer target: whatever a compressed file holds, it is decoded, as far as it can be, and in the
 * same way by all ways.
 */
#include "unpack.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
    const char *way;
    if (!unpack_compare((const char *)input, size, &way))
        abort();
    return 0;
}
