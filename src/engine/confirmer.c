#include "engine/confirmer.h"

#include "automaton/dfa.h"
#include "base/alloc.h"
#include "literal/rarity.h"

#include <stdlib.h>
#include <string.h>

/* The most states of one automaton; of a larger one, those farthest from the cut are left open. */
#define STATES_MAX 160
#define STATES_MEMORY ((size_t)1 << 20)

/* The first states are verdicts; no byte leads out of them. */
_Static_assert((int)VERDICT_OPEN == DFA_UNKNOWN && (int)VERDICT_YES == DFA_ACCEPT && (int)VERDICT_NO == DFA_DEAD,
               "the special states of dfa.h");
#define ORDINARY DFA_SPECIAL

/*
 * Where so large a share of a text's bytes leaves a state, runs that stay in it are too short for a call.  Bytes above
 * 127 are not counted: they mostly end the reading.  Milliseconds for 128 MiB of log lines (whole program, one thread;
 * AMD EPYC, family 26) with a share of 0.02, 0.05, 0.1, 0.2, 0.3 and 0.5:
 *
 *     "(?:[^"\\]|\\.)*"                    62  38  38  38  37  38
 *     ^\d{4}-\d{2}-\d{2}.*(WARN|ERROR)    31  31  31  38  38  38
 *     =\w+:\d                             54  54  54  54  45  44
 *
 * Quoted strings of 40 MB, lengths 0 / 0 to 3 / 1 to 5: by steps 12.3 / 25.1 / 22.9, by runs 14.8 / 13.6 / 12.4: where
 * the length varies, a branch is mispredicted at the end of the steps.
 */
#define LEAVE_MOST 0.1

/*
 * One of the two automata.  For each class of bytes there is a row, and the present state is an index into it: a step
 * waits for the one before it by no more than a load.
 */
struct side {
    uint8_t *rows;            /* the state after state s is rows[row_of[byte] + s] */
    uint16_t row_of[256];     /* each byte; the newline stands for the end of the text as well */
    uint8_t start_after[256]; /* the state at a place with that byte before it, when the known bytes have been read */
    size_t known;             /* bytes beside the cut that are of the literals and lead from each state to one */
    unsigned states;
    unsigned stepped; /* the first state that is left by steps; those from ORDINARY on up to it have runs */
    struct run *runs; /* bytes that leave state ORDINARY + i as it is */
};

struct confirmer {
    struct side before, after;
    size_t cut;    /* bytes from the beginning of a literal */
    bool is_exact; /* what both accept does match */
    const struct kernels *kernels;
};

static unsigned next_state(const struct side *side, unsigned state, unsigned char byte)
{
    return side->rows[side->row_of[byte] + state];
}

/* The states keep their numbers. */
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

/* --- runs --- */

/* Whether runs of the bytes that leave a state as it is are long enough to be passed over. */
static bool find_run(const struct side *side, unsigned state, struct run *run)
{
    bool stays[256];
    double leave = 0;
    for (unsigned byte = 0; byte < 256; byte++) {
        stays[byte] = next_state(side, state, (unsigned char)byte) == state;
        leave += stays[byte] || byte >= 128 ? 0 : rarity_share((uint8_t)byte, 0xff);
    }
    return leave <= LEAVE_MOST && run_make(run, stays);
}

/* Gives the states new numbers, those that have runs first. */
static void put_runs_first(struct side *side, size_t classes)
{
    uint8_t number_of[STATES_MAX], *old = side->rows;
    unsigned states = side->states, count = 0;
    side->runs = xcalloc(states, sizeof *side->runs);
    for (unsigned state = 0; state < states; state++)
        number_of[state] = state < ORDINARY ? (uint8_t)state : 0;
    for (unsigned state = ORDINARY; state < states; state++)
        if (find_run(side, state, &side->runs[count]))
            number_of[state] = (uint8_t)(ORDINARY + count++);
    side->stepped = ORDINARY + count;
    for (unsigned state = ORDINARY; state < states; state++)
        if (!number_of[state])
            number_of[state] = (uint8_t)(ORDINARY + count++);
    side->rows = xcalloc(classes * states, sizeof *side->rows);
    for (size_t column = 0; column < classes; column++)
        for (size_t state = 0; state < states; state++)
            side->rows[column * states + number_of[state]] = number_of[old[column * states + state]];
    for (unsigned byte = 0; byte < 256; byte++)
        side->start_after[byte] = number_of[side->start_after[byte]];
    free(old);
}

/* --- what the literals tell --- */

/* The bytes that literals, other than those that fold, can have at a position; false when one ends before it. */
static bool find_bytes(const struct literals *literals, size_t position, bool has[256])
{
    memset(has, 0, 256 * sizeof *has);
    for (size_t i = 0; i < literals->count - literals->fold_count; i++) {
        const struct literal *literal = &literals->items[i];
        if (position >= literal->length)
            return false;
        for (unsigned byte = 0; byte < 256; byte++)
            has[byte] |= (byte & literal->mask[position]) == literal->value[position];
    }
    return literals->count > literals->fold_count;
}

