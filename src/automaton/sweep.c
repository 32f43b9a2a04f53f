#include "automaton/sweep.h"

#include "automaton/bit-program.h"
#include "base/alloc.h"
#include "base/compiler.h"

#include <stdlib.h>
#include <string.h>

/* Parts become smaller towards the end of the window, so that the cursors end together. */
#define PART_MIN ((size_t)512)

/*
 * Steps are of two bytes where the window before had no more than one special state in so many bytes: else most bytes
 * of a line are passed over, and what comes with each stop counts.  Processor time for 128 MiB by single bytes and by
 * two: an 'e', which is in all lines of 67 bytes, 61 and 71 ms; dotted addresses, in one line for 218 bytes, 67 and 62.
 */
#define STOP_BYTES 128

struct sweep {
    const struct nfa *nfa;
    const struct bitstream *bits; /* or NULL */
    struct bitstream_state streams;
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

struct sweep *sweep_create(const struct nfa *nfa, struct sweep_forms forms, size_t memory,
                           const struct kernels *kernels)
{
    struct sweep *sweep = xcalloc(1, sizeof *sweep);
    const struct small_dfa *small = forms.small;
    sweep->nfa = nfa;
    sweep->small = small;
    sweep->kernels = kernels;
    if (forms.bits && kernels->bitstream_run) {
        const size_t bytes = forms.bits->slots * BITSTREAM_WORDS * sizeof *sweep->streams.slots;
        sweep->bits = forms.bits;
        sweep->streams.slots = xnonnull(aligned_alloc(64, bytes));
        memset(sweep->streams.slots, 0, bytes);
    }
    if (small) {
        sweep->start = small->start;
        sweep->accept = SMALL_ACCEPT;
        sweep->dead = SMALL_DEAD;
        sweep->special = small->shuffle.special;
    } else {
        sweep->dfa = dfa_create(nfa, memory);
        const struct dfa_table *table = dfa_table(sweep->dfa);
        sweep->start = table->start;
        sweep->accept = DFA_ACCEPT * table->stride;
        sweep->dead = DFA_DEAD * table->stride;
        sweep->special = DFA_SPECIAL * table->stride;
    }
    return sweep;
}

void sweep_free(struct sweep *sweep)
{
    if (!sweep)
        return;
    dfa_free(sweep->dfa);
    free(sweep->index);
    free(sweep->streams.slots);
    free(sweep);
}

bool sweep_pairs(const struct small_dfa *small, const struct kernels *kernels)
{
    return small && small->shuffle.pairs && kernels->shuffle_index;
}

size_t sweep_states(const struct sweep *sweep)
{
    return sweep->small ? sweep->small->states : dfa_states(sweep->dfa);
}

/* The state after a byte; DFA_UNKNOWN, and `overflow`, when there is no room for it. */
static inline uint32_t step_byte(struct sweep *sweep, uint32_t state, unsigned char byte)
{
    if (sweep->small)
        return sweep->small->shuffle.rows[byte * sweep->small->shuffle.row_size + state];
    const struct dfa_table *table = dfa_table(sweep->dfa);
    unsigned byte_class = table->class_of[byte];
    uint32_t next = table->next[state + byte_class];
    if (UNLIKELY(next == DFA_UNKNOWN)) {
        next = dfa_step(sweep->dfa, state, byte_class);
        sweep->overflow = next == DFA_UNKNOWN;
    }
    return next;
}

/* Steps one cursor up to `limit`, or until it is in a special state. */
static void advance(struct sweep *sweep, int k, const char *limit)
{
    const char *at = sweep->cursors.at[k];
    uint32_t state = sweep->cursors.state[k];
    if (sweep->small) {
        const struct shuffle *shuffle = &sweep->small->shuffle;
        for (; at < limit && state >= sweep->special; at++)
            state = shuffle->rows[(unsigned char)*at * shuffle->row_size + state];
    } else {
        for (; at < limit && state >= sweep->special && !sweep->overflow; at++)
            state = step_byte(sweep, state, (unsigned char)*at);
    }
    sweep->cursors.at[k] = at;
    sweep->cursors.state[k] = state;
}

/* Behind the newline that follows, or the end. */
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
        advance(sweep, k, limit);
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
        uint32_t state = step_byte(sweep, cursors->state[k], (unsigned char)*cursors->at[k]);
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
    if (step_byte(sweep, sweep->cursors.state[k], '\n') == sweep->accept)
        mark(sweep, sweep->end - 1);
}

