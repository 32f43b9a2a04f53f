/*
 * program-list.h - all patterns, compiled by PCRE2 into as few programs as may be.
 */
#ifndef MSCAN_MATCH_PROGRAM_LIST_H
#define MSCAN_MATCH_PROGRAM_LIST_H

#include "match/pattern.h"
#include "match/program.h"

#include <stdbool.h>
#include <stddef.h>

struct program_list {
    struct program *items; /* a line matches when one of them does */
    size_t count;
};

struct program_list_options {
    bool fixed; /* the patterns are strings */
    struct wrapping wrapping;
    struct program_options program;
};

/*
 * Compiles the patterns.  False with *error and the pattern's index in *index when one is not right.  The list's
 * memory is freed by program_list_free() in both cases.
 */
bool program_list_compile(struct program_list *list, const struct pattern_list *patterns,
                          const struct program_list_options *options, struct program_error *error, size_t *index);
void program_list_free(struct program_list *list);

#endif
