/*
 * output-file.h - a file that takes the place of another one only when all of it is there.
 *
 * It is written beside the other one under a name of its own, so that several processes may write the same file at
 * once: the last to finish wins, and nobody sees a part.  One that is killed leaves a file whose name begins with a dot
 * and ends in ".part".
 */
#ifndef MSCAN_OUTPUT_OUTPUT_FILE_H
#define MSCAN_OUTPUT_OUTPUT_FILE_H

#include "base/compiler.h"

struct output_file {
    int fd;            /* can be read, too */
    char *name, *part; /* owned */
};

/* Begins with a file.  Returns 0, or an errno: then there is nothing to finish or to drop. */
int output_file_open(struct output_file *file, const char *name) MUST_CHECK;

/* Puts it in its place once it is on the disk.  Returns 0 or an errno; either way it is done with. */
int output_file_finish(struct output_file *file) MUST_CHECK;

/* Drops what has been written. */
void output_file_drop(struct output_file *file);

#endif
