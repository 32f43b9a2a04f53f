#include "kernels/needle.h"

#include <assert.h>

/* 2^(-1/16) */
#define STEP 0.95760328069857364694

/* The share of each byte in the text. */
static void shares_of(double share[256], const needle_rarity rarity)
{
    double power[256] = {1};
    for (size_t i = 1; i < 256; i++)
        power[i] = power[i - 1] * STEP;
    for (size_t byte = 0; byte < 256; byte++)
        share[byte] = power[rarity[byte]];
}

static bool fits(const struct needle *needle, size_t position, size_t byte)
{
    return (byte & needle->mask[position]) == needle->value[position];
}

/* How often a byte fits that position. */
static double share_at(const struct needle *needle, size_t position, const double share[256])
{
    double sum = 0;
    for (size_t byte = 0; byte < 256; byte++)
        if (fits(needle, position, byte))
            sum += share[byte];
    return sum < 1 ? sum : 1;
}

/*
 * When two bytes fit at more places of the text than this, two more are looked at: each place that turns out to be none
 * stops the stream of loads.  GB/s of 128 MiB of prose in memory, AVX2 (bench/kernels; AMD EPYC, family 26): "tents" by
 * two bytes 22, by four 38; what fits nowhere 39 in both ways, and in the cache 95 and 45.
 */
#define FEW_PLACES (1. / 16384)

void needle_choose_rare(struct needle *needle, const needle_rarity rarity)
{
    double share[256], lowest[NEEDLE_LOOKS];
    size_t count = 0; /* of those chosen so far; the lowest share first, and of equal ones the first position */
    shares_of(share, rarity);
    for (size_t i = 0; i < needle->length; i++) {
        double here = share_at(needle, i, share);
        size_t k = count;
        for (; k > 0 && here < lowest[k - 1]; k--)
            if (k < NEEDLE_LOOKS) {
                lowest[k] = lowest[k - 1];
                needle->rare[k] = needle->rare[k - 1];
            }
        if (k == NEEDLE_LOOKS)
            continue;
        lowest[k] = here;
        needle->rare[k] = i;
        count += count < NEEDLE_LOOKS;
    }
    while (count > 1 && lowest[count - 1] >= 1) /* what any byte fits tells nothing */
        count--;
    needle->looks = count > 2 && lowest[0] * lowest[1] > FEW_PLACES ? NEEDLE_LOOKS : 2;
    for (; count < NEEDLE_LOOKS; count++)
        needle->rare[count] = needle->rare[0];
}

/* The halves of bytes that a bucket has at its places, a bit for each, and how often they come together. */
struct bucket {
    uint16_t low[NEEDLE_SET_PLACES], top[NEEDLE_SET_PLACES];
    uint64_t needles;
    double share;
};

static double share_of_bucket(const struct bucket *bucket, size_t places, const double share[256])
{
    double product = 1;
    for (size_t k = 0; k < places; k++) {
        double sum = 0;
        for (unsigned tops = bucket->top[k]; tops; tops &= tops - 1)
            for (unsigned lows = bucket->low[k]; lows; lows &= lows - 1)
                sum += share[__builtin_ctz(tops) * 16 + __builtin_ctz(lows)];
        product *= sum < 1 ? sum : 1;
    }
    return product;
}

static struct bucket bucket_of(const struct needle_set *set, size_t index, const double share[256])
{
    const struct needle *needle = &set->needles[index];
    struct bucket bucket = {.needles = UINT64_C(1) << index};
    for (size_t k = 0; k < set->places; k++) {
        size_t position = set->place[k];
        for (unsigned half = 0; half < 16; half++) {
            unsigned value = needle->value[position], mask = needle->mask[position];
            bucket.low[k] |= (uint16_t)((half & mask & 15) == (value & 15) ? 1u << half : 0);
            bucket.top[k] |= (uint16_t)((half & mask >> 4) == value >> 4 ? 1u << half : 0);
        }
    }
    bucket.share = share_of_bucket(&bucket, set->places, share);
    return bucket;
}

static struct bucket merged(const struct bucket *a, const struct bucket *b, size_t places, const double share[256])
{
    struct bucket bucket = {.needles = a->needles | b->needles};
    for (size_t k = 0; k < places; k++) {
        bucket.low[k] = a->low[k] | b->low[k];
        bucket.top[k] = a->top[k] | b->top[k];
    }
    bucket.share = share_of_bucket(&bucket, places, share);
    return bucket;
}

/* Starts with a bucket for each needle, and merges the two that lose the least by it until no more than `wanted` are
 * left; their number. */
