#include "automaton/bit-program.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/* The most states of an automaton that is made a program. */
#define STATES_MAX 400

#define SETS_MAX (BITSTREAM_LOOKUPS + BITSTREAM_COMPARISONS)

/*
 * After so many steps, and unless fewer than so many are left, the program checks whether it can stop.  Processor
 * milliseconds for 128 MiB (AMD EPYC, family 26), after 1 / 3 / 5 / 8 steps and without: UUIDs in log lines 20.1 / 18.9
 * / 18.0 / 18.3 / 18.1; in prose (?:\w{5}\s+){7} 16.5 / 15.4 / 15.2 / 15.4 / 19.1, \w{20,40} 10.8 / 10.3 / 10.3 / 10.1
 * / 18.3.
 */
#define LEAVE_BEHIND 5
#define LEAVE_BEFORE 4

/* A stream: the number of a value, or: */
enum { EMPTY = -1, FULL = -2 };

/* The values are those of the sets, and then one of each step. */
struct step {
    enum bit_op op;
    int a, b;
    bool leave; /* a check follows it, which stops when this one's value is empty */
};

enum { NO_COMPONENT = -1 };

struct maker {
    const struct nfa *nfa;
    struct byteset sets[SETS_MAX];
    size_t set_count;
    struct step steps[BITSTREAM_STEPS];
    size_t count;
    size_t about;            /* so many depend on the text alone; the others on a place that was reached */
    int start, word;         /* values: the starts of lines, and the places between a word and what is none */
    int behind[SETS_MAX];    /* after a byte of a set */
    int reached[STATES_MAX]; /* of each state, the stream of its places so far */
    /* Tarjan's algorithm: strongly connected components, numbered from the last one on. */
    int component[STATES_MAX], index[STATES_MAX], low[STATES_MAX];
    uint32_t stack[STATES_MAX];
    size_t depth;
    int components, visited;
    bool failed;
};

/* --- values --- */

static int set_value(struct maker *maker, const struct byteset *set)
{
    size_t i = 0;
    while (i < maker->set_count && memcmp(&maker->sets[i], set, sizeof *set) != 0)
        i++;
    if (i == SETS_MAX) {
        maker->failed = true;
        return 0;
    }
    if (i == maker->set_count)
        maker->sets[maker->set_count++] = *set;
    return (int)i;
}

static int add_step(struct maker *maker, enum bit_op op, int a, int b)
{
    if (maker->count == BITSTREAM_STEPS) {
        maker->failed = true;
        return 0;
    }
    maker->steps[maker->count] = (struct step){.op = op, .a = a, .b = b};
    return (int)(SETS_MAX + maker->count++);
}

static int either(struct maker *maker, int a, int b)
{
    if (a == EMPTY || b == FULL || a == b)
        return b;
    return b == EMPTY || a == FULL ? a : add_step(maker, BIT_OR, a, b);
}

/* After the bytes of a set at places of a. */
static int advance(struct maker *maker, int a, int set)
{
    return a == EMPTY ? EMPTY : add_step(maker, BIT_ADVANCE, a == FULL ? set : a, set);
}

static int restrict_to(struct maker *maker, int a, int places, bool negative)
{
    if (a == EMPTY)
        return EMPTY;
    if (a == FULL)
        return negative ? add_step(maker, BIT_NOT, places, places) : places;
    return add_step(maker, negative ? BIT_AND_NOT : BIT_AND, a, places);
}

/* --- what is asserted --- */

/* The places where an assertion holds, or does not if it is `*negative`. */
static int look_value(struct maker *maker, const struct nfa_state *state, bool *negative)
{
    *negative = state->look == NFA_LOOK_NOT_WORD || (state->negative && state->look >= NFA_LOOK_BEHIND);
    switch (state->look) {
    case NFA_LOOK_START:
        if (maker->start == EMPTY)
            maker->start = advance(maker, FULL, 0);
        return maker->start;
    case NFA_LOOK_END:
        return 0;
    case NFA_LOOK_WORD:
    case NFA_LOOK_NOT_WORD:
        if (maker->word == EMPTY) {
            int word = set_value(maker, &BYTES_OF_WORDS);
            maker->word = add_step(maker, BIT_XOR, word, advance(maker, FULL, word));
        }
        return maker->word;
    case NFA_LOOK_BEHIND: {
        int set = set_value(maker, &state->set);
        if (maker->behind[set] == EMPTY)
            maker->behind[set] = advance(maker, FULL, set);
        return maker->behind[set];
    }
    case NFA_LOOK_AHEAD:
        break;
    }
    return set_value(maker, &state->set);
}

