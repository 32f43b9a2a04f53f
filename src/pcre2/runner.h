/*
 * runner.h - runs programs of PCRE2 in one thread, within limits.
 */
#ifndef MSCAN_PCRE2_RUNNER_H
#define MSCAN_PCRE2_RUNNER_H

#include "base/span.h"
#include "pcre2/limits.h"
#include "pcre2/program.h"

#include <stddef.h>
#include <stdint.h>

struct runner;
struct captures;

struct runner *runner_create(const struct match_limits *limits);
void runner_free(struct runner *runner);

/*
 * A match of the form in the `length` bytes of `subject` from the offset `start` on: 1 with *match, which may be
 * empty; 0; or an error code of PCRE2's, such as a limit.
 */
int runner_match(struct runner *runner, const struct form *form, const char *subject, size_t length, size_t start,
                 struct span *match);

/*
 * Where the attempt began that gave the last match in that subject: before the match, if the pattern has moved its
 * start by \K.
 */
const char *runner_attempt(const struct runner *runner, const char *subject);

/* The same in a window of whole lines. */
int runner_match_window(struct runner *runner, const struct program *program, const struct form *form,
                        struct span window, struct span *match);

/* The same in one line, from `from` on.  A POSIX pattern is searched for without backtracking where PCRE2 gives up. */
int runner_match_line(struct runner *runner, const struct program *program, const struct form *form, struct span line,
                      const char *from, struct span *match);

/*
 * Finds the groups of `match`, which runner_match_line() found from `from` on and runner_lengthen() may have made
 * longer. Returns 1; 0 when nothing is known of them; or an error code of PCRE2's.
 */
int runner_capture(struct runner *runner, const struct program *program, const struct form *form, struct span line,
                   const char *from, const struct span *match, struct captures *captures);

/* Call it before runner_lengthen() for another line. */
void runner_begin_line(struct runner *runner);

/* Moves the end of a match to that of the longest match at its place, if the program is for the longest. */
void runner_lengthen(struct runner *runner, const struct program *program, struct span line, struct span *match);

#endif
