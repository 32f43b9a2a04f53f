/*
 * outside.h - what lies around the part of a file that is searched, and which lines of the part it makes context of.
 *
 * A selected line before the part may have lines in it as context, and so may one after it.  None of these functions
 * prints anything: the selected lines are those of another part.
 */
#ifndef MSCAN_TASK_OUTSIDE_H
#define MSCAN_TASK_OUTSIDE_H

#include "task/query.h"

#include <stddef.h>
#include <stdint.h>

/* Offsets are counted as in struct task_file. */
struct task_outside {
    uint64_t begin, end; /* of the part: where lines begin, or the file ends */
    uint64_t size;       /* all of the file */
    /* Reads at an offset; fewer bytes than asked for at the end of the file, or where an error has been noted. */
    size_t (*read)(void *context, uint64_t offset, char *to, size_t length);
    void *context;
};

/* How many lines at the beginning of the part are context of a selected line before it. */
uint64_t outside_owed(const struct query *query, const struct task_file *file);

/* How many lines at the end of the part are context of a selected line after it, if they are so many. */
uint64_t outside_due(const struct query *query, const struct task_file *file);

#endif
