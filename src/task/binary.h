/*
 * binary.h - what is not text, and so is not shown to a terminal.
 */
#ifndef MSCAN_TASK_BINARY_H
#define MSCAN_TASK_BINARY_H

#include "base/span.h"
#include "task/query.h"

enum binary {
    BINARY_NOT,
    BINARY_ENCODING, /* the bytes are not valid UTF-8, where text is */
    BINARY_NUL,      /* there is a NUL byte, which does not end a line */
};

/* What the bytes are to a search; with -a all are text. */
enum binary binary_find(const struct query *query, struct span bytes);

#endif
