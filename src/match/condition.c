#include "match/condition.h"

#include "base/alloc.h"
#include "match/clause.h"
#include "pcre2/given-up.h"

#include <stdio.h>
#include <stdlib.h>

struct clause {
    enum clause_kind kind;
    struct matcher *matcher;
};

struct condition {
    struct matcher *patterns;
    struct clause *clauses;
    size_t count;
};

struct condition_state {
    const struct condition *condition;
    struct matcher_state *patterns;
    struct clause_state **clauses; /* of each clause */
    struct given_up_sink sink;
    /* The rest is only used where there are clauses. */
    struct given_up given_up; /* by the patterns; the clauses have not been asked about them yet */
    const char *reported;     /* the line that was reported last */
    const char *text, *end;
    const char *next; /* no line between the one that was judged last and this place can be selected */
};

struct condition *condition_create(struct matcher *patterns)
{
    struct condition *condition = xcalloc(1, sizeof *condition);
    condition->patterns = patterns;
    return condition;
}

void condition_add(struct condition *condition, enum clause_kind kind, struct matcher *matcher)
{
    condition->clauses = xreallocarray(condition->clauses, condition->count + 1, sizeof *condition->clauses);
    condition->clauses[condition->count++] = (struct clause){kind, matcher};
}

void condition_free(struct condition *condition)
{
    if (!condition)
        return;
    for (size_t i = 0; i < condition->count; i++)
        matcher_free(condition->clauses[i].matcher);
    free(condition->clauses);
    matcher_free(condition->patterns);
    free(condition);
}

bool condition_matches_all(const struct condition *condition)
{
    bool all = matcher_matches_all(condition->patterns);
    for (size_t i = 0; i < condition->count && all; i++)
        all = condition->clauses[i].kind == CLAUSE_AND && matcher_matches_all(condition->clauses[i].matcher);
    return all;
}

char *condition_explain(const struct condition *condition)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = condition->count > 0 ? open_memstream(&text, &size) : NULL;
    if (!out)
        return matcher_explain(condition->patterns);
    for (size_t i = 0; i <= condition->count; i++) {
        char *part = matcher_explain(i == 0 ? condition->patterns : condition->clauses[i - 1].matcher);
        if (i > 0)
            fputs(condition->clauses[i - 1].kind == CLAUSE_AND ? "--and:\n" : "--not:\n", out);
        fputs(part, out);
        free(part);
    }
    fclose(out);
    return text;
}

void condition_summarize(const struct condition *condition, FILE *out)
{
    matcher_summarize(condition->patterns, out);
    fputs(condition->count > 0 ? "  --and and --not choose among them.\n" : "\n", out);
}

/* --- running --- */

/* Reports a line, once, that no clause rules out. */
static void report(void *context, const char *line, int error)
{
    struct condition_state *state = context;
    if (line == state->reported)
        return;
    state->reported = line;
    state->sink.report(state->sink.context, line, error);
}

/* Keeps a line until the clauses have been asked about it. */
static void keep(void *context, const char *line, int error)
{
    struct condition_state *state = context;
    given_up_add(&state->given_up, line, error);
}

struct condition_state *condition_state_create(const struct condition *condition, const struct given_up_sink *sink)
{
    struct condition_state *state = xcalloc(1, sizeof *state);
    const struct given_up_sink lines = {keep, state}, matches = {report, state};
    bool plain = condition->count == 0;
    state->condition = condition;
    state->sink = *sink;
    state->patterns = matcher_state_create(condition->patterns, plain ? sink : &lines, plain ? sink : &matches);
    state->clauses = xcalloc(condition->count, sizeof(struct clause_state *));
    for (size_t i = 0; i < condition->count; i++)
        state->clauses[i] = clause_state_create(condition->clauses[i].matcher);
    return state;
}

void condition_state_free(struct condition_state *state)
{
    if (!state)
        return;
    for (size_t i = 0; i < state->condition->count; i++)
        clause_state_free(state->clauses[i]);
    free(state->clauses);
    matcher_state_free(state->patterns);
    given_up_free(&state->given_up);
    free(state);
}

unsigned condition_used(const struct condition_state *state)
{
    unsigned used = matcher_used(state->patterns);
    for (size_t i = 0; i < state->condition->count; i++)
        used |= clause_used(state->clauses[i]);
    return used;
}

void condition_begin(struct condition_state *state, const char *text, const char *end)
{
    matcher_begin(state->patterns, text, end);
    for (size_t i = 0; i < state->condition->count; i++)
        clause_begin(state->clauses[i], text, end);
    given_up_clear(&state->given_up);
    state->reported = NULL;
    state->text = text;
    state->end = end;
}

void condition_begin_known(struct condition_state *state, const char *text, const char *end,
                           const struct matcher_seam *known)
{
    condition_begin(state, text, end);
    matcher_begin_known(state->patterns, text, end, known);
}

bool condition_is_blank(const struct condition *condition, const char *from, const char *end, const char *text_end)
{
    return matcher_is_blank(condition->patterns, from, end, text_end);
}

/* What the clauses say of a line.  If PCRE2 gave it up for several, *error is that of the first. */
static enum verdict judge(struct condition_state *state, struct span line, int *error)
{
    enum verdict all = VERDICT_YES;
    state->next = line.begin;
    for (size_t i = 0; i < state->condition->count; i++) {
        bool negated = state->condition->clauses[i].kind == CLAUSE_NOT;
        int ignored;
        enum verdict answer = clause_ask(state->clauses[i], line, all == VERDICT_OPEN ? &ignored : error);
        if (answer == (negated ? VERDICT_YES : VERDICT_NO)) {
            state->next = negated ? line.begin : clause_next(state->clauses[i]);
            return VERDICT_NO;
        }
        if (answer == VERDICT_OPEN)
            all = VERDICT_OPEN;
    }
    return all;
}

/* Reports the lines before a place that PCRE2 gave up for the patterns, unless a clause rules them out. */
static void report_before(struct condition_state *state, const char *place)
{
    const struct given_up_line *first;
    while ((first = given_up_from(&state->given_up, state->text)) && first->line < place) {
        const struct given_up_line given_up = *first;
        int error;
        if (judge(state, matcher_line(state->patterns, given_up.line), &error) != VERDICT_NO)
            report(state, given_up.line, given_up.error);
        given_up_drop(&state->given_up, given_up.line + 1);
    }
}

bool condition_next(struct condition_state *state, struct span *line)
{
    if (state->condition->count == 0)
        return matcher_next(state->patterns, line);
    while (matcher_next(state->patterns, line)) {
        int error;
        report_before(state, line->begin + 1);
        enum verdict answer = judge(state, *line, &error);
        if (answer == VERDICT_YES)
            return true;
        if (answer == VERDICT_OPEN)
            report(state, line->begin, error);
        else
            matcher_skip(state->patterns, state->next);
    }
    report_before(state, state->end);
    return false;
}

uint64_t condition_count(struct condition_state *state)
{
    if (state->condition->count == 0)
        return matcher_count(state->patterns);
    uint64_t count = 0;
    struct span line;
    while (condition_next(state, &line))
        count++;
    return count;
}

void condition_set_line(struct condition_state *state, struct span line)
{
    matcher_set_line(state->patterns, line);
}

bool condition_find(struct condition_state *state, const char *from, struct span *match)
{
    return matcher_find(state->patterns, from, match);
}

const struct captures *condition_captures(struct condition_state *state)
{
    return matcher_captures(state->patterns);
}

const char *condition_step(const struct condition_state *state, const char *at)
{
    return matcher_step(state->patterns, at);
}
