#include "match/engine.h"

#include "base/alloc.h"
#include "match/finder.h"
#include "match/literals.h"
#include "match/small-dfa.h"
#include "match/sweep.h"
#include "match/syntax.h"

#include <stdlib.h>
#include <string.h>

/* What the states of one thread's DFA may take. */
#define DFA_MEMORY ((size_t)2 << 20)

/* A window longer than this is one long line, and needs no marks. */
#define MARKED_MAX ((size_t)1 << 20)

/*
 * Nanoseconds, to weigh one way against another.  MEASURE
 */
#define CONFIRM_COST 250.0 /* PCRE2, for one line */
#define PCRE2_COST 1.5     /* PCRE2, for a byte of a text that it searches alone */

/* After a window that went badly, so many are searched in the next best way. */
#define REST 32

enum method { METHOD_LITERAL, METHOD_DFA, METHOD_NONE };

struct engine {
    struct engine_options options;
    struct syntax **syntaxes; /* NULL for fixed strings */
    size_t count;
    const char *refusal; /* why the patterns were not understood; static text */
    /*
     * Some pattern has \p or \P.  PCRE2 up to 10.42 takes a repeated one for possessive before some that it has
     * characters in common with, and so misses matches that the tree has.
     */
    bool doubtful;

    struct finder *finder; /* of literals, one of which is in every line that matches; may be NULL */
    struct finder
        *exact;    /* of literals that are all that matches, but for `folds`; may be NULL, or the same as `finder` */
    bool complete; /* a line without a literal of `exact` does not match: no folds */

    struct nfa *nfa; /* may be NULL */
    struct small_dfa *small;
    size_t small_states; /* --explain: of the DFA made on trial */

    enum method methods[3]; /* in order of preference, METHOD_NONE at the end */
};

struct engine_state {
    const struct engine *engine;
    struct sweep *sweep;
    struct marks marks;
    bool thrashed; /* the DFA is of no use */
    size_t turn;   /* the present one of engine->methods */
    unsigned rest; /* windows until the first method's next turn */
    /* The window in hand. */
    const char *begin, *end;
    bool described; /* it has no byte that the nfa does not describe; only known when the DFA takes it */
    size_t unsure;  /* candidates that PCRE2 has to decide */
    bool one_line;  /* it is one long line, and */
    bool line_done; /* its candidate, if it is one, has been given */
};

/* --- what can be had --- */

static void parse(struct engine *engine, const struct pattern_list *patterns)
{
    const struct syntax_options options = {.caseless = engine->options.caseless, .unicode = engine->options.unicode};
    engine->syntaxes = xcalloc(patterns->count, sizeof(struct syntax *));
    for (size_t i = 0; i < patterns->count && !engine->refusal; i++) {
        engine->syntaxes[engine->count++] = syntax_parse(patterns->items[i].text, patterns->items[i].length, &options);
        engine->refusal = engine->syntaxes[i]->unsupported;
        engine->doubtful |= memmem(patterns->items[i].text, patterns->items[i].length, "\\p", 2) ||
                            memmem(patterns->items[i].text, patterns->items[i].length, "\\P", 2);
    }
}

/* The literals of all patterns, in two readings: letters with another case beyond ASCII end a literal, or do not. */
static void find_literals(struct engine *engine, const struct pattern_list *patterns)
{
    const struct engine_options *options = &engine->options;
    struct literals strict = {.items = NULL}, folding = {.items = NULL};
    if (options->fixed) {
        literals_of_strings(&folding, patterns, options->caseless, options->unicode);
    } else {
        literals_find(&strict, engine->syntaxes, engine->count, false);
        literals_find(&folding, engine->syntaxes, engine->count, true);
    }
    engine->complete = folding.folds == 0;
    if (folding.precise) {
        struct literals exact;
        literals_copy(&exact, &folding);
        engine->exact = finder_create(&exact, options->kernels);
        literals_free(&exact);
        /* What is found without regard to case is to be confirmed. */
        if (engine->exact && finder_is_loose(engine->exact)) {
            finder_free(engine->exact);
            engine->exact = NULL;
        }
    }
    if (engine->exact && engine->complete) {
        engine->finder = engine->exact;
    } else {
        literals_add_folds(&folding);
        bool fold = strict.count == 0 || (folding.count > 0 && folding.cost < strict.cost);
        engine->finder = finder_create(fold ? &folding : &strict, options->kernels);
    }
    literals_free(&strict);
    literals_free(&folding);
}

