/*
 * block.h - 64 bytes at once, and sets of them as masks of 64 bits, in terms of vector.h.
 *
 * A `block` holds 64 bytes, a `hits` says yes or no of each of them, and hits_mask() turns that into a number whose
 * lowest bit is the first byte.  Only kernel instances include this.
 */
#ifndef MSCAN_KERNELS_BLOCK_H
#define MSCAN_KERNELS_BLOCK_H

#include "base/compiler.h"
#include "kernels/vector.h"

#define BLOCK_BYTES 64

/*
 * block_load    64 bytes from any address
 * block_is      bytes that are equal to one
 * block_from    bytes that are at least `low` (unsigned)
 * block_within  bytes from `low` to `high`, both included
 * block_and     each byte and a constant, bit by bit
 * block_max     the greater of two bytes
 * block_high    bytes above 127
 * block_spaces  the six spaces of ASCII
 * block_goes_on bytes from 0x80 to 0xBF, the continuation bytes of UTF-8
 * With `_in`: only those of the bytes that some hits have already.
 * hits_or, hits_and, hits_xor, hits_without (in a and not in b), hits_any (whether there is one), hits_if (a, or none
 * unless the condition holds)
 */

#ifdef KERNEL_ISA_AVX512BW

typedef __m512i block;
typedef __mmask64 hits;

/*
 * The compiler must not see that this is a constant: gcc 12 makes it anew in every turn of a loop, two operations each
 * time, though there are registers for all of them.
 */
static ALWAYS_INLINE block block_splat(unsigned char byte)
{
    block b = _mm512_set1_epi8((char)byte);
    __asm__("" : "+v"(b));
    return b;
}

static ALWAYS_INLINE block block_load(const char *p)
{
    return _mm512_loadu_si512(p);
}

static ALWAYS_INLINE hits block_is(block b, unsigned char byte)
{
    return _mm512_cmpeq_epi8_mask(b, block_splat(byte));
}

static ALWAYS_INLINE hits block_from(block b, unsigned char low)
{
    return _mm512_cmpge_epu8_mask(b, block_splat(low));
}

static ALWAYS_INLINE hits block_is_in(hits in, block b, unsigned char byte)
{
    return _mm512_mask_cmpeq_epi8_mask(in, b, block_splat(byte));
}

static ALWAYS_INLINE hits block_from_in(hits in, block b, unsigned char low)
{
    return _mm512_mask_cmpge_epu8_mask(in, b, block_splat(low));
}

static ALWAYS_INLINE hits block_below_in(hits in, block b, unsigned char high)
{
    return _mm512_mask_cmplt_epu8_mask(in, b, block_splat(high));
}

/* A byte is a space when it is the one of its lower four bits; beyond ASCII the shuffle gives 0. */
static ALWAYS_INLINE hits block_spaces(block b)
{
    const __m512i of_nibble =
        _mm512_broadcast_i32x4(_mm_setr_epi8(' ', -1, -1, -1, -1, -1, -1, -1, -1, 9, 10, 11, 12, 13, -1, 0));
    return _mm512_cmpeq_epi8_mask(_mm512_shuffle_epi8(of_nibble, b), b);
}

static ALWAYS_INLINE hits block_within(block b, unsigned char low, unsigned char high)
{
    return _mm512_cmple_epu8_mask(_mm512_sub_epi8(b, block_splat(low)), block_splat((unsigned char)(high - low)));
}

static ALWAYS_INLINE block block_and(block b, unsigned char bits)
{
    return _mm512_and_si512(b, block_splat(bits));
}

static ALWAYS_INLINE block block_max(block a, block b)
{
    return _mm512_max_epu8(a, b);
}

static ALWAYS_INLINE hits block_high(block b)
{
    return _mm512_movepi8_mask(b);
}

static ALWAYS_INLINE hits block_goes_on(block b)
{
    return _mm512_cmplt_epi8_mask(b, block_splat(0xc0));
}

static ALWAYS_INLINE hits hits_or(hits a, hits b)
{
    return a | b;
}

static ALWAYS_INLINE hits hits_xor(hits a, hits b)
{
    return a ^ b;
}

