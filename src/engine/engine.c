#include "engine/engine.h"

#include "automaton/bit-program.h"
#include "automaton/nfa-builder.h"
#include "automaton/small-dfa.h"
#include "automaton/sweep.h"
#include "base/alloc.h"
#include "base/utf8.h"
#include "engine/bounds.h"
#include "engine/plan.h"
#include "literal/literals-of-strings.h"
#include "syntax/other-cases.h"
#include "syntax/syntax.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/*
 * The longest line that the automaton decides for the literals, bytes.  Measured, processor seconds for 128 MiB: in
 * lines of 4 KB by the automaton 0.036, by PCRE2 0.012; in lines of 116 bytes 0.059 and 0.075.
 */
#define SHORT_LINE 512

/* A window longer than this is one long line, and needs no marks. */
#define MARKED_MAX ((size_t)1 << 20)

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

struct engine_state {
    const struct engine *engine;
    struct sweep *sweep;
    struct marks marks;
    struct bounds bounds;
    struct method_choice choices[TEXT_KINDS]; /* among the methods of each plan */
    /* The window in hand. */
    const char *begin, *end;
    const struct plan *plan;
    struct hit_search search;
    struct method_choice *choice;
    enum method method;
    bool described; /* it has no byte that the nfa does not describe; only known where the DFA takes it */
    int64_t opened; /* when; nanoseconds of some clock, 0 where the time does not matter */
    bool one_line;  /* it is one long line, and */
    bool line_done; /* its candidate, if it is one, has been given */
    /* Of engine_locate(), whose line comes without the carriage return at its end. */
    struct bounds line_bounds;
    struct hit_search line_search;
};

/* --- what can be had --- */

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

void engine_offer(const struct engine *engine, const struct plan *plan, struct method_choice *choice)
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
            /* By itself PCRE2 tries one of many alternatives after the other. */
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

struct engine *engine_create(const struct pattern_list *patterns, struct syntax **trees,
                             const struct engine_options *options)
{
    struct engine *engine = xcalloc(1, sizeof *engine);
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
    return engine;
}

bool engine_is_useful(const struct engine *engine)
{
    return engine->plans[TEXT_OF_ASCII].methods[0] != METHOD_NONE ||
           engine->plans[TEXT_OF_ANY].methods[0] != METHOD_NONE;
}

void engine_free(struct engine *engine)
{
    if (!engine)
        return;
    for (size_t i = 0; i < engine->count; i++)
        syntax_free(engine->syntaxes[i]);
    free(engine->syntaxes);
    for (int i = 0; i < TEXT_KINDS; i++)
        literal_hits_free(engine->plans[i].hits);
    free(engine->bits);
    small_dfa_free(engine->small);
    nfa_free(engine->nfa);
    free(engine);
}

/* --- at work --- */

struct engine_state *engine_state_create(const struct engine *engine)
{
    struct engine_state *state = xcalloc(1, sizeof *state);
    state->engine = engine;
    state->bounds = (struct bounds){
        .dialect = engine->options.dialect,
        .crlf = engine->options.dialect->crlf,
    };
    state->line_bounds = state->bounds;
    state->line_bounds.crlf = false;
    for (int i = engine->divided ? TEXT_OF_ASCII : TEXT_OF_ANY; i < TEXT_KINDS; i++)
        engine_offer(engine, &engine->plans[i], &state->choices[i]);
    return state;
}

void engine_state_free(struct engine_state *state)
{
    if (!state)
        return;
    sweep_free(state->sweep);
    marks_free(&state->marks);
    bounds_release(&state->bounds);
    bounds_release(&state->line_bounds);
    free(state);
}

static bool is_ascii(const struct engine_state *state, struct span line)
{
    const struct kernels *kernels = state->engine->options.kernels;
    return !(kernels->classify(line.begin, (size_t)(line.end - line.begin)) & TEXT_HIGH);
}

static struct sweep *get_sweep(struct engine_state *state)
{
    const struct engine *engine = state->engine;
    if (!state->sweep)
        state->sweep = sweep_create(engine->nfa, (struct sweep_forms){engine->bits, engine->small}, DFA_MEMORY,
                                    engine->options.kernels);
    return state->sweep;
}

static bool sweep_all(struct engine_state *state)
{
    const struct engine *engine = state->engine;
    struct sweep *sweep = get_sweep(state);
    bool done;
    if (state->one_line) {
        bool accepted = false;
        state->described |= !engine->nfa->ascii_only || is_ascii(state, (struct span){state->begin, state->end});
        done = sweep_line(sweep, state->begin, state->end, state->described, &accepted);
        state->line_done = !accepted;
    } else {
        done = sweep_window(sweep, state->begin, state->end, &state->described, &state->marks);
    }
    return done;
}

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

const struct finder *engine_finder(const struct engine *engine)
{
    const struct plan *plan = &engine->plans[TEXT_OF_ANY];
    return engine->divided || plan->methods[0] != METHOD_LITERAL ? NULL : literal_hits_finder(plan->hits);
}

