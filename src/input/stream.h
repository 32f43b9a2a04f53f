/*
 * stream.h - input that is read, as a sequence of blocks of whole lines, or cut elsewhere.
 *
 * For pipes, terminals, sockets, devices, files in /proc, small files, and files that
 * cannot be mapped.
 */
#ifndef MSCAN_INPUT_STREAM_H
#define MSCAN_INPUT_STREAM_H

#include "input/block.h"
#include "input/compression.h"

#include <stdbool.h>
#include <stdint.h>

struct stream;

struct stream_options {
    struct block_pool *pool;
    size_t block_size; /* how much is read before a block is handed out, in bytes */
    bool null_lines;   /* -z: lines end in NUL */
    /*
     * How many of the bytes may be handed out, when those before `from` are known to offer no place to cut; 0: none
     * yet. NULL: whole lines.
     */
    size_t (*cut)(const void *context, const char *bytes, size_t from, size_t length);
    const void *cut_context;
    /* What the bytes are made UTF-8 from; NULL: they are what they are, but with `marks` a byte-order mark may say it.
     */
    const char *encoding;
    bool marks;
    bool decompress;              /* what is compressed, by its first bytes, is decoded before that */
    enum compression compression; /* of a regular file: what these say, if known; then several threads decode it */
    uint64_t line_max;            /* decompressed text ends before a line of about so many bytes; 0: never */
    uint64_t record_max;          /* so does what is cut at records, before one of so many bytes; 0: it is not */
    bool fill_blocks;             /* --block-buffered: wait until a block is full even when lines have arrived */
    bool bounded;                 /* no more is read than the size hint says */
};

/* What stream_next() hands out. */
struct stream_block {
    struct block block; /* the caller's, to be given back to the pool */
    const char *text;   /* in the block */
    size_t length;      /* bytes of the text; whole lines, unless it is the last */
    uint64_t offset;    /* of its first byte, absolute in the input */
    bool last;          /* nothing comes after it; it may be empty */
    int error;          /* errno of the read that failed after these bytes, or 0 */
    const char *reason; /* when there was no memory for a line, or it cannot be decoded: static text, else NULL */
    bool damaged;       /* its compressed data cannot be decoded from about the offset `damaged_at` on, absolute */
    uint64_t damaged_at;
    struct part *part; /* stream_finish() has to be called first; NULL: all is as it is said here */
};

/*
 * Reads from `fd` on, whose position is the absolute offset `offset`.  `size_hint` is how many
 * bytes a regular file has left, 0 if unknown.  The descriptor stays the caller's.
 */
struct stream *stream_open(int fd, uint64_t offset, uint64_t size_hint, const struct stream_options *options);
void stream_close(struct stream *stream);

/* Whether reading may wait for whoever writes: not a regular file or a disk. */
bool stream_may_wait(const struct stream *stream);

/* Whether its bytes are those of the file, and neither decoded nor decompressed text, as far as is known. */
bool stream_is_raw(const struct stream *stream);

/* The absolute offset in the file up to which it has been read. */
uint64_t stream_position(const struct stream *stream);

/* Makes a waiting stream_next() give up, now or when it comes to wait: its block is the last, with
 * what has arrived so far.  Any thread. */
void stream_cancel(struct stream *stream);

/*
 * Reads the next block: as much as has arrived and ends with a line.  Waits for input until
 * there is a line.  One thread at a time; not after `last`.
 */
void stream_next(struct stream *stream, struct stream_block *next);

/*
 * Decodes a block that has a `part`, and joins it to those before it; then it has its text, which may be none.  Called
 * once for each, by any thread, and several at once: it waits for the blocks before.
 */
void stream_finish(struct stream *stream, struct stream_block *next);

#endif
