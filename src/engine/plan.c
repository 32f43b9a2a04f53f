#include "engine/plan.h"

#include "automaton/nfa-builder.h"
#include "base/alloc.h"
#include "base/utf8.h"
#include "literal/literals-of-strings.h"

#include <stdlib.h>
#include <string.h>

/*
 * What a way of searching costs at the least, in nanoseconds for a byte; see method-choice.h.  They are a little below
 * what was measured on texts in the cache: kernels for literals 0.03, streams of bits 0.04 to 0.2, a table 0.40,
 * shuffles 0.17, 0.2 and 0.28 for rows of 16, 32 and 64 states, and by two bytes 0.1, 0.1 and 0.14, PCRE2's JIT 0.4 for
 * what it has no first character of.  One that is too low costs a trial of two windows now and then.
 */
#define LITERAL_LEAST 0.03
#define BITS_LEAST 0.04
#define TABLE_LEAST 0.38
#define PCRE2_LEAST 0.4
#define CLASSIFY_BYTE 0.03 /* whether a byte is ASCII */

/*
 * What a set costs more, in nanoseconds for a byte, that is also looked for by characters of two and three bytes, which
 * fold to letters of it: Teddy then has two bytes to go by.  Five names with -i, 1 GiB of prose: 0.29 s, by pieces of
 * the names without s and k 0.09 s.
 */
#define FOLDS_BYTE 0.2

/* The other cases of characters beyond ASCII are known of trees only. */
static bool are_strings(const struct pattern_list *patterns, const struct engine_options *options)
{
    if (!options->strings || !options->dialect->caseless || !options->dialect->unicode)
        return options->strings;
    bool strings = true, valid = true;
    for (size_t i = 0; i < patterns->count; i++) {
        const struct pattern *pattern = &patterns->items[i];
        strings &= !(options->kernels->classify(pattern->text, pattern->length) & TEXT_HIGH);
        valid &= utf8_is_valid(pattern->text, pattern->length);
    }
    return strings || !valid;
}

static bool has(const struct pattern *pattern, const char *string)
{
    return memmem(pattern->text, pattern->length, string, strlen(string)) != NULL;
}

/* Takes the trees, or makes them, up to the first that was not understood. */
static void take_trees(struct engine *engine, const struct pattern_list *patterns, struct syntax **trees)
{
    const struct engine_options *options = &engine->options;
    engine->syntaxes = trees ? trees : xcalloc(patterns->count, sizeof *trees);
    engine->count = trees ? patterns->count : 0;
    for (size_t i = 0; i < patterns->count && !engine->refusal; i++) {
        const struct pattern *pattern = &patterns->items[i];
        if (!trees)
            engine->syntaxes[engine->count++] = syntax_parse(pattern->text, pattern->length, options->dialect);
        engine->refusal = engine->syntaxes[i]->unsupported;
        engine->doubtful |= !options->strings && (has(pattern, "\\p") || has(pattern, "\\P"));
    }
}

static void read_literals(const struct engine *engine, const struct pattern_list *patterns,
                          enum literal_reading reading, struct literals *literals)
{
    const struct engine_options *options = &engine->options;
    if (engine->strings)
        literals_of_strings(literals, patterns, options->dialect->caseless, options->dialect->unicode, reading);
    else
        literals_find(literals, engine->syntaxes, engine->count, engine->other_cases, reading);
}

static struct literal_hits *create_literal_hits(const struct engine *engine, struct literals *literals)
{
    return literal_hits_create(literals,
                               &(struct literal_hits_options){.syntax = engine->count == 1 ? engine->syntaxes[0] : NULL,
                                                              .exact = engine->nfa && engine->nfa->exact,
                                                              .dialect = engine->options.dialect,
                                                              .other_cases = engine->other_cases,
                                                              .kernels = engine->options.kernels});
}

static bool is_cheaper(const struct literals *a, const struct literals *b, double more)
{
    return a->count > 0 && (b->count == 0 || a->cost + more < b->cost);
}

static void find_literals(struct engine *engine, const struct pattern_list *patterns)
{
    struct literals strict, other;
    read_literals(engine, patterns, READ_STRICTLY, &strict);
    if (engine->options.dialect->unicode && !strict.precise) {
        read_literals(engine, patterns, READ_FOLDING, &other);
        if (is_cheaper(&other, &strict, other.fold_count && other.count > other.fold_count + 1 ? FOLDS_BYTE : 0)) {
            literals_free(&strict);
            strict = other;
        } else {
            literals_free(&other);
        }
        read_literals(engine, patterns, READ_ASCII, &other);
        engine->divided = is_cheaper(&other, &strict, CLASSIFY_BYTE);
        if (engine->divided)
            engine->plans[TEXT_OF_ASCII].hits = create_literal_hits(engine, &other);
        literals_free(&other);
    }
    engine->plans[TEXT_OF_ANY].hits = create_literal_hits(engine, &strict);
}