/* The state to which all these bytes lead; VERDICT_OPEN when they lead to several, or to that. */
static unsigned only_next(const struct side *side, unsigned state, const bool has[256])
{
    unsigned next = side->states;
    for (unsigned byte = 0; byte < 256; byte++)
        if (has[byte] && next != next_state(side, state, (unsigned char)byte)) {
            if (next != side->states)
                return VERDICT_OPEN;
            next = next_state(side, state, (unsigned char)byte);
        }
    return next;
}

/* Moves the start past bytes of the literals that lead to one state everywhere. */
static void read_literals(struct side *side, const struct literals *literals, enum nfa_side which)
{
    const size_t cut = literals->cut.offset;
    bool has[256];
    for (; which == NFA_AFTER || side->known < cut; side->known++) {
        if (!find_bytes(literals, which == NFA_AFTER ? cut + side->known : cut - 1 - side->known, has))
            return;
        uint8_t next_of[STATES_MAX] = {[VERDICT_YES] = VERDICT_YES, [VERDICT_NO] = VERDICT_NO};
        for (unsigned byte = 0; byte < 256; byte++) {
            unsigned state = side->start_after[byte];
            if (state >= ORDINARY && !next_of[state] && !(next_of[state] = (uint8_t)only_next(side, state, has)))
                return;
        }
        for (unsigned byte = 0; byte < 256; byte++)
            side->start_after[byte] = next_of[side->start_after[byte]];
    }
}

/* --- both sides --- */

static bool create_side(struct side *side, const struct confirmer_options *options, enum nfa_side which)
{
    struct nfa *nfa =
        nfa_create_side(options->syntax, options->literals->cut.member, which, options->dialect, options->other_cases);
    if (!nfa)
        return false;
    struct dfa *dfa = dfa_create(nfa, STATES_MEMORY);
    uint32_t starts[256];
    for (unsigned i = 0; i < nfa->class_count; i++)
        starts[i] = dfa_start_after(dfa, i);
    dfa_complete(dfa, STATES_MAX);
    make_rows(side, nfa, dfa, starts);
    put_runs_first(side, nfa->class_count);
    if (!options->loose)
        read_literals(side, options->literals, which);
    dfa_free(dfa);
    nfa_free(nfa);
    return true;
}

struct confirmer *confirmer_create(const struct confirmer_options *options)
{
    if (!options->literals->cut.known)
        return NULL;
    struct confirmer *confirmer = xcalloc(1, sizeof *confirmer);
    bool created =
        create_side(&confirmer->before, options, NFA_BEFORE) && create_side(&confirmer->after, options, NFA_AFTER);
    confirmer->cut = options->literals->cut.offset;
    confirmer->is_exact = options->exact;
    confirmer->kernels = options->kernels;
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
    free(confirmer->before.runs);
    free(confirmer->after.rows);
    free(confirmer->after.runs);
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

static enum verdict read_backwards(const struct confirmer *confirmer, struct span text, const char *at, size_t *steps)
{
    const struct side *side = &confirmer->before;
    unsigned state = side->start_after[at < text.end ? (unsigned char)*at : '\n'];
    at -= side->known;
    const char *from = at, *stop = at - bounded((size_t)(at - text.begin), *steps);
    while (state >= ORDINARY && at > stop) {
        if (state < side->stepped)
            at -= confirmer->kernels->run_before(&side->runs[state - ORDINARY], stop, (size_t)(at - stop));
        do {
            if (at == stop)
                break;
            state = next_state(side, state, (unsigned char)*--at);
        } while (state >= side->stepped);
    }
    *steps -= (size_t)(from - at);
    if (state >= ORDINARY)
        state = at == text.begin ? side->rows[side->row_of['\n'] + state] : VERDICT_OPEN;
    return (enum verdict)state;
}

static enum verdict read_forwards(const struct confirmer *confirmer, struct span text, const char *at, size_t *steps)
{
    const struct side *side = &confirmer->after;
    unsigned state = side->start_after[at > text.begin ? (unsigned char)at[-1] : '\n'];
    at += side->known;
    const char *from = at, *stop = at + bounded((size_t)(text.end - at), *steps);
    while (state >= ORDINARY && at < stop) {
        if (state < side->stepped)
            at += confirmer->kernels->run_after(&side->runs[state - ORDINARY], at, (size_t)(stop - at));
        do {
            if (at == stop)
                break;
            state = next_state(side, state, (unsigned char)*at++);
        } while (state >= side->stepped);
    }
    *steps -= (size_t)(at - from);
    if (state >= ORDINARY)
        state = at == text.end ? side->rows[side->row_of['\n'] + state] : VERDICT_OPEN;
    return (enum verdict)state;
}

enum verdict confirmer_check(const struct confirmer *confirmer, struct span text, const char *at, size_t *steps)
{
    const char *cut = at + confirmer->cut;
    enum verdict before = read_backwards(confirmer, text, cut, steps);
    if (before == VERDICT_NO)
        return VERDICT_NO;
    enum verdict after = read_forwards(confirmer, text, cut, steps);
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
