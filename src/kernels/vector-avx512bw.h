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

#endif
