/*
 * literal.h - a sequence of masked bytes (see kernels/needle.h), so that a letter in both cases, or a digit, is one
 * position of it.
 */
#ifndef MSCAN_LITERAL_LITERAL_H
#define MSCAN_LITERAL_LITERAL_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct literal {
    uint8_t *value,
        *mask; /* `length` bytes each, and zeros up to the next multiple of 8; value[i] has no bit that mask[i] lacks */
    size_t length;
};

/*
 * Writes one for --explain: in quotes, with sets of bytes or characters in brackets, as in "b[a-d]c"; or, where each
 * letter fits in both cases and nothing else is open, as "error" in any case.
 */
void literal_explain(const struct literal *literal, FILE *out);

#endif
