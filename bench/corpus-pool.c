/* corpus-pool.c - pieces and stamps: see corpus-pool.h. */

#include "corpus-pool.h"
#include "corpus-clock.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* The pool is larger than the inner caches: a piece is drawn so many calls before its use, and its memory asked for.
   2 GiB of log lines from a pool of 8 MiB took 1.7 s so, and 2.7 s with one call ahead (time bench/corpus log 2G
   >/dev/null). */
#define DRAWN_AHEAD 4

/* What is asked for of a piece: about a line. The rest of a longer one the processor fetches by itself. */
#define PREFETCH_BYTES 192

struct stamp {
    uint16_t offset; /* bytes from the piece's start */
    uint8_t kind;
    uint8_t width; /* bytes; for an address the widths of its four octets, two bits each */
};

struct piece {
    uint32_t text;   /* offset of the first byte */
    uint32_t stamps; /* index of the first stamp */
    uint16_t length;
    uint16_t stamp_count;
};

struct pool {
    const struct lexicon *lexicons[2];
    struct random *random;
    struct clock clock;
    char hex[256][2];
    char decimal[256][3]; /* with leading zeros */

    char *text;
    struct stamp *stamps;
    struct piece *pieces;
    size_t text_limit, stamp_limit, piece_limit; /* no new piece begins at or above these */
    size_t text_used, stamps_used, piece_count;
    size_t piece_start, piece_stamps; /* of the piece in preparation */
    size_t ahead[DRAWN_AHEAD];        /* a ring of the pieces that pool_next() takes next */
    size_t ahead_first;
    bool drawing; /* false until the ring is filled */
};

static void fill_digits(struct pool *pool)
{
    static const char digits[] = "0123456789abcdef";

    for (unsigned i = 0; i < 256; i++) {
        pool->hex[i][0] = digits[i >> 4];
        pool->hex[i][1] = digits[i & 15];
        pool->decimal[i][0] = digits[i / 100];
        pool->decimal[i][1] = digits[i / 10 % 10];
        pool->decimal[i][2] = digits[i % 10];
    }
}

struct pool *pool_create(size_t bytes, const struct lexicon *first, const struct lexicon *second, struct random *random)
{
    struct pool *pool = calloc(1, sizeof *pool);
    if (pool == NULL)
        return NULL;

    /* One stamp for eight bytes and one piece for 64 are more than any kind of text here has; what is left over beyond
       the limits is for the piece that is in preparation when one is reached. */
    pool->text_limit = bytes;
    pool->stamp_limit = bytes / 8;
    pool->piece_limit = bytes / 64;
    pool->text = malloc(pool->text_limit + PIECE_MAX);
    pool->stamps = malloc((pool->stamp_limit + PIECE_MAX) * sizeof *pool->stamps);
    pool->pieces = malloc((pool->piece_limit + 1) * sizeof *pool->pieces);
    if (pool->text == NULL || pool->stamps == NULL || pool->pieces == NULL) {
        pool_free(pool);
        return NULL;
    }
    pool->lexicons[0] = first;
    pool->lexicons[1] = second;
    pool->random = random;
    fill_digits(pool);
    clock_start(&pool->clock);
    return pool;
}

void pool_free(struct pool *pool)
{
    if (pool == NULL)
        return;
    free(pool->text);
    free(pool->stamps);
    free(pool->pieces);
    free(pool);
}

bool pool_begin(struct pool *pool)
{
    if (pool->text_used >= pool->text_limit || pool->stamps_used >= pool->stamp_limit ||
        pool->piece_count >= pool->piece_limit)
        return false;
    pool->piece_start = pool->text_used;
    pool->piece_stamps = pool->stamps_used;
    return true;
}

size_t pool_piece_length(const struct pool *pool)
{
    return pool->text_used - pool->piece_start;
}

void pool_put(struct pool *pool, const char *text, size_t length)
{
    assert(pool_piece_length(pool) + length <= PIECE_MAX);
    memcpy(pool->text + pool->text_used, text, length);
    pool->text_used += length;
}

/* Draws the widths of an address's octets; returns its length. */
static size_t draw_octet_widths(struct random *random, uint8_t *widths)
{
    size_t length = 3;

    *widths = 0;
    for (unsigned i = 0; i < 4; i++) {
        uint32_t octet = random_below(random, 256);
        unsigned width = octet < 10 ? 1 : octet < 100 ? 2 : 3;
        *widths = (uint8_t)(*widths | width << (2 * i));
        length += width;
    }
    return length;
}

void pool_stamp(struct pool *pool, enum stamp_kind kind, size_t width)
{
    struct stamp *stamp = &pool->stamps[pool->stamps_used++];

    stamp->offset = (uint16_t)pool_piece_length(pool);
    stamp->kind = (uint8_t)kind;
    stamp->width = (uint8_t)width;
    switch (kind) {
    case STAMP_NUMBER:
        assert(width >= 1 && width <= 9);
        break;
    case STAMP_ADDRESS:
        width = draw_octet_widths(pool->random, &stamp->width);
        break;
    case STAMP_UUID:
        width = 36;
        break;
    case STAMP_TIME_SYSLOG:
        width = CLOCK_SYSLOG_LENGTH;
        break;
    case STAMP_TIME_APACHE:
        width = CLOCK_APACHE_LENGTH;
        break;
    case STAMP_TIME_JAVA:
        width = CLOCK_JAVA_LENGTH;
        break;
    case STAMP_TIME_ISO:
        width = CLOCK_ISO_LENGTH;
        break;
    case STAMP_HEX:
    case STAMP_WORD:
    case STAMP_WORD_OTHER:
        break;
    }
    assert(width >= 1 && pool_piece_length(pool) + width <= PIECE_MAX);
    memset(pool->text + pool->text_used, '?', width);
    pool->text_used += width;
}