static ALWAYS_INLINE bool hits_any(hits a)
{
    return a != 0;
}

static ALWAYS_INLINE hits hits_and(hits a, hits b)
{
    return a & b;
}

static ALWAYS_INLINE hits hits_without(hits a, hits b)
{
    return a & ~b;
}

static ALWAYS_INLINE hits hits_if(bool condition, hits a)
{
    return condition ? a : 0;
}

static ALWAYS_INLINE uint64_t hits_mask(hits a)
{
    return a;
}

#else

/* The operations on one vector; the hits of a vector are 255 or 0 in each lane, in plain C 128 or 0. */
#if defined KERNEL_ISA_AVX2

static ALWAYS_INLINE vec lane_is(vec v, unsigned char byte)
{
    return _mm256_cmpeq_epi8(v, vec_splat(byte));
}

static ALWAYS_INLINE vec lane_from(vec v, unsigned char low)
{
    return _mm256_cmpeq_epi8(_mm256_max_epu8(v, vec_splat(low)), v);
}

static ALWAYS_INLINE vec lane_sub(vec v, unsigned char byte)
{
    return _mm256_sub_epi8(v, vec_splat(byte));
}

static ALWAYS_INLINE vec lane_up_to(vec v, unsigned char high)
{
    return _mm256_cmpeq_epi8(_mm256_min_epu8(v, vec_splat(high)), v);
}

static ALWAYS_INLINE vec lane_without(vec a, vec b)
{
    return _mm256_andnot_si256(b, a);
}

static ALWAYS_INLINE vec lane_max(vec a, vec b)
{
    return _mm256_max_epu8(a, b);
}

static ALWAYS_INLINE vec lane_spaces(vec v)
{
    /* A byte is a space when it is the one of its lower four bits; beyond ASCII the shuffle gives 0. */
    const vec of_nibble =
        _mm256_broadcastsi128_si256(_mm_setr_epi8(' ', -1, -1, -1, -1, -1, -1, -1, -1, 9, 10, 11, 12, 13, -1, 0));
    return _mm256_cmpeq_epi8(_mm256_shuffle_epi8(of_nibble, v), v);
}

static ALWAYS_INLINE vec lane_goes_on(vec v)
{
    return _mm256_cmpgt_epi8(_mm256_set1_epi8(-64), v);
}

static ALWAYS_INLINE uint64_t lane_mask(const vec *v)
{
    uint64_t low = (uint32_t)_mm256_movemask_epi8(v[0]), high = (uint32_t)_mm256_movemask_epi8(v[1]);
    return low | high << 32;
}

#elif defined KERNEL_ISA_SSE2 || defined KERNEL_ISA_SSSE3

static ALWAYS_INLINE vec lane_is(vec v, unsigned char byte)
{
    return _mm_cmpeq_epi8(v, vec_splat(byte));
}

static ALWAYS_INLINE vec lane_from(vec v, unsigned char low)
{
    return _mm_cmpeq_epi8(_mm_max_epu8(v, vec_splat(low)), v);
}

static ALWAYS_INLINE vec lane_sub(vec v, unsigned char byte)
{
    return _mm_sub_epi8(v, vec_splat(byte));
}

static ALWAYS_INLINE vec lane_up_to(vec v, unsigned char high)
{
    return _mm_cmpeq_epi8(_mm_min_epu8(v, vec_splat(high)), v);
}

static ALWAYS_INLINE vec lane_without(vec a, vec b)
{
    return _mm_andnot_si128(b, a);
}

static ALWAYS_INLINE vec lane_max(vec a, vec b)
{
    return _mm_max_epu8(a, b);
}

static ALWAYS_INLINE vec lane_goes_on(vec v)
{
    return _mm_cmplt_epi8(v, _mm_set1_epi8(-64));
}

static ALWAYS_INLINE uint64_t lane_mask(const vec *v)
{
    uint64_t a = (uint32_t)_mm_movemask_epi8(v[0]), b = (uint32_t)_mm_movemask_epi8(v[1]);
    uint64_t c = (uint32_t)_mm_movemask_epi8(v[2]), d = (uint32_t)_mm_movemask_epi8(v[3]);
    return a | b << 16 | c << 32 | d << 48;
}

