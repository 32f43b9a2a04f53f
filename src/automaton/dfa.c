#include "automaton/dfa.h"

#include "base/alloc.h"
#include "base/verdict.h"

#include <stdlib.h>
#include <string.h>

/* The fewest states that are of use. */
#define STATES_MIN 64

/* What a state of the DFA is made of: states of the nfa, sorted, and what is known of the byte before. */
struct origin {
    uint32_t first, count; /* in `members` */
    uint32_t context;
    uint32_t hash;
};

struct dfa {
    const struct nfa *nfa;
    size_t memory;
    struct dfa_table table;
    uint32_t *next;
    struct origin *origins; /* of each state */
    uint32_t count, room;
    uint32_t *members;
    size_t member_count, member_room;
    uint32_t *buckets; /* state + 1, or 0; a power of two of them, at least twice `count` */
    uint32_t bucket_count;
    uint32_t *contexts; /* of each class */
    bool anchored;      /* a match begins where reading begins */

    /* The set that is being made. */
    uint32_t *set;
    uint32_t set_count;
    bool matched;
    uint32_t *stack;
    uint32_t *seen; /* of each state of the nfa: the `round` in which it was reached */
    uint32_t round;
};

/* What follows a place: a byte of a class, or it is not known yet. */
enum { AHEAD_UNKNOWN = -1 };

/* Whether an assertion holds between a byte that left `context` and the class `ahead`. */
static enum verdict look(const struct dfa *dfa, const struct nfa_state *state, uint32_t context, int ahead)
{
    const struct nfa *nfa = dfa->nfa;
    bool word = context & CONTEXT_WORD;
    switch (state->look) {
    case NFA_LOOK_START:
        return verdict_of(context & CONTEXT_START);
    case NFA_LOOK_BEHIND:
        return verdict_of(((context & state->behind) != 0) != state->negative);
    default:
        break;
    }
    if (ahead == AHEAD_UNKNOWN)
        return VERDICT_OPEN;
    switch (state->look) {
    case NFA_LOOK_END:
        return verdict_of((unsigned)ahead == nfa->newline_class);
    case NFA_LOOK_WORD:
        return verdict_of(word != ((dfa->contexts[ahead] & CONTEXT_WORD) != 0));
    case NFA_LOOK_NOT_WORD:
        return verdict_of(word == ((dfa->contexts[ahead] & CONTEXT_WORD) != 0));
    default:
        /* The newline is in no set, so at the end of a line there is no such byte. */
        return verdict_of(byteset_has(&state->set, nfa->member[ahead]) != state->negative);
    }
}

/* Adds a state of the nfa and all that can be reached from it without a byte.  Assertions about bytes that are not
 * known yet stay in the set. */
static void expand(struct dfa *dfa, uint32_t from, uint32_t context, int ahead)
{
    uint32_t depth = 0;
    dfa->stack[depth++] = from;
    while (depth > 0) {
        uint32_t index = dfa->stack[--depth];
        const struct nfa_state *state = &dfa->nfa->states[index];
        if (dfa->seen[index] == dfa->round)
            continue;
        dfa->seen[index] = dfa->round;
        switch (state->op) {
        case NFA_SET:
            dfa->set[dfa->set_count++] = index;
            break;
        case NFA_MATCH:
            dfa->matched = true;
            break;
        case NFA_SPLIT:
            dfa->stack[depth++] = state->other;
            dfa->stack[depth++] = state->next;
            break;
        case NFA_LOOK: {
            enum verdict holds = look(dfa, state, context, ahead);
            if (holds == VERDICT_OPEN)
                dfa->set[dfa->set_count++] = index;
            else if (holds == VERDICT_YES)
                dfa->stack[depth++] = state->next;
            break;
        }
        }
    }
}

static void begin_set(struct dfa *dfa)
{
    dfa->round++;
    if (dfa->round == 0) {
        memset(dfa->seen, 0, dfa->nfa->count * sizeof *dfa->seen);
        dfa->round = 1;
    }
    dfa->set_count = 0;
    dfa->matched = false;
}

