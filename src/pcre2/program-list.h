/*
 * program-list.h - all patterns, compiled by PCRE2 into as few programs as may be.
 */
#ifndef MSCAN_PCRE2_PROGRAM_LIST_H
#define MSCAN_PCRE2_PROGRAM_LIST_H

#include "pcre2/program-options.h"
#include "pcre2/program.h"
#include "pcre2/source-pattern.h"

#include <stdbool.h>
#include <stddef.h>

struct program_list {
    struct program *items; /* a line matches when one of them does */
    size_t count;
};

/*
 * Compiles what source_pattern_make() has made of `count` patterns.  False with *mistake
 * when one is not right.  The list's memory is freed by program_list_free() in both cases.
 */
bool program_list_compile(struct program_list *list, const struct source_pattern *sources, size_t count,
                          const struct program_list_options *options, struct mistake *mistake);

/* The highest number of a group in any program. */
uint32_t program_list_groups(const struct program_list *list);

/* Whether some program has a group of that name. */
bool program_list_has_name(const struct program_list *list, const char *name);

void program_list_free(struct program_list *list);

#endif
