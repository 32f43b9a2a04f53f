/*
 * longest.h - the longest of the matches at a place, which POSIX asks for; PCRE2 finds the one it prefers.
 *
 * A longest match begins where PCRE2's does.
 */
#ifndef MSCAN_PCRE2_LONGEST_H
#define MSCAN_PCRE2_LONGEST_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "syntax/dialect.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Compiled once, and only read afterwards. */
struct longest;

/* What a thread needs for it. */
struct longest_state;

struct longest_options {
    const struct dialect *dialect;
    bool back_references;
    bool lines_only;             /* longest_end() will not be called */
    bool interpreted;            /* likewise */
    const unsigned char *tables; /* as in struct program_options */
};

/* Prepares for a text that posix_translate() has made, which PCRE2 compiles and which may be wrapped for -w or -x. */
struct longest *longest_compile(const char *text, size_t length, const struct longest_options *options);
void longest_free(struct longest *longest);

/* With PCRE2's limits for a search that does not backtrack, and for longest_capture(). */
struct longest_state *longest_state_create(uint32_t match_limit, uint32_t heap_limit);
void longest_state_free(struct longest_state *state);

/* Forgets the lines that were given so far: other ones may come at the same addresses. */
void longest_forget(struct longest_state *state);

/* The end of the longest match that begins at `begin`, where some match begins, in a line. */
const char *longest_end(struct longest_state *state, const struct longest *longest, const char *line,
                        const char *line_end, const char *begin, const char *end);

/*
 * Finds the groups of the match from `begin` to `end`, which longest_end() or longest_search() gave, by matching again.
 * Of several ways to match just this text, the one that PCRE2 prefers counts.  Returns 1 with the groups in match_data,
 * as offsets from *base; 0; or an error code of PCRE2's, where it takes too many steps.
 */
int longest_capture(struct longest_state *state, const struct longest *longest, const char *line, const char *line_end,
                    const char *begin, const char *end, pcre2_match_data *match_data, const char **base);

/* Whether longest_search() is worth a call: there are no back-references. */
bool longest_can_search(const struct longest *longest);

/*
 * Finds the longest match at the first place at or after `from` where one begins, without backtracking, for a line that
 * PCRE2 gave up.  Returns 1, 0, or an error code of PCRE2's, which with back-references is always
 * PCRE2_ERROR_MATCHLIMIT.
 */
int longest_search(struct longest_state *state, const struct longest *longest, const char *line, const char *line_end,
                   const char *from, const char **begin, const char **end);

#endif
