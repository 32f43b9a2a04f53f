#include "literal/literal-set.h"

#include "base/alloc.h"
#include "kernels/needle.h"
#include "literal/rarity.h"
#include "syntax/charset.h"

#include <stdlib.h>
#include <string.h>

/* The most bytes of a product, as each member of a row makes a new one. */
#define SET_BYTES_MAX ((size_t)64 << 10)

struct literal_block {
    struct literal_block *next;
    size_t used, size;
    uint8_t bytes[];
};

static void *allocate(struct literal_arena *arena, size_t size)
{
    size = (size + 15) / 16 * 16;
    struct literal_block *block = arena->blocks;
    if (!block || block->size - block->used < size) {
        size_t room = size > 65536 ? size : 65536;
        block = xmalloc(sizeof *block + room);
        *block = (struct literal_block){.next = arena->blocks, .size = room};
        arena->blocks = block;
    }
    block->used += size;
    return block->bytes + block->used - size;
}

struct literal literal_create(struct literal_arena *arena, size_t length)
{
    uint8_t *bytes = allocate(arena, 2 * length);
    return (struct literal){bytes, bytes + length, length};
}

struct literal_set literal_set_create(struct literal_arena *arena, size_t count)
{
    return (struct literal_set){allocate(arena, count * sizeof(struct literal)), count};
}

struct literal_set literal_set_of_empty(struct literal_arena *arena)
{
    struct literal_set set = literal_set_create(arena, 1);
    set.items[0] = literal_create(arena, 0);
    return set;
}

static double literal_frequency(const struct literal *literal)
{
    double frequency = 1;
    for (size_t i = 0; i < literal->length && frequency > 1e-12; i++)
        frequency *= rarity_share(literal->value[i], literal->mask[i]);
    return frequency;
}

/*
 * The same where the text is of the literal's script: of its bytes beyond ASCII most are two to a character, of which
 * the first has few values.  Letters of Latin scripts with marks stand among ASCII.
 */
static double frequency_in_script(const struct literal *literal)
{
    const double first = 0.4, first_of_latin = 0.03, others = rarity_share(0x80, 0xc0);
    double frequency = 1;
    for (size_t i = 0; i < literal->length && frequency > 1e-12; i++) {
        const uint8_t value = literal->value[i], mask = literal->mask[i];
        if (value < 0x80)
            frequency *= rarity_share(value, mask);
        else if (value < 0xc0)
            frequency *= rarity_share(value, mask) / others;
        else
            frequency *= value < 0xc6 ? first_of_latin : first;
    }
    return frequency;
}

double literal_set_frequency(struct literal_set set)
{
    double frequency = 0;
    for (size_t i = 0; i < set.count; i++)
        frequency += literal_frequency(&set.items[i]);
    return frequency;
}

/*
 * Nanoseconds for a place that was found.  Measured on 128 MiB: 100 to 250 for lines of 116 bytes, by the automaton or
 * PCRE2; 33 for the 627,000 places of [a-z]ing in prose, 30 for the 236,000 of [0-9]ms in a log (--engine=literal with
 * '[A-Z][a-z]+ing\b' and '\w+=\d+ms').
 */
#define LINE_COST 250
#define PLACE_COST 40

/*
 * The search is as bench/kernels and bench/words have measured it, with AVX-512; in a large set, words of less than
 * four bytes make every byte be looked at.
 */
double literal_set_cost(struct literal_set set, bool confirmed)
{
    double search = set.count == 1 ? 0.03 : set.count <= 8 ? 0.05 : set.count <= 64 ? 0.1 : 0.25;
    for (size_t i = 0; i < set.count && set.count > 64; i++)
        if (set.items[i].length < 4)
            search = 1;
    double frequency = 0;
    for (size_t i = 0; i < set.count; i++)
        frequency += frequency_in_script(&set.items[i]);
    return search + (confirmed ? PLACE_COST : LINE_COST) * frequency;
}

bool literal_set_has_empty(struct literal_set set)
{
    for (size_t i = 0; i < set.count; i++)
        if (set.items[i].length == 0)
            return true;
    return false;
}

static struct literal concatenation(struct literal_arena *arena, const struct literal *a, const struct literal *b)
{
    struct literal literal = literal_create(arena, a->length + b->length);
    memcpy(mempcpy(literal.value, a->value, a->length), b->value, b->length);
    memcpy(mempcpy(literal.mask, a->mask, a->length), b->mask, b->length);
    return literal;
}

bool literal_set_multiply(struct literal_arena *arena, struct literal_set a, struct literal_set b,
                          struct literal_set *product)
{
    if (a.count == 1 && a.items[0].length == 0 && b.count > 0) {
        *product = b;
        return true;
    }
    if (a.count == 0 || b.count == 0 || (a.count > 1 && b.count > 1 && a.count * b.count > LITERAL_PRODUCT_MAX))
        return false;
    size_t longest_a = 0, longest_b = 0;
    for (size_t i = 0; i < a.count; i++)
        longest_a = a.items[i].length > longest_a ? a.items[i].length : longest_a;
    for (size_t i = 0; i < b.count; i++)
        longest_b = b.items[i].length > longest_b ? b.items[i].length : longest_b;
    if (longest_a + longest_b > LITERAL_LENGTH_MAX || a.count * b.count * (longest_a + longest_b) > SET_BYTES_MAX)
        return false;
    if (longest_b == 0 && b.count == 1) {
        *product = a;
        return true;
    }
    struct literal_set set = literal_set_create(arena, a.count * b.count);
    for (size_t i = 0; i < a.count; i++)
        for (size_t k = 0; k < b.count; k++)
            set.items[i * b.count + k] = concatenation(arena, &a.items[i], &b.items[k]);
    *product = set;
    return true;
}