static void find_automaton(struct engine *engine)
{
    engine->nfa = nfa_create(engine->syntaxes, engine->count, engine->options.bounds, engine->options.unicode);
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
    engine->small = small_dfa_create(engine->nfa, (unsigned)engine->options.kernels->shuffle_limit);
}

/* Whether a line that has one of the finder's literals is certain to match, beyond what bounds it. */
static bool finder_is_certain(const struct engine *engine)
{
    return engine->finder && engine->finder == engine->exact;
}

/* Of the automaton, for a byte. */
static double automaton_cost(const struct engine *engine)
{
    if (!engine->small)
        return 0.45;
    size_t row = engine->small->shuffle.row_size;
    return row == 16 ? 0.25 : row == 32 ? 0.3 : 0.4;
}

static void choose_methods(struct engine *engine)
{
    const enum engine_kind kind = engine->options.kind;
    bool literal = engine->finder && kind != ENGINE_DFA;
    bool dfa = engine->nfa && kind != ENGINE_LITERAL;
    size_t count = 0;
    if (literal && dfa && !finder_is_certain(engine) && engine->nfa->exact) {
        double with_literal = finder_literals(engine->finder)->cost;
        literal = with_literal < automaton_cost(engine);
    }
    if (literal)
        engine->methods[count++] = METHOD_LITERAL;
    if (dfa && !(literal && finder_is_certain(engine)))
        engine->methods[count++] = METHOD_DFA;
    engine->methods[count] = METHOD_NONE;
}

struct engine *engine_create(const struct pattern_list *patterns, const struct engine_options *options)
{
    struct engine *engine = xcalloc(1, sizeof *engine);
    engine->options = *options;
    if (!options->fixed)
        parse(engine, patterns);
    if (!engine->refusal) {
        find_literals(engine, patterns);
        if (!options->fixed)
            find_automaton(engine);
    }
    choose_methods(engine);
    if (engine->methods[0] == METHOD_NONE) {
        engine_free(engine);
        return NULL;
    }
    return engine;
}

void engine_free(struct engine *engine)
{
    if (!engine)
        return;
    for (size_t i = 0; i < engine->count; i++)
        syntax_free(engine->syntaxes[i]);
    free(engine->syntaxes);
    if (engine->exact != engine->finder)
        finder_free(engine->exact);
    finder_free(engine->finder);
    small_dfa_free(engine->small);
    nfa_free(engine->nfa);
    free(engine);
}

/* --- at work --- */

struct engine_state *engine_state_create(const struct engine *engine)
{
    struct engine_state *state = xcalloc(1, sizeof *state);
    state->engine = engine;
    return state;
}

void engine_state_free(struct engine_state *state)
{
    if (!state)
        return;
    sweep_free(state->sweep);
    marks_free(&state->marks);
    free(state);
}

/* Decides from the window that is done how to search the next. */
static void take_turn(struct engine_state *state)
{
    const struct engine *engine = state->engine;
    if (engine->options.kind == ENGINE_AUTO && engine->methods[state->turn] != METHOD_NONE) {
        enum method after = engine->methods[state->turn + 1];
        double next = after == METHOD_DFA ? automaton_cost(engine) : PCRE2_COST;
        if ((double)state->unsure * CONFIRM_COST > (double)(state->end - state->begin) * next) {
            state->turn++;
            state->rest = REST;
        }
    }
    if (state->rest > 0 && --state->rest == 0)
        state->turn = 0;
}

static bool is_ascii(const struct engine_state *state, struct span line)
{
    const struct kernels *kernels = state->engine->options.kernels;
    return !(kernels->classify(line.begin, (size_t)(line.end - line.begin)) & TEXT_HIGH);
}

static bool sweep_all(struct engine_state *state)
{
    const struct engine *engine = state->engine;
    if (state->thrashed)
        return false;
    if (!state->sweep)
        state->sweep = sweep_create(engine->nfa, engine->small, DFA_MEMORY, engine->options.kernels);
    state->described = !engine->nfa->ascii_only || is_ascii(state, (struct span){state->begin, state->end});
    bool done;
    if (state->one_line) {
        bool accepted = false;
        done = sweep_line(state->sweep, state->begin, state->end, state->described, &accepted);
        state->line_done = !accepted;
    } else {
        done = sweep_window(state->sweep, state->begin, state->end, state->described, &state->marks);
    }
    state->thrashed = !done;
    return done;
}

