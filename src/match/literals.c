#include "match/literals.h"

#include "base/alloc.h"
#include "base/utf8.h"
#include "kernels/needle.h"
#include "match/rarity.h"

#include <stdlib.h>
#include <string.h>

/* Products of sets stay below so many literals, and literals below so many bytes; alternatives may be more. */
#define PRODUCT_MAX 64
#define LENGTH_MAX 256
#define ALTERNATIVES_MAX 100000

/* And the bytes of a product below this: in a row, each step makes another. */
#define SET_BYTES_MAX ((size_t)64 << 10)

/* A literal whose estimated frequency is above this one is not worth looking for. */
#define FREQUENCY_MAX 0.05

/* Characters beyond ASCII that fold to a letter of ASCII; or'ed. */
enum {
    FOLDS_LONG_S = 1, /* U+017F, to s */
    FOLDS_KELVIN = 2, /* U+212A, to k */
};

#define LONG_S "\xc5\xbf"
#define KELVIN_SIGN "\xe2\x84\xaa"

/* All that the analysis makes lives until its end. */
struct block {
    struct block *next;
    size_t used, size;
    uint8_t bytes[];
};

struct analysis {
    struct block *blocks;
    enum literal_reading reading;
    unsigned folds; /* what READ_FOLDING has met */
};

struct set {
    struct literal *items;
    size_t count;
};

/* What is known of the texts that a node matches.  A set without items says nothing. */
struct known {
    bool finite;       /* each of them fits one of `all` */
    bool precise;      /* and what fits is one of them */
    struct set all;    /* when finite */
    struct set prefix; /* otherwise: each begins with one of these */
    struct set suffix; /* ends with */
    struct set inside; /* contains; the best that was found */
    double cost;       /* of `inside` */
};

static void *allocate(struct analysis *analysis, size_t size)
{
    size = (size + 15) / 16 * 16;
    struct block *block = analysis->blocks;
    if (!block || block->size - block->used < size) {
        size_t room = size > 65536 ? size : 65536;
        block = xmalloc(sizeof *block + room);
        *block = (struct block){.next = analysis->blocks, .size = room};
        analysis->blocks = block;
    }
    block->used += size;
    return block->bytes + block->used - size;
}

static struct literal new_literal(struct analysis *analysis, size_t length)
{
    uint8_t *bytes = allocate(analysis, 2 * length);
    return (struct literal){bytes, bytes + length, length};
}

static struct set new_set(struct analysis *analysis, size_t count)
{
    return (struct set){allocate(analysis, count * sizeof(struct literal)), count};
}

static struct set empty_text(struct analysis *analysis)
{
    struct set set = new_set(analysis, 1);
    set.items[0] = new_literal(analysis, 0);
    return set;
}

/* --- costs --- */

static double literal_frequency(const struct literal *literal)
{
    double frequency = 1;
    for (size_t i = 0; i < literal->length && frequency > 1e-12; i++)
        frequency *= rarity_share(literal->value[i], literal->mask[i]);
    return frequency;
}

static double set_frequency(struct set set)
{
    double frequency = 0;
    for (size_t i = 0; i < set.count; i++)
        frequency += literal_frequency(&set.items[i]);
    return frequency;
}

/*
 * Estimated nanoseconds per byte: the search, and a look at each line where it finds something.  The search is as
 * bench/kernels and bench/words have measured it, with AVX-512; in a large set, words of less than four bytes make
 * every byte be looked at.
 */
static double set_cost(struct set set)
{
    double search = set.count == 1 ? 0.03 : set.count <= 8 ? 0.05 : set.count <= 64 ? 0.1 : 0.25;
    for (size_t i = 0; i < set.count && set.count > 64; i++)
        if (set.items[i].length < 4)
            search = 1;
    return search + 250 * set_frequency(set);
}

static bool has_empty(struct set set)
{
    for (size_t i = 0; i < set.count; i++)
        if (set.items[i].length == 0)
            return true;
    return false;
}

/* Keeps the better of two sets of which one must be inside. */
static void consider(struct known *known, struct set set)
{
    if (set.count == 0 || has_empty(set))
        return;
    double cost = set_cost(set);
    if (known->inside.count == 0 || cost < known->cost) {
        known->inside = set;
        known->cost = cost;
    }
}

/* --- sets --- */

static struct literal concatenation(struct analysis *analysis, const struct literal *a, const struct literal *b)
{
    struct literal literal = new_literal(analysis, a->length + b->length);
    memcpy(mempcpy(literal.value, a->value, a->length), b->value, b->length);
    memcpy(mempcpy(literal.mask, a->mask, a->length), b->mask, b->length);
    return literal;
}

