/*
 * output.h - what one chunk prints, until it is its turn.
 *
 * A sequence of bytes: short pieces are copied into a buffer of fixed size, long ones are
 * kept as references to the text itself and written from there.
 */
#ifndef MSCAN_OUTPUT_OUTPUT_H
#define MSCAN_OUTPUT_OUTPUT_H

#include "base/compiler.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct output;

/*
 * Called when the buffer is full: must empty it with output_write() or output_clear(), after waiting for
 * the chunk's turn.  False ends the chunk: all that is printed afterwards is thrown away.
 */
typedef bool output_flush(void *context, struct output *output);

struct output *output_create(void);

/* What lines end in, for output_cut() and output_is_in_line(); a newline if nothing is said. */
void output_set_line_end(struct output *output, char line_end);
void output_free(struct output *output);

/*
 * Empties it and sets what is called when it is full; the first `skip` bytes printed are thrown away. Without
 * `references` all text is copied: for text that may change before it has been written.
 */
void output_begin(struct output *output, bool references, uint64_t skip, output_flush *flush, void *context);

/* Adds bytes, which are copied. */
void output_bytes(struct output *output, const char *bytes, size_t length);

/* Adds one byte. */
void output_byte(struct output *output, char byte);

/* Adds text; with references, long text is not copied and must stay as it is until the output has been written. */
void output_text(struct output *output, const char *text, size_t length);

/* Calls the flush function now, if there is anything to write. */
void output_flush_now(struct output *output);

bool output_is_empty(const struct output *output);

/* Whether it refers to text outside its buffer. */
bool output_has_references(const struct output *output);

/* How many bytes wait to be written. */
uint64_t output_size(const struct output *output);

void output_clear(struct output *output);

/*
 * Shortens the output so that it no longer refers to text from `bad` on within [begin, end): a reference that
 * reaches it is cut after the last newline before it, and all that comes later is dropped.
 */
void output_cut(struct output *output, const char *begin, const char *end, const char *bad);

/* Whether what was written last ended within a line. */
bool output_is_in_line(const struct output *output);

/*
 * Writes all of it to the descriptor and empties it.  Returns 0 or an errno.  EFAULT means that
 * a reference could not be read: *fault is where, what came before has been written and is gone from the output.
 */
int output_write(struct output *output, int fd, const char **fault) MUST_CHECK;

#endif