/* As the kernels' shuffle_step(), for a table. */
static unsigned step_table(const struct dfa_table *table, uint32_t special, struct cursors *cursors)
{
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

/* A cursor has come into a special state within the block that it has behind it. */
static void look_back(struct sweep *sweep, int k)
{
    struct cursors *cursors = &sweep->cursors;
    const char *limit = cursors->at[k], *block = limit - CURSOR_BLOCK;
    bool accept = cursors->state[k] == sweep->accept;
    if ((accept || cursors->state[k] == sweep->dead) && !memchr(block, '\n', CURSOR_BLOCK)) {
        /* In which line is known, and where does not matter. */
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
    struct cursors *cursors = &sweep->cursors;
    unsigned active = 0, all = (1u << CURSORS) - 1;
    for (int k = 0; k < CURSORS && next_part(sweep, k); k++)
        active |= 1u << k;
    if (active == all && !sweep->often && sweep_pairs(sweep->small, sweep->kernels))
        index_window(sweep, from);
    else if (!sweep->described) /* reading all of it once, in order, makes the cursors faster by more than it takes */
        sweep->described = !(sweep->kernels->classify(from, length) & TEXT_HIGH);
    while (active == all && !sweep->overflow) {
        unsigned due = sweep->small ? sweep->kernels->shuffle_step(&sweep->small->shuffle, cursors)
                                    : step_table(dfa_table(sweep->dfa), sweep->special, cursors);
        for (; due && !sweep->overflow; due &= due - 1)
            if (!look_after(sweep, __builtin_ctz(due)))
                active &= ~(due & -due);
    }
    for (; active && !sweep->overflow; active &= active - 1)
        finish_part(sweep, __builtin_ctz(active));
}

/* Whether all went well; otherwise the states that were made are given up, for the next text to make others. */
static bool finished(struct sweep *sweep)
{
    if (sweep->overflow)
        dfa_clear(sweep->dfa);
    return !sweep->overflow;
}

/* The last strip, which may be shorter, with newlines up to its end: the first is that which the last line lacks. */
static void stream_rest(struct sweep *sweep, const char *from, size_t length, bool unfinished, struct marks *marks)
{
    char strip[BITSTREAM_STRIP];
    uint64_t ends[BITSTREAM_WORDS];
    const size_t unit = 64 * BITSTREAM_UNIT, words = (length + unfinished + unit - 1) / unit * BITSTREAM_UNIT;
    memcpy(strip, from, length);
    memset(strip + length, '\n', 64 * words - length);
    sweep->kernels->bitstream_run(sweep->bits, &sweep->streams, strip, words, ends);
    for (size_t i = 0; 64 * i < length + unfinished; i++) {
        for (uint64_t rest = ends[i]; rest; rest &= rest - 1) {
            size_t at = 64 * i + (size_t)__builtin_ctzll(rest);
            if (at < length)
                marks_add(marks, from + at);
            else if (at == length && unfinished)
                marks_add(marks, from + length - 1);
        }
    }
}

static void stream_window(struct sweep *sweep, const char *from, const char *end, bool *described, struct marks *marks)
{
    const bool unfinished = from < end && end[-1] != '\n';
    struct bitstream_state *streams = &sweep->streams;
    bit_program_begin(sweep->bits, streams);
    streams->marks_high = sweep->nfa->ascii_only && !*described;
    uint64_t *ends = marks->words;
    for (; (size_t)(end - from) >= BITSTREAM_STRIP; from += BITSTREAM_STRIP, ends += BITSTREAM_WORDS)
        marks->count += sweep->kernels->bitstream_run(sweep->bits, streams, from, BITSTREAM_WORDS, ends);
    if (from < end || unfinished)
        stream_rest(sweep, from, (size_t)(end - from), unfinished, marks);
    *described = !streams->high;
}

bool sweep_window(struct sweep *sweep, const char *from, const char *end, bool *described, struct marks *marks)
{
    marks_begin(marks, from, end);
    if (sweep->bits) {
        stream_window(sweep, from, end, described, marks);
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
    struct cursors *cursors = &sweep->cursors;
    begin(sweep, from, end, described, NULL);
    cursors->at[0] = from;
    cursors->end[0] = end;
    cursors->state[0] = sweep->start;
    finish_part(sweep, 0);
    *accepted = sweep->accepted;
    return finished(sweep);
}