static int compare_members(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static uint32_t hash_of(const uint32_t *members, uint32_t count, uint32_t context)
{
    uint32_t hash = 2166136261u ^ context;
    for (uint32_t i = 0; i < count; i++)
        hash = (hash ^ members[i]) * 16777619u;
    return hash ^ hash >> 15;
}

static uint32_t *bucket_of(const struct dfa *dfa, const uint32_t *members, uint32_t count, uint32_t context,
                           uint32_t hash)
{
    for (uint32_t i = hash;; i++) {
        uint32_t *bucket = &dfa->buckets[i & (dfa->bucket_count - 1)];
        if (!*bucket)
            return bucket;
        const struct origin *origin = &dfa->origins[*bucket - 1];
        if (origin->hash == hash && origin->count == count && origin->context == context &&
            (count == 0 || memcmp(dfa->members + origin->first, members, count * sizeof *members) == 0))
            return bucket;
    }
}

static void grow(struct dfa *dfa)
{
    dfa->room = dfa->room ? 2 * dfa->room : 32;
    dfa->next = xreallocarray(dfa->next, dfa->room, dfa->table.stride * sizeof *dfa->next);
    dfa->table.next = dfa->next;
    dfa->origins = xreallocarray(dfa->origins, dfa->room, sizeof *dfa->origins);
    free(dfa->buckets);
    dfa->bucket_count = 4 * dfa->room;
    dfa->buckets = xcalloc(dfa->bucket_count, sizeof *dfa->buckets);
    for (uint32_t i = DFA_SPECIAL; i < dfa->count; i++) {
        const struct origin *origin = &dfa->origins[i];
        *bucket_of(dfa, dfa->members + origin->first, origin->count, origin->context, origin->hash) = i + 1;
    }
}

static uint32_t add_row(struct dfa *dfa, struct origin origin, uint32_t everywhere)
{
    if (dfa->count == dfa->room)
        grow(dfa);
    uint32_t *row = dfa->next + (size_t)dfa->count * dfa->table.stride;
    for (uint32_t i = 0; i < dfa->table.stride; i++)
        row[i] = everywhere;
    dfa->origins[dfa->count] = origin;
    return dfa->count++;
}

size_t dfa_size(const struct dfa *dfa)
{
    return dfa->room * (dfa->table.stride * sizeof *dfa->next + sizeof *dfa->origins) +
           dfa->bucket_count * sizeof *dfa->buckets + dfa->member_room * sizeof *dfa->members;
}

/* The state for the set that was made; DFA_UNKNOWN when there is no room for another. */
static uint32_t intern(struct dfa *dfa, uint32_t context)
{
    if (dfa->matched)
        return DFA_ACCEPT * dfa->table.stride;
    if (dfa->set_count == 0 && dfa->anchored)
        return DFA_DEAD * dfa->table.stride;
    qsort(dfa->set, dfa->set_count, sizeof *dfa->set, compare_members);
    bool open = false;
    for (uint32_t i = 0; i < dfa->set_count && !open; i++)
        open = dfa->nfa->states[dfa->set[i]].op == NFA_LOOK;
    if (!open)
        context = 0;
    uint32_t hash = hash_of(dfa->set, dfa->set_count, context);
    uint32_t *bucket = bucket_of(dfa, dfa->set, dfa->set_count, context, hash);
    if (*bucket)
        return (*bucket - 1) * dfa->table.stride;
    if (dfa->count >= STATES_MIN && dfa->count == dfa->room && 2 * dfa_size(dfa) > dfa->memory)
        return DFA_UNKNOWN;
    if (dfa->member_room - dfa->member_count < dfa->set_count) {
        if (dfa->count >= STATES_MIN && 2 * dfa->member_room * sizeof *dfa->members > dfa->memory)
            return DFA_UNKNOWN;
        dfa->member_room = 2 * dfa->member_room + dfa->set_count + 256;
        dfa->members = xreallocarray(dfa->members, dfa->member_room, sizeof *dfa->members);
    }
    memcpy(dfa->members + dfa->member_count, dfa->set, dfa->set_count * sizeof *dfa->set);
    struct origin origin = {(uint32_t)dfa->member_count, dfa->set_count, context, hash};
    dfa->member_count += dfa->set_count;
    uint32_t state = add_row(dfa, origin, DFA_UNKNOWN);
    /* The table of buckets may have moved. */
    *bucket_of(dfa, dfa->set, dfa->set_count, context, hash) = state + 1;
    return state * dfa->table.stride;
}

static uint32_t find_next(struct dfa *dfa, uint32_t state, unsigned byte_class)
{
    const struct nfa *nfa = dfa->nfa;
    const struct origin origin = dfa->origins[state / dfa->table.stride];
    if (nfa->ascii_only && byte_class == nfa->high_class)
        return DFA_ACCEPT * dfa->table.stride;

    /* Adds the sets that assertions lead to which waited for this byte, after the state's own. */
    begin_set(dfa);
    const uint32_t *members = dfa->members + origin.first;
    for (uint32_t i = 0; i < origin.count; i++)
        expand(dfa, members[i], origin.context, (int)byte_class);
    if (dfa->matched)
        return DFA_ACCEPT * dfa->table.stride;
    if (byte_class == nfa->newline_class)
        return nfa->anchored ? DFA_DEAD * dfa->table.stride : dfa->table.start;

    uint32_t reached = 0;
    for (uint32_t i = 0; i < dfa->set_count; i++)
        if (byteset_has(&nfa->states[dfa->set[i]].set, nfa->member[byte_class]))
            dfa->set[reached++] = nfa->states[dfa->set[i]].next;
    /* The reached states are read from the end of `set`'s room while the new set grows from its start. */
    uint32_t *from = dfa->set + nfa->count;
    memcpy(from, dfa->set, reached * sizeof *from);
    begin_set(dfa);
    uint32_t context = dfa->contexts[byte_class];
    for (uint32_t i = 0; i < reached; i++)
        expand(dfa, from[i], context, AHEAD_UNKNOWN);
    if (!nfa->anchored)
        expand(dfa, nfa->start, context, AHEAD_UNKNOWN);
    return intern(dfa, context);
}

uint32_t dfa_step(struct dfa *dfa, uint32_t state, unsigned byte_class)
{
    uint32_t next = find_next(dfa, state, byte_class);
    dfa->next[state + byte_class] = next;
    return next;
}

uint32_t dfa_start_after(struct dfa *dfa, unsigned byte_class)
{
    const struct nfa *nfa = dfa->nfa;
    if (nfa->ascii_only && byte_class == nfa->high_class && (nfa->context_mask & ~(uint32_t)CONTEXT_START))
        return DFA_UNKNOWN;
    uint32_t context = byte_class == nfa->newline_class ? CONTEXT_START : dfa->contexts[byte_class];
    begin_set(dfa);
    expand(dfa, nfa->start, context, AHEAD_UNKNOWN);
    return intern(dfa, context);
}

void dfa_clear(struct dfa *dfa)
{
    dfa->count = 0;
    dfa->member_count = 0;
    if (dfa->buckets)
        memset(dfa->buckets, 0, dfa->bucket_count * sizeof *dfa->buckets);
    for (uint32_t i = 0; i < DFA_SPECIAL; i++)
        add_row(dfa, (struct origin){0}, i * dfa->table.stride);
    dfa->table.start = dfa_start_after(dfa, dfa->nfa->newline_class);
}

static bool is_anchored(struct dfa *dfa)
{
    for (unsigned i = 0; i < dfa->nfa->class_count; i++) {
        begin_set(dfa);
        expand(dfa, dfa->nfa->start, dfa->contexts[i], AHEAD_UNKNOWN);
        if (dfa->set_count > 0 || dfa->matched)
            return false;
    }
    return true;
}

struct dfa *dfa_create(const struct nfa *nfa, size_t memory)
{
    struct dfa *dfa = xcalloc(1, sizeof *dfa);
    dfa->nfa = nfa;
    dfa->memory = memory;
    dfa->table.class_of = nfa->class_of;
    dfa->table.stride = nfa->class_count;
    dfa->contexts = xcalloc(nfa->class_count, sizeof *dfa->contexts);
    for (unsigned i = 0; i < nfa->class_count; i++)
        dfa->contexts[i] = nfa_context(nfa, i);
    dfa->set = xcalloc(nfa->count, 2 * sizeof *dfa->set);
    /* A state is put there at most once for each of the two ways into it. */
    dfa->stack = xcalloc(nfa->count + 1, 2 * sizeof *dfa->stack);
    dfa->seen = xcalloc(nfa->count, sizeof *dfa->seen);
    dfa->member_room = 256;
    dfa->members = xcalloc(dfa->member_room, sizeof *dfa->members);
    dfa->anchored = nfa->anchored || is_anchored(dfa);
    dfa_clear(dfa);
    return dfa;
}

void dfa_free(struct dfa *dfa)
{
    if (!dfa)
        return;
    free(dfa->next);
    free(dfa->origins);
    free(dfa->members);
    free(dfa->buckets);
    free(dfa->contexts);
    free(dfa->set);
    free(dfa->stack);
    free(dfa->seen);
    free(dfa);
}

const struct dfa_table *dfa_table(const struct dfa *dfa)
{
    return &dfa->table;
}

size_t dfa_states(const struct dfa *dfa)
{
    return dfa->count;
}

bool dfa_complete(struct dfa *dfa, size_t limit)
{
    for (uint32_t state = DFA_SPECIAL; state < dfa->count; state++)
        for (uint32_t i = 0; i < dfa->table.stride; i++) {
            uint32_t from = state * dfa->table.stride;
            if (dfa->next[from + i] == DFA_UNKNOWN && dfa_step(dfa, from, i) == DFA_UNKNOWN)
                return false;
            if (dfa->count > limit)
                return false;
        }
    return true;
}
