/*
 * vector.h - the few vector operations that the kernels are written in, for the
 * instruction set that KERNEL_ISA_... selects.
 *
 * A `vec` holds VEC_BYTES unsigned bytes ("lanes").  Only kernel instances include this.
 */
#ifndef MSCAN_KERNELS_VECTOR_H
#define MSCAN_KERNELS_VECTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * vec_load   VEC_BYTES bytes from any address
 * vec_splat  the byte in all lanes
 * vec_eq     255 in lanes that are equal, else 0
 * vec_or     bitwise or
 * vec_count  one more in lanes where a and b are equal; a lane may count to 255
 * vec_sum    the sum of all lanes
 * vec_high   whether some lane is above 127
 */

#if defined KERNEL_ISA_AVX512BW

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

#elif defined KERNEL_ISA_AVX2

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

#elif defined KERNEL_ISA_SSE2

#include <emmintrin.h>
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

#elif defined KERNEL_ISA_NEON

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

#else /* plain C: eight lanes in a 64-bit word */

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

#endif

#endif