#elif defined KERNEL_ISA_NEON

static ALWAYS_INLINE vec lane_is(vec v, unsigned char byte)
{
    return vceqq_u8(v, vec_splat(byte));
}

static ALWAYS_INLINE vec lane_from(vec v, unsigned char low)
{
    return vcgeq_u8(v, vec_splat(low));
}

static ALWAYS_INLINE vec lane_sub(vec v, unsigned char byte)
{
    return vsubq_u8(v, vec_splat(byte));
}

static ALWAYS_INLINE vec lane_up_to(vec v, unsigned char high)
{
    return vcleq_u8(v, vec_splat(high));
}

static ALWAYS_INLINE vec lane_without(vec a, vec b)
{
    return vbicq_u8(a, b);
}

static ALWAYS_INLINE vec lane_max(vec a, vec b)
{
    return vmaxq_u8(a, b);
}

static ALWAYS_INLINE vec lane_goes_on(vec v)
{
    return vcltq_s8(vreinterpretq_s8_u8(v), vdupq_n_s8(-64));
}

static ALWAYS_INLINE uint64_t lane_mask(const vec *v)
{
    return vec_mask(v);
}

#else

static ALWAYS_INLINE vec lane_from(vec v, unsigned char low)
{
    /* The lower seven bits are compared by a subtraction that borrows from nothing but the lane's own highest bit. */
    vec above = (v | LANES(0x80)) - LANES((uint64_t)(low & 0x7f));
    return (low & 0x80 ? v & above : v | above) & LANES(0x80);
}

static ALWAYS_INLINE vec lane_is(vec v, unsigned char byte)
{
    return vec_eq(v, LANES((uint64_t)byte)) & LANES(0x80);
}

static ALWAYS_INLINE vec lane_sub(vec v, unsigned char byte)
{
    vec other = LANES((uint64_t)byte);
    return ((v | LANES(0x80)) - (other & LANES(0x7f))) ^ ((v ^ ~other) & LANES(0x80));
}

static ALWAYS_INLINE vec lane_up_to(vec v, unsigned char high)
{
    return high == 255 ? LANES(0x80) : lane_from(v, (unsigned char)(high + 1)) ^ LANES(0x80);
}

static ALWAYS_INLINE vec lane_without(vec a, vec b)
{
    return a & ~b;
}

static ALWAYS_INLINE vec lane_max(vec a, vec b)
{
    /* Lanes in which a is at least b: by the highest bit where that differs, else by the other seven. */
    vec above = (a | LANES(0x80)) - (b & LANES(0x7f));
    vec greater = ((a & ~b) | (~(a ^ b) & above)) & LANES(0x80);
    vec all = (greater >> 7) * 0xff;
    return (a & all) | (b & ~all);
}

static ALWAYS_INLINE vec lane_goes_on(vec v)
{
    return v & ~(v << 1) & LANES(0x80);
}

static ALWAYS_INLINE uint64_t lane_mask(const vec *v)
{
    uint64_t mask = 0;
    UNROLL
    for (int i = 0; i < 8; i++) {
        uint64_t ones = v[i] >> 7 & LANES(1);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        ones = __builtin_bswap64(ones);
#endif
        mask |= (ones * UINT64_C(0x0102040810204080) >> 56) << 8 * i;
    }
    return mask;
}

#endif

#ifndef KERNEL_ISA_AVX2
static ALWAYS_INLINE vec lane_spaces(vec v)
{
    return vec_or(lane_up_to(lane_sub(v, '\t'), '\r' - '\t'), lane_is(v, ' '));
}
#endif

#define BLOCK_VECTORS (BLOCK_BYTES / VEC_BYTES)

typedef struct {
    vec v[BLOCK_VECTORS];
} block;
typedef block hits;

/* For each vector `i` of the result `r`. */
#define BLOCK_EACH(expression)                                                                                         \
    block r;                                                                                                           \
    UNROLL                                                                                                             \
    for (int i = 0; i < BLOCK_VECTORS; i++)                                                                            \
        r.v[i] = (expression);                                                                                         \
    return r

static ALWAYS_INLINE block block_load(const char *p)
{
    BLOCK_EACH(vec_load(p + i * VEC_BYTES));
}

