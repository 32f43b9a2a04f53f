/*
 * file-kind.h - what a file says that it is, when it is no text that is searched as such.
 */
#ifndef MSCAN_TASK_FILE_KIND_H
#define MSCAN_TASK_FILE_KIND_H

#include "base/span.h"

#include <stdbool.h>

struct file_kind {
    const char *name; /* as in "UTF-16" and "gzip" */
    bool compressed;  /* else it is an encoding of text */
};

/*
 * The kind that the first bytes of a file tell; NULL when they tell none: compression.h, and The Unicode Standard,
 * section 2.6.  UTF-8's mark is no other kind.
 */
const struct file_kind *file_kind_of(struct span text);

#endif