static size_t group(const struct needle_set *set, struct bucket bucket[NEEDLE_SET_COUNT], size_t wanted,
                    const double share[256])
{
    double loss[NEEDLE_SET_COUNT][NEEDLE_SET_COUNT]; /* [i][j], j < i: what merging i and j adds to the candidates */
    size_t count = set->count, places = set->places;
    for (size_t i = 0; i < count; i++)
        bucket[i] = bucket_of(set, i, share);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++)
            loss[i][j] = merged(&bucket[i], &bucket[j], places, share).share - bucket[i].share - bucket[j].share;
    while (count > wanted) {
        size_t a = 1, b = 0;
        for (size_t i = 0; i < count; i++)
            for (size_t j = 0; j < i; j++)
                if (loss[i][j] < loss[a][b])
                    a = i, b = j;
        bucket[b] = merged(&bucket[a], &bucket[b], places, share);
        count--;
        bucket[a] = bucket[count];
        size_t changed[2] = {a, b};
        for (size_t c = 0; c < 2; c++)
            for (size_t i = 0; i < count; i++) {
                size_t x = changed[c] > i ? changed[c] : i, y = changed[c] > i ? i : changed[c];
                if (x != y && x < count)
                    loss[x][y] =
                        merged(&bucket[x], &bucket[y], places, share).share - bucket[x].share - bucket[y].share;
            }
    }
    return count;
}

/* How many candidates for each byte of the text are few enough that another place is not worth its lookups. */
#define FEW_CANDIDATES (1. / 4096)

/* Takes one place after the other: the one that leaves the fewest candidates. */
static void choose_places(struct needle_set *set, const double share[256])
{
    double left[NEEDLE_SET_COUNT]; /* how often the needle's chosen bytes come together */
    for (size_t n = 0; n < set->count; n++)
        left[n] = 1;
    size_t reach = set->shortest < NEEDLE_SET_REACH ? set->shortest : NEEDLE_SET_REACH;
    uint32_t taken = 0;
    double candidates = 1;
    for (set->places = 0; set->places < NEEDLE_SET_PLACES && set->places < reach; set->places++) {
        size_t best = reach;
        double lowest = 0;
        for (size_t position = 0; position < reach; position++) {
            double sum = 0;
            for (size_t n = 0; n < set->count; n++)
                sum += left[n] * share_at(&set->needles[n], position, share);
            if (!(taken >> position & 1) && (best == reach || sum < lowest)) {
                best = position;
                lowest = sum;
            }
        }
        for (size_t n = 0; n < set->count; n++)
            left[n] *= share_at(&set->needles[n], best, share);
        set->place[set->places] = best;
        taken |= UINT32_C(1) << best;
        candidates = lowest;
        if (set->count <= NEEDLE_SET_BUCKETS && candidates < FEW_CANDIDATES) {
            set->places++;
            break;
        }
    }
}

/*
 * Candidates for each byte of the text above which a second row of buckets is worth its lookups.  GB/s with one row and
 * with two, on prose in memory, by AVX2 and by AVX-512 (bench/kernels; AMD EPYC, family 26): 20 words, for which one
 * row is said to let 1/1020 through: 10.1 and 7.4, 11.7 and 11.5; 40 words, 1/110: 4.8 and 6.6, 5.6 and 11.0; 60 words,
 * 1/33: 3.6 and 4.7, 4.7 and 6.9.
 */
#define MANY_CANDIDATES (1. / 256)

/* Groups the needles into one row of buckets if that will do; the number of buckets. */
static size_t fill_rows(struct needle_set *set, struct bucket bucket[NEEDLE_SET_COUNT], const double share[256])
{
    double candidates = 0;
    set->rows = 1;
    size_t count = group(set, bucket, NEEDLE_SET_BUCKETS, share);
    for (size_t b = 0; b < count; b++)
        candidates += bucket[b].share;
    if (candidates <= MANY_CANDIDATES || set->count <= NEEDLE_SET_BUCKETS)
        return count;
    set->rows = NEEDLE_SET_ROWS;
    return group(set, bucket, NEEDLE_SET_ROWS * NEEDLE_SET_BUCKETS, share);
}

void needle_set_init(struct needle_set *set, const struct needle *needles, size_t count, const needle_rarity rarity)
{
    assert(count >= 1 && count <= NEEDLE_SET_COUNT);
    double share[256];
    struct bucket bucket[NEEDLE_SET_COUNT];
    shares_of(share, rarity);
    *set = (struct needle_set){.needles = needles, .count = count, .shortest = needles[0].length};
    for (size_t n = 1; n < count; n++)
        set->shortest = needles[n].length < set->shortest ? needles[n].length : set->shortest;
    choose_places(set, share);
    size_t buckets = fill_rows(set, bucket, share);
    for (size_t k = 0; k < set->places; k++) {
        for (size_t b = 0; b < buckets; b++)
            for (size_t half = 0; half < 16; half++) {
                size_t row = b / NEEDLE_SET_BUCKETS, bit = b % NEEDLE_SET_BUCKETS;
                set->low[row][k][half] |= (unsigned char)((bucket[b].low[k] >> half & 1) << bit);
                set->top[row][k][half] |= (unsigned char)((bucket[b].top[k] >> half & 1) << bit);
            }
        for (size_t byte = 0; byte < 256; byte++) {
            for (size_t n = 0; n < count; n++)
                set->fits[k][byte] |= (uint64_t)fits(&needles[n], set->place[k], byte) << n;
            for (size_t b = 0; b < buckets; b++)
                if (set->fits[k][byte] & bucket[b].needles)
                    set->half[b / NEEDLE_SET_BUCKETS][k][byte % 128] |= (unsigned char)(1u << b % NEEDLE_SET_BUCKETS);
        }
    }
}
