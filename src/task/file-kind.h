/*
 * file-kind.h - what a file says that it is, when it is no text that is searched as such.
 */
#ifndef MSCAN_TASK_FILE_KIND_H
#define MSCAN_TASK_FILE_KIND_H

#include "base/span.h"

struct file_kind {
    const char *name;   /* as in "UTF-16" and "gzip" */
    const char *reader; /* the command that makes text of it, from standard input; NULL: it is an encoding of text */
};

/*
 * The kind that the first bytes of a file tell; NULL when they tell none.  Sources: The Unicode Standard, section 2.6
 * (UTF-8's mark is no other kind); RFC 1952 (gzip), RFC 8878 (zstd), the specifications of xz and of lz4's frames,
 * and the sources of bzip2.
 */
const struct file_kind *file_kind_of(struct span text);

#endif