/* Each of `a` followed by each of `b`; false when that becomes too much. */
static bool multiply(struct analysis *analysis, struct set a, struct set b, struct set *product)
{
    if (a.count == 0 || b.count == 0 || (a.count > 1 && b.count > 1 && a.count * b.count > PRODUCT_MAX))
        return false;
    size_t longest_a = 0, longest_b = 0;
    for (size_t i = 0; i < a.count; i++)
        longest_a = a.items[i].length > longest_a ? a.items[i].length : longest_a;
    for (size_t i = 0; i < b.count; i++)
        longest_b = b.items[i].length > longest_b ? b.items[i].length : longest_b;
    if (longest_a + longest_b > LENGTH_MAX || a.count * b.count * (longest_a + longest_b) > SET_BYTES_MAX)
        return false;
    if (longest_a == 0 && a.count == 1) {
        *product = b;
        return true;
    }
    if (longest_b == 0 && b.count == 1) {
        *product = a;
        return true;
    }
    struct set set = new_set(analysis, a.count * b.count);
    for (size_t i = 0; i < a.count; i++)
        for (size_t k = 0; k < b.count; k++)
            set.items[i * b.count + k] = concatenation(analysis, &a.items[i], &b.items[k]);
    *product = set;
    return true;
}

/* Whether a position stands for one byte, or for a letter in both cases. */
static bool is_plain_position(uint8_t value, uint8_t mask)
{
    return mask == 0xff || (mask == 0xdf && value >= 'A' && value <= 'Z');
}

/* The longest part of a literal that has nothing but plain positions. */
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

/* The most plain literals that one with other positions is replaced by. */
#define SPELLINGS_MAX 32

/* How many plain literals say the same as one; more than SPELLINGS_MAX: too many. */
static size_t count_spellings(const struct literal *literal)
{
    size_t count = 1;
    for (size_t i = 0; i < literal->length && count <= SPELLINGS_MAX; i++)
        if (!is_plain_position(literal->value[i], literal->mask[i]))
            count <<= 8 - __builtin_popcount(literal->mask[i]);
    return count;
}

