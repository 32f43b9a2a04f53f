/*
 * lazy-programs.h - PCRE2's programs for a list of patterns.  An engine may answer without them, so they are compiled
 * when they are first needed, unless some pattern may be wrong.
 */
#ifndef MSCAN_PCRE2_LAZY_PROGRAMS_H
#define MSCAN_PCRE2_LAZY_PROGRAMS_H

#include "pattern/pattern.h"
#include "pcre2/program-options.h"
#include "pcre2/source-pattern.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct lazy_programs;
struct program_list;
struct mistake;

/*
 * Whether compiling can wait, as PCRE2 compiles each of the patterns for certain: they are strings (-F), or all their
 * characters mean themselves, and none is long.
 */
bool lazy_programs_can_wait(const struct pattern_list *patterns, const struct source_pattern_options *options);

/* Programs for patterns that can wait; copies the patterns. */
struct lazy_programs *lazy_programs_create(const struct pattern_list *patterns,
                                           const struct source_pattern_options *source_options,
                                           const struct program_list_options *options);

/* Programs for `count` sources, compiled now; NULL with *mistake as program_list_compile() gives it. */
struct lazy_programs *lazy_programs_create_now(const struct source_pattern *sources, size_t count,
                                               const struct program_list_options *options, struct mistake *mistake);

void lazy_programs_free(struct lazy_programs *lazy);

/*
 * The programs, which are only read afterwards, and last as long as this does.  Any thread may call it.
 */
const struct program_list *lazy_programs_get(struct lazy_programs *lazy);

/* Of these: how many there are, the highest number of a group, and whether some group has that name. */
size_t lazy_programs_count(struct lazy_programs *lazy);
unsigned lazy_programs_groups(struct lazy_programs *lazy);
bool lazy_programs_have_name(struct lazy_programs *lazy, const char *name);

/* Writes lines for --explain. */
void lazy_programs_explain(struct lazy_programs *lazy, FILE *out);

#endif
