/*
 * captures.h - what the groups of a pattern matched, in one match.
 */
#ifndef MSCAN_MATCH_CAPTURES_H
#define MSCAN_MATCH_CAPTURES_H

#include "match/arbiter.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct captures {
    pcre2_match_data *match_data; /* with room for all groups of all patterns */
    const pcre2_code *code;       /* what was matched, NULL: nothing is known of any group */
    const char *base;             /* where the subject began */
};

/* Makes room for groups up to a number; captures_release() gives it back. */
struct captures captures_create(uint32_t groups);
void captures_release(struct captures *captures);

/* The text of a group, from 1.  False when it was not set, or the pattern has none of that number. */
bool captures_number(const struct captures *captures, unsigned number, struct span *group);

/* The same by name; where several groups have it, the first that was set. */
bool captures_name(const struct captures *captures, const char *name, struct span *group);

#endif
