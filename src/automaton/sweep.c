#include "automaton/sweep.h"

#include "automaton/bit-sweep.h"
#include "base/alloc.h"
#include "base/compiler.h"

#include <stdlib.h>
#include <string.h>

/* Parts become smaller towards the end of the window, so that the cursors end together. */
#define PART_MIN ((size_t)512)

/*
 * Steps are of two bytes where the last window had at most one special state in so many bytes.  Where there are more,
 * most bytes of a line are skipped, and the cost of each stop counts.  Processor time for 128 MiB by single bytes and
 * by two: an 'e', which is in all lines of 67 bytes, 61 and 71 ms; dotted addresses, in one line for 218 bytes, 67
 * and 62.
 */
#define STOP_BYTES 128

/* How an automaton of some form makes its steps. */
struct form {
    /* The state after a byte; DFA_UNKNOWN, and `overflow`, when there is no room for it. */
    uint32_t (*step_byte)(struct sweep *sweep, uint32_t state, unsigned char byte);
    /* Steps one cursor up to `limit`, or until it is in a special state. */
    void (*advance)(struct sweep *sweep, int k, const char *limit);
    /* Steps all cursors, as the kernels' shuffle_step() does. */
    unsigned (*step_all)(struct sweep *sweep);
    size_t (*states)(const struct sweep *sweep);
};

/*
 * A line of so many bytes is run by streams of bits: by one cursor a byte takes its whole step, about 1 ns, and by
 * streams 0.04 to 0.2 ns, but a strip at the least.
 */
#define STREAMED_LINE 1024

struct sweep {
    const struct nfa *nfa;
    struct bit_sweep *bits; /* for windows; NULL: cursors take them, too */
    const struct form *form;
    const struct small_dfa *small; /* or NULL, and then: */
    struct dfa *dfa;
    const struct kernels *kernels;
    uint32_t start, accept, dead; /* states */
    uint32_t special;             /* states below this one are special */
    /* The window in hand. */
    struct cursors cursors;
    const char *next, *end; /* what has not been handed out */
    bool unfinished;        /* its last line lacks its newline, and is still open */
    bool described;         /* it has no byte that the nfa does not describe */
    uint16_t *index;        /* of shuffle_index(); room for `index_room` */
    size_t index_room;
    bool often;          /* special states were frequent in the window before */
    size_t stops;        /* and how many there are in this one */
    struct marks *marks; /* NULL: for one line it is enough to know that it is accepted */
    bool accepted;
    bool overflow;
};

/* --- the form of shuffles, with few states --- */

static uint32_t small_step_byte(struct sweep *sweep, uint32_t state, unsigned char byte)
{
    return sweep->small->shuffle.rows[byte * sweep->small->shuffle.row_size + state];
}

static void small_advance(struct sweep *sweep, int k, const char *limit)
{
    const struct shuffle *shuffle = &sweep->small->shuffle;
    const char *at = sweep->cursors.at[k];
    uint32_t state = sweep->cursors.state[k];
    for (; at < limit && state >= sweep->special; at++)
        state = shuffle->rows[(unsigned char)*at * shuffle->row_size + state];
    sweep->cursors.at[k] = at;
    sweep->cursors.state[k] = state;
}

static unsigned small_step_all(struct sweep *sweep)
{
    return sweep->kernels->shuffle_step(&sweep->small->shuffle, &sweep->cursors);
}

static size_t small_states(const struct sweep *sweep)
{
    return sweep->small->states;
}

static const struct form small_form = {small_step_byte, small_advance, small_step_all, small_states};

/* --- the form of a table, whose states are made as they are needed --- */

static uint32_t table_step_byte(struct sweep *sweep, uint32_t state, unsigned char byte)
{
    const struct dfa_table *table = dfa_table(sweep->dfa);
    unsigned byte_class = table->class_of[byte];
    uint32_t next = table->next[state + byte_class];
    if (UNLIKELY(next == DFA_UNKNOWN)) {
        next = dfa_step(sweep->dfa, state, byte_class);
        sweep->overflow = next == DFA_UNKNOWN;
    }
    return next;
}