/* Whether a position stands for one byte, or for a letter in both cases. */
static bool is_plain_position(uint8_t value, uint8_t mask)
{
    return mask == 0xff || (mask == 0xdf && value >= 'A' && value <= 'Z');
}

/* The longest part of a literal with plain positions only. */
static struct literal plain_part(const struct literal *literal)
{
    struct literal best = {literal->value, literal->mask, 0};
    size_t begin = 0;
    for (size_t i = 0; i <= literal->length; i++) {
        if (i < literal->length && is_plain_position(literal->value[i], literal->mask[i]))
            continue;
        if (i - begin > best.length)
            best = (struct literal){literal->value + begin, literal->mask + begin, i - begin};
        begin = i + 1;
    }
    return best;
}

/* The most plain literals that replace one with other positions. */
#define SPELLINGS_MAX 32

/* The number of plain literals that replace one; above SPELLINGS_MAX it is too many. */
static size_t count_spellings(const struct literal *literal)
{
    size_t count = 1;
    for (size_t i = 0; i < literal->length && count <= SPELLINGS_MAX; i++)
        if (!is_plain_position(literal->value[i], literal->mask[i]))
            count <<= 8 - __builtin_popcount(literal->mask[i]);
    return count;
}

/* The spelling with that number: its bits go into the open bits of the positions that are not plain. */
static struct literal spelling(struct literal_arena *arena, const struct literal *literal, size_t number)
{
    struct literal plain = literal_create(arena, literal->length);
    for (size_t i = 0; i < literal->length; i++) {
        plain.value[i] = literal->value[i];
        plain.mask[i] = literal->mask[i];
        if (is_plain_position(literal->value[i], literal->mask[i]))
            continue;
        plain.mask[i] = 0xff;
        for (unsigned bit = 1; bit < 256; bit <<= 1)
            if (!(literal->mask[i] & bit)) {
                plain.value[i] |= (uint8_t)(number & 1 ? bit : 0);
                number >>= 1;
            }
    }
    return plain;
}

bool literal_set_make_plain(struct literal_arena *arena, struct literal_set *set, bool *precise)
{
    if (set->count <= NEEDLE_SET_COUNT)
        return true;
    size_t count = 0;
    for (size_t i = 0; i < set->count; i++) {
        size_t spellings = count_spellings(&set->items[i]);
        count += spellings <= SPELLINGS_MAX ? spellings : 1;
    }
    struct literal_set plain = literal_set_create(arena, count);
    count = 0;
    for (size_t i = 0; i < set->count; i++) {
        const struct literal *literal = &set->items[i];
        size_t spellings = count_spellings(literal);
        for (size_t k = 0; k < spellings && spellings <= SPELLINGS_MAX; k++) {
            plain.items[count] = spelling(arena, literal, k);
            /* Open bits may spell a newline, which no line has. */
            count += !memchr(plain.items[count].value, '\n', literal->length);
        }
        if (spellings <= SPELLINGS_MAX)
            continue;
        plain.items[count] = plain_part(literal);
        *precise = false;
        if (plain.items[count++].length == 0)
            return false;
    }
    plain.count = count;
    *set = plain;
    return true;
}

struct literal_set literal_set_unite(struct literal_arena *arena, struct literal_set a, struct literal_set b)
{
    struct literal_set set = literal_set_create(arena, a.count + b.count);
    memcpy(set.items, a.items, a.count * sizeof *a.items);
    memcpy(set.items + a.count, b.items, b.count * sizeof *b.items);
    return set;
}

void literal_arena_free(struct literal_arena *arena)
{
    while (arena->blocks) {
        struct literal_block *next = arena->blocks->next;
        free(arena->blocks);
        arena->blocks = next;
    }
}

static struct literal_set add_character(struct literal_arena *arena, struct literal_set set, const char *bytes)
{
    struct literal_set other = literal_set_create(arena, 1);
    struct literal literal = literal_create(arena, strlen(bytes));
    memcpy(literal.value, bytes, literal.length);
    memset(literal.mask, 0xff, literal.length);
    other.items[0] = literal;
    return literal_set_unite(arena, set, other);
}

struct literal_set literal_set_add_folds(struct literal_arena *arena, struct literal_set set, unsigned folds)
{
    if (folds & FOLDS_LONG_S)
        set = add_character(arena, set, LONG_S_UTF8);
    if (folds & FOLDS_KELVIN)
        set = add_character(arena, set, KELVIN_SIGN_UTF8);
    return set;
}
