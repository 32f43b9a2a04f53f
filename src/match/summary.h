/*
 * summary.h - how a pattern set finds lines, in plain words.
 */
#ifndef MSCAN_MATCH_SUMMARY_H
#define MSCAN_MATCH_SUMMARY_H

#include "match/pattern-set.h"

#include <stdio.h>

/* One sentence, without a newline. */
void summary_sentence(const struct pattern_set *set, FILE *out);

#endif