static void table_advance(struct sweep *sweep, int k, const char *limit)
{
    const char *at = sweep->cursors.at[k];
    uint32_t state = sweep->cursors.state[k];
    for (; at < limit && state >= sweep->special && !sweep->overflow; at++)
        state = table_step_byte(sweep, state, (unsigned char)*at);
    sweep->cursors.at[k] = at;
    sweep->cursors.state[k] = state;
}

static unsigned table_step_all(struct sweep *sweep)
{
    const struct dfa_table *table = dfa_table(sweep->dfa);
    const uint32_t special = sweep->special;
    struct cursors *cursors = &sweep->cursors;
    const uint32_t *next = table->next;
    const uint8_t *class_of = table->class_of;
    const unsigned char *text[CURSORS];
    uint32_t now[CURSORS];
    for (int k = 0; k < CURSORS; k++) {
        text[k] = (const unsigned char *)cursors->at[k];
        now[k] = cursors->state[k];
    }
    size_t blocks = cursors_blocks(cursors), done = 0;
    for (bool stop = false; done < blocks && !stop; done++) {
        UNROLL
        for (int k = 0; k < CURSORS; k++)
            cursors->before[k] = now[k];
        UNROLL
        for (int i = 0; i < CURSOR_BLOCK; i++) {
            UNROLL
            for (int k = 0; k < CURSORS; k++)
                now[k] = next[now[k] + class_of[text[k][i]]];
        }
        UNROLL
        for (int k = 0; k < CURSORS; k++) {
            text[k] += CURSOR_BLOCK;
            stop |= now[k] < special;
        }
    }
    for (int k = 0; k < CURSORS; k++)
        cursors->state[k] = now[k];
    return cursors_stepped(cursors, done, special);
}

static size_t table_states(const struct sweep *sweep)
{
    return dfa_states(sweep->dfa);
}

static const struct form table_form = {table_step_byte, table_advance, table_step_all, table_states};

/* --- making one --- */

static void set_small(struct sweep *sweep, const struct small_dfa *small)
{
    sweep->form = &small_form;
    sweep->small = small;
    sweep->start = small->start;
    sweep->accept = SMALL_ACCEPT;
    sweep->dead = SMALL_DEAD;
    sweep->special = small->shuffle.special;
}

static void set_table(struct sweep *sweep, struct dfa *dfa)
{
    const struct dfa_table *table = dfa_table(dfa);
    sweep->form = &table_form;
    sweep->dfa = dfa;
    sweep->start = table->start;
    sweep->accept = DFA_ACCEPT * table->stride;
    sweep->dead = DFA_DEAD * table->stride;
    sweep->special = DFA_SPECIAL * table->stride;
}

struct sweep *sweep_create(const struct nfa *nfa, struct sweep_forms forms, size_t memory,
                           const struct kernels *kernels)
{
    struct sweep *sweep = xcalloc(1, sizeof *sweep);
    sweep->nfa = nfa;
    sweep->kernels = kernels;
    if (forms.bits && kernels->bitstream_run)
        sweep->bits = bit_sweep_create(nfa, forms.bits, kernels);
    if (forms.small)
        set_small(sweep, forms.small);
    else
        set_table(sweep, dfa_create(nfa, memory));
    return sweep;
}

void sweep_free(struct sweep *sweep)
{
    if (!sweep)
        return;
    dfa_free(sweep->dfa);
    bit_sweep_free(sweep->bits);
    free(sweep->index);
    free(sweep);
}

bool sweep_pairs(const struct small_dfa *small, const struct kernels *kernels)
{
    return small && small->shuffle.pairs && kernels->shuffle_index;
}

size_t sweep_states(const struct sweep *sweep)
{
    return sweep->form->states(sweep);
}

/* --- at work --- */

/* The start of the next line, or the end. */
static const char *next_line(const char *at, const char *end)
{
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    return newline ? newline + 1 : end;
}