/* --- components --- */

static size_t successors(const struct nfa_state *state, uint32_t next[2])
{
    next[0] = state->next;
    next[1] = state->other;
    return state->op == NFA_MATCH ? 0 : state->op == NFA_SPLIT ? 2 : 1;
}

static void find_components(struct maker *maker, uint32_t from)
{
    uint32_t next[2];
    maker->index[from] = maker->low[from] = ++maker->visited;
    maker->stack[maker->depth++] = from;
    size_t count = successors(&maker->nfa->states[from], next);
    for (size_t i = 0; i < count; i++) {
        if (!maker->index[next[i]])
            find_components(maker, next[i]);
        if (maker->component[next[i]] == NO_COMPONENT && maker->low[next[i]] < maker->low[from])
            maker->low[from] = maker->low[next[i]];
    }
    if (maker->low[from] != maker->index[from])
        return;
    uint32_t member;
    do {
        member = maker->stack[--maker->depth];
        maker->component[member] = maker->components;
    } while (member != from);
    maker->components++;
}

/* The states of a component, in `members`; their number. */
static size_t members_of(const struct maker *maker, int component, uint32_t *members)
{
    size_t count = 0;
    for (uint32_t i = 0; i < maker->nfa->count; i++)
        if (maker->component[i] == component)
            members[count++] = i;
    return count;
}

/* --- steps --- */

static void reach(struct maker *maker, uint32_t state, int places)
{
    maker->reached[state] = either(maker, maker->reached[state], places);
}

/* A state that is in no loop. */
static void take(struct maker *maker, uint32_t index)
{
    const struct nfa_state *state = &maker->nfa->states[index];
    const int places = maker->reached[index];
    bool negative;
    switch (state->op) {
    case NFA_SET:
        reach(maker, state->next, advance(maker, places, set_value(maker, &state->set)));
        break;
    case NFA_SPLIT:
        reach(maker, state->next, places);
        reach(maker, state->other, places);
        break;
    case NFA_LOOK: {
        int look = look_value(maker, state, &negative);
        reach(maker, state->next, restrict_to(maker, places, look, negative));
        break;
    }
    case NFA_MATCH:
        if (places == FULL) /* every line matches */
            maker->failed = true;
        else if (places != EMPTY)
            add_step(maker, BIT_MATCH, places, places);
        break;
    }
}

/* Takes the splits of a loop, each after those that lead to it; false when they lead to each other in a circle. */
static bool take_splits(struct maker *maker, const uint32_t *members, size_t count, uint32_t set)
{
    bool taken[STATES_MAX] = {false};
    taken[set] = true;
    for (size_t left = count - 1; left > 0; left--) {
        size_t ready = 0;
        for (; ready < count; ready++) {
            bool waits = taken[members[ready]];
            for (size_t k = 0; k < count && !waits; k++) {
                const struct nfa_state *other = &maker->nfa->states[members[k]];
                waits = !taken[members[k]] && (other->next == members[ready] || other->other == members[ready]);
            }
            if (!waits)
                break;
        }
        if (ready == count)
            return false;
        const struct nfa_state *split = &maker->nfa->states[members[ready]];
        const int places = maker->reached[members[ready]];
        taken[members[ready]] = true;
        if (split->next != set)
            reach(maker, split->next, places);
        if (split->other != set)
            reach(maker, split->other, places);
    }
    return true;
}

/* A loop of one set and of splits; false when it is another. */
static bool take_loop(struct maker *maker, const uint32_t *members, size_t count)
{
    uint32_t set = UINT32_MAX;
    int entered = EMPTY;
    for (size_t i = 0; i < count; i++) {
        enum nfa_op op = maker->nfa->states[members[i]].op;
        if (op == NFA_LOOK || (op == NFA_SET && set != UINT32_MAX))
            return false;
        set = op == NFA_SET ? members[i] : set;
        entered = either(maker, entered, maker->reached[members[i]]);
    }
    if (set == UINT32_MAX)
        return false;
    int bytes = set_value(maker, &maker->nfa->states[set].set);
    int places = entered == FULL || entered == EMPTY ? entered : add_step(maker, BIT_STAR, entered, bytes);
    reach(maker, maker->nfa->states[set].next, advance(maker, places, bytes));
    return take_splits(maker, members, count, set);
}

