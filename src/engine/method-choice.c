#include "engine/method-choice.h"

/* The first measurement of a trial includes what happens once, such as the building of states. */
#define TRIAL 2

/* One measurement is enough of what costs so many times as much as another way. */
#define HOPELESS 4

/* A way that has lost waits for so many picks at first, and at the most. */
#define PAUSE_FIRST 16
#define PAUSE_LAST 1024

/* The smallest of a few measurements counts, for the others were disturbed; so a cost rises by this factor only. */
#define RISE 1.25

void method_choice_add(struct method_choice *choice, double least)
{
    choice->ways[choice->count++] = (struct way){.least = least, .pause = PAUSE_FIRST};
}

static double expected(const struct way *way)
{
    return way->tries ? way->cost : way->least;
}

static size_t best_of(const struct method_choice *choice)
{
    size_t best = 0;
    for (size_t i = 1; i < choice->count; i++)
        if (expected(&choice->ways[i]) < expected(&choice->ways[best]))
            best = i;
    return best;
}

size_t method_choice_pick(struct method_choice *choice)
{
    for (size_t i = 0; i < choice->count; i++) {
        struct way *way = &choice->ways[i];
        if (i != choice->current && way->tries && way->wait > 0 && --way->wait == 0)
            way->tries = 0;
    }
    const struct way *current = &choice->ways[choice->current];
    if (current->tries == 0 || current->tries == TRIAL)
        choice->current = best_of(choice);
    return choice->current;
}

/* The best of all but the current one, as expected; NULL when there is no other. */
static const struct way *best_other(const struct method_choice *choice)
{
    const struct way *best = NULL;
    for (size_t i = 0; i < choice->count; i++)
        if (i != choice->current && (!best || expected(&choice->ways[i]) < expected(best)))
            best = &choice->ways[i];
    return best;
}

void method_choice_note(struct method_choice *choice, double cost)
{
    struct way *way = &choice->ways[choice->current];
    const struct way *other = best_other(choice);
    if (way->tries == 0)
        way->cost = cost;
    else if (way->tries < TRIAL)
        way->cost = cost < way->cost ? cost : way->cost;
    else
        way->cost = cost < way->cost * RISE ? cost : way->cost * RISE;
    if (way->tries < TRIAL)
        way->tries = other && cost > expected(other) * HOPELESS ? TRIAL : way->tries + 1;
    if (way->tries < TRIAL || !other)
        return;
    if (way->cost <= expected(other)) {
        way->pause = PAUSE_FIRST;
    } else {
        way->wait = way->pause;
        way->pause = way->pause < PAUSE_LAST ? 2 * way->pause : PAUSE_LAST;
    }
}