static void mark(struct sweep *sweep, const char *at)
{
    sweep->accepted = true;
    if (sweep->marks)
        marks_add(sweep->marks, at);
}

/* Goes on at the next line after a cursor has come into a special state, before the byte `at`. */
static void finish_line(struct sweep *sweep, int k, const char *at)
{
    const char *end = sweep->cursors.end[k];
    if (sweep->cursors.state[k] == sweep->accept) {
        mark(sweep, at - 1);
        if (at[-1] != '\n')
            at = next_line(at, end);
    } else {
        const char *next = next_line(at, end);
        if (!sweep->described && (sweep->kernels->classify(at, (size_t)(next - at)) & TEXT_HIGH))
            mark(sweep, next - 1);
        at = next;
    }
    sweep->cursors.at[k] = at;
    sweep->cursors.state[k] = sweep->start;
    if (at == sweep->end) /* which has nothing to add */
        sweep->unfinished = false;
}

/* Takes a cursor to `limit`, or beyond it to the end of a line. */
static void walk(struct sweep *sweep, int k, const char *limit)
{
    const struct cursors *cursors = &sweep->cursors;
    while (!sweep->overflow) {
        sweep->form->advance(sweep, k, limit);
        if (cursors->state[k] >= sweep->special) {
            if (cursors->at[k] >= limit)
                return;
        } else if (cursors->at[k] < cursors->end[k] || cursors->state[k] == sweep->accept) {
            finish_line(sweep, k, cursors->at[k]);
        } else {
            return;
        }
    }
}

static bool next_part(struct sweep *sweep, int k)
{
    size_t left = (size_t)(sweep->end - sweep->next);
    if (left == 0)
        return false;
    size_t size = left / (2 * CURSORS);
    size = size < PART_MIN ? PART_MIN : size;
    sweep->cursors.at[k] = sweep->next;
    sweep->cursors.end[k] = size < left ? next_line(sweep->next + size - 1, sweep->end) : sweep->end;
    sweep->cursors.state[k] = sweep->start;
    sweep->next = sweep->cursors.end[k];
    return true;
}

/* Takes a cursor that steps by two bytes to a place where it can; mostly that is one byte, and no special state. */
static inline void align(struct sweep *sweep, int k)
{
    struct cursors *cursors = &sweep->cursors;
    while (cursors->index && (cursors->at[k] - cursors->begin) % 2 != 0 && cursors->at[k] < cursors->end[k]) {
        uint32_t state = sweep->form->step_byte(sweep, cursors->state[k], (unsigned char)*cursors->at[k]);
        if (state < sweep->special) {
            walk(sweep, k, cursors->at[k] + 1);
        } else {
            cursors->state[k] = state;
            cursors->at[k]++;
        }
    }
}

/* Takes a cursor to the end of its part.  The last line may lack its newline, which the automaton has to see. */
static void finish_part(struct sweep *sweep, int k)
{
    walk(sweep, k, sweep->cursors.end[k]);
    if (sweep->overflow || sweep->cursors.at[k] != sweep->end || !sweep->unfinished ||
        sweep->cursors.state[k] < sweep->special)
        return;
    if (sweep->form->step_byte(sweep, sweep->cursors.state[k], '\n') == sweep->accept)
        mark(sweep, sweep->end - 1);
}

/* A cursor has come into a special state within the block that it has just read. */
static void look_back(struct sweep *sweep, int k)
{
    struct cursors *cursors = &sweep->cursors;
    const char *limit = cursors->at[k], *block = limit - CURSOR_BLOCK;
    bool accept = cursors->state[k] == sweep->accept;
    if ((accept || cursors->state[k] == sweep->dead) && !memchr(block, '\n', CURSOR_BLOCK)) {
        /* It is known in which line, and it does not matter where. */
        finish_line(sweep, k, accept ? limit : block);
        return;
    }
    cursors->at[k] = block;
    cursors->state[k] = cursors->before[k];
    walk(sweep, k, limit);
}

