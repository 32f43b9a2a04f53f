/*
 * vector-sse.h - the operations of vector.h for SSE2 and SSSE3.
 */
#ifndef MSCAN_KERNELS_VECTOR_SSE_H
#define MSCAN_KERNELS_VECTOR_SSE_H

#include "base/compiler.h"

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

#define VEC_MAP

static inline void vec_store(void *p, vec a)
{
    _mm_storeu_si128((__m128i *)p, a);
}

/* Signed lanes; those below -128 stay there. */
static inline vec vec_less(vec a, unsigned char less)
{
    return _mm_subs_epi8(a, _mm_set1_epi8((char)less));
}

#include "kernels/vector-map.h"

#define VEC_STREAMS

static inline uint64_t vec_bit(const vec *bytes, unsigned n)
{
    const __m128i shift = _mm_cvtsi32_si128(7 - (int)n);
    uint64_t bits = 0;
    UNROLL
    for (int i = 0; i < 4; i++)
        bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_sll_epi16(bytes[i], shift)) << 16 * i;
    return bits;
}

static inline uint64_t vec_zeros(const vec *bytes)
{
    uint64_t bits = 0;
    UNROLL
    for (int i = 0; i < 4; i++)
        bits |= marks_bits(bytes[i]) << 16 * i;
    return bits;
}

static inline vec vec_not(vec a)
{
    return _mm_xor_si128(a, _mm_set1_epi8(-1));
}

static inline vec vec_sum_words(vec a, vec b)
{
    return _mm_add_epi64(a, b);
}

static inline uint64_t vec_top_bits(vec a)
{
    return (unsigned)_mm_movemask_pd(_mm_castsi128_pd(a));
}

static inline uint64_t vec_full_words(vec a)
{
    vec halves = _mm_cmpeq_epi32(a, _mm_set1_epi8(-1));
    return vec_top_bits(_mm_and_si128(halves, _mm_shuffle_epi32(halves, _MM_SHUFFLE(2, 3, 0, 1))));
}

static inline vec vec_one_more(vec a, unsigned words)
{
    return _mm_add_epi64(a, _mm_set_epi64x(words >> 1, words & 1));
}

static inline vec vec_tops(vec a)
{
    return _mm_srli_epi64(a, 63);
}

static inline vec vec_last_word(uint64_t word)
{
    return _mm_set_epi64x((long long)word, 0);
}

static inline vec vec_word_before(vec before, vec now)
{
    return _mm_alignr_epi8(now, before, 8);
}

#endif

#endif
