/*
 * plan.h - what an engine is made of, and how it is made of patterns; engine.c searches by it, and explain.c tells it.
 */
#ifndef MSCAN_ENGINE_PLAN_H
#define MSCAN_ENGINE_PLAN_H

#include "automaton/bit-program.h"
#include "automaton/nfa.h"
#include "automaton/small-dfa.h"
#include "automaton/sweep.h"
#include "engine/literal-hits.h"
#include "engine/method-choice.h"
#include "engine/options.h"
#include "pattern/pattern.h"
#include "syntax/other-cases.h"
#include "syntax/syntax.h"

#include <stdbool.h>
#include <stddef.h>

/* --explain shows the first trees; they are kept for that. */
#define EXPLAINED_TREES 8

/* What the states of one thread's DFA may take. */
#define DFA_MEMORY ((size_t)1 << 20)

enum method { METHOD_NONE, METHOD_LITERAL, METHOD_DFA };

/* How a kind of text is searched. */
struct plan {
    struct literal_hits *hits; /* of literals, one of which is in every line that matches; may be NULL */
    enum method methods[3];    /* in order of preference, METHOD_NONE at the end */
};

enum text_kind { TEXT_OF_ASCII, TEXT_OF_ANY, TEXT_KINDS };

struct engine {
    struct engine_options options;
    bool strings;             /* the patterns are looked for as strings, without trees */
    struct syntax **syntaxes; /* once all is made, NULL after the first few */
    size_t count;
    size_t pattern_count;
    struct other_cases *other_cases; /* while it is made; may be NULL */
    const char *refusal;             /* why the patterns were not understood; static text */
    /*
     * Some pattern has \p or \P.  PCRE2 up to 10.42 takes a repeated one for possessive before some that it has
     * characters in common with, and so misses matches that the tree has.
     */
    bool doubtful;
    struct nfa *nfa;        /* may be NULL */
    struct bitstream *bits; /* may be NULL */
    struct small_dfa *small;
    struct plan plans[TEXT_KINDS];
    bool divided; /* ASCII has a plan of its own; otherwise TEXT_OF_ANY is for all text */
};

/* Makes an engine, all zero before, what engine_create() says; plan_release() frees what it holds. */
void plan_make(struct engine *engine, const struct pattern_list *patterns, struct syntax **trees,
               const struct engine_options *options);
void plan_release(struct engine *engine);

/* Adds the methods of a plan between which the clock decides, the first of them at least. */
void plan_offer(const struct engine *engine, const struct plan *plan, struct method_choice *choice);

#endif
