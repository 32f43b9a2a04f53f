/*
 * vector-neon.h - the operations of vector.h for NEON.
 */
#ifndef MSCAN_KERNELS_VECTOR_NEON_H
#define MSCAN_KERNELS_VECTOR_NEON_H

#include "base/compiler.h"

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

#define VEC_MAP

static inline void vec_store(void *p, vec a)
{
    vst1q_u8(p, a);
}

typedef struct {
    uint8x16x4_t quarters[4];
} vec_map;

static inline vec_map vec_map_of(const uint8_t *table)
{
    vec_map map;
    UNROLL
    for (int i = 0; i < 4; i++)
        UNROLL
    for (int j = 0; j < 4; j++)
        map.quarters[i].val[j] = vld1q_u8(table + 64 * i + 16 * j);
    return map;
}

/* A lane that is beyond a table gives 0. */
static inline vec vec_mapped(const vec_map *map, vec a)
{
    vec mapped = vqtbl4q_u8(map->quarters[0], a);
    UNROLL
    for (int i = 1; i < 4; i++)
        mapped = vorrq_u8(mapped, vqtbl4q_u8(map->quarters[i], vsubq_u8(a, vdupq_n_u8((uint8_t)(64 * i)))));
    return mapped;
}

#define VEC_PAIRS

static inline vec vec_pairs(vec a, unsigned n, unsigned shift)
{
    uint16x8_t both = vreinterpretq_u16_u8(a);
    uint16x8_t number = vmlaq_n_u16(vshrq_n_u16(both, 8), vandq_u16(both, vdupq_n_u16(255)), (uint16_t)n);
    return vreinterpretq_u8_u16(vshlq_u16(number, vdupq_n_s16((int16_t)shift)));
}

#define VEC_STREAMS

/*
 * Of 64 lanes that are 0 or 255 a bit for each.  A lane keeps a bit of its own among eight; three rounds of adding
 * neighbours bring the eight together.
 */
static inline uint64_t vec_mask(const vec *lanes)
{
    const vec bits = vreinterpretq_u8_u64(vdupq_n_u64(UINT64_C(0x8040201008040201)));
    vec low = vpaddq_u8(vandq_u8(lanes[0], bits), vandq_u8(lanes[1], bits));
    vec high = vpaddq_u8(vandq_u8(lanes[2], bits), vandq_u8(lanes[3], bits));
    vec all = vpaddq_u8(low, high);
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(all, all)), 0);
}

static inline uint64_t vec_bit(const vec *bytes, unsigned n)
{
    const vec bit = vdupq_n_u8((uint8_t)(1u << n));
    vec set[4];
    UNROLL
    for (int i = 0; i < 4; i++)
        set[i] = vtstq_u8(bytes[i], bit);
    return vec_mask(set);
}

static inline uint64_t vec_zeros(const vec *bytes)
{
    vec zero[4];
    UNROLL
    for (int i = 0; i < 4; i++)
        zero[i] = vceqzq_u8(bytes[i]);
    return vec_mask(zero);
}

static inline vec vec_not(vec a)
{
    return vmvnq_u8(a);
}

static inline vec vec_sum_words(vec a, vec b)
{
    return vreinterpretq_u8_u64(vaddq_u64(vreinterpretq_u64_u8(a), vreinterpretq_u64_u8(b)));
}

static inline vec vec_tops(vec a)
{
    return vreinterpretq_u8_u64(vshrq_n_u64(vreinterpretq_u64_u8(a), 63));
}

static inline uint64_t vec_top_bits(vec a)
{
    uint64x2_t tops = vreinterpretq_u64_u8(vec_tops(a));
    return vgetq_lane_u64(tops, 0) | vgetq_lane_u64(tops, 1) << 1;
}

static inline uint64_t vec_full_words(vec a)
{
    return vec_top_bits(vreinterpretq_u8_u64(vceqq_u64(vreinterpretq_u64_u8(a), vdupq_n_u64(UINT64_MAX))));
}

static inline vec vec_last_word(uint64_t word)
{
    return vreinterpretq_u8_u64(vcombine_u64(vcreate_u64(0), vcreate_u64(word)));
}

static inline vec vec_one_more(vec a, unsigned words)
{
    uint64x2_t more = vcombine_u64(vcreate_u64(words & 1), vcreate_u64(words >> 1));
    return vec_sum_words(a, vreinterpretq_u8_u64(more));
}

static inline vec vec_word_before(vec before, vec now)
{
    return vextq_u8(before, now, 8);
}

#endif