static ALWAYS_INLINE hits block_is(block b, unsigned char byte)
{
    BLOCK_EACH(lane_is(b.v[i], byte));
}

static ALWAYS_INLINE hits block_from(block b, unsigned char low)
{
    BLOCK_EACH(lane_from(b.v[i], low));
}

static ALWAYS_INLINE hits block_is_in(hits in, block b, unsigned char byte)
{
    BLOCK_EACH(vec_and(in.v[i], lane_is(b.v[i], byte)));
}

static ALWAYS_INLINE hits block_from_in(hits in, block b, unsigned char low)
{
    BLOCK_EACH(vec_and(in.v[i], lane_from(b.v[i], low)));
}

static ALWAYS_INLINE hits block_below_in(hits in, block b, unsigned char high)
{
    BLOCK_EACH(lane_without(in.v[i], lane_from(b.v[i], high)));
}

static ALWAYS_INLINE hits block_spaces(block b)
{
    BLOCK_EACH(lane_spaces(b.v[i]));
}

static ALWAYS_INLINE hits block_within(block b, unsigned char low, unsigned char high)
{
    BLOCK_EACH(lane_up_to(lane_sub(b.v[i], low), (unsigned char)(high - low)));
}

static ALWAYS_INLINE block block_and(block b, unsigned char bits)
{
    BLOCK_EACH(vec_and(b.v[i], vec_splat(bits)));
}

static ALWAYS_INLINE block block_max(block a, block b)
{
    BLOCK_EACH(lane_max(a.v[i], b.v[i]));
}

/* The highest bit is all that hits_mask() looks at; but combined with others, lanes must be full. */
static ALWAYS_INLINE hits block_high(block b)
{
    BLOCK_EACH(lane_from(b.v[i], 0x80));
}

static ALWAYS_INLINE hits block_goes_on(block b)
{
    BLOCK_EACH(lane_goes_on(b.v[i]));
}

static ALWAYS_INLINE hits hits_or(hits a, hits b)
{
    BLOCK_EACH(vec_or(a.v[i], b.v[i]));
}

static ALWAYS_INLINE hits hits_xor(hits a, hits b)
{
    BLOCK_EACH(vec_xor(a.v[i], b.v[i]));
}

static ALWAYS_INLINE bool hits_any(hits a)
{
    vec all = a.v[0];
    for (int i = 1; i < BLOCK_VECTORS; i++)
        all = vec_or(all, a.v[i]);
    return vec_high(all);
}

static ALWAYS_INLINE hits hits_and(hits a, hits b)
{
    BLOCK_EACH(vec_and(a.v[i], b.v[i]));
}

static ALWAYS_INLINE hits hits_without(hits a, hits b)
{
    BLOCK_EACH(lane_without(a.v[i], b.v[i]));
}

static ALWAYS_INLINE hits hits_if(bool condition, hits a)
{
    BLOCK_EACH(vec_and(a.v[i], vec_splat(condition ? 0xff : 0)));
}

static ALWAYS_INLINE uint64_t hits_mask(hits a)
{
    return lane_mask(a.v);
}

#endif

/* The bytes above 127, as a mask. */
static ALWAYS_INLINE uint64_t block_high_mask(block b)
{
#if defined KERNEL_ISA_AVX2 || defined KERNEL_ISA_SSE2 || defined KERNEL_ISA_SSSE3
    return hits_mask(b); /* movemask takes the highest bits as they are */
#else
    return hits_mask(block_high(b));
#endif
}

static ALWAYS_INLINE uint64_t mask_count(uint64_t mask)
{
#if defined __POPCNT__ || defined __aarch64__
    return (uint64_t)__builtin_popcountll(mask);
#else
    /* Pairs, nibbles, bytes: H. Warren, Hacker's Delight, section 5-1.  The compiler would call a function. */
    mask -= mask >> 1 & UINT64_C(0x5555555555555555);
    mask = (mask & UINT64_C(0x3333333333333333)) + (mask >> 2 & UINT64_C(0x3333333333333333));
    mask = (mask + (mask >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return mask * UINT64_C(0x0101010101010101) >> 56;
#endif
}

#endif
