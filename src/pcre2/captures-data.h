/*
 * captures-data.h - what captures are made of, for the modules that call PCRE2.
 */
#ifndef MSCAN_PCRE2_CAPTURES_DATA_H
#define MSCAN_PCRE2_CAPTURES_DATA_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

struct captures {
    pcre2_match_data *match_data; /* with room for all groups of all patterns */
    const pcre2_code *code;       /* what was matched, NULL: nothing is known of any group */
    const char *base;             /* where the subject began */
};

#endif