bool engine_open(struct engine_state *state, const char *begin, const char *end)
{
    if (state->begin)
        take_turn(state);
    state->begin = begin;
    state->end = end;
    state->unsure = 0;
    state->line_done = false;
    state->one_line = (size_t)(end - begin) > MARKED_MAX;
    switch (state->engine->methods[state->turn]) {
    case METHOD_LITERAL:
        return true;
    case METHOD_DFA:
        return sweep_all(state);
    case METHOD_NONE:
        break;
    }
    return false;
}

/* What is on one side of a place, seen from -w or -x. */
enum side { SIDE_FITS, SIDE_OPEN, SIDE_SPOILS };

static enum side side_of(const struct engine *engine, bool edge, char byte)
{
    if (edge || byte == '\n')
        return SIDE_FITS;
    unsigned char c = (unsigned char)byte;
    if (engine->options.unicode && c >= 0x80)
        return SIDE_OPEN;
    unsigned char lower = c | 0x20;
    bool word = (lower >= 'a' && lower <= 'z' && c < 0x80) || (c >= '0' && c <= '9') || c == '_';
    return engine->options.bounds == BOUNDS_LINE || word ? SIDE_SPOILS : SIDE_FITS;
}

/* Whether a literal's place is bounded as the whole pattern has to be. */
static enum side bounds_of(const struct engine_state *state, const char *begin, const char *end)
{
    const struct engine *engine = state->engine;
    if (engine->options.bounds == BOUNDS_NONE)
        return SIDE_FITS;
    enum side before = side_of(engine, begin == state->begin, begin[begin == state->begin ? 0 : -1]);
    enum side after = side_of(engine, end == state->end, end == state->end ? '\n' : *end);
    return before > after ? before : after;
}

static bool is_bounded(void *context, const char *begin, const char *end)
{
    return bounds_of(context, begin, end) != SIDE_SPOILS;
}

static struct span line_around(const struct engine_state *state, const char *from, const char *at)
{
    const char *before = memrchr(from, '\n', (size_t)(at - from));
    const char *newline = memchr(at, '\n', (size_t)(state->end - at));
    return (struct span){before ? before + 1 : from, newline ? newline : state->end};
}

enum decision { DECIDED_NO, DECIDED_YES, DECIDED_BY_PCRE2 };

/* What the exact literals say of a line that one of the others was found in. */
static enum decision decide_exactly(struct engine_state *state, struct span line)
{
    const struct engine *engine = state->engine;
    struct span place;
    if (!engine->exact)
        return DECIDED_BY_PCRE2;
    if (finder_find(engine->exact, line.begin, line.end, is_bounded, state, &place)) {
        return bounds_of(state, place.begin, place.end) == SIDE_FITS ? DECIDED_YES : DECIDED_BY_PCRE2;
    }
    return engine->complete || is_ascii(state, line) ? DECIDED_NO : DECIDED_BY_PCRE2;
}

