/* word-sieve.c - see word-sieve.h. */
#include "literal/word-sieve.h"

#include <stdlib.h>

#include "base/alloc.h"

/* Two whole bytes and the low bits of a third are a place in the table of short words. */
#define SHORT_BITS 19

/* All places that a text may have where the word begins: what follows it is not known. */
static void add_short_word(struct word_sieve *sieve, const struct list_word *word)
{
    uint64_t fold = word_list_fold(sieve->list) & bytes_mask(3);
    uint64_t known = (bytes_load_before(word->bytes, word->bytes + word->length) | fold) & bytes_mask(word->length);
    uint64_t unknown = UINT64_C(1) << SHORT_BITS;
    for (uint64_t rest = 0; rest < unknown; rest += UINT64_C(1) << 8 * word->length) {
        uint64_t place = ((known | rest) | fold) & (unknown - 1);
        sieve->table[place / 64] |= UINT64_C(1) << place % 64;
        if (word->length > 2)
            break;
    }
}

/*
 * A gram's hash: `factor` drops the bytes beyond the gram.  The lowest twelve bits of the hash are the
 * numbers of two bits, the others the number of the word of the table that has them.
 */
static inline uint64_t gram_hash(const struct word_sieve *sieve, uint64_t bytes, uint64_t fold)
{
    return ((bytes | fold) * sieve->factor) >> sieve->shift;
}

static inline bool gram_in(const uint64_t *table, uint64_t hash)
{
    uint64_t bits = table[hash >> 12];
    return (bits >> (hash & 63) & bits >> (hash >> 6 & 63) & 1) != 0;
}

static void add_grams(struct word_sieve *sieve, const struct list_word *word)
{
    for (size_t i = 0; i < sieve->step; i++) {
        uint64_t bytes = bytes_load_before(word->bytes + i, word->bytes + word->length);
        uint64_t hash = gram_hash(sieve, bytes, word_list_fold(sieve->list));
        sieve->table[hash >> 12] |= UINT64_C(1) << (hash & 63) | UINT64_C(1) << (hash >> 6 & 63);
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

/*
 * A word's grams come from no more bytes than that: more of them are looked at in fewer places, but fill the table.
 * Milliseconds for 64 MiB as above, words of 20 to 30 letters, with 10, 12, 16 and 20: 100 words 14, 12, 12, 12; 1000
 * words 17, 14, 13, 13; 20000 words 28, 23, 20, 22; 100000 words 49, 39, 33, 31.
 */
#define GRAM_WINDOW 16

/*
 * The bits of the table for each gram, at least.  Milliseconds as above with 8, 16 and 32: for 100 words (q = 5) 65,
 * 55, 53; 1000 words (q = 6) 74, 73, 96; 20000 words (q = 7) 102, 96, 98; 100000 words (q = 8) 136, 151, 150.
 */
#define BITS_PER_GRAM 16

/*
 * The table has at most so many bits, 1 MiB, as it should stay in the cache of one core.  Milliseconds for 64 MiB as
 * above, 100000 words, 2^21, 2^22, 2^23 and 2^24 bits: of 10 letters 39, 35, 40, 40; of 20 to 30 53, 34, 28, 25; of 5
 * to 60 154, 158, 159, 153.
 */
#define TABLE_BITS_MAX 23

static void build_table(struct word_sieve *sieve)
{
    size_t m = sieve->list->shortest < GRAM_WINDOW ? sieve->list->shortest : GRAM_WINDOW;
    sieve->gram = choose_gram(sieve->list->count, m);
    sieve->step = m - sieve->gram + 1;
    unsigned bits = 9;
    while (bits < TABLE_BITS_MAX && ((size_t)1 << bits) / BITS_PER_GRAM < sieve->list->count * sieve->step)
        bits++;
    sieve->shift = 64 - (bits + 6);
    sieve->factor = HASH_FACTOR << (64 - 8 * sieve->gram);
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
    uint64_t fold = word_list_fold(sieve->list), mask = (UINT64_C(1) << SHORT_BITS) - 1;
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

/*
 * The samples whose q-gram is in the table, as offsets of the first of the `step` places that they speak for.
 * Each is written, and kept by counting it: no branch depends on the text.  Four at a time save a tenth.
 *
 * Measured on AMD EPYC (family 26), nanoseconds for a sample, tables of 2^18 and 2^21 bits: this loop 0.92 and 1.13;
 * AVX2 or AVX-512 that gather from the text and the table 2.1 to 3.0; AVX-512 VBMI, which permutes the text and gathers
 * from the table, 0.67 and 0.80.
 */
static size_t run_grams(const struct word_sieve *sieve, const char *begin, const char *limit, const char *end,
                        uint16_t samples[SIEVE_STRETCH])
{
    /* Copied, as the compiler cannot know that nothing written here changes it. */
    const struct word_sieve local = *sieve;
    uint64_t fold = word_list_fold(local.list);
    size_t step = local.step, found = 0, offset = 0, length = (size_t)(limit - begin);
    const char *ahead = begin + step - 1;
    size_t whole = end - ahead >= 8 ? (size_t)(end - ahead) - 7 : 0; /* eight bytes can be read before this */
    if (whole > length)
        whole = length;
    while (offset + 3 * step < whole)
        for (int i = 0; i < 4; i++, offset += step) {
            samples[found] = (uint16_t)offset;
            found += gram_in(local.table, gram_hash(&local, bytes_load(ahead + offset), fold));
        }
    for (; offset < length && offset + local.gram <= (size_t)(end - ahead); offset += step) {
        samples[found] = (uint16_t)offset;
        found += gram_in(local.table, gram_hash(&local, bytes_load_before(ahead + offset, end), fold));
    }
    return found;
}

/* Which of the places around the samples have a window of a word. */
static size_t test_windows(const struct word_sieve *sieve, const char *begin, size_t length, const char *end,
                           const uint16_t *samples, size_t count, uint16_t *places)
{
    const struct word_list *list = sieve->list;
    uint64_t fold = word_list_fold(list);
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        size_t last = samples[i] + sieve->step < length ? samples[i] + sieve->step : length;
        for (size_t offset = samples[i]; offset < last; offset++) {
            const char *place = begin + offset;
            places[found] = (uint16_t)offset;
            found += word_list_may_have(list, word_list_hash(list, place, bytes_load_before(place, end) | fold));
        }
    }
    return found;
}

/* Which of the places have what a word begins with. */
static size_t test_starts(const struct word_list *list, const char *begin, const char *end, uint16_t *places,
                          size_t count)
{
    uint64_t fold = word_list_fold(list);
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        const char *place = begin + places[i];
        uint64_t start = bytes_load_before(place, end) | fold;
        places[found] = places[i];
        found += word_list_may_start(list, word_list_hash(list, place, start), start);
    }
    return found;
}

size_t word_sieve_run(const struct word_sieve *sieve, const char *begin, const char *limit, const char *end,
                      uint16_t places[SIEVE_STRETCH])
{
    if (!sieve->gram)
        return run_short(sieve, begin, limit, end, places);
    uint16_t samples[SIEVE_STRETCH];
    size_t count = run_grams(sieve, begin, limit, end, samples);
    count = test_windows(sieve, begin, (size_t)(limit - begin), end, samples, count, places);
    return test_starts(sieve->list, begin, end, places, count);
}
