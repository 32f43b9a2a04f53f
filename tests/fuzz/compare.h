/*
 * compare.h - runs a trial through the matcher and through the reference.
 */
#ifndef MSCAN_FUZZ_COMPARE_H
#define MSCAN_FUZZ_COMPARE_H

#include "trial.h"

/* How often the matcher said in its explanation that a pattern has this engine. */
struct engine_use {
    char name[56]; /* empty: not used, nor are those behind it */
    uint64_t patterns;
};

#define ENGINE_USES 40

/* What was looked at, summed over trials. */
struct tally {
    uint64_t trials;
    uint64_t refused;   /* patterns that do not compile, with both saying so */
    uint64_t lines;     /* that were decided */
    uint64_t matching;  /* of those */
    uint64_t finds;     /* bounds that were compared */
    uint64_t limits;    /* lines left out: the reference met a limit */
    uint64_t troubles;  /* lines left out: the matcher met one */
    uint64_t disagreed; /* places left out: PCRE2 disagrees with itself there */
    struct engine_use uses[ENGINE_USES];
};

/* Adds what `more` says to *sum. */
void tally_add(struct tally *sum, const struct tally *more);

/* False when they differ, with the difference in words appended to *difference. */
bool compare_trial(const struct trial *trial, struct tally *tally, struct bytes *difference);

#endif
