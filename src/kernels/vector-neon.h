/*
 * vector-neon.h - the operations of vector.h for NEON.
 */
#ifndef MSCAN_KERNELS_VECTOR_NEON_H
#define MSCAN_KERNELS_VECTOR_NEON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <arm_neon.h>
#define VEC_BYTES 16
typedef uint8x16_t vec;

static inline vec vec_load(const char *p)
{
    return vld1q_u8((const uint8_t *)p);
}

static inline vec vec_splat(unsigned char byte)
{
    return vdupq_n_u8(byte);
}

static inline vec vec_eq(vec a, vec b)
{
    return vceqq_u8(a, b);
}

static inline vec vec_or(vec a, vec b)
{
    return vorrq_u8(a, b);
}

static inline vec vec_count(vec counts, vec a, vec b)
{
    return vsubq_u8(counts, vceqq_u8(a, b));
}

static inline size_t vec_sum(vec a)
{
    return vaddlvq_u8(a);
}

static inline bool vec_high(vec a)
{
    return vmaxvq_u8(a) > 127;
}

static inline vec vec_and(vec a, vec b)
{
    return vandq_u8(a, b);
}

static inline vec vec_xor(vec a, vec b)
{
    return veorq_u8(a, b);
}

static inline vec vec_load_some(const char *p, size_t n)
{
    char lanes[VEC_BYTES] = {0};
    memcpy(lanes, p, n);
    return vec_load(lanes);
}

/* Lanes that are 0 are the marked ones. */
typedef vec marks;
#define BITS_STRIDE 4

/* The uppermost of four bits for each lane, of lanes that are 0 or 255. */
static inline uint64_t narrow(vec a)
{
    uint8x8_t halves = vshrn_n_u16(vreinterpretq_u16_u8(a), 4);
    return vget_lane_u64(vreinterpret_u64_u8(halves), 0) & UINT64_C(0x8888888888888888);
}

static inline marks marks_zero(vec a)
{
    return a;
}

static inline marks marks_or(marks a, marks b)
{
    return vminq_u8(a, b);
}

static inline bool marks_any(marks m)
{
    return vminvq_u8(m) == 0;
}

static inline uint64_t marks_bits(marks m)
{
    return narrow(vceqzq_u8(m));
}

#define VEC_SHUFFLE

static inline vec vec_table(const unsigned char *table)
{
    return vld1q_u8(table);
}

static inline vec vec_low(vec a)
{
    return vandq_u8(a, vdupq_n_u8(15));
}

static inline vec vec_top(vec a)
{
    return vshrq_n_u8(a, 4);
}

static inline vec vec_lookup(vec table, vec lanes)
{
    return vqtbl1q_u8(table, lanes);
}

static inline bool vec_nonzero(vec a)
{
    return vmaxvq_u8(a) != 0;
}

static inline uint64_t vec_nonzero_bits(vec a)
{
    return narrow(vtstq_u8(a, a));
}

#endif
