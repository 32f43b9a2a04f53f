/*
 * merge.h - the parts of a file, put together again: --merge.
 */
#ifndef MSCAN_SHARE_MERGE_H
#define MSCAN_SHARE_MERGE_H

#include "share/manifest.h"
#include "task/task.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Says what is wrong with a part, or, where `path` is NULL, with all of them. */
typedef void merge_say(void *context, const char *path, const char *text);

struct merge_options {
    bool force; /* parts of other versions, of files with other inodes and times are taken */
    merge_say *say;
    void *context;
};

/* Parts of one file, in order. */
struct merge {
    struct manifest *parts;
    size_t count;
};

/*
 * Puts parts in order, and checks that they fit together: one file, one task, the same options and versions.  False
 * when they do not, which has been said.  They stay the caller's.
 */
bool merge_order(struct merge *merge, const struct merge_options *options);

/*
 * Calls `found` for each range of the file that no part is of, in order; or says, if it is NULL, which these are and
 * which are there twice.  Returns whether all are there, once.  After merge_order().
 */
typedef void merge_missing(void *context, const struct range *range);
bool merge_is_whole(const struct merge *merge, const struct merge_options *options, merge_missing *found,
                    void *context);

/* Whether a part's output is there, and as it was written; else NULL's opposite: what is wrong with it. */
const char *merge_check_output(const struct manifest *part);

/* Prints what one run prints.  False when that failed, which has been said. */
bool merge_print(const struct merge *merge, const struct merge_options *options, struct output *output,
                 struct part_outcome *outcome);

#endif
