/*
 * engine.h - what stands in front of PCRE2: it finds the lines that match, or that may.
 *
 * It never misses a line that matches.  What it calls certain does match; the rest is for PCRE2 to decide.
 */
#ifndef MSCAN_ENGINE_ENGINE_H
#define MSCAN_ENGINE_ENGINE_H

#include "base/span.h"
#include "base/verdict.h"
#include "engine/options.h"
#include "literal/finder.h"
#include "pattern/pattern.h"

#include <stdbool.h>
#include <stdint.h>

struct engine;

/*
 * An engine for patterns that PCRE2 compiles.  It is only read afterwards.  Takes over `trees`, one for each pattern,
 * and their array; with NULL it parses the patterns that are no strings.
 */
struct engine *engine_create(const struct pattern_list *patterns, struct syntax **trees,
                             const struct engine_options *options);

/* Whether it has any way to find lines; otherwise PCRE2 works alone. */
bool engine_is_useful(const struct engine *engine);

void engine_free(struct engine *engine);

/* A thread's own part. */
struct engine_state;

struct engine_state *engine_state_create(const struct engine *engine);
void engine_state_free(struct engine_state *state);

/*
 * Begins with a window: whole lines, 1 MiB of them at the most, or one line of any length.  False when PCRE2 does
 * better with this one by itself.
 */
bool engine_open(struct engine_state *state, const char *begin, const char *end);

/* What has found lines so far is a union of these, to which matchers and tasks add. */
enum way_used { USED_LITERALS = 1, USED_AUTOMATON = 2, USED_PCRE2 = 4 };

unsigned engine_used(const struct engine_state *state);

/* What finds the literals, one of which is in every line that matches; NULL: there are none, or the text decides. */
const struct finder *engine_finder(const struct engine *engine);

/* Begins with a window of one line.  There is such a finder, and none of its literals begins in `blank`. */
void engine_open_blank(struct engine_state *state, const char *begin, const char *end, struct span blank);

/*
 * Ends the window, once all its candidates have been taken, or PCRE2 has searched it.  The time that it took decides
 * how the next is searched.
 */
void engine_close(struct engine_state *state);

struct candidate {
    struct span line; /* without its newline */
    bool certain;     /* else PCRE2 has to decide */
};

/* The next candidate at or after `from`, a start of a line in the window or its end; false when there is none. */
bool engine_next(struct engine_state *state, const char *from, struct candidate *candidate);

/*
 * Counts lines that match for certain, where that is quicker than to ask for each.  Begins at *from, a start of a line
 * in the window or its end, which becomes the start of the first line that is not certain, or the window's end.
 */
uint64_t engine_count(struct engine_state *state, const char **from);

/*
 * Sets the line for engine_locate(): any line, without the carriage return that belongs to its end.  The window stays
 * as it is.  Returns false when the engine cannot tell of every place in the line whether it is a match; PCRE2 then
 * finds the matches.
 */
bool engine_set_line(struct engine_state *state, struct span line);

/*
 * Finds the first match that begins at or after `from`, which lies in the line, as matcher_find() does: YES with
 * *match; NO; or OPEN, and PCRE2 has to find it.
 */
enum verdict engine_locate(struct engine_state *state, const char *from, struct span *match);

#endif
