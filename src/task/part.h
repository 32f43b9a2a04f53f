/*
 * part.h - what a task has found in a part of a file, so that parts can be merged to what one run prints.
 *
 * A part's state is a kind and some numbers with names, which a manifest keeps, and a text.  It stands beside the
 * output of the run, in which the same may be found for people to read.
 */
#ifndef MSCAN_TASK_PART_H
#define MSCAN_TASK_PART_H

#include "output/output.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PART_NUMBERS_MAX 24

struct part_number {
    const char *name; /* static text, or the reader's */
    uint64_t value;
};

struct part_state {
    const char *kind; /* parts of different kinds do not fit together */
    struct part_number numbers[PART_NUMBERS_MAX];
    size_t count;
    char *text; /* owned, or NULL */
    size_t length;
};

/* A part as merge() sees it. */
struct part {
    const char *name; /* of the file, as it is printed */
    struct part_state state;
    const char *output; /* `bytes` of it */
    size_t bytes;
};

/* What merging came to. */
struct part_outcome {
    bool selected; /* as the exit status says it */
};

void part_state_free(struct part_state *state);

/* There is room for PART_NUMBERS_MAX. */
void part_state_add(struct part_state *state, const char *name, uint64_t value);

/* A number of the state; 0 when there is none. */
uint64_t part_state_get(const struct part_state *state, const char *name);

#endif
