/*
 * vector-c.h - the operations of vector.h for plain C: eight lanes in a 64-bit word.
 */
#ifndef MSCAN_KERNELS_VECTOR_C_H
#define MSCAN_KERNELS_VECTOR_C_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define VEC_BYTES 8
typedef uint64_t vec;

#define LANES(byte) (UINT64_C(0x0101010101010101) * (byte))

static inline vec vec_load(const char *p)
{
    vec v;
    memcpy(&v, p, sizeof v);
    return v;
}

static inline vec vec_splat(unsigned char byte)
{
    return LANES(byte);
}

static inline vec vec_eq(vec a, vec b)
{
    /* The sum of seven bits never carries into the next lane, so this is exact in every lane. */
    vec difference = a ^ b;
    vec nonzero = ((difference & LANES(0x7f)) + LANES(0x7f)) | difference;
    return ((~nonzero & LANES(0x80)) >> 7) * 0xff;
}

static inline vec vec_or(vec a, vec b)
{
    return a | b;
}

static inline vec vec_count(vec counts, vec a, vec b)
{
    /* A lane reaches 255 at the most, so nothing is carried into the next. */
    return counts + (vec_eq(a, b) & LANES(1));
}

static inline size_t vec_sum(vec a)
{
    vec pairs = (a & UINT64_C(0x00ff00ff00ff00ff)) + ((a >> 8) & UINT64_C(0x00ff00ff00ff00ff));
    return (size_t)((pairs * UINT64_C(0x0001000100010001)) >> 48);
}

static inline bool vec_high(vec a)
{
    return (a & LANES(0x80)) != 0;
}

static inline vec vec_and(vec a, vec b)
{
    return a & b;
}

static inline vec vec_xor(vec a, vec b)
{
    return a ^ b;
}

static inline vec vec_load_some(const char *p, size_t n)
{
    vec v = 0;
    memcpy(&v, p, n);
    return v;
}

/* The marked lanes are 128, the others 0. */
typedef vec marks;
#define BITS_STRIDE 8

static inline marks marks_zero(vec a)
{
    return ~(((a & LANES(0x7f)) + LANES(0x7f)) | a) & LANES(0x80);
}

static inline marks marks_or(marks a, marks b)
{
    return a | b;
}

static inline bool marks_any(marks m)
{
    return m != 0;
}

static inline uint64_t marks_bits(marks m)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    return __builtin_bswap64(m);
#else
    return m;
#endif
}

#endif
