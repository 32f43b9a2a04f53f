#include "automaton/nfa-builder.h"

#include "automaton/atomic.h"
#include "base/alloc.h"
#include "base/utf8.h"
#include "syntax/tree.h"

#include <stdlib.h>
#include <string.h>

/* The most atomic groups and possessive quantifiers that are looked at. */
#define ATOMICS_MAX 16

/* Back-references to groups that hold others double the work each time, and need not add a state. */
#define REFERENCES_MAX 1000

struct builder {
    struct nfa *nfa;
    bool crlf;
    const struct other_cases *other_cases;
    uint32_t match; /* the state that accepts */
    uint32_t room;
    struct syntax *syntax;
    const struct node **captures; /* by number; NULL where not seen yet */
    const struct node **open;     /* groups being built for a back-reference */
    size_t open_count;
    unsigned references; /* groups that were built for a back-reference so far */
    bool backwards;      /* the line is read from its end to its beginning */
    bool loose;          /* assertions are left out: a copy of a group's text need not stand where the group did */
    struct byteset behind[30];
    unsigned behind_count;
    struct atomic atomics[ATOMICS_MAX];
    unsigned atomic_count;
    bool failed;
};

static uint32_t add_state(struct builder *builder, struct nfa_state state)
{
    struct nfa *nfa = builder->nfa;
    if (nfa->count == NFA_STATES_MAX) {
        builder->failed = true;
        return 0;
    }
    if (nfa->count == builder->room) {
        builder->room = 2 * builder->room + 16;
        nfa->states = xreallocarray(nfa->states, builder->room, sizeof *nfa->states);
    }
    nfa->states[nfa->count] = state;
    return nfa->count++;
}

static uint32_t add_split(struct builder *builder, uint32_t next, uint32_t other)
{
    return add_state(builder, (struct nfa_state){.op = NFA_SPLIT, .next = next, .other = other});
}

static const struct byteset RETURN = {{UINT64_C(1) << '\r', 0, 0, 0}};
static const uint64_t ANY[4] = {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX};

/* The set without another. */
static struct byteset without(const uint64_t bits[4], const struct byteset *other)
{
    struct byteset set;
    for (int i = 0; i < 4; i++)
        set.bits[i] = bits[i] & ~other->bits[i];
    return set;
}

static uint32_t add_bytes(struct builder *builder, struct byteset set, uint32_t next)
{
    return add_state(builder, (struct nfa_state){.op = NFA_SET, .next = next, .set = set});
}

/* A place before a byte of the line, where a carriage return is not the one before the line's end. */
static uint32_t add_inside(struct builder *builder, uint32_t next)
{
    return add_state(
        builder,
        (struct nfa_state){.op = NFA_LOOK, .look = NFA_LOOK_AHEAD, .next = next, .set = without(ANY, &BYTES_NEWLINE)});
}

static uint32_t add_set(struct builder *builder, const uint64_t bits[4], uint32_t next)
{
    struct byteset set = without(bits, &BYTES_NEWLINE);
    if (!builder->crlf || !byteset_has(&set, '\r'))
        return add_bytes(builder, set, next);
    uint32_t inside = add_bytes(builder, RETURN, add_inside(builder, next));
    return add_split(builder, add_bytes(builder, without(set.bits, &RETURN), next), inside);
}

static uint32_t add_look(struct builder *builder, enum nfa_look look, uint32_t next)
{
    if (look == NFA_LOOK_START)
        builder->nfa->context_mask |= CONTEXT_START;
    if (look == NFA_LOOK_WORD || look == NFA_LOOK_NOT_WORD)
        builder->nfa->context_mask |= CONTEXT_WORD;
    return add_state(builder, (struct nfa_state){.op = NFA_LOOK, .look = look, .next = next});
}

/* Whether only ends of lines lie between a state and the accepting one. */
static bool only_ends(const struct builder *builder, uint32_t index)
{
    const struct nfa_state *states = builder->nfa->states;
    while (index != builder->match) {
        if (states[index].op != NFA_SPLIT || states[states[index].next].look != NFA_LOOK_END ||
            states[states[index].next].op != NFA_LOOK)
            return false;
        index = states[states[index].next].next;
    }
    return true;
}

