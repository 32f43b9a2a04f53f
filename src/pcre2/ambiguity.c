#include "pcre2/ambiguity.h"

#include <stddef.h>
#include <stdint.h>

#define NOT_FIXED (-1)
#define FIXED_MAX (1 << 20)

/* How many characters every match of the node has, or NOT_FIXED. */
static int32_t fixed_length(const struct node *node)
{
    switch (node->kind) {
    case NODE_SET:
    case NODE_CHAR:
        return 1;
    case NODE_EMPTY:
    case NODE_LOOK:
    case NODE_ASSERT:
        return 0;
    case NODE_GROUP:
        return fixed_length(node->children[0]);
    case NODE_CAT: {
        int32_t sum = 0;
        for (size_t i = 0; i < node->child_count; i++) {
            int32_t length = fixed_length(node->children[i]);
            if (length < 0 || (sum += length) > FIXED_MAX)
                return NOT_FIXED;
        }
        return sum;
    }
    case NODE_ALT: {
        int32_t length = fixed_length(node->children[0]);
        for (size_t i = 1; i < node->child_count; i++)
            if (fixed_length(node->children[i]) != length)
                return NOT_FIXED;
        return length;
    }
    case NODE_REPEAT: {
        int32_t length = fixed_length(node->children[0]);
        if (length < 0 || node->u.repeat.min != node->u.repeat.max || node->u.repeat.max > FIXED_MAX)
            return NOT_FIXED;
        int64_t product = (int64_t)length * node->u.repeat.max;
        return product > FIXED_MAX ? NOT_FIXED : (int32_t)product;
    }
    default:
        return NOT_FIXED;
    }
}

/* What a part of a pattern can begin with. */
struct beginning {
    struct charset first;
    bool empty; /* it may match nothing */
};

static bool beginning_of(const struct node *node, struct beginning *beginning)
{
    *beginning = (struct beginning){.empty = false};
    struct beginning part;
    switch (node->kind) {
    case NODE_SET:
        beginning->first = node->u.set;
        return true;
    case NODE_CHAR:
        beginning->first.beyond = true;
        return true;
    case NODE_EMPTY:
    case NODE_LOOK:
    case NODE_ASSERT:
        beginning->empty = true;
        return true;
    case NODE_GROUP:
        return beginning_of(node->children[0], beginning);
    case NODE_REPEAT:
        if (!beginning_of(node->children[0], beginning))
            return false;
        beginning->empty |= node->u.repeat.min == 0;
        return true;
    case NODE_CAT:
        beginning->empty = true;
        for (size_t i = 0; i < node->child_count && beginning->empty; i++) {
            if (!beginning_of(node->children[i], &part))
                return false;
            charset_unite(&beginning->first, &part.first);
            beginning->empty = part.empty;
        }
        return true;
    case NODE_ALT:
        for (size_t i = 0; i < node->child_count; i++) {
            if (!beginning_of(node->children[i], &part))
                return false;
            charset_unite(&beginning->first, &part.first);
            beginning->empty |= part.empty;
        }
        return true;
    default:
        return false;
    }
}

static bool disjoint(const struct charset *a, const struct charset *b)
{
    uint64_t common = 0;
    for (size_t i = 0; i < 4; i++)
        common |= a->bits[i] & b->bits[i];
    return !common && !(a->beyond && b->beyond);
}

/* What comes after a part, up to the end of the pattern. */
struct rest {
    struct charset first;
    bool fixed; /* always the same number of characters */
};

static bool decides(const struct node *node, const struct rest *rest);

static bool decides_alternatives(const struct node *node, const struct rest *rest)
{
    struct charset before = {.beyond = false};
    for (size_t i = 0; i < node->child_count; i++) {
        struct beginning beginning;
        if (!beginning_of(node->children[i], &beginning) || !disjoint(&before, &beginning.first))
            return false;
        /* An empty alternative must come last; what follows the choice then counts as its beginning. */
        if (beginning.empty && i + 1 < node->child_count)
            return false;
        charset_unite(&before, &beginning.first);
        if (beginning.empty && !disjoint(&before, &rest->first))
            return false;
        if (!decides(node->children[i], rest))
            return false;
    }
    return true;
}

static bool decides_sequence(const struct node *node, const struct rest *rest)
{
    struct rest behind = *rest;
    for (size_t i = node->child_count; i-- > 0;) {
        const struct node *child = node->children[i];
        struct beginning beginning;
        if (!decides(child, &behind) || !beginning_of(child, &beginning))
            return false;
        if (!beginning.empty)
            behind.first = beginning.first;
        else
            charset_unite(&behind.first, &beginning.first);
        behind.fixed &= fixed_length(child) >= 0;
    }
    return true;
}

static bool decides_repeat(const struct node *node, const struct rest *rest)
{
    const struct node *child = node->children[0];
    bool child_fixed = fixed_length(child) >= 0;
    if (node->u.repeat.mode != REPEAT_GREEDY)
        return false;
    if (child_fixed && rest->fixed)
        return true;
    struct beginning beginning;
    if (!beginning_of(child, &beginning) || beginning.empty)
        return false;
    if (node->u.repeat.min != node->u.repeat.max && !disjoint(&beginning.first, &rest->first))
        return false;
    struct rest again = {.first = rest->first};
    if (node->u.repeat.max > 1)
        charset_unite(&again.first, &beginning.first);
    return child_fixed || decides(child, &again);
}

/* Whether the next character decides each choice in the node, or the choice makes no difference to the length. */
static bool decides(const struct node *node, const struct rest *rest)
{
    if (fixed_length(node) >= 0)
        return true;
    switch (node->kind) {
    case NODE_GROUP:
        return decides(node->children[0], rest);
    case NODE_CAT:
        return decides_sequence(node, rest);
    case NODE_ALT:
        return decides_alternatives(node, rest);
    case NODE_REPEAT:
        return decides_repeat(node, rest);
    default:
        return false;
    }
}

bool ambiguity_find(const struct node *root)
{
    return !decides(root, &(struct rest){.fixed = true});
}
