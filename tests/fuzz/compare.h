/*
 * compare.h - runs a trial through the matcher and through the reference.
 */
#ifndef MSCAN_FUZZ_COMPARE_H
#define MSCAN_FUZZ_COMPARE_H

#include "trial.h"

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
};

/* False when they differ, with the difference in words appended to *difference. */
bool compare_trial(const struct trial *trial, struct tally *tally, struct bytes *difference);

#endif
