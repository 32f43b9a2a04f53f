/*
 * arbiter.h - PCRE2 at work: what one thread needs to match programs, and their limits.
 */
#ifndef MSCAN_PCRE2_ARBITER_H
#define MSCAN_PCRE2_ARBITER_H

#include "base/span.h"
#include "pcre2/limits.h"
#include "pcre2/program.h"

#include <stddef.h>
#include <stdint.h>

struct arbiter;
struct captures;

struct arbiter *arbiter_create(const struct arbiter_limits *limits);
void arbiter_free(struct arbiter *arbiter);

/*
 * A match of the form in the `length` bytes of `subject` from the offset `start` on: 1 with *match, which may be
 * empty; 0; or an error code of PCRE2's, such as a limit.
 */
int arbiter_match(struct arbiter *arbiter, const struct form *form, const char *subject, size_t length, size_t start,
                  struct span *match);

/*
 * Where the attempt began that gave the last match in that subject: before the match, if the pattern has moved its
 * start by \K.
 */
const char *arbiter_attempt(const struct arbiter *arbiter, const char *subject);

/* The same for one form of the program in whole lines. */
int arbiter_match_window(struct arbiter *arbiter, const struct program *program, const struct form *form,
                         struct span window, struct span *match);

/* The same in one line, from `from` on.  A POSIX pattern is searched for without backtracking where PCRE2 gives up. */
int arbiter_match_line(struct arbiter *arbiter, const struct program *program, const struct form *form,
                       struct span line, const char *from, struct span *match);

/*
 * Finds out what the groups of the form's pattern matched in `match`, which arbiter_match_line() found from `from` on
 * and arbiter_lengthen() may have made longer.  1; 0 with nothing known; or an error code of PCRE2's, likewise.
 */
int arbiter_capture(struct arbiter *arbiter, const struct program *program, const struct form *form, struct span line,
                    const char *from, const struct span *match, struct captures *captures);

/* Comes before arbiter_lengthen() for another line. */
void arbiter_begin_line(struct arbiter *arbiter);

/* Moves the end of a match in the line to that of the longest at its place, if that is what the program is for. */
void arbiter_lengthen(struct arbiter *arbiter, const struct program *program, struct span line, struct span *match);

#endif