/* The spelling with that number: its bits go into the open bits of the positions that are not plain. */
static struct literal spelling(struct analysis *analysis, const struct literal *literal, size_t number)
{
    struct literal plain = new_literal(analysis, literal->length);
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

/*
 * Makes all literals of a set plain that is too large for any others: by all their spellings, or by the longest plain
 * part.  False when one has no such part.
 */
static bool make_plain(struct analysis *analysis, struct set *set, bool *precise)
{
    if (set->count <= NEEDLE_SET_COUNT)
        return true;
    size_t count = 0;
    for (size_t i = 0; i < set->count; i++) {
        size_t spellings = count_spellings(&set->items[i]);
        count += spellings <= SPELLINGS_MAX ? spellings : 1;
    }
    struct set plain = new_set(analysis, count);
    count = 0;
    for (size_t i = 0; i < set->count; i++) {
        const struct literal *literal = &set->items[i];
        size_t spellings = count_spellings(literal);
        for (size_t k = 0; k < spellings && spellings <= SPELLINGS_MAX; k++)
            plain.items[count++] = spelling(analysis, literal, k);
        if (spellings <= SPELLINGS_MAX)
            continue;
        plain.items[count] = plain_part(literal);
        *precise = false;
        if (plain.items[count++].length == 0)
            return false;
    }
    *set = plain;
    return true;
}

static struct set unite(struct analysis *analysis, struct set a, struct set b)
{
    struct set set = new_set(analysis, a.count + b.count);
    memcpy(set.items, a.items, a.count * sizeof *a.items);
    memcpy(set.items + a.count, b.items, b.count * sizeof *b.items);
    return set;
}

/* --- nodes --- */

static struct known known_empty(struct analysis *analysis, bool precise)
{
    return (struct known){.finite = true, .precise = precise, .all = empty_text(analysis)};
}

static struct known known_bytes(struct analysis *analysis, const uint8_t *bytes, size_t length)
{
    struct known known = {.finite = true, .precise = true, .all = new_set(analysis, 1)};
    struct literal literal = new_literal(analysis, length);
    memcpy(literal.value, bytes, length);
    memset(literal.mask, 0xff, length);
    known.all.items[0] = literal;
    return known;
}

/* Whether a set is a letter that stands by itself, and its other cases. */
static unsigned folds_of(const struct node *node)
{
    const struct charset *set = &node->u.set;
    if (node->text_end != 0 || charset_count(set) != 2)
        return 0;
    if (charset_has(set, 's') && charset_has(set, 'S'))
        return FOLDS_LONG_S;
    return charset_has(set, 'k') && charset_has(set, 'K') ? FOLDS_KELVIN : 0;
}

/* The mask that keeps the bits in which all members agree. */
static struct known known_set(struct analysis *analysis, const struct node *node)
{
    const struct charset *set = &node->u.set;
    unsigned count = 0, all = 0xff, any = 0;
    if (set->beyond) {
        unsigned folds = analysis->reading == READ_FOLDING ? folds_of(node) : 0;
        if (!folds && analysis->reading != READ_ASCII)
            return (struct known){.finite = false};
        analysis->folds |= folds;
    }
    for (unsigned byte = 0; byte < 256; byte++) {
        if (!charset_has(set, byte) || byte == '\n')
            continue;
        count++;
        all &= byte;
        any |= byte;
    }
    uint8_t mask = (uint8_t) ~(all ^ any);
    if (count == 0 || mask == 0)
        return (struct known){.finite = false};
    struct known known = {.finite = true, .all = new_set(analysis, 1)};
    struct literal literal = new_literal(analysis, 1);
    literal.value[0] = (uint8_t)(all & mask);
    literal.mask[0] = mask;
    known.all.items[0] = literal;
    known.precise = count == 1u << (8 - __builtin_popcount(mask));
    return known;
}

static struct known known_character(struct analysis *analysis, const struct node *node)
{
    if (node->u.character.caseless)
        return (struct known){.finite = false};
    char bytes[UTF8_MAX];
    return known_bytes(analysis, (const uint8_t *)bytes, utf8_encode(node->u.character.code_point, bytes));
}

/* A row of nodes, one after another. */
struct row {
    struct known known; /* of those so far; `all` and `precise` only while it is finite */
    struct set run;     /* what the last of them end with, one of these; or nothing known, as one empty text */
};

static struct row row_begin(struct analysis *analysis)
{
    return (struct row){.known = {.finite = true, .precise = true}, .run = empty_text(analysis)};
}

/* The row cannot go on as a product. */
static void row_break(struct row *row, struct set before)
{
    consider(&row->known, before);
    if (row->known.finite)
        row->known.prefix = before;
    row->known.finite = false;
}

static void row_add(struct analysis *analysis, struct row *row, const struct known *next)
{
    struct set product;
    if (next->finite && multiply(analysis, row->run, next->all, &product)) {
        row->run = product;
        row->known.precise &= next->precise;
        return;
    }
    if (next->finite) {
        row_break(row, row->run);
        row->run = next->all;
        return;
    }
    row_break(row, multiply(analysis, row->run, next->prefix, &product) ? product : row->run);
    if (next->inside.count > 0 && (row->known.inside.count == 0 || next->cost < row->known.cost)) {
        row->known.inside = next->inside;
        row->known.cost = next->cost;
    }
    row->run = next->suffix.count ? next->suffix : empty_text(analysis);
}

static struct known row_end(const struct row *row)
{
    struct known known = row->known;
    if (known.finite) {
        known.all = row->run;
        return known;
    }
    consider(&known, row->run);
    known.suffix = row->run;
    return known;
}

static struct known find(struct analysis *analysis, const struct node *node);

static struct known find_row(struct analysis *analysis, const struct node *node)
{
    struct row row = row_begin(analysis);
    for (size_t i = 0; i < node->child_count; i++) {
        struct known child = find(analysis, node->children[i]);
        row_add(analysis, &row, &child);
    }
    return row_end(&row);
}

/* What is known when either of the two is there. */
static struct known either(struct analysis *analysis, const struct known *a, const struct known *b)
{
    struct known known = {.finite = a->finite && b->finite && a->all.count + b->all.count <= ALTERNATIVES_MAX};
    if (known.finite) {
        known.all = unite(analysis, a->all, b->all);
        known.precise = a->precise && b->precise;
        return known;
    }
    struct set prefix[2] = {a->finite ? a->all : a->prefix, b->finite ? b->all : b->prefix};
    struct set suffix[2] = {a->finite ? a->all : a->suffix, b->finite ? b->all : b->suffix};
    struct known inside[2] = {*a, *b};
    for (int i = 0; i < 2; i++)
        if (inside[i].finite)
            consider(&inside[i], inside[i].all);
    if (prefix[0].count && prefix[1].count && prefix[0].count + prefix[1].count <= PRODUCT_MAX)
        known.prefix = unite(analysis, prefix[0], prefix[1]);
    if (suffix[0].count && suffix[1].count && suffix[0].count + suffix[1].count <= PRODUCT_MAX)
        known.suffix = unite(analysis, suffix[0], suffix[1]);
    if (inside[0].inside.count && inside[1].inside.count)
        consider(&known, unite(analysis, inside[0].inside, inside[1].inside));
    return known;
}

/* The alternatives [first, last): halves, so that the work is not quadratic in their number. */
static struct known alternatives(struct analysis *analysis,
                                 struct known (*item)(struct analysis *, const void *, size_t), const void *items,
                                 size_t first, size_t last)
{
    if (last - first == 1)
        return item(analysis, items, first);
    size_t middle = first + (last - first) / 2;
    struct known a = alternatives(analysis, item, items, first, middle);
    struct known b = alternatives(analysis, item, items, middle, last);
    return either(analysis, &a, &b);
}

static struct known child_of(struct analysis *analysis, const void *node, size_t index)
{
    return find(analysis, ((const struct node *)node)->children[index]);
}

static struct known root_of(struct analysis *analysis, const void *syntaxes, size_t index)
{
    return find(analysis, ((struct syntax *const *)syntaxes)[index]->root);
}

static struct known find_repeat(struct analysis *analysis, const struct node *node)
{
    uint32_t min = node->u.repeat.min, max = node->u.repeat.max;
    struct known child = find(analysis, node->children[0]);
    /* What a possessive quantifier matches depends on more than its texts. */
    child.precise &= node->u.repeat.mode != REPEAT_POSSESSIVE;
    struct row row = row_begin(analysis);
    /* Two of what is not finite hold all that more of them would. */
    uint32_t copies = child.finite || min < 2 ? min : 2;
    for (uint32_t i = 0; i < copies && i <= LENGTH_MAX; i++)
        row_add(analysis, &row, &child);
    if (min == max)
        return row_end(&row);
    struct known least = row_end(&row);
    if (child.finite && least.finite && max - min <= 4) {
        struct known all = least;
        for (uint32_t i = min; i < max; i++) {
            row_add(analysis, &row, &child);
            least = row_end(&row);
            all = either(analysis, &all, &least);
            if (!all.finite || all.all.count > PRODUCT_MAX)
                break;
        }
        if (all.finite && all.all.count <= PRODUCT_MAX)
            return all;
        least = (struct known){.finite = false};
        if (min == 0)
            return least;
        row = row_begin(analysis);
        for (uint32_t i = 0; i < copies; i++)
            row_add(analysis, &row, &child);
        least = row_end(&row);
    }
    if (min == 0)
        return (struct known){.finite = false};
    if (least.finite) {
        least.finite = false;
        least.prefix = least.suffix = least.all;
        consider(&least, least.all);
    }
    return least;
}

static struct known find(struct analysis *analysis, const struct node *node)
{
    switch (node->kind) {
    case NODE_EMPTY:
        return known_empty(analysis, true);
    case NODE_SET:
        return known_set(analysis, node);
    case NODE_CHAR:
        return known_character(analysis, node);
    case NODE_CAT:
        return find_row(analysis, node);
    case NODE_ALT:
        return alternatives(analysis, child_of, node, 0, node->child_count);
    case NODE_REPEAT:
        return find_repeat(analysis, node);
    case NODE_GROUP: {
        struct known known = find(analysis, node->children[0]);
        known.precise &= !node->u.group.atomic;
        return known;
    }
    case NODE_LOOK: {
        /* What it looks at is in the line, but need not be beside what comes before and after. */
        struct known known = known_empty(analysis, false);
        struct known child = find(analysis, node->children[0]);
        if (node->u.look.negative)
            return known;
        if (child.finite)
            consider(&child, child.all);
        if (child.inside.count == 0)
            return known;
        return (struct known){.prefix = known.all, .suffix = known.all, .inside = child.inside, .cost = child.cost};
    }
    case NODE_ASSERT:
        return known_empty(analysis, false);
    case NODE_BACKREF:
    case NODE_OTHER:
        break;
    }
    return (struct known){.finite = false};
}

/* --- results --- */

/* As struct needle wants it. */
static size_t padded(size_t length)
{
    return (length + 7) / 8 * 8;
}

static void give(struct literals *literals, struct set set)
{
    size_t size = 0;
    for (size_t i = 0; i < set.count; i++)
        size += 2 * padded(set.items[i].length);
    /* The bytes stand behind the items. */
    literals->items = xcalloc(1, set.count * sizeof *literals->items + size);
    literals->count = set.count;
    uint8_t *bytes = (uint8_t *)(literals->items + set.count);
    for (size_t i = 0; i < set.count; i++) {
        const struct literal *from = &set.items[i];
        size_t room = padded(from->length);
        literals->items[i] = (struct literal){bytes, bytes + room, from->length};
        memcpy(bytes, from->value, from->length);
        memcpy(bytes + room, from->mask, from->length);
        bytes += 2 * room;
    }
    literals->cost = set_cost(set);
}

static void free_blocks(struct analysis *analysis)
{
    while (analysis->blocks) {
        struct block *next = analysis->blocks->next;
        free(analysis->blocks);
        analysis->blocks = next;
    }
}

/* Adds what folds to letters of the set. */
static struct set with_folds(struct analysis *analysis, struct set set)
{
    if (analysis->folds & FOLDS_LONG_S)
        set = unite(analysis, set, known_bytes(analysis, (const uint8_t *)LONG_S, 2).all);
    if (analysis->folds & FOLDS_KELVIN)
        set = unite(analysis, set, known_bytes(analysis, (const uint8_t *)KELVIN_SIGN, 3).all);
    return set;
}

void literals_find(struct literals *literals, struct syntax *const *syntaxes, size_t count,
                   enum literal_reading reading)
{
    *literals = (struct literals){.items = NULL};
    if (count == 0)
        return;
    struct analysis analysis = {.reading = reading};
    struct known known = alternatives(&analysis, root_of, syntaxes, 0, count);
    bool precise = known.finite && known.precise && !has_empty(known.all);
    if (known.finite)
        consider(&known, known.all);
    if (precise)
        known.inside = known.all;
    if (make_plain(&analysis, &known.inside, &precise) && known.inside.count > 0 &&
        (precise || set_frequency(known.inside) <= FREQUENCY_MAX)) {
        give(literals, with_folds(&analysis, known.inside));
        literals->precise = precise && !analysis.folds;
        literals->precise_in_ascii = precise;
    }
    free_blocks(&analysis);
}

/* The letter that the character beyond ASCII at `at` is another case of, with the character's length; 0 when none. */
static uint8_t folded_letter(const char *at, size_t left, size_t *length)
{
    *length = left >= 2 && memcmp(at, LONG_S, 2) == 0 ? 2 : left >= 3 && memcmp(at, KELVIN_SIGN, 3) == 0 ? 3 : 0;
    return *length == 2 ? 'S' : *length == 3 ? 'K' : 0;
}

/* False when the string has characters whose other cases only PCRE2 knows; none of them is in ASCII. */
static bool string_literal(struct analysis *analysis, const struct pattern *string, bool caseless, bool unicode,
                           struct literal *literal)
{
    *literal = new_literal(analysis, string->length);
    literal->length = 0;
    for (size_t i = 0, step; i < string->length; i += step) {
        uint8_t byte = (uint8_t)string->text[i], folded = 0;
        step = 1;
        if (caseless && unicode && byte >= 0x80) {
            folded = folded_letter(string->text + i, string->length - i, &step);
            if (!folded || analysis->reading != READ_ASCII)
                return false;
            byte = folded;
        }
        uint8_t lower = byte | 0x20;
        bool letter = caseless && lower >= 'a' && lower <= 'z';
        bool folds = letter && unicode && (lower == 's' || lower == 'k');
        if (folds && analysis->reading == READ_STRICTLY)
            return false;
        if (folds)
            analysis->folds |= lower == 's' ? FOLDS_LONG_S : FOLDS_KELVIN;
        literal->mask[literal->length] = letter ? 0xdf : 0xff;
        literal->value[literal->length] = byte & literal->mask[literal->length];
        literal->length++;
    }
    return true;
}

void literals_of_strings(struct literals *literals, const struct pattern_list *strings, bool caseless, bool unicode,
                         enum literal_reading reading)
{
    *literals = (struct literals){.items = NULL};
    struct analysis analysis = {.reading = reading};
    struct set set = new_set(&analysis, strings->count);
    bool usable = strings->count > 0;
    set.count = 0;
    for (size_t i = 0; i < strings->count && usable; i++) {
        struct literal literal;
        if (string_literal(&analysis, &strings->items[i], caseless, unicode, &literal))
            set.items[set.count++] = literal;
        else /* in ASCII such a string is not found */
            usable = reading == READ_ASCII;
        usable &= strings->items[i].length > 0;
    }
    if (usable && set.count > 0) {
        if (reading == READ_FOLDING)
            set = with_folds(&analysis, set);
        give(literals, set);
        literals->precise = reading != READ_FOLDING || !analysis.folds;
        literals->precise_in_ascii = true;
    }
    free_blocks(&analysis);
}

void literals_free(struct literals *literals)
{
    free(literals->items);
    *literals = (struct literals){.items = NULL};
}
