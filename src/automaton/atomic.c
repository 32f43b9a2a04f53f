#include "automaton/atomic.h"

#include "base/alloc.h"
#include "syntax/tree.h"

#include <stdlib.h>

static bool is_nullable(const struct node *node)
{
    switch (node->kind) {
    case NODE_SET:
    case NODE_CHAR:
        return false;
    case NODE_CAT:
        for (size_t i = 0; i < node->child_count; i++)
            if (!is_nullable(node->children[i]))
                return false;
        return true;
    case NODE_ALT:
        for (size_t i = 0; i < node->child_count; i++)
            if (is_nullable(node->children[i]))
                return true;
        return false;
    case NODE_REPEAT:
        return node->u.repeat.min == 0 || is_nullable(node->children[0]);
    case NODE_GROUP:
        return is_nullable(node->children[0]);
    default:
        return true;
    }
}

static bool is_atomic(const struct node *node)
{
    return (node->kind == NODE_GROUP && node->u.group.atomic) ||
           (node->kind == NODE_REPEAT && node->u.repeat.mode == REPEAT_POSSESSIVE);
}

bool atomic_is_in(const struct node *node)
{
    return tree_any(node, is_atomic);
}

bool atomic_is_eager(const struct node *content)
{
    switch (content->kind) {
    case NODE_EMPTY:
    case NODE_SET:
    case NODE_CHAR:
    case NODE_CAT:
    case NODE_GROUP:
        break;
    case NODE_ALT: /* an empty alternative may come before others */
        if (is_nullable(content))
            return false;
        break;
    case NODE_REPEAT:
        if (content->u.repeat.mode == REPEAT_LAZY && content->u.repeat.min != content->u.repeat.max)
            return false;
        break;
    default:
        return false;
    }
    for (size_t i = 0; i < content->child_count; i++)
        if (!atomic_is_eager(content->children[i]))
            return false;
    return true;
}

/* --- ways to go on --- */

struct reach {
    const struct nfa *nfa;
    const struct atomic *atomic;
    uint32_t *stack;
    uint32_t *seen; /* of each state: the round in which it was reached */
    uint32_t round;
};

static bool meet(const struct byteset *a, const struct byteset *b)
{
    return (a->bits[0] & b->bits[0]) | (a->bits[1] & b->bits[1]) | (a->bits[2] & b->bits[2]) |
           (a->bits[3] & b->bits[3]);
}

static void unite(struct byteset *a, const struct byteset *b, bool negative)
{
    for (int i = 0; i < 4; i++)
        a->bits[i] |= negative ? ~b->bits[i] : b->bits[i];
}

/* Adds the bytes that an assertion after the group lets follow; none can at a line's end.  False when it depends on
 * more than the next byte. */
static bool unite_look(struct byteset *outside, const struct nfa_state *look)
{
    if (look->look == NFA_LOOK_AHEAD)
        unite(outside, &look->set, look->negative);
    return look->look == NFA_LOOK_AHEAD || look->look == NFA_LOOK_END;
}

/* Whether no byte leads from a state to two states of the group, or to one inside it and one outside. */
static bool is_unambiguous(struct reach *reach, uint32_t from)
{
    struct byteset inside = {{0}}, outside = {{0}};
    uint32_t depth = 0;
    reach->stack[depth++] = from;
    reach->round++;
    while (depth > 0) {
        uint32_t index = reach->stack[--depth];
        const struct nfa_state *state = &reach->nfa->states[index];
        if (reach->seen[index] == reach->round)
            continue;
        reach->seen[index] = reach->round;
        bool in_group = index >= reach->atomic->first && index < reach->atomic->end;
        if (state->op == NFA_LOOK && (in_group || !unite_look(&outside, state)))
            return false;
        if (state->op == NFA_SPLIT) {
            reach->stack[depth++] = state->other;
            reach->stack[depth++] = state->next;
        } else if (state->op == NFA_SET && in_group) {
            if (meet(&inside, &state->set))
                return false;
            unite(&inside, &state->set, false);
        } else if (state->op == NFA_SET) {
            unite(&outside, &state->set, false);
        }
    }
    return !meet(&inside, &outside);
}

bool atomic_is_idle(const struct nfa *nfa, const struct atomic *atomic)
{
    struct reach reach = {.nfa = nfa, .atomic = atomic};
    /* Each state is visited once, and leads to two others at the most. */
    reach.stack = xcalloc(nfa->count + 1, 2 * sizeof *reach.stack);
    reach.seen = xcalloc(nfa->count, sizeof *reach.seen);
    bool idle = is_unambiguous(&reach, atomic->entry);
    for (uint32_t i = atomic->first; i < atomic->end && idle; i++)
        idle = nfa->states[i].op != NFA_SET || is_unambiguous(&reach, nfa->states[i].next);
    free(reach.stack);
    free(reach.seen);
    return idle;
}