/*
 * The end of a line.  All that follows it before a carriage return is empty, and is assumed to match.
 */
static uint32_t add_end(struct builder *builder, uint32_t next)
{
    if (!builder->crlf || builder->failed)
        return add_look(builder, NFA_LOOK_END, next);
    builder->nfa->exact &= only_ends(builder, next);
    uint32_t before = add_bytes(builder, RETURN, add_look(builder, NFA_LOOK_END, builder->match));
    return add_split(builder, add_look(builder, NFA_LOOK_END, next), before);
}

static uint32_t add_neighbour(struct builder *builder, bool behind, bool negative, const uint64_t bits[4],
                              uint32_t next)
{
    struct nfa_state state = {
        .op = NFA_LOOK,
        .look = behind ? NFA_LOOK_BEHIND : NFA_LOOK_AHEAD,
        .negative = negative,
        .next = next,
    };
    state.set = without(bits, &BYTES_NEWLINE);
    if (builder->crlf && !behind && byteset_has(&state.set, '\r')) { /* which may be that of the line's end */
        builder->nfa->exact = false;
        if (negative)
            state.set = without(state.set.bits, &RETURN);
    }
    if (behind) {
        unsigned i = 0;
        while (i < builder->behind_count && memcmp(&builder->behind[i], &state.set, sizeof state.set) != 0)
            i++;
        if (i == sizeof builder->behind / sizeof *builder->behind) {
            builder->failed = true;
            return 0;
        }
        if (i == builder->behind_count)
            builder->behind[builder->behind_count++] = state.set;
        state.behind = (uint32_t)CONTEXT_FIRST_BEHIND << i;
        builder->nfa->context_mask |= state.behind;
    }
    return add_state(builder, state);
}

/* Any number of any bytes, at least `min` (0 or 1). */
static uint32_t add_anything(struct builder *builder, uint32_t min, uint32_t next)
{
    uint32_t loop = add_split(builder, 0, next);
    uint32_t body = add_set(builder, ANY, loop);
    if (builder->failed)
        return 0;
    builder->nfa->states[loop].next = body;
    return min ? body : loop;
}

static uint32_t build(struct builder *builder, const struct node *node, uint32_t next);

/* Notes that an atomic group has been built, from state `first` on. */
static void add_atomic(struct builder *builder, const struct node *content, uint32_t first, uint32_t entry)
{
    if (builder->backwards || builder->atomic_count == ATOMICS_MAX || !atomic_is_eager(content))
        builder->nfa->exact = false;
    else
        builder->atomics[builder->atomic_count++] = (struct atomic){first, builder->nfa->count, entry};
}

static uint32_t build_repeat(struct builder *builder, const struct node *node, uint32_t next)
{
    const struct node *child = node->children[0];
    uint32_t min = node->u.repeat.min, max = node->u.repeat.max, first = builder->nfa->count;
    if (max == REPEAT_UNLIMITED) {
        uint32_t loop = add_split(builder, 0, next);
        uint32_t body = build(builder, child, loop);
        if (builder->failed)
            return 0;
        builder->nfa->states[loop].next = body;
        next = min > 0 ? body : loop;
        min -= min > 0;
    } else {
        uint32_t end = next;
        for (uint32_t i = min; i < max && !builder->failed; i++)
            next = add_split(builder, build(builder, child, next), end);
    }
    for (uint32_t i = 0; i < min && !builder->failed; i++) {
        uint32_t entry = build(builder, child, next);
        if (entry == next) /* nothing, however often */
            break;
        next = entry;
    }
    if (node->u.repeat.mode == REPEAT_POSSESSIVE)
        add_atomic(builder, child, first, next);
    return next;
}

static uint32_t build_group(struct builder *builder, const struct node *node, uint32_t next)
{
    uint32_t first = builder->nfa->count, entry = build(builder, node->children[0], next);
    if (node->u.group.atomic)
        add_atomic(builder, node->children[0], first, entry);
    return entry;
}

static const struct node *single_set(const struct node *node)
{
    while (node->kind == NODE_GROUP)
        node = node->children[0];
    return node->kind == NODE_SET ? node : NULL;
}

