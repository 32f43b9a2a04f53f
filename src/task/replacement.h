/*
 * replacement.h - the text that takes the place of matches, with the groups of each.
 *
 * Source of its syntax: pcre2_substitute(), without options (pcre2api(3), "Creating a new string with substitutions"):
 * $1 or ${1} is a group by its number, 0 for the whole match; $name or ${name} by its name; and $$ is a dollar sign.
 */
#ifndef MSCAN_TASK_REPLACEMENT_H
#define MSCAN_TASK_REPLACEMENT_H

#include "base/mistake.h"
#include "base/text.h"
#include "match/condition.h"

#include <stdbool.h>
#include <stddef.h>

/* Read only. */
struct replacement;

/* Reads a replacement; NULL with *mistake when it is wrong.  With `unicode` it has to be valid UTF-8. */
struct replacement *replacement_create(const char *text, bool unicode, struct mistake *mistake) MUST_CHECK;
void replacement_free(struct replacement *replacement);

/* Whether it names a group: then the matcher needs its option `groups`. */
bool replacement_has_groups(const struct replacement *replacement);

/* Whether each of its groups is one of some pattern's; false with *mistake. */
bool replacement_suits(const struct replacement *replacement, const struct matcher *matcher, struct mistake *mistake);

/*
 * Adds to `text` what stands for a match, which matcher_find() has just found.  A group that was not set, or that its
 * pattern does not have, is empty.
 */
void replacement_expand(const struct replacement *replacement, struct condition_state *condition, struct span match,
                        struct text *text);

#endif
