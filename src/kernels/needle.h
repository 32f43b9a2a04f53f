/*
 * needle.h - what the search kernels look for: literals, some bits of which may be left open.
 */
#ifndef MSCAN_KERNELS_NEEDLE_H
#define MSCAN_KERNELS_NEEDLE_H

#include "base/verdict.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define NEEDLE_LOOKS 4

/*
 * A masked literal: at position i a byte t fits when (t & mask[i]) == value[i].  Mask 0xff: just that byte; 0xdf with
 * an upper-case letter: both cases; 0xf0 with 0x30: more than the digits; 0: any byte.
 */
struct needle {
    const unsigned char *value, *mask; /* each of `length` bytes, and then 0 up to the next multiple of 8; not owned */
    size_t length;                     /* at least 1 */
    size_t rare[NEEDLE_LOOKS];         /* positions, with the rarest bytes first; repeated when there are not so many */
    size_t looks;                      /* so many of them are looked at first: 2 or NEEDLE_LOOKS */
};

/*
 * How rare each byte is in the text that will be searched, in sixteenths of a bit: a byte that makes up the share p of
 * the text has -16 * log2(p), 255 at the most.  A guess does: only speed depends on it.
 */
typedef unsigned char needle_rarity[256];

/* Sets needle->rare and looks, from the other fields. */
void needle_choose_rare(struct needle *needle, const needle_rarity rarity);

#define NEEDLE_SET_COUNT 64  /* needles at the most */
#define NEEDLE_SET_PLACES 4  /* bytes of each needle that are looked at first */
#define NEEDLE_SET_REACH 32  /* these are within so many bytes from the beginning */
#define NEEDLE_SET_BUCKETS 8 /* in a row: the bits of a byte */
#define NEEDLE_SET_ROWS 2    /* of buckets */

/*
 * Few needles, to be found at once.  Each is in a bucket.  A lookup of both halves of a byte gives the buckets that the
 * byte rules out not, and what several bytes leave is a candidate: this is how Teddy works, of Geoffrey Langdale in
 * Hyperscan.  The bytes need not be neighbours.  A processor that can look up 128 bytes at once needs one lookup for
 * each byte, and rules out more.
 */
struct needle_set {
    const struct needle *needles;    /* not owned */
    size_t count;                    /* 1 to NEEDLE_SET_COUNT */
    size_t shortest;                 /* the length of the shortest needle */
    size_t places;                   /* 1 to NEEDLE_SET_PLACES */
    size_t place[NEEDLE_SET_PLACES]; /* offsets of bytes within every needle, most telling first, without repetition */

    /* For each row, place and four bits of a byte: the buckets of which a needle can have it there, a bit for each. */
    size_t rows; /* 1 or NEEDLE_SET_ROWS */
    unsigned char low[NEEDLE_SET_ROWS][NEEDLE_SET_PLACES][16], top[NEEDLE_SET_ROWS][NEEDLE_SET_PLACES][16];

    /* The same for the whole byte, less 128 if it is above 127. */
    unsigned char half[NEEDLE_SET_ROWS][NEEDLE_SET_PLACES][128];

    /* For each place and each byte: the needles that can have it there, a bit for each. */
    uint64_t fits[NEEDLE_SET_PLACES][256];
};

/* Makes a set of `count` needles, 1 to NEEDLE_SET_COUNT, which must stay where they are. */
void needle_set_init(struct needle_set *set, const struct needle *needles, size_t count, const needle_rarity rarity);

/*
 * Which places of a needle count.  Where there is a judge, he is asked about each place in a line in which none before
 * it counts, in the order of the text.
 */
struct needle_test {
    const unsigned char *sides; /* what each byte beside a place says of it, an enum verdict: both neighbours have to
                                   say yes.  NULL: all do */
    enum verdict (*judge)(void *context, const char *at); /* NULL: none; then there may be sides */
    void *context;
};

/* Whether the needle is at this place of a text that ends at `end`, wholly within it. */
static inline bool needle_fits(const struct needle *needle, const char *at, const char *end)
{
    size_t rest = (size_t)(end - at), length = needle->length, i = 0;
    if (rest < length)
        return false;
    for (; i < length && rest - i >= 8; i += 8) {
        uint64_t text, value, mask;
        memcpy(&text, at + i, 8);
        memcpy(&value, needle->value + i, 8);
        memcpy(&mask, needle->mask + i, 8);
        if ((text & mask) != value)
            return false;
    }
    for (; i < length; i++)
        if (((unsigned char)at[i] & needle->mask[i]) != needle->value[i])
            return false;
    return true;
}

#endif
