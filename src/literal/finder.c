#include "literal/finder.h"

#include "base/alloc.h"
#include "literal/rarity.h"
#include "literal/word-set.h"

#include <stdlib.h>
#include <string.h>

struct finder {
    struct literals literals;
    const struct kernels *kernels;
    struct needle *needles;
    struct needle_set *set; /* of several needles */
    struct word_set *words; /* for many literals; then there are no needles */
    size_t reach;           /* the most bytes that a place has after its first */
    bool loose;
};

/*
 * The most literals that Teddy takes.  bench/kernels, GB/s for 5 / 20 / 40 / 60 words: AVX-512 with VBMI 37 / 28 / 22 /
 * 9, without 16.7 / 11.7 / 11.0 / 6.9, AVX2 16.7 / 10.0 / 6.6 / 4.7, SSSE3 6.6 / 5.4 / 4.2 / 3.4, SSE2 and C 2.7 / 1.7
 * / 1.7 / 1.6.  bench/words, the other way: 4.7 for 100 words of ten letters, 1.8 for 100 of 5 to 12.
 */
static size_t few(const struct kernels *kernels)
{
    return kernels->shuffle_limit > 16 ? NEEDLE_SET_COUNT : kernels->shuffle_limit ? 48 : 6;
}

/* Whether every position stands for a byte, or for an ASCII letter in both cases. */
static bool is_plain(const struct literals *literals, bool *cased, bool *caseless)
{
    *cased = *caseless = false;
    for (size_t i = 0; i < literals->count; i++) {
        const struct literal *literal = &literals->items[i];
        for (size_t k = 0; k < literal->length; k++) {
            uint8_t value = literal->value[k], lower = value | 0x20;
            bool letter = lower >= 'a' && lower <= 'z';
            if (literal->mask[k] != 0xff && (literal->mask[k] != 0xdf || !letter))
                return false;
            *caseless |= literal->mask[k] == 0xdf;
            *cased |= literal->mask[k] == 0xff && letter;
        }
    }
    return true;
}

bool finder_is_possible(const struct literals *literals)
{
    bool cased, caseless;
    return literals->count > 0 && (literals->count <= NEEDLE_SET_COUNT || is_plain(literals, &cased, &caseless));
}

static bool create_words(struct finder *finder)
{
    const struct literals *literals = &finder->literals;
    bool cased, caseless;
    if (!is_plain(literals, &cased, &caseless))
        return false;
    struct word *words = xcalloc(literals->count, sizeof *words);
    for (size_t i = 0; i < literals->count; i++)
        words[i] = (struct word){(const char *)literals->items[i].value, literals->items[i].length};
    finder->words = word_set_create(words, literals->count, caseless);
    finder->loose = cased && caseless;
    free(words);
    return true;
}

static void create_needles(struct finder *finder)
{
    const struct literals *literals = &finder->literals;
    needle_rarity rarity;
    rarity_table(rarity);
    finder->needles = xcalloc(literals->count, sizeof *finder->needles);
    for (size_t i = 0; i < literals->count; i++) {
        const struct literal *literal = &literals->items[i];
        finder->needles[i] = (struct needle){.value = literal->value, .mask = literal->mask, .length = literal->length};
        needle_choose_rare(&finder->needles[i], rarity);
    }
    if (literals->count > 1) {
        finder->set = xmalloc(sizeof *finder->set);
        needle_set_init(finder->set, finder->needles, literals->count, rarity);
    }
}

struct finder *finder_create(struct literals *literals, const struct kernels *kernels)
{
    if (!finder_is_possible(literals))
        return NULL;
    struct finder *finder = xcalloc(1, sizeof *finder);
    finder->literals = *literals;
    finder->kernels = kernels;
    for (size_t i = 0; i < literals->count; i++)
        if (literals->items[i].length > finder->reach + 1)
            finder->reach = literals->items[i].length - 1;
    if (literals->count <= few(kernels) || (!create_words(finder) && literals->count <= NEEDLE_SET_COUNT))
        create_needles(finder);
    *literals = (struct literals){.items = NULL};
    return finder;
}

void finder_free(struct finder *finder)
{
    if (!finder)
        return;
    word_set_free(finder->words);
    free(finder->set);
    free(finder->needles);
    literals_free(&finder->literals);
    free(finder);
}

const struct literals *finder_literals(const struct finder *finder)
{
    return &finder->literals;
}

bool finder_is_loose(const struct finder *finder)
{
    return finder->loose;
}

const char *finder_method(const struct finder *finder)
{
    return finder->words ? "sampled q-grams" : finder->set ? "tables of half bytes (Teddy)" : "its two rarest bytes";
}

const struct needle *finder_needle(const struct finder *finder)
{
    return finder->set ? NULL : finder->needles;
}

/* The first of the needles that fits at a place. */
static bool any_fits(const struct finder *finder, size_t first, const char *at, const char *end, finder_fits *fits,
                     void *context, struct span *place)
{
    for (size_t i = first; i < finder->literals.count; i++) {
        const struct needle *needle = &finder->needles[i];
        *place = (struct span){at, at + needle->length};
        if ((i == first || needle_fits(needle, at, end)) && (!fits || fits(context, at, place->end)))
            return true;
    }
    return false;
}

bool finder_find(const struct finder *finder, const char *from, const char *end, finder_fits *fits, void *context,
                 struct span *place)
{
    if (finder->words) {
        size_t index;
        place->begin = word_set_find(finder->words, from, end, fits, context, &index, &place->end);
        return place->begin != NULL;
    }
    for (const char *at = from; at < end; at++) {
        size_t first = 0;
        at = finder->set ? finder->kernels->find_any(finder->set, at, (size_t)(end - at), &first)
                         : finder->kernels->find_needle(finder->needles, at, (size_t)(end - at));
        if (!at)
            return false;
        if (any_fits(finder, first, at, end, fits, context, place))
            return true;
    }
    return false;
}

bool finder_find_outside(const struct finder *finder, struct span blank, const char *from, const char *end,
                         finder_fits *fits, void *context, struct span *place)
{
    if (from < blank.begin) {
        const char *last = (size_t)(end - blank.begin) > finder->reach ? blank.begin + finder->reach : end;
        /* A needle that begins later may be cut off here. */
        if (finder_find(finder, from, last, fits, context, place) && place->begin < blank.begin)
            return true;
    }
    return finder_find(finder, from < blank.end ? blank.end : from, end, fits, context, place);
}

/* So many bytes are scanned for a newline, and then searched while they are in the cache. */
#define PIECE ((size_t)32 << 10)

bool finder_passes(const struct finder *finder, const char *from, const char *end, const char *text_end)
{
    const size_t reach = finder->reach;
    const struct needle *needle = finder_needle(finder);
    if (needle) {
        const char *last = (size_t)(text_end - end) > reach ? end + reach : text_end;
        const char *found = finder->kernels->find_in_line(needle, from, (size_t)(last - from));
        return !found || found >= end;
    }
    while (from < end) {
        const char *next = (size_t)(end - from) > PIECE ? from + PIECE : end;
        const char *last = (size_t)(text_end - next) > reach ? next + reach : text_end;
        struct span place;
        if (memchr(from, '\n', (size_t)(next - from)) ||
            (finder_find(finder, from, last, NULL, NULL, &place) && place.begin < next))
            return false;
        from = next;
    }
    return true;
}
