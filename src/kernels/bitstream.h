/*
 * bitstream.h - a pattern as operations on streams of bits, for many bytes of a text at once.
 *
 * A stream has a bit for each place of a text: place i is before byte i.  The stream of a set has those before a byte
 * that is in it; that of a state of an automaton those where the state is reached.  A step takes a stream from one
 * state to the next, for all places at once, whatever the text is.  This is how Parabix works, of Robert Cameron.
 */
#ifndef MSCAN_KERNELS_BITSTREAM_H
#define MSCAN_KERNELS_BITSTREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A text is taken in strips of so many words of bits, a multiple of BITSTREAM_UNIT, which a vector's words divide.
 * Carries are in one word, so there are no more.  Processor milliseconds for 128 MiB with 16 / 32 / 64 words (AMD EPYC,
 * family 26, AVX-512): UUIDs in log lines 43 / 32 / 27, IPv4 addresses 48 / 46 / 33, \w+=\d+ms 20 / 17 / 16.
 */
#define BITSTREAM_WORDS 64
#define BITSTREAM_UNIT 8
#define BITSTREAM_STRIP ((size_t)64 * BITSTREAM_WORDS)

/* Sets of bytes are looked up, or compared with one value. */
#define BITSTREAM_GROUP 8 /* sets at once: the bits of a byte */
#define BITSTREAM_GROUPS 2
#define BITSTREAM_LOOKUPS (BITSTREAM_GROUP * BITSTREAM_GROUPS)
#define BITSTREAM_COMPARISONS 24
#define BITSTREAM_STEPS 128
#define BITSTREAM_SLOTS 64

enum bit_op {
    BIT_ADVANCE, /* after a byte at a place of a that is in b */
    BIT_STAR,    /* at a place of a, and after any number of bytes from there on that are in b */
    BIT_OR,
    BIT_AND,
    BIT_AND_NOT, /* in a but not in b */
    BIT_XOR,
    BIT_NOT,   /* not in a */
    BIT_MATCH, /* there is a match at each place of a */
    BIT_LEAVE, /* where a is empty, the steps that follow find nothing but by what they have carried over */
};

/* Its streams are in slots; those of the sets are in the first. `to` is neither a nor b. */
struct bit_step {
    uint8_t op, to, a, b;
};

struct bitstream {
    uint8_t sets_of[BITSTREAM_GROUPS][256]; /* of each byte the sets that it is in, a bit for each */
    size_t lookups;                         /* such sets, in the first slots: an even number */
    struct {
        uint8_t value, mask; /* the bytes of which these bits are these */
    } comparisons[BITSTREAM_COMPARISONS];
    size_t comparison_count; /* in the slots that follow: an even number */
    size_t newline;          /* the slot of the newline, which no other set has */
    size_t slots;
    size_t count; /* steps */
    size_t start; /* the step that advances over newlines; BITSTREAM_STEPS: there is none */
    struct bit_step steps[BITSTREAM_STEPS];
};

/* What goes over from strip to strip. */
struct bitstream_state {
    uint64_t carry[BITSTREAM_STEPS]; /* of each step 1 or 0 */
    uint64_t open;                   /* 1: the line that goes on has a match */
    bool marks_high;                 /* a line with a byte above 127 is taken for one that has a match */
    bool high;                       /* there was one */
    uint64_t *slots;                 /* BITSTREAM_WORDS each; aligned to 64 bytes */
};

#endif
