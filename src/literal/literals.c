#include "literal/literals.h"

#include "base/alloc.h"
#include "base/utf8.h"
#include "kernels/needle.h"
#include "syntax/charset.h"
#include "syntax/tree.h"

#include <stdlib.h>
#include <string.h>

/* The most alternatives, which may be more than a product has: a set of so many words can still be searched for. */
#define ALTERNATIVES_MAX 100000

/* A literal whose estimated frequency is above this one is not worth looking for. */
#define FREQUENCY_MAX 0.05

struct analysis {
    struct literal_arena arena;
    const struct other_cases *other_cases;
    size_t patterns; /* how many */
    enum literal_reading reading;
    unsigned folds; /* what READ_FOLDING has met */
};

/* What is known of the texts that a node matches.  A set without items tells nothing. */
struct known {
    bool finite;               /* each of them fits one of `all` */
    bool precise;              /* and what fits is one of them */
    struct literal_set all;    /* when finite */
    struct literal_set prefix; /* otherwise: each begins with one of these */
    struct literal_set suffix; /* ends with */
    struct literal_set inside; /* contains one of these; the best such set that was found */
    double cost;               /* of `inside` */
    struct cut cut;            /* of `inside`, by members of the row that it was found in */
};

static const struct cut NO_CUT = {.known = false};

/* Keeps the better of two sets, each of which has a literal that must be inside. */
static void consider(struct known *known, struct literal_set set, struct cut cut)
{
    if (set.count == 0 || literal_set_has_empty(set))
        return;
    double cost = literal_set_cost(set, cut.known);
    if (known->inside.count == 0 || cost < known->cost) {
        known->inside = set;
        known->cost = cost;
        known->cut = cut;
    }
}

/* --- nodes --- */

static struct known known_empty(struct analysis *analysis, bool precise)
{
    return (struct known){.finite = true, .precise = precise, .all = literal_set_of_empty(&analysis->arena)};
}

static struct known known_bytes(struct analysis *analysis, const uint8_t *bytes, size_t length)
{
    struct known known = {.finite = true, .precise = true, .all = literal_set_create(&analysis->arena, 1)};
    struct literal literal = literal_create(&analysis->arena, length);
    memcpy(literal.value, bytes, length);
    memset(literal.mask, 0xff, length);
    known.all.items[0] = literal;
    return known;
}

/* The mask that keeps the bits in which all members agree. */
static struct known known_set(struct analysis *analysis, const struct node *node)
{
    const struct charset *set = &node->u.set;
    unsigned count = 0, all = 0xff, any = 0;
    const uint32_t fold = analysis->reading == READ_FOLDING ? tree_fold(node) : 0;
    if (set->beyond && !fold && analysis->reading != READ_ASCII)
        return (struct known){.finite = false};
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
    struct known known = {.finite = true, .all = literal_set_create(&analysis->arena, 1)};
    struct literal literal = literal_create(&analysis->arena, 1);
    literal.value[0] = (uint8_t)(all & mask);
    literal.mask[0] = mask;
    known.all.items[0] = literal;
    known.precise = count == 1u << (8 - __builtin_popcount(mask));
    if (fold && analysis->other_cases && analysis->patterns == 1) {
        char bytes[UTF8_MAX];
        struct known other = known_bytes(analysis, (const uint8_t *)bytes, utf8_encode(fold, bytes));
        known.all = literal_set_unite(&analysis->arena, known.all, other.all);
    } else if (fold) {
        analysis->folds |= charset_has(set, 's') ? FOLDS_LONG_S : FOLDS_KELVIN;
    }
    return known;
}

/* The literal that all cases of a character, of `length` bytes each, fit, and whether nothing else does. */
static struct literal other_cases_literal(struct analysis *analysis, const uint32_t *other_cases, size_t count,
                                          size_t length, bool *precise)
{
    struct literal literal = literal_create(&analysis->arena, length);
    uint8_t any[UTF8_MAX] = {0}, all[UTF8_MAX] = {0xff, 0xff, 0xff, 0xff};
    for (size_t i = 0; i < count; i++) {
        char bytes[UTF8_MAX];
        utf8_encode(other_cases[i], bytes);
        for (size_t k = 0; k < length; k++) {
            any[k] |= (uint8_t)bytes[k];
            all[k] &= (uint8_t)bytes[k];
        }
    }
    int open = 0;
    for (size_t k = 0; k < length; k++) {
        literal.mask[k] = (uint8_t) ~(all[k] ^ any[k]);
        literal.value[k] = all[k];
        open += __builtin_popcount(all[k] ^ any[k]);
    }
    *precise &= count == (size_t)1 << open;
    return literal;
}