static uint32_t build_look(struct builder *builder, const struct node *node, uint32_t next)
{
    const struct node *set = single_set(node->children[0]);
    if (builder->loose)
        return next;
    if (set)
        return add_neighbour(builder, node->u.look.behind != builder->backwards, node->u.look.negative, set->u.set.bits,
                             next);
    builder->nfa->exact = false;
    return next;
}

static uint32_t build_assertion(struct builder *builder, const struct node *node, uint32_t next)
{
    if (builder->loose)
        return next;
    switch (node->u.assertion) {
    case ASSERT_LINE_START:
    case ASSERT_SUBJECT_START:
    case ASSERT_SEARCH_START:
        return add_look(builder, builder->backwards ? NFA_LOOK_END : NFA_LOOK_START, next);
    case ASSERT_LINE_END:
    case ASSERT_SUBJECT_END:
    case ASSERT_SUBJECT_LAST:
        return builder->backwards ? add_look(builder, NFA_LOOK_START, next) : add_end(builder, next);
    case ASSERT_WORD:
        return add_look(builder, NFA_LOOK_WORD, next);
    case ASSERT_NOT_WORD:
        return add_look(builder, NFA_LOOK_NOT_WORD, next);
    case ASSERT_KEEP:
        break;
    }
    return next;
}

static uint32_t build_backreference(struct builder *builder, const struct node *node, uint32_t next)
{
    builder->nfa->exact = false;
    uint32_t number = node->u.backref.capture;
    const struct node *group = number <= builder->syntax->capture_count ? builder->captures[number] : NULL;
    bool open = !group || node->u.backref.caseless || builder->open_count == builder->syntax->capture_count;
    for (size_t i = 0; i < builder->open_count && !open; i++)
        open = builder->open[i] == group;
    if (open || ++builder->references > REFERENCES_MAX)
        return add_anything(builder, 0, next);
    bool loose = builder->loose;
    builder->loose = true;
    builder->open[builder->open_count++] = group;
    next = build(builder, group->children[0], next);
    builder->open_count--;
    builder->loose = loose;
    return next;
}

static uint32_t add_character(struct builder *builder, uint32_t code_point, uint32_t next)
{
    char bytes[UTF8_MAX];
    size_t count = utf8_encode(code_point, bytes);
    for (size_t i = 0; i < count; i++) {
        unsigned byte = (unsigned char)bytes[builder->backwards ? i : count - 1 - i];
        uint64_t bits[4] = {0};
        bits[byte / 64] = UINT64_C(1) << byte % 64;
        next = add_set(builder, bits, next);
    }
    return next;
}

static uint32_t build_set(struct builder *builder, const struct node *node, uint32_t next)
{
    uint32_t entry = add_set(builder, node->u.set.bits, next);
    if (builder->nfa->ascii_only || !node->u.set.beyond)
        return entry;
    return add_split(builder, entry, add_character(builder, tree_fold(node), next));
}

static uint32_t build_character(struct builder *builder, const struct node *node, uint32_t next)
{
    /* ASCII text never has it.  It still gets a state, lest the automaton end here before a byte above 127. */
    if (builder->nfa->ascii_only)
        return add_set(builder, (const uint64_t[4]){0}, next);
    if (!node->u.character.caseless)
        return add_character(builder, node->u.character.code_point, next);
    size_t count;
    const uint32_t *other_cases = other_cases_of(builder->other_cases, node->u.character.code_point, &count);
    uint32_t entry = add_character(builder, other_cases[0], next);
    for (size_t i = 1; i < count; i++)
        entry = add_split(builder, entry, add_character(builder, other_cases[i], next));
    return entry;
}

/* Builds the nodes of a row, before `next`; returns the state where they begin. */
static uint32_t build_row(struct builder *builder, struct node *const *nodes, size_t count, uint32_t next)
{
    for (size_t i = 0; i < count; i++)
        next = build(builder, nodes[builder->backwards ? i : count - 1 - i], next);
    return next;
}