static void take_all(struct maker *maker)
{
    uint32_t members[STATES_MAX], next[2];
    bool negative;
    for (uint32_t i = 0; i < maker->nfa->count; i++)
        if (maker->component[i] != NO_COMPONENT && maker->nfa->states[i].op == NFA_LOOK)
            look_value(maker, &maker->nfa->states[i], &negative);
    maker->about = maker->count;
    maker->reached[maker->nfa->start] = FULL;
    for (int component = maker->components; component-- > 0 && !maker->failed;) {
        size_t count = members_of(maker, component, members);
        bool loop = count > 1;
        for (size_t i = successors(&maker->nfa->states[members[0]], next); i-- > 0;)
            loop |= next[i] == members[0];
        if (!loop)
            take(maker, members[0]);
        else
            maker->failed |= !take_loop(maker, members, count);
    }
}

/* --- leaving off --- */

/* Whether all later steps have empty values where this one's value is empty. */
static bool rules_all(const struct maker *maker, size_t step)
{
    bool empty[BITSTREAM_STEPS] = {false};
    empty[step] = true;
    for (size_t i = step + 1; i < maker->count; i++) {
        const struct step *other = &maker->steps[i];
        bool a = other->a >= SETS_MAX && empty[other->a - SETS_MAX];
        bool b = other->b >= SETS_MAX && empty[other->b - SETS_MAX];
        empty[i] = other->op == BIT_OR ? a && b : a;
        /* Nothing else is known of a value that is not empty. */
        if (!empty[i])
            return false;
    }
    return true;
}

static void find_leaves(struct maker *maker)
{
    size_t last = maker->about;
    for (size_t i = maker->about; i + LEAVE_BEFORE < maker->count; i++) {
        if (i + 1 < last + LEAVE_BEHIND || maker->steps[i].op == BIT_MATCH || !rules_all(maker, i))
            continue;
        maker->steps[i].leave = true;
        last = i + 1;
    }
}

/* --- slots --- */

struct slots {
    uint8_t of[SETS_MAX + BITSTREAM_STEPS]; /* each value */
    size_t last_use[SETS_MAX + BITSTREAM_STEPS];
    bool taken[BITSTREAM_SLOTS];
};

static void find_uses(const struct maker *maker, struct slots *slots)
{
    for (size_t i = 0; i < maker->count; i++) {
        slots->last_use[SETS_MAX + i] = i;
        slots->last_use[maker->steps[i].a] = i;
        slots->last_use[maker->steps[i].b] = i;
    }
}

/* Whether the set holds just the bytes in which certain bits have certain values. */
static bool is_comparison(const struct byteset *set, uint8_t *value, uint8_t *mask)
{
    unsigned all = 0xff, any = 0, count = 0;
    for (unsigned byte = 0; byte < 256; byte++)
        if (byteset_has(set, byte)) {
            all &= byte;
            any |= byte;
            count++;
        }
    *mask = (uint8_t) ~(all ^ any);
    *value = (uint8_t)(all & *mask);
    return count > 0 && count == 1u << __builtin_popcount(all ^ any);
}

static uint8_t write_lookup(struct bitstream *program, const struct byteset *set)
{
    uint8_t *sets_of = program->sets_of[program->lookups / BITSTREAM_GROUP];
    for (unsigned byte = 0; byte < 256; byte++)
        if (byteset_has(set, byte))
            sets_of[byte] |= (uint8_t)(1u << program->lookups % BITSTREAM_GROUP);
    return (uint8_t)program->lookups++;
}

static uint8_t write_comparison(struct bitstream *program, const struct byteset *set)
{
    size_t i = program->comparison_count++;
    is_comparison(set, &program->comparisons[i].value, &program->comparisons[i].mask);
    return (uint8_t)(program->lookups + i);
}

/*
 * The sets have the first slots.  A group of lookups takes no longer for being full; what is not in it is compared, as
 * far as it can be.  With AVX2, latency=\d+ms (12 sets) in 128 MiB of log lines took 42 ms by two groups, and takes 30.
 */
