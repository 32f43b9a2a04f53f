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
 * Called when the buffer is full, with the lines that are complete, or with the beginning of a line of more than 1 MiB:
 * must empty it with output_write() or output_clear(), after waiting for the chunk's turn.  False ends the chunk: all
 * that is printed afterwards is thrown away.
 */
typedef bool output_flush(void *context, struct output *output);

struct output *output_create(void);

/* What lines end in, which are not written in parts; a newline if nothing is said. */
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

/* What is in it, where all has been copied and nothing written. */
const char *output_copied(const struct output *output, size_t *length);

/* How many bytes wait to be written. */
uint64_t output_size(const struct output *output);

void output_clear(struct output *output);

/*
 * While it is set, no line is written before it has ended: text is copied, and the buffer grows.  For lines that may
 * become much longer than their text.
 */
void output_keep_whole(struct output *output, bool whole);

/* A slice holds a line of 1 MiB with all that is printed before it. */
#define OUTPUT_SLICE_MAX ((size_t)2 << 20)

/* Text that may vanish at any time. */
struct output_source {
    /*
     * Says where the text ends now, if it ends earlier than it did; else NULL.  It ends earlier and earlier, but text
     * behind the end can be read, if only as zeros.
     */
    const char *(*text_end)(void *context);
    void *context;
    char *slice; /* OUTPUT_SLICE_MAX bytes, for what has been copied */
};

/*
 * Writes all of it to the descriptor and empties it.  Returns 0 or an errno.  With a `source`, text that the output
 * refers to is copied first, and written if it was still there afterwards.  What was not is dropped, and so are the
 * beginning of its line and all that comes later.  Lines of up to 1 MiB are written whole or not at all; the beginning
 * of a longer one may have been written.
 */
int output_write(struct output *output, int fd, const struct output_source *source) MUST_CHECK;

/* How many bytes the last output_write() has written. */
uint64_t output_written(const struct output *output);

/* Whether those ended within a line. */
bool output_is_in_line(const struct output *output);

#endif
