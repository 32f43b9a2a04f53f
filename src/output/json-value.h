/*
 * json-value.h - values in JSON.
 *
 * Bytes of files and names need not be UTF-8, which JSON is: they stand in an object, {"text": ...} or, in base64,
 * {"bytes": ...}.
 */
#ifndef MSCAN_OUTPUT_JSON_VALUE_H
#define MSCAN_OUTPUT_JSON_VALUE_H

#include "base/span.h"
#include "output/output.h"

#include <stdint.h>

/* Prints a string as it is: punctuation, keys. */
void json_print(struct output *output, const char *string);

/* Prints what comes before a value, such as its key and a colon, and the value. */
void json_number(struct output *output, const char *key, uint64_t value);
void json_data(struct output *output, const char *key, struct span data);

#endif
