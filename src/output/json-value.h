/*
 * json-value.h - writes values in JSON.
 *
 * Bytes of files and names need not be UTF-8, which JSON is: they stand in an object, {"text": ...} or, in base64,
 * {"bytes": ...}.
 */
#ifndef MSCAN_OUTPUT_JSON_VALUE_H
#define MSCAN_OUTPUT_JSON_VALUE_H

#include "base/span.h"
#include "output/output.h"

#include <stdint.h>
#include <string.h>

/*
 * What is written is gathered here first: a line of JSON has dozens of short pieces, and an output has more to do for
 * each than to copy it.  From json_begin() to json_flush().
 */
struct json_writer {
    struct output *output;
    size_t used;
    char bytes[4096];
};

static inline void json_begin(struct json_writer *writer, struct output *output)
{
    writer->output = output;
    writer->used = 0;
}

void json_flush(struct json_writer *writer);

/* Writes bytes as they are; where it is inlined, those of a literal are a few moves. */
__attribute__((always_inline)) static inline void json_bytes(struct json_writer *writer, const char *bytes,
                                                             size_t length)
{
    if (length > sizeof writer->bytes - writer->used) {
        json_flush(writer);
        if (length > sizeof writer->bytes) {
            output_bytes(writer->output, bytes, length);
            return;
        }
    }
    memcpy(writer->bytes + writer->used, bytes, length);
    writer->used += length;
}

/* Writes a string as it is: punctuation, keys. */
__attribute__((always_inline)) static inline void json_print(struct json_writer *writer, const char *string)
{
    json_bytes(writer, string, strlen(string));
}

/* Writes what comes before a value, such as its key and a colon, and the value. */
void json_write_number(struct json_writer *writer, uint64_t value);
void json_write_data(struct json_writer *writer, struct span data);

static inline void json_number(struct json_writer *writer, const char *key, uint64_t value)
{
    json_print(writer, key);
    json_write_number(writer, value);
}

static inline void json_data(struct json_writer *writer, const char *key, struct span data)
{
    json_print(writer, key);
    json_write_data(writer, data);
}

#endif
