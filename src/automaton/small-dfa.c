#include "automaton/small-dfa.h"

#include "automaton/dfa.h"
#include "base/alloc.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Makes one state of those that lead to the same states. */
#define COMPLETE_LIMIT 160
#define COMPLETE_MEMORY ((size_t)1 << 20)

/* What shuffle_index() takes. */
#define PAIRS_CLASSES 127
#define PAIRS_MEMORY ((size_t)1 << 16)

/*
 * Moore's algorithm: states are of one group until a byte leads from them to different groups.  `group_of` has the
 * group of each state; the number of groups comes back, or one above `limit` as soon as there are more.
 */
static unsigned find_groups(const struct dfa *dfa, unsigned *group_of, unsigned limit)
{
    const struct dfa_table *table = dfa_table(dfa);
    unsigned states = (unsigned)dfa_states(dfa), count = 0;
    unsigned *old = xcalloc(states, sizeof *old), *first = xcalloc(states, sizeof *first);
    for (unsigned i = 0; i < states; i++)
        group_of[i] = i < DFA_SPECIAL ? i : DFA_SPECIAL;
    for (unsigned before = UINT_MAX; before != count && count <= limit;) {
        before = count;
        memcpy(old, group_of, states * sizeof *old);
        count = 0;
        for (unsigned i = 0; i < states; i++) {
            const uint32_t *row = table->next + (size_t)i * table->stride;
            unsigned group = 0;
            for (; group < count; group++) {
                const uint32_t *other = table->next + (size_t)first[group] * table->stride;
                bool same = old[i] == old[first[group]];
                for (unsigned c = 0; c < table->stride && same; c++)
                    same = old[row[c] / table->stride] == old[other[c] / table->stride];
                if (same)
                    break;
            }
            if (group == count)
                first[count++] = i;
            group_of[i] = group;
        }
    }
    free(old);
    free(first);
    return count;
}

/* Few patterns without an anchor have a state from which a line cannot match any more. */
static bool can_die(const struct dfa *dfa)
{
    const struct dfa_table *table = dfa_table(dfa);
    uint32_t dead = DFA_DEAD * table->stride;
    size_t end = dfa_states(dfa) * table->stride;
    bool dies = table->start == dead;
    for (size_t i = DFA_SPECIAL * table->stride; i < end && !dies; i++)
        dies = table->next[i] == dead;
    return dies;
}

/*
 * The groups of DFA_UNKNOWN, DFA_ACCEPT and DFA_DEAD come first, in that order; the first is not used, nor is the
 * last where `special` is 1.
 */
static uint8_t number_of(unsigned group, unsigned special)
{
    return (uint8_t)(group < DFA_SPECIAL ? group - DFA_ACCEPT : group - DFA_SPECIAL + special);
}

/* Bytes that have the same row are of one class; the last byte's is 0 (see vector-map.h).  The number comes back. */
static unsigned find_classes(const uint8_t *rows, size_t size, uint8_t *class_of, uint8_t *member)
{
    unsigned count = 0;
    for (unsigned byte = 256; byte-- > 0;) {
        unsigned c = 0;
        while (c < count && memcmp(rows + byte * size, rows + member[c] * size, size) != 0)
            c++;
        if (c == count)
            member[count++] = (uint8_t)byte;
        class_of[byte] = (uint8_t)c;
    }
    return count;
}

static void make_pairs(struct shuffle *shuffle)
{
    uint8_t *class_of = xnonnull(aligned_alloc(64, 256)), member[256];
    const size_t size = shuffle->row_size;
    const unsigned classes = find_classes(shuffle->rows, size, class_of, member);
    if (classes > PAIRS_CLASSES || classes * classes * size > PAIRS_MEMORY) {
        free(class_of);
        return;
    }
    uint8_t *pairs = xnonnull(aligned_alloc(64, (classes * classes * size + 63) & ~(size_t)63)), *row = pairs;
    for (unsigned a = 0; a < classes; a++)
        for (unsigned b = 0; b < classes; b++, row += size)
            for (size_t state = 0; state < size; state++)
                row[state] = shuffle->rows[member[b] * size + shuffle->rows[member[a] * size + state]];
    shuffle->class_of = class_of;
    shuffle->classes = classes;
    shuffle->pairs = pairs;
}

static struct small_dfa *make_rows(const struct nfa *nfa, const struct dfa *dfa, const unsigned *group_of,
                                   unsigned states, unsigned special)
{
    const struct dfa_table *table = dfa_table(dfa);
    struct small_dfa *small = xcalloc(1, sizeof *small);
    small->states = states;
    size_t size = small->states <= 16 ? 16 : small->states <= 32 ? 32 : 64;
    uint8_t *rows = xnonnull(aligned_alloc(64, 256 * size));
    memset(rows, SMALL_ACCEPT, 256 * size);
    for (unsigned byte = 0; byte < 256; byte++)
        for (unsigned state = DFA_ACCEPT; state < dfa_states(dfa); state++) {
            uint32_t next = table->next[state * table->stride + nfa->class_of[byte]] / table->stride;
            if (state >= DFA_SPECIAL || state - DFA_ACCEPT < special)
                rows[byte * size + number_of(group_of[state], special)] = number_of(group_of[next], special);
        }
    small->shuffle = (struct shuffle){.rows = rows, .row_size = size, .special = special};
    small->start = number_of(group_of[table->start / table->stride], special);
    if (small->start >= special)
        make_pairs(&small->shuffle);
    return small;
}

struct small_dfa *small_dfa_create(const struct nfa *nfa, unsigned limit)
{
    struct dfa *dfa = dfa_create(nfa, COMPLETE_MEMORY);
    struct small_dfa *small = NULL;
    if (limit > 0 && dfa_complete(dfa, COMPLETE_LIMIT)) {
        unsigned *group_of = xcalloc(dfa_states(dfa), sizeof *group_of);
        const unsigned special = can_die(dfa) ? SMALL_DEAD + 1 : SMALL_ACCEPT + 1;
        const unsigned unused = DFA_SPECIAL - special;
        unsigned groups = find_groups(dfa, group_of, limit + unused);
        if (groups <= limit + unused)
            small = make_rows(nfa, dfa, group_of, groups - unused, special);
        free(group_of);
    }
    dfa_free(dfa);
    return small;
}

void small_dfa_free(struct small_dfa *small)
{
    if (!small)
        return;
    free((void *)small->shuffle.rows);
    free((void *)small->shuffle.pairs);
    free((void *)small->shuffle.class_of);
    free(small);
}
