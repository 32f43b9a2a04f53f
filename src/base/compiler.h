/*
 * compiler.h - what the compilers offer beyond C: attributes and hints.
 */
#ifndef MSCAN_BASE_COMPILER_H
#define MSCAN_BASE_COMPILER_H

#define LIKELY(condition) __builtin_expect(!!(condition), 1)
#define UNLIKELY(condition) __builtin_expect(!!(condition), 0)

/* The function takes a printf format as argument number `text`, its arguments from number `first`. */
#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))

/* The value of the function must be looked at. */
#define MUST_CHECK __attribute__((warn_unused_result))

/* The loop that follows is unrolled; its number of turns is a constant of 16 at the most. */
#define UNROLL _Pragma("GCC unroll 16")

/*
 * For each k below `count`, which is a constant only where the function has come into its caller, and `most` at the
 * most: straight code.  Where the loop itself ends at `count`, clang unrolls it before it knows that.
 */
#define EACH(k, count, most)                                                                                           \
    UNROLL                                                                                                             \
    for (size_t k = 0; k < (most); k++)                                                                                \
        if (k < (count))

/* A function whose callers give it constants to be compiled for. */
#define ALWAYS_INLINE inline __attribute__((always_inline))

/* Objects that different threads write are kept this far apart; 128 because pairs of lines are fetched together. */
#define CACHE_LINE 128

#endif
