#include "match/sweep.h"

#include "base/alloc.h"
#include "base/compiler.h"

#include <stdlib.h>
#include <string.h>

/*
 * Cursors that step through a table together, and the bytes until their states are looked at.  Measured on 1 MiB in the
 * cache, GB/s: 3 cursors 1.84, 4 1.95, 5 2.28, 6 2.49, 7 2.62, 8 2.63, 10 2.61.  More of them end the window less
 * evenly.
 */
#define TABLE_CURSORS 6
#define TABLE_BLOCK ((size_t)16)
#define CURSORS_MAX (SHUFFLE_CURSORS > TABLE_CURSORS ? SHUFFLE_CURSORS : TABLE_CURSORS)

/* Parts become smaller towards the end of the window, so that the cursors end together. */
#define PART_MIN ((size_t)512)

/*
 * A DFA that has made more than one state for so many bytes of text since it was cleared is of no use: making one takes
 * about as long as PCRE2 takes for MEASURE bytes.
 */
#define BYTES_PER_STATE 64

struct cursor {
    const char *at, *end; /* of its part */
    uint32_t state;
};

struct sweep {
    const struct nfa *nfa;
    const struct small_dfa *small; /* or NULL, and then: */
    struct dfa *dfa;
    const struct kernels *kernels;
    uint64_t swept;               /* bytes since the DFA was cleared */
    uint32_t start, accept, dead; /* states */
    uint32_t special;             /* states below this one are special */
    /* The window in hand. */
    const char *next, *end; /* what has not been handed out */
    bool unfinished; /* its last line lacks its newline */
    bool described;         /* it has no byte that the nfa does not describe */
    struct marks *marks;    /* NULL: for one line it is enough to know that it is accepted */
    bool accepted;
    bool overflow;
};