/* Builds a node, before `next`; returns the state where it begins. */
static uint32_t build(struct builder *builder, const struct node *node, uint32_t next)
{
    if (builder->failed)
        return 0;
    switch (node->kind) {
    case NODE_EMPTY:
        return next;
    case NODE_SET:
        return build_set(builder, node, next);
    case NODE_CHAR:
        return build_character(builder, node, next);
    case NODE_CAT:
        return build_row(builder, node->children, node->child_count, next);
    case NODE_ALT: {
        uint32_t entry = build(builder, node->children[node->child_count - 1], next);
        for (size_t i = node->child_count - 1; i-- > 0;)
            entry = add_split(builder, build(builder, node->children[i], next), entry);
        return entry;
    }
    case NODE_REPEAT:
        return build_repeat(builder, node, next);
    case NODE_GROUP:
        return build_group(builder, node, next);
    case NODE_LOOK:
        return build_look(builder, node, next);
    case NODE_ASSERT:
        return build_assertion(builder, node, next);
    case NODE_BACKREF:
        return build_backreference(builder, node, next);
    case NODE_OTHER:
        builder->nfa->exact = false;
        return add_anything(builder, 1, next);
    }
    return next;
}

static void find_captures(const struct node *node, const struct node **captures)
{
    if (node->kind == NODE_GROUP && node->u.group.capture)
        captures[node->u.group.capture] = node;
    for (size_t i = 0; i < node->child_count; i++)
        find_captures(node->children[i], captures);
}

/* The bound where reading a match ends, and that where it begins. */
static uint32_t build_end(struct builder *builder, enum boundary bounds, uint32_t next)
{
    if (bounds == BOUNDS_NONE)
        return next;
    return bounds == BOUNDS_LINE ? add_end(builder, next)
                                 : add_neighbour(builder, false, true, BYTES_OF_WORDS.bits, next);
}

static uint32_t build_start(struct builder *builder, enum boundary bounds, uint32_t next)
{
    if (bounds == BOUNDS_NONE)
        return next;
    return bounds == BOUNDS_LINE ? add_look(builder, NFA_LOOK_START, next)
                                 : add_neighbour(builder, true, true, BYTES_OF_WORDS.bits, next);
}

static void begin_pattern(struct builder *builder, struct syntax *syntax)
{
    builder->syntax = syntax;
    builder->captures = xcalloc(syntax->capture_count + 1, sizeof(const struct node *));
    builder->open = xcalloc(syntax->capture_count + 1, sizeof(const struct node *));
    find_captures(syntax->root, builder->captures);
}

static void end_pattern(struct builder *builder)
{
    free(builder->captures);
    free(builder->open);
}

static uint32_t build_pattern(struct builder *builder, struct syntax *syntax, enum boundary bounds)
{
    begin_pattern(builder, syntax);
    uint32_t entry = build_end(builder, bounds, builder->match);
    entry = build(builder, syntax->root, entry);
    entry = build_start(builder, bounds, entry);
    end_pattern(builder);
    return entry;
}

/*
 * Whether all characters that a tree for Unicode matches are known, and nothing is asserted: then they are found as the
 * bytes that they are written with, whatever is around them.
 */
static bool is_complete(const struct node *node, const struct other_cases *other_cases)
{
    size_t count;
    switch (node->kind) {
    case NODE_SET:
        return !node->u.set.beyond || (other_cases && tree_fold(node));
    case NODE_CHAR:
        return !node->u.character.caseless || other_cases_of(other_cases, node->u.character.code_point, &count);
    case NODE_EMPTY:
    case NODE_CAT:
    case NODE_ALT:
    case NODE_REPEAT:
    case NODE_GROUP:
        for (size_t i = 0; i < node->child_count; i++)
            if (!is_complete(node->children[i], other_cases))
                return false;
        return true;
    default:
        return false;
    }
}

/* Whether it may accept before it has read a byte. */
static bool may_be_empty(const struct nfa *nfa)
{
    bool *seen = xcalloc(nfa->count, sizeof *seen), found = false;
    uint32_t *stack = xcalloc(2 * (size_t)nfa->count + 1, sizeof *stack);
    size_t depth = 0;
    stack[depth++] = nfa->start;
    while (depth > 0 && !found) {
        uint32_t index = stack[--depth];
        const struct nfa_state *state = &nfa->states[index];
        found = state->op == NFA_MATCH;
        if (seen[index] || state->op == NFA_SET)
            continue;
        seen[index] = true;
        stack[depth++] = state->next;
        if (state->op == NFA_SPLIT)
            stack[depth++] = state->other;
    }
    free(stack);
    free(seen);
    return found;
}

