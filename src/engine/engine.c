#include "engine/engine.h"

#include "automaton/sweep.h"
#include "base/alloc.h"
#include "engine/bounds.h"
#include "engine/plan.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/*
 * The longest line that PCRE2 alone is tried on where an automaton means just the pattern: it may take time that is
 * quadratic in a line's length, or worse, before the clock has learned that.
 */
#define PCRE2_LINE ((size_t)4096)

/* A window longer than this is one long line, and needs no marks. */
#define MARKED_MAX ((size_t)1 << 20)

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
    bool described; /* the nfa describes all its bytes; only known where the DFA takes it */
    unsigned used;  /* what has found lines so far, a union of enum way_used */
    int64_t opened; /* when it began, in nanoseconds of some clock; 0: the time does not matter */
    bool one_line;  /* it is one long line, and */
    bool line_done; /* its candidate, if it is one, has been given */
    /* Of engine_locate(), whose line comes without the carriage return at its end. */
    struct bounds line_bounds;
    struct hit_search line_search;
};

struct engine *engine_create(const struct pattern_list *patterns, struct syntax **trees,
                             const struct engine_options *options)
{
    struct engine *engine = xcalloc(1, sizeof *engine);
    plan_make(engine, patterns, trees, options);
    return engine;
}

bool engine_is_useful(const struct engine *engine)
{
    return engine->plans[TEXT_OF_ASCII].methods[0] != METHOD_NONE ||
           engine->plans[TEXT_OF_ANY].methods[0] != METHOD_NONE;
}

void engine_free(struct engine *engine)
{
    if (engine)
        plan_release(engine);
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
        plan_offer(engine, &engine->plans[i], &state->choices[i]);
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
    state->used |= USED_LITERALS;
    state->described = false;
    literal_hits_open(&state->search, state->plan->hits, &state->bounds, (struct span){begin, end});
    state->search.blank = blank;
}

/* Whether a line of the window may be longer than PCRE2_LINE; one that is twice as long is never missed. */
static bool has_long_line(const struct engine_state *state)
{
    for (const char *at = state->begin; (size_t)(state->end - at) > PCRE2_LINE; at += PCRE2_LINE)
        if (!memchr(at, '\n', PCRE2_LINE))
            return true;
    return false;
}

/*
 * Whether PCRE2, which was picked, has to leave the window to an automaton that decides it: no pattern meets PCRE2's
 * limits, nor takes it long over a line, only because the clock tried it.
 */
static bool wants_automaton(const struct engine_state *state)
{
    const struct engine *engine = state->engine;
    if (engine->options.kind != ENGINE_AUTO || !engine->nfa || !engine->nfa->exact)
        return false;
    if (!engine->bits && !engine->small && !has_long_line(state))
        return false;
    return !engine->nfa->ascii_only || state->described || is_ascii(state, (struct span){state->begin, state->end});
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
    if (state->method == METHOD_NONE && wants_automaton(state))
        state->method = METHOD_DFA;
    if (state->method == METHOD_LITERAL) {
        literal_hits_open(&state->search, state->plan->hits, &state->bounds, (struct span){begin, end});
        state->used |= USED_LITERALS;
        return true;
    }
    const bool swept = state->method == METHOD_DFA && sweep_all(state);
    state->used |= swept ? USED_AUTOMATON : 0;
    return swept;
}

unsigned engine_used(const struct engine_state *state)
{
    return state->used;
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

/* What the automaton says of a line of the window, in time that is linear in its length, unlike PCRE2's. */
static enum verdict decide(struct engine_state *state, struct span line)
{
    const struct nfa *nfa = state->engine->nfa;
    bool accepted;
    if (!nfa || !nfa->exact || state->engine->options.kind == ENGINE_LITERAL ||
        (nfa->ascii_only && !state->described && !is_ascii(state, line)))
        return VERDICT_OPEN;
    if (!sweep_line(get_sweep(state), line.begin, line.end, true, &accepted))
        return VERDICT_OPEN;
    return verdict_of(accepted);
}

/* Where the automaton cannot tell of a line that may match, on which the confirmer gave up, it stays a candidate. */
static bool may_match(struct engine_state *state, struct candidate *candidate)
{
    enum verdict verdict = decide(state, candidate->line);
    candidate->certain = verdict == VERDICT_YES;
    return verdict != VERDICT_NO;
}

static bool next_literal(struct engine_state *state, const char *from, struct candidate *candidate)
{
    struct span place;
    enum verdict verdict;
    while (literal_hits_next(&state->search, from, &place, &verdict)) {
        candidate->line = line_around(state, from, place.begin);
        candidate->certain = verdict == VERDICT_YES;
        if (candidate->certain || may_match(state, candidate))
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
