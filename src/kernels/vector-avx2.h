/*
 * vector-avx2.h - the operations of vector.h for AVX2.
 */
#ifndef MSCAN_KERNELS_VECTOR_AVX2_H
#define MSCAN_KERNELS_VECTOR_AVX2_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <immintrin.h>
#define VEC_BYTES 32
typedef __m256i vec;

static inline vec vec_load(const char *p)
{
    return _mm256_loadu_si256((const __m256i *)p);
}

static inline vec vec_splat(unsigned char byte)
{
    return _mm256_set1_epi8((char)byte);
}

static inline vec vec_eq(vec a, vec b)
{
    return _mm256_cmpeq_epi8(a, b);
}

static inline vec vec_or(vec a, vec b)
{
    return _mm256_or_si256(a, b);
}

static inline vec vec_count(vec counts, vec a, vec b)
{
    return _mm256_sub_epi8(counts, _mm256_cmpeq_epi8(a, b));
}

static inline size_t vec_sum(vec a)
{
    __m256i sums = _mm256_sad_epu8(a, _mm256_setzero_si256());
    __m128i pair = _mm_add_epi64(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
    return (size_t)(_mm_cvtsi128_si64(pair) + _mm_extract_epi64(pair, 1));
}

static inline bool vec_high(vec a)
{
    return _mm256_movemask_epi8(a) != 0;
}

static inline vec vec_and(vec a, vec b)
{
    return _mm256_and_si256(a, b);
}

static inline vec vec_xor(vec a, vec b)
{
    return _mm256_xor_si256(a, b);
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
    return _mm256_min_epu8(a, b);
}

static inline uint64_t marks_bits(marks m)
{
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(m, _mm256_setzero_si256()));
}

static inline bool marks_any(marks m)
{
    return marks_bits(m) != 0;
}

#define VEC_SHUFFLE

static inline vec vec_table(const unsigned char *table)
{
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)table));
}

static inline vec vec_low(vec a)
{
    return _mm256_and_si256(a, _mm256_set1_epi8(15));
}

static inline vec vec_top(vec a)
{
    return _mm256_and_si256(_mm256_srli_epi16(a, 4), _mm256_set1_epi8(15));
}

static inline vec vec_lookup(vec table, vec lanes)
{
    return _mm256_shuffle_epi8(table, lanes);
}

static inline bool vec_nonzero(vec a)
{
    return !_mm256_testz_si256(a, a);
}

static inline uint64_t vec_nonzero_bits(vec a)
{
    return (uint32_t)~_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, _mm256_setzero_si256()));
}

#define VEC_MAP

static inline void vec_store(void *p, vec a)
{
    _mm256_storeu_si256((__m256i *)p, a);
}

#define VEC_PAIRS

static inline vec vec_pairs(vec a, unsigned n, unsigned shift)
{
    vec number = _mm256_maddubs_epi16(a, _mm256_set1_epi16((short)(n | 1u << 8)));
    return _mm256_sll_epi16(number, _mm_cvtsi32_si128((int)shift));
}

#define VEC_STREAMS

static inline uint64_t vec_bit(const vec *bytes, unsigned n)
{
    const __m128i shift = _mm_cvtsi32_si128(7 - (int)n);
    uint64_t low = (uint32_t)_mm256_movemask_epi8(_mm256_sll_epi16(bytes[0], shift));
    return low | (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_sll_epi16(bytes[1], shift)) << 32;
}

static inline uint64_t vec_zeros(const vec *bytes)
{
    return marks_bits(bytes[0]) | marks_bits(bytes[1]) << 32;
}

static inline vec vec_not(vec a)
{
    return _mm256_xor_si256(a, _mm256_set1_epi8(-1));
}

static inline vec vec_sum_words(vec a, vec b)
{
    return _mm256_add_epi64(a, b);
}

static inline uint64_t vec_top_bits(vec a)
{
    return (unsigned)_mm256_movemask_pd(_mm256_castsi256_pd(a));
}

static inline uint64_t vec_full_words(vec a)
{
    return vec_top_bits(_mm256_cmpeq_epi64(a, _mm256_set1_epi8(-1)));
}

static inline vec vec_one_more(vec a, unsigned words)
{
    const vec each = _mm256_set_epi64x(8, 4, 2, 1);
    return _mm256_sub_epi64(a, _mm256_cmpeq_epi64(_mm256_and_si256(_mm256_set1_epi64x(words), each), each));
}

static inline vec vec_tops(vec a)
{
    return _mm256_srli_epi64(a, 63);
}

static inline vec vec_last_word(uint64_t word)
{
    return _mm256_set_epi64x((long long)word, 0, 0, 0);
}

static inline vec vec_word_before(vec before, vec now)
{
    return _mm256_alignr_epi8(now, _mm256_permute2x128_si256(before, now, 0x21), 8);
}

/* Signed lanes; those below -128 stay there. */
static inline vec vec_less(vec a, unsigned char less)
{
    return _mm256_subs_epi8(a, _mm256_set1_epi8((char)less));
}

#include "kernels/vector-map.h"

#endif
