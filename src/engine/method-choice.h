/*
 * method-choice.h - which of several ways of doing the same is fastest on the text at hand, by the clock.
 *
 * For each way it is known what it costs at the least.  A way is tried when that is less than the best of the others
 * costs.  One that has lost is tried again later, since texts change, and each time the wait is longer.
 */
#ifndef MSCAN_ENGINE_METHOD_CHOICE_H
#define MSCAN_ENGINE_METHOD_CHOICE_H

#include <stdbool.h>
#include <stddef.h>

#define METHOD_CHOICE_WAYS 3

struct way {
    double least;   /* that it can cost; costs are in nanoseconds for a byte */
    double cost;    /* as measured */
    unsigned tries; /* measurements, up to those that a trial takes; 0: to be tried */
    unsigned wait;  /* picks until it is to be tried again */
    unsigned pause; /* the next such wait */
};

struct method_choice {
    struct way ways[METHOD_CHOICE_WAYS];
    size_t count; /* of ways: at least 1 */
    size_t current;
};

/* Adds a way; the first is tried first. */
void method_choice_add(struct method_choice *choice, double least);

/* The way to take now, by its number. */
size_t method_choice_pick(struct method_choice *choice);

/* Notes what the picked way has cost.  Not every pick needs a note. */
void method_choice_note(struct method_choice *choice, double cost);

#endif
