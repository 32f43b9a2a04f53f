/*
 * number.h - numbers in text.
 */
#ifndef MSCAN_BASE_NUMBER_H
#define MSCAN_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The most digits that a uint64_t has in decimal. */
#define NUMBER_DIGITS_MAX 20

/*
 * Reads all of `text` as a decimal number, with one of the suffixes k, K (2^10), M, G, T,
 * P (2^50) when `suffixes`.  A number too large for 64 bits becomes UINT64_MAX.
 * False, and *value untouched, when the text is anything else (empty, signed, trailing letters).
 */
bool number_parse(const char *text, bool suffixes, uint64_t *value);

/* Writes `value` in decimal so that it ends just before `end`, and returns where it begins. */
char *number_format(char *end, uint64_t value);

#endif