static void write_sets(struct maker *maker, struct bitstream *program, uint8_t *slots)
{
    bool compared[SETS_MAX];
    uint8_t value, mask;
    size_t lookups = 0, room;
    for (size_t i = 0; i < maker->set_count; i++) {
        compared[i] = is_comparison(&maker->sets[i], &value, &mask);
        lookups += !compared[i];
    }
    room = lookups > BITSTREAM_GROUP ? BITSTREAM_LOOKUPS : BITSTREAM_GROUP;
    for (size_t i = 0; i < maker->set_count && lookups < room; i++) {
        lookups += compared[i];
        compared[i] = false;
    }
    maker->failed |= lookups > BITSTREAM_LOOKUPS || maker->set_count - lookups > BITSTREAM_COMPARISONS;
    for (size_t i = 0; i < maker->set_count && !maker->failed; i++)
        if (!compared[i])
            slots[i] = write_lookup(program, &maker->sets[i]);
    program->lookups += program->lookups % 2;
    for (size_t i = 0; i < maker->set_count && !maker->failed; i++)
        if (compared[i])
            slots[i] = write_comparison(program, &maker->sets[i]);
    program->comparison_count += program->comparison_count % 2;
    program->newline = slots[0];
    program->slots = program->lookups + program->comparison_count;
}

/* A slot for the value of a step, while those of its operands are in use. */
static void take_slot(struct maker *maker, struct slots *slots, struct bitstream *program, size_t step)
{
    size_t slot = program->lookups + program->comparison_count;
    while (slot < BITSTREAM_SLOTS && slots->taken[slot])
        slot++;
    if (slot == BITSTREAM_SLOTS) {
        maker->failed = true;
        return;
    }
    slots->of[SETS_MAX + step] = (uint8_t)slot;
    slots->taken[slot] = true;
    program->slots = slot < program->slots ? program->slots : slot + 1;
}

static void give_back(struct slots *slots, int value, size_t step)
{
    if (value >= SETS_MAX && slots->last_use[value] == step)
        slots->taken[slots->of[value]] = false;
}

static void put(struct maker *maker, struct bitstream *program, struct bit_step step)
{
    if (program->count == BITSTREAM_STEPS)
        maker->failed = true;
    else
        program->steps[program->count++] = step;
}

static void write_steps(struct maker *maker, struct bitstream *program)
{
    struct slots slots = {.of = {0}};
    write_sets(maker, program, slots.of);
    find_uses(maker, &slots);
    program->start = BITSTREAM_STEPS;
    for (size_t i = 0; i < maker->count && !maker->failed; i++) {
        const struct step *step = &maker->steps[i];
        if (step->op != BIT_MATCH)
            take_slot(maker, &slots, program, i);
        uint8_t to = slots.of[SETS_MAX + i];
        if ((int)(SETS_MAX + i) == maker->start)
            program->start = program->count;
        put(maker, program, (struct bit_step){(uint8_t)step->op, to, slots.of[step->a], slots.of[step->b]});
        if (step->leave)
            put(maker, program, (struct bit_step){BIT_LEAVE, to, to, to});
        give_back(&slots, step->a, i);
        give_back(&slots, step->b, i);
        give_back(&slots, (int)(SETS_MAX + i), i);
    }
}

struct bitstream *bit_program_create(const struct nfa *nfa)
{
    if (nfa->anchored || nfa->count > STATES_MAX)
        return NULL;
    struct maker *maker = xcalloc(1, sizeof *maker);
    struct bitstream *program = xcalloc(1, sizeof *program);
    maker->nfa = nfa;
    maker->start = maker->word = EMPTY;
    for (size_t i = 0; i < SETS_MAX; i++)
        maker->behind[i] = EMPTY;
    for (size_t i = 0; i < STATES_MAX; i++) {
        maker->component[i] = NO_COMPONENT;
        maker->reached[i] = EMPTY;
    }
    set_value(maker, &BYTES_NEWLINE);
    find_components(maker, nfa->start);
    take_all(maker);
    find_leaves(maker);
    if (!maker->failed)
        write_steps(maker, program);
    bool failed = maker->failed;
    free(maker);
    if (!failed)
        return program;
    free(program);
    return NULL;
}

void bit_program_begin(const struct bitstream *program, struct bitstream_state *state)
{
    memset(state->carry, 0, sizeof state->carry);
    if (program->start < BITSTREAM_STEPS)
        state->carry[program->start] = 1;
    state->open = 0;
    state->high = false;
}