/* How many characters at the beginning of a list have as many bytes as the first; *length of them. */
static size_t count_alike(const uint32_t *characters, size_t count, size_t *length)
{
    char bytes[UTF8_MAX];
    *length = utf8_encode(characters[0], bytes);
    size_t alike = 1;
    while (alike < count && utf8_encode(characters[alike], bytes) == *length)
        alike++;
    return alike;
}

/* A character and its other cases: a literal for each number of bytes that they are written with. */
static struct known known_other_cases(struct analysis *analysis, uint32_t character)
{
    const bool ascii = analysis->reading == READ_ASCII; /* ASCII text does not have it */
    char bytes[UTF8_MAX];
    size_t count, length;
    const uint32_t *other_cases = other_cases_of(analysis->other_cases, character, &count);
    if (!other_cases || (!ascii && count_alike(other_cases, count, &length) < count &&
                         (analysis->reading == READ_STRICTLY || analysis->patterns > NEEDLE_SET_COUNT)))
        return (struct known){.finite = false};
    struct known known = {.all = literal_set_create(&analysis->arena, UTF8_MAX), .finite = true, .precise = true};
    known.all.count = 0;
    for (size_t alike; count > 0; other_cases += alike, count -= alike) {
        alike = count_alike(other_cases, count, &length);
        if (!ascii || length == utf8_encode(character, bytes))
            known.all.items[known.all.count++] =
                other_cases_literal(analysis, other_cases, alike, length, &known.precise);
    }
    return known;
}

static struct known known_character(struct analysis *analysis, const struct node *node)
{
    if (node->u.character.caseless)
        return known_other_cases(analysis, node->u.character.code_point);
    char bytes[UTF8_MAX];
    return known_bytes(analysis, (const uint8_t *)bytes, utf8_encode(node->u.character.code_point, bytes));
}

/* A row of nodes, one after another. */
struct row {
    struct known known;     /* of those so far; `all` and `precise` only while it is finite */
    struct literal_set run; /* what the last nodes end with: one of these; the empty text where nothing is known */
    struct cut cut;         /* of `run`; the member need not be there yet */
    size_t count;           /* of members so far */
    bool outermost;         /* the row of a pattern, so that it can be cut */
};

static struct row row_begin(struct analysis *analysis, bool outermost)
{
    return (struct row){.known = {.finite = true, .precise = true},
                        .run = literal_set_of_empty(&analysis->arena),
                        .cut = {.known = outermost},
                        .outermost = outermost};
}

/* The cut between what ends with one of a set and a member that follows. */
static struct cut cut_behind(struct literal_set set, size_t member)
{
    for (size_t i = 1; i < set.count; i++)
        if (set.items[i].length != set.items[0].length)
            return NO_CUT;
    return (struct cut){true, member, set.items[0].length};
}

/* Ends the product: the row goes on with a new one. */
static void row_break(struct row *row, struct literal_set before)
{
    consider(&row->known, before, row->cut);
    if (row->known.finite)
        row->known.prefix = before;
    row->known.finite = false;
}

static void row_add(struct analysis *analysis, struct row *row, const struct known *next)
{
    struct literal_set product;
    size_t member = row->count++;
    if (next->finite && literal_set_multiply(&analysis->arena, row->run, next->all, &product)) {
        row->run = product;
        row->known.precise &= next->precise;
        return;
    }
    if (next->finite) {
        row_break(row, row->run);
        row->run = next->all;
        row->cut = (struct cut){row->outermost, member, 0};
        return;
    }
    row_break(row, literal_set_multiply(&analysis->arena, row->run, next->prefix, &product) ? product : row->run);
    if (next->inside.count > 0 && (row->known.inside.count == 0 || next->cost < row->known.cost)) {
        row->known.inside = next->inside;
        row->known.cost = next->cost;
        row->known.cut = NO_CUT;
    }
    row->run = next->suffix.count ? next->suffix : literal_set_of_empty(&analysis->arena);
    row->cut = row->outermost ? cut_behind(row->run, member + 1) : NO_CUT;
}

static struct known row_end(const struct row *row)
{
    struct known known = row->known;
    if (known.finite) {
        known.all = row->run;
        return known;
    }
    consider(&known, row->run, row->cut);
    known.suffix = row->run;
    return known;
}

static struct known find(struct analysis *analysis, const struct node *node);

static struct known find_row(struct analysis *analysis, struct node *const *nodes, size_t count, bool outermost)
{
    struct row row = row_begin(analysis, outermost);
    for (size_t i = 0; i < count; i++) {
        struct known child = find(analysis, nodes[i]);
        row_add(analysis, &row, &child);
    }
    return row_end(&row);
}

