/* word-sieve.c - see word-sieve.h. */
#include "match/word-sieve.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "match/word-bytes.h"

/* Two whole bytes and the low bits of a third are a place in the table of short words. */
#define SHORT_BITS 19

static uint64_t fold_of(const struct word_list *list)
{
    return list->caseless ? CASE_BITS : 0;
}

/* All places that a text may have where the word begins: what follows it is not known. */
static void add_short_word(struct word_sieve *sieve, const struct list_word *word)
{
    uint64_t fold = fold_of(sieve->list) & bytes_mask(3);
    uint64_t known = (bytes_load_before(word->bytes, word->bytes + word->length) | fold) & bytes_mask(word->length);
    uint64_t unknown = UINT64_C(1) << SHORT_BITS;
    for (uint64_t rest = 0; rest < unknown; rest += UINT64_C(1) << 8 * word->length) {
        uint64_t place = ((known | rest) | fold) & (unknown - 1);
        sieve->table[place / 64] |= UINT64_C(1) << place % 64;
        if (word->length > 2)
            break;
    }
}

/* The bits of a gram in its word of the table. */
static inline uint64_t gram_bits(uint64_t hash)
{
    return UINT64_C(1) << (hash >> 20 & 63) | UINT64_C(1) << (hash >> 26 & 63);
}

static inline uint64_t gram_hash(uint64_t bytes, uint64_t fold, uint64_t mask)
{
    return ((bytes | fold) & mask) * HASH_FACTOR;
}

static void add_grams(struct word_sieve *sieve, const struct list_word *word)
{
    uint64_t fold = fold_of(sieve->list), mask = bytes_mask(sieve->gram);
    for (size_t i = 0; i < sieve->step; i++) {
        uint64_t bytes = bytes_load_before(word->bytes + i, word->bytes + word->length);
        uint64_t hash = gram_hash(bytes, fold, mask);
        sieve->table[hash >> sieve->shift] |= gram_bits(hash);
    }
}

/*
 * The length of the grams.  Longer ones are in fewer places of a text, shorter ones let it be looked at in fewer
 * places.  Milliseconds for 256 MiB of prose, AMD EPYC (family 26), one thread, `bench/words` with words of m letters
 * from `bench/word-list`:
 *
 *     words   m   q = 3    4    5    6    7    8
 *       100  10        76   55   65   74   93
 *      1000  10       203   88   73  117  137
 *     20000  10       234  137  104   96  118
 *    100000  10       315  212  160  137  151
 *       100   7   185   97  126  141
 *      1000   7   319  168  120  144
 *     20000   7   357  228  165  168
 *      1000   6   314  165  149  259
 *     20000   6   417  304  263  423
 *      1000   5   366  228  301
 *     20000   5   489  393  398
 *      1000   4   401  342
 *
 * Texts with more different words than that corpus has more grams of the words' in them, so where it makes little
 * difference the longer ones are taken.
 */
static size_t choose_gram(size_t words, size_t m)
{
    size_t gram = words <= 300 ? 5 : words <= 4000 ? 6 : words <= 60000 ? 7 : 8;
    if (m < 8)
        gram--;
    if (m <= 4)
        return m;
    return gram < m ? gram : m - 1;
}

/* A word's grams come from no more bytes than that, as the table would fill up. */
#define GRAM_WINDOW 12

/*
 * The bits of the table for each gram, at least.  Milliseconds as above with 8, 16 and 32: for 100 words (q = 5) 65,
 * 55, 53; 1000 words (q = 6) 74, 73, 96; 20000 words (q = 7) 102, 96, 98; 100000 words (q = 8) 136, 151, 150.
 */
#define BITS_PER_GRAM 16

/* The table has at most so many bits, 1 MiB, as it should stay in the cache of one core. */
#define TABLE_BITS_MAX 23

static void build_table(struct word_sieve *sieve)
{
    size_t m = sieve->list->shortest < GRAM_WINDOW ? sieve->list->shortest : GRAM_WINDOW;
    sieve->gram = choose_gram(sieve->list->count, m);
    sieve->step = m - sieve->gram + 1;
    unsigned bits = 9;
    while (bits < TABLE_BITS_MAX && ((size_t)1 << bits) / BITS_PER_GRAM < sieve->list->count * sieve->step)
        bits++;
    sieve->shift = 64 - (bits - 6);
    sieve->table = xcalloc((size_t)1 << (bits - 6), sizeof *sieve->table);
}

