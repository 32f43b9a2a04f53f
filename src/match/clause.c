#include "match/clause.h"

#include "base/alloc.h"
#include "pcre2/given-up.h"

#include <stdlib.h>

/*
 * The matcher goes through the text when the lines asked about are at most so many bytes apart on average.  Measured,
 * milliseconds for 136 MB of log lines of 118 bytes by "mscan -j1 -c MAIN --not TERM", where MAIN is in every 1st / 4th
 * / 8th / 16th / 32nd line: line by line, a word takes 87 / 42 / 30 / 24 / 22, dotted IPv4 209 / 79 / 46 / 34 / 28,
 * "\b[A-Z]\w+ing\b" 205 / 64 / 41 / 25 / 26; through the text 64 / 34 / 27 / 22 / 24, 179 / 85 / 44 / 33 / 28 and 108 /
 * 52 / 46 / 51 / 48.
 */
#define STREAM_DISTANCE 512

/* The distance tells something after so many questions. */
#define FIRST_QUESTIONS 8

struct clause_state {
    const struct matcher *matcher;
    struct matcher_state *state;
    struct given_up given_up;
    const char *text, *end;
    size_t asked; /* lines of the text */
    bool streams; /* the matcher goes through the text */
    /* Lines that begin in [known_begin, known_end] do not match, unless `matched`: the one at known_end does. */
    const char *known_begin, *known_end;
    bool matched;
    const char *after; /* the end of the line asked about last */
};

static void keep(void *context, const char *line, int error)
{
    struct clause_state *state = context;
    given_up_add(&state->given_up, line, error);
}

struct clause_state *clause_state_create(const struct matcher *matcher)
{
    struct clause_state *state = xcalloc(1, sizeof *state);
    const struct given_up_sink given_up = {keep, state};
    state->matcher = matcher;
    state->state = matcher_state_create(matcher, &given_up, &given_up);
    return state;
}

void clause_state_free(struct clause_state *state)
{
    if (!state)
        return;
    matcher_state_free(state->state);
    given_up_free(&state->given_up);
    free(state);
}

unsigned clause_used(const struct clause_state *state)
{
    return matcher_used(state->state);
}

void clause_begin(struct clause_state *state, const char *text, const char *end)
{
    state->text = text;
    state->end = end;
    state->asked = 0;
    state->streams = false;
    state->known_begin = state->known_end = NULL;
    given_up_clear(&state->given_up);
}

static bool is_known(const struct clause_state *state, const char *line)
{
    return state->known_begin && line >= state->known_begin && line <= state->known_end;
}

/* Without an engine each line costs about the same, whether it is asked about or not. */
static bool wants_stream(const struct clause_state *state, const char *line)
{
    return state->asked > FIRST_QUESTIONS && matcher_has_engine(state->matcher) &&
           (size_t)(line - state->text) < state->asked * STREAM_DISTANCE;
}

/* Goes on to the next line that matches. */
static void find_next(struct clause_state *state, const char *from, bool streamed)
{
    struct span found;
    if (streamed && from > state->known_end)
        matcher_skip(state->state, from);
    else
        matcher_begin(state->state, from, state->end);
    state->known_begin = from;
    state->matched = matcher_next(state->state, &found);
    state->known_end = state->matched ? found.begin : state->end;
}

static void look_at(struct clause_state *state, struct span line)
{
    struct span found;
    matcher_begin(state->state, line.begin, line.end < state->end ? line.end + 1 : state->end);
    state->known_begin = state->known_end = line.begin;
    state->matched = matcher_next(state->state, &found);
}

enum verdict clause_ask(struct clause_state *state, struct span line, int *error)
{
    state->asked++;
    state->after = line.end < state->end ? line.end + 1 : state->end;
    if (!is_known(state, line.begin)) {
        bool streamed = state->streams;
        given_up_drop(&state->given_up, line.begin);
        state->streams = streamed || wants_stream(state, line.begin);
        if (state->streams)
            find_next(state, line.begin, streamed);
        else
            look_at(state, line);
    }
    if (state->matched && line.begin == state->known_end)
        return VERDICT_YES;
    const struct given_up_line *first = given_up_from(&state->given_up, line.begin);
    if (!first || first->line != line.begin)
        return VERDICT_NO;
    *error = first->error;
    return VERDICT_OPEN;
}

const char *clause_next(const struct clause_state *state)
{
    if (!state->streams || !is_known(state, state->after))
        return state->after;
    const struct given_up_line *first = given_up_from(&state->given_up, state->after);
    return first && first->line < state->known_end ? first->line : state->known_end;
}
