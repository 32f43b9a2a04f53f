#include "automaton/nfa.h"

#include <stdlib.h>
#include <string.h>

const struct byteset BYTES_NEWLINE = {{UINT64_C(1) << '\n', 0, 0, 0}};
const struct byteset BYTES_OF_WORDS = {{UINT64_C(0x03ff000000000000), UINT64_C(0x07fffffe87fffffe), 0, 0}};

static void split_classes(struct nfa *nfa, const struct byteset *set)
{
    int inside[256];
    memset(inside, -1, sizeof inside);
    bool outside[256] = {false};
    for (unsigned byte = 0; byte < 256; byte++)
        outside[nfa->class_of[byte]] |= !byteset_has(set, byte);
    for (unsigned byte = 0; byte < 256; byte++) {
        unsigned old = nfa->class_of[byte];
        if (!byteset_has(set, byte) || !outside[old])
            continue;
        if (inside[old] < 0)
            inside[old] = (int)nfa->class_count++;
        nfa->class_of[byte] = (uint8_t)inside[old];
    }
}

void nfa_find_classes(struct nfa *nfa)
{
    nfa->class_count = 1;
    split_classes(nfa, &BYTES_NEWLINE);
    if (nfa->ascii_only)
        split_classes(nfa, &(struct byteset){{0, 0, UINT64_MAX, UINT64_MAX}});
    if (nfa->context_mask & CONTEXT_WORD)
        split_classes(nfa, &BYTES_OF_WORDS);
    for (uint32_t i = 0; i < nfa->count; i++) {
        struct nfa_state *state = &nfa->states[i];
        if (nfa->ascii_only)
            state->set.bits[2] = state->set.bits[3] = 0;
        if (state->op == NFA_SET || state->look == NFA_LOOK_BEHIND || state->look == NFA_LOOK_AHEAD)
            split_classes(nfa, &state->set);
    }
    for (unsigned byte = 256; byte-- > 0;)
        nfa->member[nfa->class_of[byte]] = (uint8_t)byte;
    nfa->newline_class = nfa->class_of['\n'];
    nfa->high_class = nfa->class_of[0x80];
}

uint32_t nfa_context(const struct nfa *nfa, unsigned byte_class)
{
    unsigned byte = nfa->member[byte_class];
    uint32_t context = byteset_has(&BYTES_OF_WORDS, byte) ? CONTEXT_WORD : 0;
    for (uint32_t i = 0; i < nfa->count; i++) {
        const struct nfa_state *state = &nfa->states[i];
        if (state->op == NFA_LOOK && state->look == NFA_LOOK_BEHIND && byteset_has(&state->set, byte))
            context |= state->behind;
    }
    return context & nfa->context_mask;
}

void nfa_free(struct nfa *nfa)
{
    if (!nfa)
        return;
    free(nfa->states);
    free(nfa);
}
