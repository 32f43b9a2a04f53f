/*
 * vector-avx512bw.h - the operations of vector.h for AVX-512BW.
 */
#ifndef MSCAN_KERNELS_VECTOR_AVX512BW_H
#define MSCAN_KERNELS_VECTOR_AVX512BW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <immintrin.h>
#define VEC_BYTES 64
typedef __m512i vec;

static inline vec vec_load(const char *p)
{
    return _mm512_loadu_si512(p);
}

static inline vec vec_splat(unsigned char byte)
{
    return _mm512_set1_epi8((char)byte);
}

static inline vec vec_eq(vec a, vec b)
{
    return _mm512_movm_epi8(_mm512_cmpeq_epi8_mask(a, b));
}

static inline vec vec_or(vec a, vec b)
{
    return _mm512_or_si512(a, b);
}

static inline vec vec_count(vec counts, vec a, vec b)
{
    return _mm512_mask_add_epi8(counts, _mm512_cmpeq_epi8_mask(a, b), counts, _mm512_set1_epi8(1));
}

static inline size_t vec_sum(vec a)
{
    return (size_t)_mm512_reduce_add_epi64(_mm512_sad_epu8(a, _mm512_setzero_si512()));
}

static inline bool vec_high(vec a)
{
    return _mm512_movepi8_mask(a) != 0;
}

static inline vec vec_and(vec a, vec b)
{
    return _mm512_and_si512(a, b);
}

static inline vec vec_xor(vec a, vec b)
{
    return _mm512_xor_si512(a, b);
}

static inline vec vec_load_some(const char *p, size_t n)
{
    return _mm512_maskz_loadu_epi8((UINT64_C(1) << n) - 1, p);
}

/* Lanes that are 0 are the marked ones. */
typedef vec marks;
#define BITS_STRIDE 1

static inline marks marks_zero(vec a)
{
    return a;
}

static inline marks marks_or(marks a, marks b)
{
    return _mm512_min_epu8(a, b);
}

static inline uint64_t marks_bits(marks m)
{
    return _mm512_testn_epi8_mask(m, m);
}

static inline bool marks_any(marks m)
{
    return marks_bits(m) != 0;
}

#define VEC_SHUFFLE

static inline vec vec_table(const unsigned char *table)
{
    return _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)table));
}

static inline vec vec_low(vec a)
{
    return _mm512_and_si512(a, _mm512_set1_epi8(15));
}

static inline vec vec_top(vec a)
{
    /* GCC 12 sends what its own shift is given through memory. */
    vec shifted;
    __asm__("vpsrlw $4, %1, %0" : "=v"(shifted) : "v"(a));
    return _mm512_and_si512(shifted, _mm512_set1_epi8(15));
}

static inline vec vec_lookup(vec table, vec lanes)
{
    return _mm512_shuffle_epi8(table, lanes);
}

static inline uint64_t vec_nonzero_bits(vec a)
{
    return _mm512_test_epi8_mask(a, a);
}

static inline bool vec_nonzero(vec a)
{
    return vec_nonzero_bits(a) != 0;
}

#define VEC_MAP

static inline void vec_store(void *p, vec a)
{
    _mm512_storeu_si512(p, a);
}

#define VEC_PAIRS

static inline vec vec_pairs(vec a, unsigned n, unsigned shift)
{
    vec number = _mm512_maddubs_epi16(a, _mm512_set1_epi16((short)(n | 1u << 8)));
    return _mm512_sll_epi16(number, _mm_cvtsi32_si128((int)shift));
}

#define VEC_STREAMS

static inline uint64_t vec_bit(const vec *bytes, unsigned n)
{
    return _mm512_test_epi8_mask(*bytes, _mm512_set1_epi8((char)(1u << n)));
}

static inline uint64_t vec_zeros(const vec *bytes)
{
    return marks_bits(*bytes);
}

static inline vec vec_not(vec a)
{
    return _mm512_ternarylogic_epi64(a, a, a, 0x0f);
}

static inline vec vec_sum_words(vec a, vec b)
{
    return _mm512_add_epi64(a, b);
}

static inline uint64_t vec_top_bits(vec a)
{
    return _mm512_movepi64_mask(a);
}

static inline uint64_t vec_full_words(vec a)
{
    return _mm512_cmpeq_epi64_mask(a, _mm512_set1_epi8(-1));
}

static inline vec vec_one_more(vec a, unsigned words)
{
    return _mm512_mask_sub_epi64(a, (__mmask8)words, a, _mm512_set1_epi8(-1));
}

static inline vec vec_tops(vec a)
{
    return _mm512_srli_epi64(a, 63);
}

static inline vec vec_last_word(uint64_t word)
{
    return _mm512_set_epi64((long long)word, 0, 0, 0, 0, 0, 0, 0);
}

static inline vec vec_word_before(vec before, vec now)
{
    return _mm512_alignr_epi64(now, before, 7);
}

#ifdef KERNEL_VBMI

#define VEC_HALF

typedef struct {
    vec quarters[2];
} vec_half;

static inline vec_half vec_half_of(const uint8_t *table)
{
    const char *bytes = (const char *)table;
    return (vec_half){{vec_load(bytes), vec_load(bytes + 64)}};
}

static inline vec vec_halved(const vec_half *half, vec a)
{
    return _mm512_permutex2var_epi8(half->quarters[0], a, half->quarters[1]);
}

typedef vec vec_shift;

static inline vec_shift vec_shift_of(size_t lanes)
{
    static const char numbers[VEC_BYTES] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
                                            16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
                                            32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
                                            48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
    return _mm512_add_epi8(vec_load(numbers), _mm512_set1_epi8((char)lanes));
}

static inline vec vec_shifted(vec a, vec b, vec_shift shift)
{
    return _mm512_permutex2var_epi8(a, shift, b);
}

typedef struct {
    vec_half low, high; /* for bytes up to 127 and for those above */
} vec_map;

static inline vec_map vec_map_of(const uint8_t *table)
{
    return (vec_map){vec_half_of(table), vec_half_of(table + 128)};
}

static inline vec vec_mapped(const vec_map *map, vec a)
{
    return _mm512_mask_blend_epi8(_mm512_movepi8_mask(a), vec_halved(&map->low, a), vec_halved(&map->high, a));
}

#else

/* Signed lanes; those below -128 stay there. */
static inline vec vec_less(vec a, unsigned char less)
{
    return _mm512_subs_epi8(a, _mm512_set1_epi8((char)less));
}

#include "kernels/vector-map.h"

#endif

#endif
