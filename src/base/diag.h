/*
 * diag.h - diagnostics: what goes to standard error.
 *
 * Every message is one line, "mscan: ..." (by the C library's program_invocation_short_name, which main() sets),
 * written with a single write(), so that messages of different threads and processes do not mix.  Control characters in
 * it are escaped (visible.h).
 */
#ifndef MSCAN_BASE_DIAG_H
#define MSCAN_BASE_DIAG_H

#include "base/compiler.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdnoreturn.h>

/* Exit statuses, those of grep. */
enum exit_status {
    EXIT_STATUS_SELECTED = 0, /* some line was selected */
    EXIT_STATUS_NONE = 1,     /* no line was selected */
    EXIT_STATUS_ERROR = 2,    /* something went wrong, whether or not a line was selected */
};

/*
 * A line without an end stands on the terminal that is standard error: messages take its place.  Signal handlers set
 * it, too.
 */
extern _Atomic bool diag_line_shown;

/* The program's name and the message and a newline. */
void diag(const char *format, ...) PRINTF_LIKE(1, 2);

/* "mscan: NAME: " and the message and a newline; `name` is a file's name as the user gave it. */
void diag_file(const char *name, const char *format, ...) PRINTF_LIKE(2, 3);

/*
 * Flushes stdio's standard output and returns `status`, or EXIT_STATUS_ERROR with a message when something that
 * was printed could not be written.
 */
int diag_flush_output(int status);

/* As diag(), and ends the process with status 2: for main(), cli/ and alloc.c only. */
noreturn void diag_die(const char *format, ...) PRINTF_LIKE(1, 2);

#endif