static void find_automaton(struct engine *engine)
{
    engine->nfa = nfa_create(engine->syntaxes, engine->count, engine->options.dialect, engine->other_cases);
    if (!engine->nfa)
        return;
    engine->nfa->exact &= !engine->doubtful;
    struct dfa *dfa = dfa_create(engine->nfa, 0);
    bool all = dfa_table(dfa)->start == DFA_ACCEPT * dfa_table(dfa)->stride;
    dfa_free(dfa);
    if (all) { /* every line is a candidate */
        nfa_free(engine->nfa);
        engine->nfa = NULL;
        return;
    }
    const struct kernels *kernels = engine->options.kernels;
    engine->small = small_dfa_create(engine->nfa, (unsigned)kernels->shuffle_limit);
    if (kernels->bitstream_run && (kernels->bitstream_first || !engine->small))
        engine->bits = bit_program_create(engine->nfa);
}

static double automaton_least(const struct engine *engine)
{
    if (engine->bits)
        return BITS_LEAST;
    if (!engine->small)
        return TABLE_LEAST;
    size_t row = engine->small->shuffle.row_size;
    if (sweep_pairs(engine->small, engine->options.kernels))
        return row == 64 ? 0.13 : 0.09;
    return row == 16 ? 0.15 : row == 32 ? 0.18 : 0.26;
}

static void choose_methods(const struct engine *engine, struct plan *plan)
{
    const enum engine_kind kind = engine->options.kind;
    bool literal = plan->hits && kind != ENGINE_DFA;
    bool dfa = engine->nfa && kind != ENGINE_LITERAL && !(literal && literal_hits_are_matches(plan->hits));
    size_t count = 0;
    if (literal)
        plan->methods[count++] = METHOD_LITERAL;
    if (dfa)
        plan->methods[count++] = METHOD_DFA;
    plan->methods[count] = METHOD_NONE;
}

void plan_offer(const struct engine *engine, const struct plan *plan, struct method_choice *choice)
{
    bool only_first = engine->options.kind != ENGINE_AUTO || (plan->hits && literal_hits_are_matches(plan->hits));
    for (size_t i = 0; i == 0 || (!only_first && plan->methods[i - 1] != METHOD_NONE); i++)
        switch (plan->methods[i]) {
        case METHOD_LITERAL:
            method_choice_add(choice, LITERAL_LEAST);
            break;
        case METHOD_DFA:
            method_choice_add(choice, automaton_least(engine));
            break;
        case METHOD_NONE:
            /* PCRE2 by itself tries many alternatives one after the other. */
            if (i == 0 || !plan->hits || literal_hits_literals(plan->hits)->count <= NEEDLE_SET_COUNT)
                method_choice_add(choice, PCRE2_LEAST);
            break;
        }
}

/* Trees of 100,000 words are more than 200 MB. */
static void drop_trees(struct engine *engine)
{
    for (size_t i = EXPLAINED_TREES; i < engine->count; i++) {
        syntax_free(engine->syntaxes[i]);
        engine->syntaxes[i] = NULL;
    }
}

void plan_make(struct engine *engine, const struct pattern_list *patterns, struct syntax **trees,
               const struct engine_options *options)
{
    engine->options = *options;
    engine->pattern_count = patterns->count;
    engine->strings = are_strings(patterns, options);
    if (!engine->strings)
        take_trees(engine, patterns, trees);
    if (!engine->refusal) {
        engine->other_cases = other_cases_of_trees(engine->syntaxes, engine->count);
        if (!engine->strings)
            find_automaton(engine);
        find_literals(engine, patterns);
        other_cases_free(engine->other_cases);
        engine->other_cases = NULL;
    }
    drop_trees(engine);
    for (int i = engine->divided ? TEXT_OF_ASCII : TEXT_OF_ANY; i < TEXT_KINDS; i++)
        choose_methods(engine, &engine->plans[i]);
}

void plan_release(struct engine *engine)
{
    for (size_t i = 0; i < engine->count; i++)
        syntax_free(engine->syntaxes[i]);
    free(engine->syntaxes);
    for (int i = 0; i < TEXT_KINDS; i++)
        literal_hits_free(engine->plans[i].hits);
    free(engine->bits);
    small_dfa_free(engine->small);
    nfa_free(engine->nfa);
}