void word_sieve_build(struct word_sieve *sieve, const struct word_list *list)
{
    *sieve = (struct word_sieve){.list = list, .step = 1};
    if (list->shortest <= 3)
        sieve->table = xcalloc((size_t)1 << (SHORT_BITS - 6), sizeof *sieve->table);
    else
        build_table(sieve);
    for (size_t i = 0; i < list->count; i++)
        if (sieve->gram)
            add_grams(sieve, &list->words[i]);
        else
            add_short_word(sieve, &list->words[i]);
}

void word_sieve_free(struct word_sieve *sieve)
{
    free(sieve->table);
}

static size_t run_short(const struct word_sieve *sieve, const char *begin, const char *limit, const char *end,
                        uint16_t places[SIEVE_STRETCH])
{
    uint64_t fold = fold_of(sieve->list), mask = (UINT64_C(1) << SHORT_BITS) - 1;
    const uint64_t *table = sieve->table;
    size_t found = 0;
    const char *place = begin;
    const char *whole = end - place >= 8 ? end - 7 : place; /* eight bytes can be read before this */
    if (whole > limit)
        whole = limit;
    for (; place < whole; place++) {
        uint64_t bits = (bytes_load(place) | fold) & mask;
        places[found] = (uint16_t)(place - begin);
        found += table[bits / 64] >> bits % 64 & 1;
    }
    for (; place < limit; place++) {
        uint64_t bits = (bytes_load_before(place, end) | fold) & mask;
        places[found] = (uint16_t)(place - begin);
        found += table[bits / 64] >> bits % 64 & 1;
    }
    return found;
}

/* The samples whose q-gram is in the table, as offsets of the first of the `step` places that they speak for. */
static size_t run_grams(const struct word_sieve *sieve, const char *begin, const char *limit, const char *end,
                        uint16_t samples[SIEVE_STRETCH])
{
    uint64_t fold = fold_of(sieve->list), mask = bytes_mask(sieve->gram);
    const uint64_t *table = sieve->table;
    unsigned shift = sieve->shift;
    size_t step = sieve->step, found = 0, offset = 0, length = (size_t)(limit - begin);
    const char *ahead = begin + step - 1;
    size_t whole = end - ahead >= 8 ? (size_t)(end - ahead) - 7 : 0;
    if (whole > length)
        whole = length;
    for (; offset < whole; offset += step) {
        uint64_t hash = gram_hash(bytes_load(ahead + offset), fold, mask);
        uint64_t bits = table[hash >> shift];
        samples[found] = (uint16_t)offset;
        found += bits >> (hash >> 20 & 63) & bits >> (hash >> 26 & 63) & 1;
    }
    for (; offset < length; offset += step) {
        if ((size_t)(end - ahead) < offset + sieve->gram)
            break;
        uint64_t hash = gram_hash(bytes_load_before(ahead + offset, end), fold, mask);
        uint64_t bits = table[hash >> shift];
        samples[found] = (uint16_t)offset;
        found += bits >> (hash >> 20 & 63) & bits >> (hash >> 26 & 63) & 1;
    }
    return found;
}

size_t word_sieve_run(const struct word_sieve *sieve, const char *begin, const char *limit, const char *end,
                      uint16_t places[SIEVE_STRETCH])
{
    if (!sieve->gram)
        return run_short(sieve, begin, limit, end, places);
    uint16_t samples[SIEVE_STRETCH];
    size_t passed = run_grams(sieve, begin, limit, end, samples);
    size_t found = 0, length = (size_t)(limit - begin);
    for (size_t i = 0; i < passed; i++) {
        size_t last = samples[i] + sieve->step < length ? samples[i] + sieve->step : length;
        for (size_t offset = samples[i]; offset < last; offset++) {
            places[found] = (uint16_t)offset;
            found += word_list_may_have(sieve->list, word_list_hash(sieve->list, begin + offset, end));
        }
    }
    return found;
}
