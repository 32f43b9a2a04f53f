/* corpus-pool.h - text made of prepared pieces, in which the parts that vary are written anew each time.

   To format every byte would be slower than a disk. So a pool of some megabytes of pieces (one or more whole lines
   each) is prepared at the start; then pieces are drawn from it at random, copied out, and their stamps - the places
   of numbers, addresses, times and words - filled with fresh content of the same length. */

#ifndef CORPUS_POOL_H
#define CORPUS_POOL_H

#include "corpus-random.h"
#include "corpus-words.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The longest piece, in bytes. */
#define PIECE_MAX 8192

enum stamp_kind {
    STAMP_NUMBER,      /* width decimal digits (1-9), the first not 0 */
    STAMP_HEX,         /* width hexadecimal digits, lower case */
    STAMP_ADDRESS,     /* dotted IPv4; the widths of the octets are drawn at preparation */
    STAMP_UUID,        /* 36 bytes, version 4 */
    STAMP_WORD,        /* a word of width bytes of the first lexicon */
    STAMP_WORD_OTHER,  /* the same of the second lexicon */
    STAMP_TIME_SYSLOG, /* Mar  1 09:05:07 */
    STAMP_TIME_APACHE, /* 01/Mar/2024:09:05:07 +0000 */
    STAMP_TIME_JAVA,   /* 2024-03-01 09:05:07,123 */
    STAMP_TIME_ISO,    /* 2024-03-01T09:05:07.123Z */
};

struct pool;

/* A pool with room for this many bytes of pieces. The lexicons and the random numbers belong to the caller and must
   outlive the pool; the second lexicon may be NULL. Returns NULL when there is no memory. */
struct pool *pool_create(size_t bytes, const struct lexicon *first, const struct lexicon *second,
                         struct random *random);
void pool_free(struct pool *pool);

/* Preparation: begin, then put and stamp, then end. pool_begin() returns false when the pool is full. A piece may not
   grow beyond PIECE_MAX bytes; pool_piece_length() says how long it is so far. The width of a stamp counts only for
   numbers, hexadecimal digits and words. */
bool pool_begin(struct pool *pool);
void pool_put(struct pool *pool, const char *text, size_t length);
void pool_stamp(struct pool *pool, enum stamp_kind kind, size_t width);
size_t pool_piece_length(const struct pool *pool);
void pool_end(struct pool *pool);

/* Writes one piece, drawn at random and freshly stamped, to out, which must have room for PIECE_MAX bytes. Returns the
   length. The pool must hold a piece. Time goes on by 0 to 9 milliseconds with each piece. */
size_t pool_next(struct pool *pool, char *out);

#endif
