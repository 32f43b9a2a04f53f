/*
 * program-options.h - how patterns become programs of PCRE2.
 */
#ifndef MSCAN_PCRE2_PROGRAM_OPTIONS_H
#define MSCAN_PCRE2_PROGRAM_OPTIONS_H

#include "syntax/dialect.h"

#include <stdbool.h>

struct program_options {
    /*
     * The text is in PCRE2's syntax whatever the dialect of the patterns is.  With crlf, one line at a time, which
     * comes without its carriage return.  With null_lines, a line may hold newlines: one at a time, with the pattern as
     * it is, as "grep -z -P" has it; in a POSIX pattern the dot matches them.
     */
    const struct dialect *dialect;
    bool lines_only;             /* as in struct matcher_options */
    bool interpreted;            /* not by code from PCRE2's JIT compiler */
    const unsigned char *tables; /* of an 8-bit locale, from pcre2_maketables(); NULL: the C locale's */
};

/* The same for a list. */
struct program_list_options {
    bool apart; /* of the sources, only those that are `apart`; otherwise, only the others */
    struct program_options program;
};

#endif
