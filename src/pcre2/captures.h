/*
 * captures.h - what the groups of a pattern matched, in one match.
 */
#ifndef MSCAN_PCRE2_CAPTURES_H
#define MSCAN_PCRE2_CAPTURES_H

#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

struct captures;

/* Room for the groups up to a number, of which nothing is known yet. */
struct captures *captures_create(uint32_t groups);

/* NULL is allowed. */
void captures_free(struct captures *captures);

/* The text of a group, from 1.  False when it was not set, or the pattern has none of that number. */
bool captures_number(const struct captures *captures, unsigned number, struct span *group);

/* The same by name; where several groups have it, the first that was set. */
bool captures_name(const struct captures *captures, const char *name, struct span *group);

#endif
