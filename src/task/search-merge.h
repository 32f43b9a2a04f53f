/*
 * search-merge.h - what a search of a whole file prints, by what searches of its parts have printed and found.
 */
#ifndef MSCAN_TASK_SEARCH_MERGE_H
#define MSCAN_TASK_SEARCH_MERGE_H

#include "task/part.h"

/* What is printed of a file: the kinds of states. */
#define SEARCH_KIND_LINES "lines"
#define SEARCH_KIND_JSON "JSON lines"
#define SEARCH_KIND_COUNT "count"
#define SEARCH_KIND_NAMES "names"
#define SEARCH_KIND_OTHERS "names without"

/* As in struct task. */
const char *search_merge(const struct part *parts, size_t count, struct output *output, struct part_outcome *outcome);

#endif
