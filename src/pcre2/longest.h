/*
 * longest.h - the longest of the matches at a place, which POSIX asks for; PCRE2 finds the one it prefers.
 *
 * Where a match begins does not depend on that.
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

/* The lines that are given from now on are other ones, though they may stand in the same place. */
void longest_forget(struct longest_state *state);

/* The end of the longest match that begins at `begin`, where some match begins, in a line. */
const char *longest_end(struct longest_state *state, const struct longest *longest, const char *line,
                        const char *line_end, const char *begin, const char *end);

/*
 * Matches again from `begin` to `end`, between which longest_end() or longest_search() found a match, for what its
 * groups are: of several ways to match just this text, the one that PCRE2 prefers.  1 with the groups in match_data, as
 * offsets from *base; 0; or an error code of PCRE2's, where that takes too many steps.
 */
int longest_capture(struct longest_state *state, const struct longest *longest, const char *line, const char *line_end,
                    const char *begin, const char *end, pcre2_match_data *match_data, const char **base);

/* Whether longest_search() is worth a call: there are no back-references. */
bool longest_can_search(const struct longest *longest);

/*
 * Whether some match begins at or after `from`, and the longest at the first such place, without backtracking: for a
 * line that PCRE2 gave up.  1, 0, or an error code of PCRE2's; with back-references always PCRE2_ERROR_MATCHLIMIT.
 */
int longest_search(struct longest_state *state, const struct longest *longest, const char *line, const char *line_end,
                   const char *from, const char **begin, const char **end);

#endif
