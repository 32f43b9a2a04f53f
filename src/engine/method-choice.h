/*
 * method-choice.h - which of several ways of doing the same is fastest on the text at hand, by the clock.
 *
 * Each way has a cost that it cannot be below.  It is tried when that is less than what the best of the others costs,
 * and after having lost it is tried again later, each time later than before: texts change.
 */
#ifndef MSCAN_ENGINE_METHOD_CHOICE_H
#define MSCAN_ENGINE_METHOD_CHOICE_H

#include <stdbool.h>
#include <stddef.h>

#define METHOD_CHOICE_WAYS 3

struct way {
    double least;   /* that it can cost; costs are nanoseconds for a byte */
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

/* What the picked way has cost.  It need not be said of each. */
void method_choice_note(struct method_choice *choice, double cost);

#endif
