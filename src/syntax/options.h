/*
 * options.h - the options that a pattern can change: (?i), (?x-s:...), (?^).
 */
#ifndef MSCAN_SYNTAX_OPTIONS_H
#define MSCAN_SYNTAX_OPTIONS_H

#include "syntax/reader.h"

enum option {
    OPTION_CASELESS = 1 << 0,        /* i */
    OPTION_MULTILINE = 1 << 1,       /* m */
    OPTION_DOTALL = 1 << 2,          /* s */
    OPTION_NO_CAPTURE = 1 << 3,      /* n */
    OPTION_EXTENDED = 1 << 4,        /* x */
    OPTION_EXTENDED_MORE = 1 << 5,   /* xx */
    OPTION_UNGREEDY = 1 << 6,        /* U */
    OPTION_DUPLICATE_NAMES = 1 << 7, /* J */
};

/* What a change sets and unsets; no option is in both. */
struct option_change {
    unsigned set, unset;
    bool unknown; /* there are letters beside those */
};

/*
 * Reads the letters up to a closing parenthesis or a colon, which stays unread; the reader stands after the
 * question mark.  False when there is something else than letters.
 */
bool options_read(struct reader *reader, struct option_change *change);

#endif
