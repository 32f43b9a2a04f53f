/*
 * matcher.h - decides which lines match, and where in a line.
 *
 * A matcher is compiled once and only read afterwards; each thread has a state of its own.
 * Lines are given without their newline, or NUL with -z, but with the carriage return of --crlf.  No match ever crosses
 * the end of a line.
 */
#ifndef MSCAN_MATCH_MATCHER_H
#define MSCAN_MATCH_MATCHER_H

#include "base/compiler.h"
#include "base/mistake.h"
#include "base/span.h"
#include "match/options.h"
#include "pattern/pattern.h"
#include "pcre2/captures.h"
#include "pcre2/given-up.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct matcher;
struct matcher_state;

/*
 * Compiles the patterns; a line matches when one of them does.  NULL with *mistake when one is wrong.  The list is not
 * needed afterwards.
 */
struct matcher *matcher_compile(const struct pattern_list *patterns, const struct matcher_options *options,
                                struct mistake *mistake) MUST_CHECK;
void matcher_free(struct matcher *matcher);

/* Whether every line matches, by an empty pattern. */
bool matcher_matches_all(const struct matcher *matcher);

/* Whether an engine finds lines, so that passing over text costs little. */
bool matcher_has_engine(const struct matcher *matcher);

/* With options.groups: the highest number of a group in any pattern, and whether one has a group of that name. */
unsigned matcher_groups(const struct matcher *matcher);
bool matcher_has_name(const struct matcher *matcher, const char *name);

/* Several lines of text on how the patterns are searched for; the caller frees it. */
char *matcher_explain(const struct matcher *matcher);

/* The same in one sentence; see summary.h. */
void matcher_summarize(const struct matcher *matcher, FILE *out);

/*
 * A line that PCRE2 gives up for a pattern counts as not matching that pattern, and is reported once: to `lines` by
 * what looks for lines, matcher_next() and matcher_count(), and to `matches` by matcher_find() and matcher_captures().
 */
struct matcher_state *matcher_state_create(const struct matcher *matcher, const struct given_up_sink *lines,
                                           const struct given_up_sink *matches);
void matcher_state_free(struct matcher_state *state);

/* What has found lines so far, a union of enum way_used. */
unsigned matcher_used(const struct matcher_state *state);

/*
 * Begins with a text that starts at the start of a line and ends after a newline or at the end of
 * the input.  It must stay as it is until the next begin, and MEMORY_SLACK bytes after it must be readable.
 */
void matcher_begin(struct matcher_state *state, const char *text, const char *end);

/*
 * What is known of a text before it is searched: from `seam` on it is one line, or the rest of one; matcher_is_blank()
 * was true of [seam, blank_end), or of pieces that make it up.
 */
struct matcher_seam {
    const char *seam, *blank_end;
};

/* The same, with what is known. */
void matcher_begin_known(struct matcher_state *state, const char *text, const char *end,
                         const struct matcher_seam *known);

/*
 * Whether no line ends in [from, end), and no match can begin there or have a part there that it must have, unless that
 * goes on beyond text_end >= end.  Where the patterns do not allow to tell, only line ends count.
 */
bool matcher_is_blank(const struct matcher *matcher, const char *from, const char *end, const char *text_end);

/* The next line that matches, in the order of the text; false after the last. */
bool matcher_next(struct matcher_state *state, struct span *line);

/* Skips the lines before `to`, which is the start of a line or the end of the text. */
void matcher_skip(struct matcher_state *state, const char *to);

/* The line that starts at a place of the text. */
struct span matcher_line(const struct matcher_state *state, const char *begin);

/* Counts the lines that matcher_next() would still find, and passes over them. */
uint64_t matcher_count(struct matcher_state *state);

/* Sets the line in which matcher_find() looks; does not disturb matcher_next(). */
void matcher_set_line(struct matcher_state *state, struct span line);

/*
 * Finds the first match that starts at or after `from`, which lies in the line and between characters:
 * the leftmost, and of several patterns there the one that was given first; for -F, -G and -E the longest of all.
 * Where \K moves the start of a match, the place from which it was moved counts.  The match may be empty.
 */
bool matcher_find(struct matcher_state *state, const char *from, struct span *match);

/*
 * What the groups of its pattern matched in the match that matcher_find() has just found; with options.groups.  The
 * groups of -G and -E are those of PCRE2 for a match of this length.  A line for which they take too many steps is
 * given up, and nothing is known of them.  Valid until the next matcher_find().
 */
const struct captures *matcher_captures(struct matcher_state *state);

/* The start of the character after the one at `at` (at < the line's end). */
const char *matcher_step(const struct matcher_state *state, const char *at);

#endif