/* No match begins after the carriage return at the end of a line; one that is not empty has no byte there anyway. */
static void keep_out_of_end(struct builder *builder)
{
    struct nfa *nfa = builder->nfa;
    if (!builder->crlf || builder->failed || !may_be_empty(nfa))
        return;
    uint32_t behind_return = add_neighbour(builder, true, false, RETURN.bits, add_inside(builder, nfa->start));
    uint32_t elsewhere = add_neighbour(builder, true, true, RETURN.bits, nfa->start);
    nfa->start = add_split(builder, elsewhere, behind_return);
}

static bool is_ascii_only(struct node *const *nodes, size_t count, const struct dialect *dialect,
                          const struct other_cases *other_cases)
{
    bool complete = dialect->boundary == BOUNDS_NONE;
    for (size_t i = 0; i < count; i++)
        complete &= is_complete(nodes[i], other_cases);
    return dialect->unicode && !complete;
}

/* An automaton with only its accepting state. */
static struct nfa *begin_nfa(struct builder *builder)
{
    struct nfa *nfa = xcalloc(1, sizeof *nfa);
    nfa->exact = true;
    *builder = (struct builder){.nfa = nfa};
    builder->match = nfa->start = add_state(builder, (struct nfa_state){.op = NFA_MATCH});
    return nfa;
}

static struct nfa *end_nfa(struct builder *builder)
{
    if (builder->failed) {
        nfa_free(builder->nfa);
        return NULL;
    }
    struct nfa *nfa = builder->nfa;
    nfa_find_classes(nfa);
    for (unsigned i = 0; i < builder->atomic_count && nfa->exact; i++)
        nfa->exact = atomic_is_idle(nfa, &builder->atomics[i]);
    return nfa;
}

struct nfa *nfa_create(struct syntax *const *syntaxes, size_t count, const struct dialect *dialect,
                       const struct other_cases *other_cases)
{
    struct builder builder;
    struct nfa *nfa = begin_nfa(&builder);
    builder.crlf = dialect->crlf;
    builder.other_cases = other_cases;
    for (size_t i = 0; i < count; i++)
        nfa->ascii_only |= is_ascii_only(&syntaxes[i]->root, 1, dialect, other_cases);
    for (size_t i = 0; i < count && !builder.failed; i++) {
        uint32_t entry = build_pattern(&builder, syntaxes[i], dialect->boundary);
        nfa->start = i == 0 ? entry : add_split(&builder, nfa->start, entry);
    }
    keep_out_of_end(&builder);
    builder.failed |= count == 0;
    return end_nfa(&builder);
}

struct nfa *nfa_create_side(struct syntax *syntax, size_t member, enum nfa_side side, const struct dialect *dialect,
                            const struct other_cases *other_cases)
{
    if (dialect->crlf)
        return NULL;
    struct node_stack row = {.count = 0};
    tree_row(syntax, &row);
    struct node **nodes = row.nodes + (side == NFA_BEFORE ? 0 : member);
    size_t count = side == NFA_BEFORE ? member : row.count - member;
    struct builder builder;
    struct nfa *nfa = begin_nfa(&builder);
    /* Whether an atomic group makes a difference is only known for the lines that the automaton describes. */
    nfa->ascii_only = is_ascii_only(nodes, count, dialect, other_cases) ||
                      (dialect->unicode && atomic_is_in(syntax->root) && !is_complete(syntax->root, other_cases));
    nfa->anchored = true;
    builder.backwards = side == NFA_BEFORE;
    builder.other_cases = other_cases;
    begin_pattern(&builder, syntax);
    nfa->start = build_row(&builder, nodes, count, build_end(&builder, dialect->boundary, nfa->start));
    end_pattern(&builder);
    free(row.nodes);
    return end_nfa(&builder);
}
