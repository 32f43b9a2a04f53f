/*
 * bytes.h - bytes of words and texts as numbers, and their hashes.
 */
#ifndef MSCAN_BASE_BYTES_H
#define MSCAN_BASE_BYTES_H

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The bit that tells ASCII capitals from small letters, in each byte. */
#define CASE_BITS UINT64_C(0x2020202020202020)

/* An odd number without a pattern: 2^64 divided by the golden ratio. (D. Knuth, The Art of Computer Programming
 * 3, 6.4.) */
#define HASH_FACTOR UINT64_C(0x9e3779b97f4a7c15)

/* A number whose `count` lowest bytes are all ones; count from 1 to 8. */
static inline uint64_t bytes_mask(size_t count)
{
    return UINT64_MAX >> (64 - 8 * count);
}

/* The eight bytes at `place`, the first one lowest. */
static inline uint64_t bytes_load(const char *place)
{
    uint64_t number;
    memcpy(&number, place, sizeof number);
    return le64toh(number);
}

/* As many bytes as there are before `end`, at most eight, and zeros. */
static inline uint64_t bytes_load_before(const char *place, const char *end)
{
    if (end - place >= 8)
        return bytes_load(place);
    uint64_t number = 0;
    for (const char *byte = end; byte > place;)
        number = number << 8 | (unsigned char)*--byte;
    return number;
}

/* An ASCII capital as a small letter. */
static inline unsigned char byte_fold(char byte, bool caseless)
{
    unsigned char c = (unsigned char)byte;
    return caseless && c >= 'A' && c <= 'Z' ? c | 0x20 : c;
}

#endif
