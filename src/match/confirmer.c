#include "match/confirmer.h"

#include "base/alloc.h"
#include "match/dfa.h"

#include <stdlib.h>

/* The states of one automaton: where it has more, those that are farthest from the cut are left open. */
#define STATES_MAX 160
#define STATES_MEMORY ((size_t)1 << 20)

/* The first states are verdicts; no byte leads out of them. */
_Static_assert((int)VERDICT_OPEN == DFA_UNKNOWN && (int)VERDICT_YES == DFA_ACCEPT && (int)VERDICT_NO == DFA_DEAD,
               "the special states of dfa.h");
#define ORDINARY DFA_SPECIAL

/*
 * One of the two automata.  For each class of bytes there is a row, and the present state is an index into it: a step
 * waits for the one before it by no more than a load.
 */
struct side {
    uint8_t *rows;            /* the state after state s is rows[row_of[byte] + s] */
    uint16_t row_of[256];     /* each byte; the newline stands for the end of the text as well */
    uint8_t start_after[256]; /* the state at a place with that byte before it */
    unsigned states;
};

struct confirmer {
    struct side before, after;
    size_t cut;    /* bytes from the beginning of a literal */
    bool is_exact; /* what both accept does match */
};

static void make_rows(struct side *side, const struct nfa *nfa, const struct dfa *dfa, const uint32_t *starts)
{
    const struct dfa_table *table = dfa_table(dfa);
    size_t states = dfa_states(dfa), stride = table->stride;
    side->states = (unsigned)(states < STATES_MAX ? states : STATES_MAX);
    side->rows = xcalloc(stride * side->states, sizeof *side->rows);
    for (size_t column = 0; column < stride; column++)
        for (size_t state = 0; state < side->states; state++) {
            size_t next = table->next[state * stride + column] / stride;
            bool known = next < side->states && !(nfa->ascii_only && column == nfa->high_class);
            side->rows[column * side->states + state] = (uint8_t)(known ? next : VERDICT_OPEN);
        }
    for (unsigned byte = 0; byte < 256; byte++) {
        size_t start = starts[nfa->class_of[byte]] / stride;
        side->row_of[byte] = (uint16_t)(nfa->class_of[byte] * side->states);
        side->start_after[byte] = (uint8_t)(start < side->states ? start : VERDICT_OPEN);
    }
}

static bool create_side(struct side *side, struct nfa *nfa)
{
    if (!nfa)
        return false;
    struct dfa *dfa = dfa_create(nfa, STATES_MEMORY);
    uint32_t starts[256];
    for (unsigned i = 0; i < nfa->class_count; i++)
        starts[i] = dfa_start_after(dfa, i);
    dfa_complete(dfa, STATES_MAX);
    make_rows(side, nfa, dfa, starts);
    dfa_free(dfa);
    return true;
}

struct confirmer *confirmer_create(struct syntax *syntax, const struct cut *cut, const struct nfa_options *options,
                                   bool exact)
{
    if (!cut->known)
        return NULL;
    struct confirmer *confirmer = xcalloc(1, sizeof *confirmer);
    struct nfa *before = nfa_create_side(syntax, cut->member, NFA_BEFORE, options);
    struct nfa *after = nfa_create_side(syntax, cut->member, NFA_AFTER, options);
    bool created = create_side(&confirmer->before, before) && create_side(&confirmer->after, after);
    confirmer->cut = cut->offset;
    confirmer->is_exact = exact;
    nfa_free(before);
    nfa_free(after);
    if (!created) {
        confirmer_free(confirmer);
        return NULL;
    }
    return confirmer;
}

void confirmer_free(struct confirmer *confirmer)
{
    if (!confirmer)
        return;
    free(confirmer->before.rows);
    free(confirmer->after.rows);
    free(confirmer);
}

bool confirmer_is_exact(const struct confirmer *confirmer)
{
    return confirmer->is_exact;
}

/* Where the reading ends for lack of steps, at the latest. */
static size_t bounded(size_t left, size_t steps)
{
    return left < steps ? left : steps;
}

static enum verdict read_backwards(const struct side *side, struct span text, const char *at, size_t *steps)
{
    const char *from = at, *stop = at - bounded((size_t)(at - text.begin), *steps);
    unsigned state = side->start_after[at < text.end ? (unsigned char)*at : '\n'];
    while (state >= ORDINARY && at > stop)
        state = side->rows[side->row_of[(unsigned char)*--at] + state];
    *steps -= (size_t)(from - at);
    if (state >= ORDINARY)
        state = at == text.begin ? side->rows[side->row_of['\n'] + state] : VERDICT_OPEN;
    return (enum verdict)state;
}

static enum verdict read_forwards(const struct side *side, struct span text, const char *at, size_t *steps)
{
    const char *from = at, *stop = at + bounded((size_t)(text.end - at), *steps);
    unsigned state = side->start_after[at > text.begin ? (unsigned char)at[-1] : '\n'];
    while (state >= ORDINARY && at < stop)
        state = side->rows[side->row_of[(unsigned char)*at++] + state];
    *steps -= (size_t)(at - from);
    if (state >= ORDINARY)
        state = at == text.end ? side->rows[side->row_of['\n'] + state] : VERDICT_OPEN;
    return (enum verdict)state;
}

enum verdict confirmer_check(const struct confirmer *confirmer, struct span text, const char *at, size_t *steps)
{
    const char *cut = at + confirmer->cut;
    enum verdict before = read_backwards(&confirmer->before, text, cut, steps);
    if (before == VERDICT_NO)
        return VERDICT_NO;
    enum verdict after = read_forwards(&confirmer->after, text, cut, steps);
    if (after == VERDICT_NO)
        return VERDICT_NO;
    return before == VERDICT_YES && after == VERDICT_YES && confirmer->is_exact ? VERDICT_YES : VERDICT_OPEN;
}

void confirmer_explain(const struct confirmer *confirmer, FILE *out)
{
    fprintf(out, "    decided from byte %zu of each outwards, by %u states back and %u ahead%s\n", confirmer->cut,
            confirmer->before.states, confirmer->after.states,
            confirmer->is_exact ? "" : ", which mean more than the pattern");
}
