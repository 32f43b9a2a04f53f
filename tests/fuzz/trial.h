/*
 * trial.h - one random case: patterns, how they are read, and a text.
 */
#ifndef MSCAN_FUZZ_TRIAL_H
#define MSCAN_FUZZ_TRIAL_H

#include "bytes.h"
#include "dice.h"
#include "letters.h"
#include "pattern/pattern.h"
#include "piece.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct trial {
    uint64_t seed, number;
    struct dice dice; /* for what is left to chance when the case runs; a copy is used */
    struct piece **patterns;
    size_t pattern_count; /* at least one */
    bool fixed, ignore_case, word, line, unicode;
    struct bytes text;
    bool returns; /* many of its lines end with a carriage return */
    bool crlf;    /* --crlf */
    struct letters letters;
};

void trial_create(struct trial *trial, uint64_t seed, uint64_t number);
void trial_free(struct trial *trial);

/* The length of a line without its newline that patterns see. */
size_t trial_subject(const struct trial *trial, const char *line, size_t length);

/* The patterns' texts as they are now; pattern_list_free() frees the list. */
void trial_patterns(const struct trial *trial, struct pattern_list *list);

#endif