/* What is known of two alternatives. */
static struct known either(struct analysis *analysis, const struct known *a, const struct known *b)
{
    struct known known = {.finite = a->finite && b->finite && a->all.count + b->all.count <= ALTERNATIVES_MAX};
    if (known.finite) {
        known.all = literal_set_unite(&analysis->arena, a->all, b->all);
        known.precise = a->precise && b->precise;
        return known;
    }
    struct literal_set prefix[2] = {a->finite ? a->all : a->prefix, b->finite ? b->all : b->prefix};
    struct literal_set suffix[2] = {a->finite ? a->all : a->suffix, b->finite ? b->all : b->suffix};
    struct known inside[2] = {*a, *b};
    for (int i = 0; i < 2; i++)
        if (inside[i].finite)
            consider(&inside[i], inside[i].all, NO_CUT);
    if (prefix[0].count && prefix[1].count && prefix[0].count + prefix[1].count <= LITERAL_PRODUCT_MAX)
        known.prefix = literal_set_unite(&analysis->arena, prefix[0], prefix[1]);
    if (suffix[0].count && suffix[1].count && suffix[0].count + suffix[1].count <= LITERAL_PRODUCT_MAX)
        known.suffix = literal_set_unite(&analysis->arena, suffix[0], suffix[1]);
    if (inside[0].inside.count && inside[1].inside.count)
        consider(&known, literal_set_unite(&analysis->arena, inside[0].inside, inside[1].inside), NO_CUT);
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
    struct node_stack row = {.count = 0};
    tree_row(((struct syntax *const *)syntaxes)[index], &row);
    struct known known = find_row(analysis, row.nodes, row.count, true);
    free(row.nodes);
    return known;
}

static struct known find_repeat(struct analysis *analysis, const struct node *node)
{
    uint32_t min = node->u.repeat.min, max = node->u.repeat.max;
    struct known child = find(analysis, node->children[0]);
    /* What a possessive quantifier matches depends on more than its texts. */
    child.precise &= node->u.repeat.mode != REPEAT_POSSESSIVE;
    struct row row = row_begin(analysis, false);
    /* Repeats that are not finite: two of them tell as much as more would. */
    uint32_t copies = child.finite || min < 2 ? min : 2;
    for (uint32_t i = 0; i < copies && i <= LITERAL_LENGTH_MAX; i++)
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
            if (!all.finite || all.all.count > LITERAL_PRODUCT_MAX)
                break;
        }
        if (all.finite && all.all.count <= LITERAL_PRODUCT_MAX)
            return all;
        least = (struct known){.finite = false};
        if (min == 0)
            return least;
        row = row_begin(analysis, false);
        for (uint32_t i = 0; i < copies; i++)
            row_add(analysis, &row, &child);
        least = row_end(&row);
    }
    if (min == 0)
        return (struct known){.finite = false};
    if (least.finite) {
        least.finite = false;
        least.prefix = least.suffix = least.all;
        consider(&least, least.all, NO_CUT);
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
        return find_row(analysis, node->children, node->child_count, false);
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
        /* What a lookaround matches is in the line, but not necessarily next to what stands around it. */
        struct known known = known_empty(analysis, false);
        struct known child = find(analysis, node->children[0]);
        if (node->u.look.negative)
            return known;
        if (child.finite)
            consider(&child, child.all, NO_CUT);
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

void literals_take(struct literals *literals, struct literal_set set, bool confirmed)
{
    size_t size = 0;
    for (size_t i = 0; i < set.count; i++)
        size += 2 * padded(set.items[i].length);
    /* The bytes stand after the items. */
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
    literals->cost = literal_set_cost(set, confirmed);
}

void literals_find(struct literals *literals, struct syntax *const *syntaxes, size_t count,
                   const struct other_cases *other_cases, enum literal_reading reading)
{
    *literals = (struct literals){.items = NULL};
    if (count == 0)
        return;
    struct analysis analysis = {.other_cases = other_cases, .patterns = count, .reading = reading};
    struct known known = alternatives(&analysis, root_of, syntaxes, 0, count);
    bool precise = known.finite && known.precise && !literal_set_has_empty(known.all);
    if (known.finite)
        consider(&known, known.all, (struct cut){.known = true});
    if (precise) {
        known.inside = known.all;
        known.cut = (struct cut){.known = true};
    }
    if (known.inside.count > NEEDLE_SET_COUNT) /* some may become shorter */
        known.cut = NO_CUT;
    if (literal_set_make_plain(&analysis.arena, &known.inside, &precise) && known.inside.count > 0 &&
        (precise || literal_set_frequency(known.inside) <= FREQUENCY_MAX)) {
        literals_take(literals, literal_set_add_folds(&analysis.arena, known.inside, analysis.folds), known.cut.known);
        literals->fold_count = literals->count - known.inside.count;
        literals->precise = precise && !analysis.folds;
        literals->precise_in_ascii = precise;
        literals->cut = known.cut;
    }
    literal_arena_free(&analysis.arena);
}

void literals_free(struct literals *literals)
{
    free(literals->items);
    *literals = (struct literals){.items = NULL};
}