static void begin(struct sweep *sweep, const char *from, const char *end, bool described, struct marks *marks)
{
    sweep->next = from;
    sweep->end = end;
    sweep->unfinished = from == end || end[-1] != '\n';
    sweep->described = described || !sweep->nfa->ascii_only;
    sweep->marks = marks;
    sweep->accepted = sweep->overflow = false;
    sweep->stops = 0;
    sweep->cursors.index = NULL;
}

/* Looks after a cursor that cannot go on with the others.  False when there is nothing left for it. */
static bool look_after(struct sweep *sweep, int k)
{
    struct cursors *cursors = &sweep->cursors;
    if (cursors->state[k] < sweep->special) {
        look_back(sweep, k);
        sweep->stops++;
    }
    align(sweep, k);
    if (cursors->end[k] - cursors->at[k] >= CURSOR_BLOCK)
        return true;
    finish_part(sweep, k);
    if (!next_part(sweep, k))
        return false;
    align(sweep, k);
    return true;
}

/*
 * Prepares the window for steps of two bytes.  The first to read all of a window waits for memory, and finds out in the
 * meantime whether it is described.
 */
static void index_window(struct sweep *sweep, const char *from)
{
    const size_t length = (size_t)(sweep->end - from), room = length / 2 + 1;
    if (room > sweep->index_room) {
        free(sweep->index);
        sweep->index = xcalloc(room, sizeof *sweep->index);
        sweep->index_room = room;
    }
    bool high = sweep->kernels->shuffle_index(&sweep->small->shuffle, from, length, sweep->index);
    sweep->described |= !high;
    sweep->cursors.index = sweep->index;
    sweep->cursors.begin = from;
    for (int k = 0; k < CURSORS; k++)
        align(sweep, k);
}

static void sweep_text(struct sweep *sweep)
{
    const char *from = sweep->next;
    const size_t length = (size_t)(sweep->end - from);
    unsigned active = 0, all = (1u << CURSORS) - 1;
    for (int k = 0; k < CURSORS && next_part(sweep, k); k++)
        active |= 1u << k;
    if (active == all && !sweep->often && sweep_pairs(sweep->small, sweep->kernels))
        index_window(sweep, from);
    else if (!sweep->described) /* reading all of it once, in order, makes the cursors faster by more than it takes */
        sweep->described = !(sweep->kernels->classify(from, length) & TEXT_HIGH);
    while (active == all && !sweep->overflow) {
        unsigned due = sweep->form->step_all(sweep);
        for (; due && !sweep->overflow; due &= due - 1)
            if (!look_after(sweep, __builtin_ctz(due)))
                active &= ~(due & -due);
    }
    for (; active && !sweep->overflow; active &= active - 1)
        finish_part(sweep, __builtin_ctz(active));
}

/* Whether all went well.  Otherwise the states are thrown away, and the next text makes others. */
static bool finished(struct sweep *sweep)
{
    if (sweep->overflow)
        dfa_clear(sweep->dfa);
    return !sweep->overflow;
}

bool sweep_window(struct sweep *sweep, const char *from, const char *end, bool *described, struct marks *marks)
{
    marks_begin(marks, from, end);
    if (sweep->bits) {
        bit_sweep_run(sweep->bits, from, end, described, marks);
        return true;
    }
    begin(sweep, from, end, *described, marks);
    sweep_text(sweep);
    sweep->often = sweep->stops > (size_t)(end - from) / STOP_BYTES;
    *described = sweep->described;
    return finished(sweep);
}

bool sweep_line(struct sweep *sweep, const char *from, const char *end, bool described, bool *accepted)
{
    if (sweep->bits && end - from >= STREAMED_LINE) {
        *accepted = bit_sweep_line(sweep->bits, from, end, described);
        return true;
    }
    struct cursors *cursors = &sweep->cursors;
    begin(sweep, from, end, described, NULL);
    cursors->at[0] = from;
    cursors->end[0] = end;
    cursors->state[0] = sweep->start;
    finish_part(sweep, 0);
    *accepted = sweep->accepted;
    return finished(sweep);
}
