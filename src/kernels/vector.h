/*
 * vector.h - the few vector operations that the kernels are written in, for the
 * instruction set that KERNEL_ISA_... selects.
 *
 * A `vec` holds VEC_BYTES unsigned bytes ("lanes").  Only kernel instances include this.
 */
#ifndef MSCAN_KERNELS_VECTOR_H
#define MSCAN_KERNELS_VECTOR_H

/*
 * vec_load   VEC_BYTES bytes from any address
 * vec_splat  the byte in all lanes
 * vec_eq     255 in lanes that are equal, else 0
 * vec_or     bitwise or
 * vec_and    bitwise and
 * vec_xor    bitwise exclusive or
 * vec_count  one more in lanes where a and b are equal; a lane may count to 255
 * vec_sum    the sum of all lanes
 * vec_high   whether some lane is above 127
 *
 * vec_load_some  n bytes, fewer than VEC_BYTES, in the first lanes, and 0 in the others; no other byte is read
 *
 * Some lanes are marked:
 *
 * marks_zero  those that are 0
 * marks_or    those that are marked in a or in b
 * marks_any   whether there are any
 * marks_bits  one bit for each: bit number (lane * BITS_STRIDE + some constant below BITS_STRIDE)
 *
 * Where the set shuffles bytes, it has VEC_SHUFFLE and
 *
 * vec_table         16 bytes, repeated
 * vec_low, vec_top  the lower, the upper four bits of each lane
 * vec_lookup        table[lane] for each lane; lanes are below 16
 * vec_nonzero       whether some lane is not 0
 * vec_nonzero_bits  those lanes as bits, as marks_bits has them
 *
 * Where it also looks up bytes in a table of 256, it has VEC_MAP and
 *
 * vec_store    to any address
 * vec_map      256 bytes, as vec_map_of() reads them
 * vec_mapped   map[lane] for each lane
 *
 * Where that is fast enough to look up pairs of bytes, it has VEC_PAIRS and
 *
 * vec_pairs    of lanes a, b, and so on, 16 bits each: (a * n + b) << shift, for n below 128
 *
 * Where streams of bits pay, it has VEC_STREAMS and
 *
 * vec_bit           of 64 bytes, in as many vectors as that takes, those in which bit n is set, a bit for each
 * vec_zeros         of 64 bytes those that are 0, a bit for each
 * vec_not           bitwise not
 * vec_sum_words     of each 64 bits the sum, as far as it is of 64 bits
 * vec_one_more      1 more in those 64 bits of which there is a bit in n
 * vec_top_bits      of each 64 bits the highest, as bits of a number
 * vec_full_words    which 64 bits are all set, as bits of a number
 * vec_tops          of each 64 bits the highest, as the lowest
 * vec_last_word     64 bits in the last lanes, and 0 in the others
 * vec_word_before   64 bits on: those of the last lanes of a, and then those of b but for the last
 *
 * Where it looks up 128 bytes at once, it has VEC_HALF and
 *
 * vec_half     128 bytes, as vec_half_of() reads them
 * vec_halved   half[lane % 128] for each lane
 * vec_shift    a number of lanes, up to VEC_BYTES, as vec_shift_of() takes it
 * vec_shifted  so many lanes on: the others of a, and then those of b
 */

#if defined KERNEL_ISA_AVX512BW
#include "kernels/vector-avx512bw.h"
#elif defined KERNEL_ISA_AVX2
#include "kernels/vector-avx2.h"
#elif defined KERNEL_ISA_SSE2 || defined KERNEL_ISA_SSSE3
#include "kernels/vector-sse.h"
#elif defined KERNEL_ISA_NEON
#include "kernels/vector-neon.h"
#else
#include "kernels/vector-c.h"
#endif

#endif
