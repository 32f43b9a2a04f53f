/*
 * nfa.h - a nondeterministic automaton over the bytes of one line, which nfa-builder.h makes of a pattern's tree.
 *
 * It accepts every line in which PCRE2 finds a match.  An `exact` automaton accepts no other line.  In one that is not,
 * a part of the pattern was replaced by a wider regular language: a lookaround by nothing, a back-reference by what its
 * group can match, and an atomic group or possessive quantifier, where it makes a difference (atomic.h), by the
 * ordinary one.
 */
#ifndef MSCAN_AUTOMATON_NFA_H
#define MSCAN_AUTOMATON_NFA_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The most states of an automaton.  The states of a DFA are sets of these, and take time and memory in proportion. Each
 * alternative of a pattern takes one state at least.
 */
#define NFA_STATES_MAX 2000

struct byteset {
    uint64_t bits[4];
};

static inline bool byteset_has(const struct byteset *set, unsigned byte)
{
    return set->bits[byte / 64] >> byte % 64 & 1;
}

/* The bytes of words in ASCII, and the newline. */
extern const struct byteset BYTES_OF_WORDS, BYTES_NEWLINE;

enum nfa_op {
    NFA_SET,   /* a byte of `set` leads to `next` */
    NFA_SPLIT, /* to `next` and to `other` without a byte */
    NFA_LOOK,  /* to `next` without a byte, where `look` holds */
    NFA_MATCH,
};

/* What is asserted about the bytes before and after a place; there are none outside the line. */
enum nfa_look {
    NFA_LOOK_START,    /* at the start of the line */
    NFA_LOOK_END,      /* at its end */
    NFA_LOOK_WORD,     /* one of the two is a word's, the other is not */
    NFA_LOOK_NOT_WORD, /* both are or both are not */
    NFA_LOOK_BEHIND,   /* the byte before is in `set`; see `negative` */
    NFA_LOOK_AHEAD,    /* the byte after is in `set` */
};

struct nfa_state {
    enum nfa_op op;
    enum nfa_look look;
    bool negative;   /* NFA_LOOK_BEHIND, NFA_LOOK_AHEAD: there is no such byte */
    uint32_t behind; /* NFA_LOOK_BEHIND: its bit of the context, see nfa_context() */
    uint32_t next, other;
    struct byteset set; /* without the newline */
};

/* Bits of a context: what is known of the place after a byte. */
enum { CONTEXT_START = 1, CONTEXT_WORD = 2, CONTEXT_FIRST_BEHIND = 4 };

struct nfa {
    struct nfa_state *states;
    uint32_t count, start;
    bool exact;
    bool anchored; /* a match begins only where reading begins */
    /*
     * The automaton does not describe bytes above 127, and PCRE2 decides lines that have one.  So it is with Unicode,
     * unless all characters of the pattern are known.
     */
    bool ascii_only;
    uint32_t context_mask; /* the bits of a context that some assertion asks for */
    /*
     * A class holds bytes that no state tells apart.  The newline has a class of its own and so have, with ascii_only,
     * the bytes above 127.
     */
    uint8_t class_of[256];
    uint8_t member[256]; /* one byte of each class */
    unsigned class_count;
    unsigned newline_class, high_class; /* high_class: only with ascii_only */
};

void nfa_free(struct nfa *nfa);

/* Finds the classes of bytes, once all states have been made. */
void nfa_find_classes(struct nfa *nfa);

/* The context after a byte of that class. */
uint32_t nfa_context(const struct nfa *nfa, unsigned byte_class);

#endif