static bool next_literal(struct engine_state *state, const char *from, struct candidate *candidate)
{
    const struct engine *engine = state->engine;
    bool certain = finder_is_certain(engine);
    finder_fits *fits = certain && engine->options.bounds != BOUNDS_NONE ? is_bounded : NULL;
    struct span place;
    while (finder_find(engine->finder, from, state->end, fits, state, &place)) {
        candidate->line = line_around(state, from, place.begin);
        enum decision decision = DECIDED_YES;
        if (!certain)
            decision = decide_exactly(state, candidate->line);
        else if (bounds_of(state, place.begin, place.end) != SIDE_FITS)
            decision = DECIDED_BY_PCRE2;
        if (decision != DECIDED_NO) {
            candidate->certain = decision == DECIDED_YES;
            return true;
        }
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
    bool literal = state->engine->methods[state->turn] == METHOD_LITERAL;
    if (!(literal ? next_literal : next_mark)(state, from, candidate))
        return false;
    state->unsure += !candidate->certain;
    return true;
}

static uint64_t count_literals(struct engine_state *state, const char *from)
{
    uint64_t count = 0;
    struct span place;
    while (finder_find(state->engine->finder, from, state->end, NULL, NULL, &place)) {
        count++;
        const char *newline = memchr(place.end, '\n', (size_t)(state->end - place.end));
        from = newline ? newline + 1 : state->end;
    }
    return count;
}

bool engine_count(struct engine_state *state, const char *from, uint64_t *count)
{
    const struct engine *engine = state->engine;
    if (state->one_line)
        return false;
    if (engine->methods[state->turn] == METHOD_LITERAL) {
        if (!finder_is_certain(engine) || engine->options.bounds != BOUNDS_NONE)
            return false;
        *count = count_literals(state, from);
        return true;
    }
    if (!engine->nfa->exact || !state->described || from != state->begin)
        return false;
    *count = state->marks.count;
    return true;
}

/* --- --explain --- */

/* Long lists are cut short. */
#define EXPLAINED_LITERALS 8

static void explain_literal(const struct literal *literal, FILE *out)
{
    fputc('"', out);
    for (size_t i = 0; i < literal->length; i++) {
        unsigned value = literal->value[i], mask = literal->mask[i];
        if (mask == 0xff && value >= ' ' && value < 0x7f)
            fprintf(out, "%s%c", value == '"' || value == '\\' ? "\\" : "", (int)value);
        else if (mask == 0xff)
            fprintf(out, "\\x%02x", value);
        else if (mask == 0xdf && value >= 'A' && value <= 'Z')
            fprintf(out, "[%c%c]", (int)value, (int)value | 0x20);
        else
            fprintf(out, "[\\x%02x&%02x]", value, mask);
    }
    fputc('"', out);
}

static void explain_literals(const struct engine *engine, FILE *out)
{
    if (!engine->finder) {
        fprintf(out, "literals: none that every match has and that are rare\n");
        return;
    }
    const struct literals *literals = finder_literals(engine->finder);
    fprintf(out, "literals:");
    for (size_t i = 0; i < literals->count && i < EXPLAINED_LITERALS; i++) {
        fputc(' ', out);
        explain_literal(&literals->items[i], out);
    }
    if (literals->count > EXPLAINED_LITERALS)
        fprintf(out, " and %zu more", literals->count - EXPLAINED_LITERALS);
    fprintf(out, "\n  %s; found by %s; estimated %.2f ns for a byte\n",
            finder_is_certain(engine) ? "all that matches"
            : engine->exact           ? "what else they find is sorted out by longer ones"
                                      : "every match has one of them",
            finder_method(engine->finder), literals->cost);
}

static void explain_automaton(const struct engine *engine, FILE *out)
{
    const struct nfa *nfa = engine->nfa;
    if (!nfa) {
        fprintf(out, "automaton: none (%s)\n",
                engine->options.fixed ? "the patterns are strings" : "it would be too large, or every line matches");
        return;
    }
    fprintf(out, "automaton: %u states, %u classes of bytes, %s%s\n", (unsigned)nfa->count, nfa->class_count,
            nfa->exact ? "means just the pattern" : "means more than the pattern: PCRE2 decides",
            nfa->ascii_only ? ", for lines of ASCII: PCRE2 decides others" : "");
    if (engine->small)
        fprintf(out, "  DFA: %u states, stepped by shuffles of %zu bytes, %d cursors\n", engine->small->states,
                engine->small->shuffle.row_size, SHUFFLE_CURSORS);
    else
        fprintf(out, "  DFA: made as the text needs it, in up to %zu KiB for each thread\n", DFA_MEMORY >> 10);
}

void engine_explain(const struct engine *engine, FILE *out)
{
    static const char *const names[] = {
        [METHOD_LITERAL] = "literals",
        [METHOD_DFA] = "automaton",
        [METHOD_NONE] = "PCRE2",
    };
    fprintf(out, "engine: ");
    for (size_t i = 0; i == 0 || engine->methods[i - 1] != METHOD_NONE; i++)
        fprintf(out, "%s%s", i ? ", then " : "", names[engine->methods[i]]);
    fprintf(out, "\n");
    explain_literals(engine, out);
    explain_automaton(engine, out);
}
