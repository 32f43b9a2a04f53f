/*
 * vector-sse.h - the operations of vector.h for SSE2 and SSSE3.
 */
#ifndef MSCAN_KERNELS_VECTOR_SSE_H
#define MSCAN_KERNELS_VECTOR_SSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <immintrin.h>
#define VEC_BYTES 16
typedef __m128i vec;

static inline vec vec_load(const char *p)
{
    return _mm_loadu_si128((const __m128i *)p);
}

static inline vec vec_splat(unsigned char byte)
{
    return _mm_set1_epi8((char)byte);
}

static inline vec vec_eq(vec a, vec b)
{
    return _mm_cmpeq_epi8(a, b);
}

static inline vec vec_or(vec a, vec b)
{
    return _mm_or_si128(a, b);
}

static inline vec vec_count(vec counts, vec a, vec b)
{
    return _mm_sub_epi8(counts, _mm_cmpeq_epi8(a, b));
}

static inline size_t vec_sum(vec a)
{
    __m128i sums = _mm_sad_epu8(a, _mm_setzero_si128());
    return (size_t)(_mm_cvtsi128_si64(sums) + _mm_cvtsi128_si64(_mm_unpackhi_epi64(sums, sums)));
}

static inline bool vec_high(vec a)
{
    return _mm_movemask_epi8(a) != 0;
}

static inline vec vec_and(vec a, vec b)
{
    return _mm_and_si128(a, b);
}

static inline vec vec_xor(vec a, vec b)
{
    return _mm_xor_si128(a, b);
}

static inline vec vec_load_some(const char *p, size_t n)
{
    char lanes[VEC_BYTES] = {0};
    memcpy(lanes, p, n);
    return vec_load(lanes);
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
    return _mm_min_epu8(a, b);
}

static inline uint64_t marks_bits(marks m)
{
    return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(m, _mm_setzero_si128()));
}

static inline bool marks_any(marks m)
{
    return marks_bits(m) != 0;
}

#ifdef KERNEL_ISA_SSSE3

#define VEC_SHUFFLE

static inline vec vec_table(const unsigned char *table)
{
    return _mm_loadu_si128((const __m128i *)table);
}

static inline vec vec_low(vec a)
{
    return _mm_and_si128(a, _mm_set1_epi8(15));
}

static inline vec vec_top(vec a)
{
    return _mm_and_si128(_mm_srli_epi16(a, 4), _mm_set1_epi8(15));
}

static inline vec vec_lookup(vec table, vec lanes)
{
    return _mm_shuffle_epi8(table, lanes);
}

static inline uint64_t vec_nonzero_bits(vec a)
{
    return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(a, _mm_setzero_si128())) ^ 0xffff;
}

static inline bool vec_nonzero(vec a)
{
    return vec_nonzero_bits(a) != 0;
}

#endif

#endif