void engine_open_blank(struct engine_state *state, const char *begin, const char *end, struct span blank)
{
    state->begin = begin;
    state->end = end;
    state->one_line = true;
    state->opened = 0;
    state->choice = &state->choices[TEXT_OF_ANY];
    state->plan = &state->engine->plans[TEXT_OF_ANY];
    state->method = METHOD_LITERAL;
    state->described = false;
    literal_hits_open(&state->search, state->plan->hits, &state->bounds, (struct span){begin, end});
    state->search.blank = blank;
}

bool engine_open(struct engine_state *state, const char *begin, const char *end)
{
    const struct engine *engine = state->engine;
    state->begin = begin;
    state->end = end;
    state->line_done = false;
    state->one_line = (size_t)(end - begin) > MARKED_MAX;
    state->choice = &state->choices[TEXT_OF_ANY];
    state->opened = engine->divided || state->choice->count > 1 ? now() : 0;
    bool ascii = engine->divided && is_ascii(state, (struct span){begin, end});
    if (ascii)
        state->choice = &state->choices[TEXT_OF_ASCII];
    state->plan = &engine->plans[state->choice - state->choices];
    state->method = state->plan->methods[method_choice_pick(state->choice)];
    state->described = ascii;
    if (state->method == METHOD_LITERAL)
        literal_hits_open(&state->search, state->plan->hits, &state->bounds, (struct span){begin, end});
    return state->method == METHOD_LITERAL || (state->method == METHOD_DFA && sweep_all(state));
}

void engine_close(struct engine_state *state)
{
    if (state->opened && state->choice->count > 1)
        method_choice_note(state->choice, (double)(now() - state->opened) / (double)(state->end - state->begin));
}

static struct span line_around(const struct engine_state *state, const char *from, const char *at)
{
    if (state->one_line)
        return (struct span){state->begin, state->end - (state->end[-1] == '\n')};
    const char *before = memrchr(from, '\n', (size_t)(at - from));
    const char *newline = memchr(at, '\n', (size_t)(state->end - at));
    return (struct span){before ? before + 1 : from, newline ? newline : state->end};
}

/*
 * What the automaton says of a line that may match: in short lines it is faster than PCRE2.  Where it cannot tell, the
 * line stays a candidate.
 */
static bool may_match(struct engine_state *state, struct candidate *candidate)
{
    const struct nfa *nfa = state->engine->nfa;
    struct span line = candidate->line;
    bool accepted;
    if (!nfa || !nfa->exact || state->engine->options.kind == ENGINE_LITERAL || line.end - line.begin > SHORT_LINE ||
        (nfa->ascii_only && !state->described && !is_ascii(state, line)))
        return true;
    if (!sweep_line(get_sweep(state), line.begin, line.end, true, &accepted))
        return true;
    candidate->certain = accepted;
    return accepted;
}

static bool next_literal(struct engine_state *state, const char *from, struct candidate *candidate)
{
    struct span place;
    enum verdict verdict;
    while (literal_hits_next(&state->search, from, &place, &verdict)) {
        candidate->line = line_around(state, from, place.begin);
        candidate->certain = verdict == VERDICT_YES;
        if (candidate->certain || literal_hits_are_confirmed(state->plan->hits) || may_match(state, candidate))
            return true;
        from = candidate->line.end < state->end ? candidate->line.end + 1 : state->end;
    }
    return false;
}

static bool next_mark(struct engine_state *state, const char *from, struct candidate *candidate)
{
    const struct nfa *nfa = state->engine->nfa;
    if (state->one_line) {
        if (state->line_done)
            return false;
        state->line_done = true;
        bool newline = state->end[-1] == '\n';
        candidate->line = (struct span){state->begin, state->end - newline};
    } else {
        const char *at = marks_next(&state->marks, from);
        if (!at)
            return false;
        candidate->line = line_around(state, from, at);
    }
    candidate->certain = nfa->exact && (state->described || is_ascii(state, candidate->line));
    return true;
}

bool engine_next(struct engine_state *state, const char *from, struct candidate *candidate)
{
    return (state->method == METHOD_LITERAL ? next_literal : next_mark)(state, from, candidate);
}

uint64_t engine_count(struct engine_state *state, const char **from)
{
    const struct engine *engine = state->engine;
    if (state->one_line)
        return 0;
    if (state->method == METHOD_LITERAL)
        return literal_hits_may_be_matches(state->plan->hits) ? literal_hits_count(&state->search, from) : 0;
    if (!engine->nfa->exact || !state->described || *from != state->begin)
        return 0;
    *from = state->end;
    return state->marks.count;
}

/* --- matches --- */

bool engine_set_line(struct engine_state *state, struct span line)
{
    const struct engine *engine = state->engine;
    const struct literal_hits *ascii = engine->plans[TEXT_OF_ASCII].hits, *any = engine->plans[TEXT_OF_ANY].hits;
    const struct literal_hits *known = NULL;
    if (!engine->options.ordered)
        return false;
    if (any && literal_hits_know_line(any, engine->pattern_count, line))
        known = any;
    else if (ascii && literal_hits_know_line(ascii, engine->pattern_count, line) && is_ascii(state, line))
        known = ascii;
    if (known)
        literal_hits_open(&state->line_search, known, &state->line_bounds, line);
    return known != NULL;
}

enum verdict engine_locate(struct engine_state *state, const char *from, struct span *match)
{
    return literal_hits_locate(&state->line_search, from, match);
}