struct sweep *sweep_create(const struct nfa *nfa, const struct small_dfa *small, size_t memory,
                           const struct kernels *kernels)
{
    struct sweep *sweep = xcalloc(1, sizeof *sweep);
    sweep->nfa = nfa;
    sweep->small = small;
    sweep->kernels = kernels;
    if (small) {
        sweep->start = small->start;
        sweep->accept = SMALL_ACCEPT;
        sweep->dead = SMALL_DEAD;
        sweep->special = SMALL_SPECIAL;
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
    free(sweep);
}

size_t sweep_states(const struct sweep *sweep)
{
    return sweep->small ? sweep->small->states : dfa_states(sweep->dfa);
}

/* Steps one cursor up to `limit`, or until it is in a special state. */
static void advance(struct sweep *sweep, struct cursor *cursor, const char *limit)
{
    const char *at = cursor->at;
    uint32_t state = cursor->state, special = sweep->special;
    if (sweep->small) {
        const struct shuffle *shuffle = &sweep->small->shuffle;
        for (; at < limit && state >= special; at++)
            state = shuffle->rows[(unsigned char)*at * shuffle->row_size + state];
    } else {
        const struct dfa_table *table = dfa_table(sweep->dfa);
        while (at < limit && state >= special) {
            unsigned byte_class = table->class_of[(unsigned char)*at];
            uint32_t next = table->next[state + byte_class];
            if (UNLIKELY(next == DFA_UNKNOWN)) {
                next = dfa_step(sweep->dfa, state, byte_class);
                if (next == DFA_UNKNOWN) {
                    sweep->overflow = true;
                    break;
                }
            }
            state = next;
            at++;
        }
    }
    cursor->at = at;
    cursor->state = state;
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

/* Goes on at the next line after the cursor has come into a special state. */
static void finish_line(struct sweep *sweep, struct cursor *cursor)
{
    const char *at = cursor->at;
    if (cursor->state == sweep->accept) {
        mark(sweep, at - 1);
        if (at[-1] != '\n')
            at = next_line(at, cursor->end);
    } else {
        const char *next = next_line(at, cursor->end);
        if (!sweep->described && (sweep->kernels->classify(at, (size_t)(next - at)) & TEXT_HIGH))
            mark(sweep, next - 1);
        at = next;
    }
    cursor->at = at;
    cursor->state = sweep->start;
    if (at == sweep->end && sweep->unfinished) /* the end of the text has nothing to add */
        cursor->state = sweep->dead;
}

/* Takes a cursor to `limit`, or beyond it to the end of a line. */
static void walk(struct sweep *sweep, struct cursor *cursor, const char *limit)
{
    while (!sweep->overflow) {
        advance(sweep, cursor, limit);
        if (cursor->state >= sweep->special) {
            if (cursor->at >= limit)
                return;
        } else if (cursor->at < cursor->end || cursor->state == sweep->accept) {
            finish_line(sweep, cursor);
        } else {
            return;
        }
    }
}

static bool next_part(struct sweep *sweep, struct cursor *cursor, size_t cursors)
{
    size_t left = (size_t)(sweep->end - sweep->next);
    if (left == 0)
        return false;
    size_t size = left / (2 * cursors);
    size = size < PART_MIN ? PART_MIN : size;
    cursor->at = sweep->next;
    cursor->end = size < left ? next_line(sweep->next + size - 1, sweep->end) : sweep->end;
    cursor->state = sweep->start;
    sweep->next = cursor->end;
    return true;
}

/* The last line may lack its newline; the automaton has to see one. */
static void finish_text(struct sweep *sweep, struct cursor *cursor)
{
    if (cursor->at != sweep->end || !sweep->unfinished || cursor->state < sweep->special)
        return;
    static const char newline = '\n';
    struct cursor last = {&newline, &newline + 1, cursor->state};
    advance(sweep, &last, last.end);
    if (last.state == sweep->accept)
        mark(sweep, sweep->end - 1);
}

/* Steps all cursors by a number of blocks, until one of them is in a special state after a block. `before` are the
 * states before the last block. */
static size_t step_table(const struct dfa_table *table, uint32_t special, const char *const *at, uint32_t *states,
                         uint32_t *before, size_t blocks)
{
    const uint32_t *next = table->next;
    const uint8_t *class_of = table->class_of;
    const unsigned char *p[TABLE_CURSORS];
    uint32_t s[TABLE_CURSORS];
    for (int k = 0; k < TABLE_CURSORS; k++) {
        p[k] = (const unsigned char *)at[k];
        s[k] = states[k];
    }
    size_t done = 0;
    while (done < blocks) {
        uint32_t least = UINT32_MAX;
        UNROLL
        for (int k = 0; k < TABLE_CURSORS; k++)
            before[k] = s[k];
        UNROLL
        for (size_t i = 0; i < TABLE_BLOCK; i++) {
            UNROLL
            for (int k = 0; k < TABLE_CURSORS; k++)
                s[k] = next[s[k] + class_of[p[k][i]]];
        }
        done++;
        UNROLL
        for (int k = 0; k < TABLE_CURSORS; k++) {
            p[k] += TABLE_BLOCK;
            least = s[k] < least ? s[k] : least;
        }
        if (least < special)
            break;
    }
    for (int k = 0; k < TABLE_CURSORS; k++)
        states[k] = s[k];
    return done;
}

static size_t step_blocks(struct sweep *sweep, const char *const *at, uint32_t *states, uint32_t *before, size_t blocks)
{
    if (sweep->small)
        return sweep->kernels->shuffle_step(&sweep->small->shuffle, at, states, before, blocks);
    return step_table(dfa_table(sweep->dfa), sweep->special, at, states, before, blocks);
}

/* A cursor has come into a special state within the block that it has behind it, before which it was in `before`. */
static void look_back(struct sweep *sweep, struct cursor *cursor, uint32_t before, size_t block)
{
    const char *limit = cursor->at;
    bool accept = cursor->state == sweep->accept;
    if ((accept || cursor->state == sweep->dead) && !memchr(limit - block, '\n', block)) {
        /* In which line is known, and where does not matter. */
        cursor->at = accept ? limit : limit - block;
        finish_line(sweep, cursor);
        return;
    }
    cursor->at = limit - block;
    cursor->state = before;
    walk(sweep, cursor, limit);
}

/* All cursors together as far as the one goes that is nearest to the end of its part. */
static void step_cursors(struct sweep *sweep, struct cursor *cursors, size_t count, size_t block)
{
    const char *at[CURSORS_MAX];
    uint32_t states[CURSORS_MAX], before[CURSORS_MAX];
    size_t blocks = SIZE_MAX;
    for (size_t k = 0; k < count; k++) {
        at[k] = cursors[k].at;
        states[k] = cursors[k].state;
        size_t left = (size_t)(cursors[k].end - cursors[k].at) / block;
        blocks = left < blocks ? left : blocks;
    }
    size_t done = blocks ? step_blocks(sweep, at, states, before, blocks) : 0;
    for (size_t k = 0; k < count; k++) {
        cursors[k].at += done * block;
        cursors[k].state = states[k];
        if (done > 0 && states[k] < sweep->special)
            look_back(sweep, &cursors[k], before[k], block);
    }
}

static void begin(struct sweep *sweep, const char *begin, const char *end, bool described, struct marks *marks)
{
    sweep->next = begin;
    sweep->described = described;
    sweep->unfinished = begin == end || end[-1] != '\n';
    sweep->end = end;
    sweep->marks = marks;
    sweep->accepted = sweep->overflow = false;
}

static void sweep_text(struct sweep *sweep)
{
    size_t count = sweep->small ? SHUFFLE_CURSORS : TABLE_CURSORS;
    size_t block = sweep->small ? SHUFFLE_BLOCK : TABLE_BLOCK;
    struct cursor cursors[CURSORS_MAX];
    size_t active = 0;
    while (active < count && next_part(sweep, &cursors[active], count))
        active++;
    while (active == count && !sweep->overflow) {
        step_cursors(sweep, cursors, count, block);
        for (size_t k = 0; k < active;) {
            struct cursor *cursor = &cursors[k];
            if ((size_t)(cursor->end - cursor->at) < block) {
                walk(sweep, cursor, cursor->end);
                finish_text(sweep, cursor);
                if (!next_part(sweep, cursor, count)) {
                    cursors[k] = cursors[--active];
                    continue;
                }
            }
            k++;
        }
    }
    for (size_t k = 0; k < active && !sweep->overflow; k++) {
        walk(sweep, &cursors[k], cursors[k].end);
        finish_text(sweep, &cursors[k]);
    }
}

/* After an overflow: whether to try again with an empty DFA. */
static bool may_go_on(struct sweep *sweep)
{
    bool thrashes = sweep->swept < BYTES_PER_STATE * dfa_states(sweep->dfa);
    dfa_clear(sweep->dfa);
    sweep->swept = 0;
    return !thrashes;
}

bool sweep_window(struct sweep *sweep, const char *from, const char *end, bool described, struct marks *marks)
{
    do {
        marks_begin(marks, from, end);
        begin(sweep, from, end, described, marks);
        sweep_text(sweep);
    } while (sweep->overflow && may_go_on(sweep));
    sweep->swept += (size_t)(end - from);
    return !sweep->overflow;
}

bool sweep_line(struct sweep *sweep, const char *from, const char *end, bool described, bool *accepted)
{
    do {
        struct cursor cursor = {from, end, sweep->start};
        begin(sweep, from, end, described, NULL);
        while (!sweep->overflow && cursor.at < end && !sweep->accepted)
            walk(sweep, &cursor, end);
        if (!sweep->overflow)
            finish_text(sweep, &cursor);
    } while (sweep->overflow && may_go_on(sweep));
    sweep->swept += (size_t)(end - from);
    *accepted = sweep->accepted;
    return !sweep->overflow;
}