void pool_end(struct pool *pool)
{
    struct piece *piece = &pool->pieces[pool->piece_count++];

    piece->text = (uint32_t)pool->piece_start;
    piece->length = (uint16_t)pool_piece_length(pool);
    piece->stamps = (uint32_t)pool->piece_stamps;
    piece->stamp_count = (uint16_t)(pool->stamps_used - pool->piece_stamps);
}

/* The bits are read as a fraction, and each multiplication brings one digit out in front of the point. */
static void write_number(char *out, size_t width, uint64_t bits)
{
    uint64_t product = (bits >> 32) * 9;

    *out++ = (char)('1' + (product >> 32));
    while (--width > 0) {
        product = (product & UINT32_MAX) * 10;
        *out++ = (char)('0' + (product >> 32));
    }
}

static void write_hex(const struct pool *pool, char *out, size_t width)
{
    for (; width >= 2; width -= 2, out += 2)
        memcpy(out, pool->hex[random_next(pool->random) >> 56], 2);
    if (width > 0)
        *out = pool->hex[random_next(pool->random) >> 60][1];
}

static void write_address(const struct pool *pool, char *out, unsigned widths)
{
    uint64_t bits = random_next(pool->random);

    for (int i = 0; i < 4; i++, widths >>= 2, bits >>= 16) {
        unsigned fraction = bits & 0xffff;
        switch (widths & 3) {
        case 1:
            *out++ = (char)('1' + (fraction * 9 >> 16));
            break;
        case 2:
            memcpy(out, pool->decimal[10 + (fraction * 90 >> 16)] + 1, 2);
            out += 2;
            break;
        default:
            memcpy(out, pool->decimal[100 + (fraction * 156 >> 16)], 3);
            out += 3;
        }
        if (i < 3)
            *out++ = '.';
    }
}

static void write_uuid(const struct pool *pool, char *out)
{
    uint64_t bits = random_next(pool->random);

    for (int i = 0; i < 16; i++, bits >>= 8) {
        if (i == 8)
            bits = random_next(pool->random);
        memcpy(out, pool->hex[bits & 0xff], 2);
        out += 2;
        if (i == 3 || i == 5 || i == 7 || i == 9)
            *out++ = '-';
    }
    out[14 - 36] = '4';
    out[19 - 36] = "89ab"[bits & 3];
}

static void write_word(const struct pool *pool, char *out, const struct lexicon *lexicon, size_t width)
{
    memcpy(out, lexicon_draw_length(lexicon, width, pool->random), width);
}

static void apply_stamp(const struct pool *pool, const struct stamp *stamp, char *out)
{
    switch ((enum stamp_kind)stamp->kind) {
    case STAMP_NUMBER:
        write_number(out, stamp->width, random_next(pool->random));
        break;
    case STAMP_HEX:
        write_hex(pool, out, stamp->width);
        break;
    case STAMP_ADDRESS:
        write_address(pool, out, stamp->width);
        break;
    case STAMP_UUID:
        write_uuid(pool, out);
        break;
    case STAMP_WORD:
        write_word(pool, out, pool->lexicons[0], stamp->width);
        break;
    case STAMP_WORD_OTHER:
        write_word(pool, out, pool->lexicons[1], stamp->width);
        break;
    case STAMP_TIME_SYSLOG:
        memcpy(out, pool->clock.syslog, CLOCK_SYSLOG_LENGTH);
        break;
    case STAMP_TIME_APACHE:
        memcpy(out, pool->clock.apache, CLOCK_APACHE_LENGTH);
        break;
    case STAMP_TIME_JAVA:
        memcpy(out, pool->clock.java, CLOCK_JAVA_LENGTH);
        break;
    case STAMP_TIME_ISO:
        memcpy(out, pool->clock.iso, CLOCK_ISO_LENGTH);
        break;
    }
}

static void draw_piece(struct pool *pool, size_t *place)
{
    *place = random_below(pool->random, (uint32_t)pool->piece_count);

    const struct piece *piece = &pool->pieces[*place];
    for (size_t offset = 0; offset < PREFETCH_BYTES; offset += 64)
        __builtin_prefetch(pool->text + piece->text + offset);
    __builtin_prefetch(pool->stamps + piece->stamps);
}

/* Takes the piece drawn longest ago, and draws another in its place. */
static const struct piece *take_piece(struct pool *pool)
{
    if (!pool->drawing) {
        pool->drawing = true;
        for (size_t i = 0; i < DRAWN_AHEAD; i++)
            draw_piece(pool, &pool->ahead[i]);
    }
    size_t *place = &pool->ahead[pool->ahead_first++ % DRAWN_AHEAD];
    const struct piece *piece = &pool->pieces[*place];
    draw_piece(pool, place);
    return piece;
}

size_t pool_next(struct pool *pool, char *out)
{
    const struct piece *piece = take_piece(pool);

    clock_advance(&pool->clock, random_below(pool->random, 10));
    memcpy(out, pool->text + piece->text, piece->length);
    const struct stamp *stamp = pool->stamps + piece->stamps;
    for (unsigned left = piece->stamp_count; left > 0; left--, stamp++)
        apply_stamp(pool, stamp, out + stamp->offset);
    return piece->length;
}
