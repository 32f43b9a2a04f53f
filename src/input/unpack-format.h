/*
 * unpack-format.h - a format of compressed data: how a library decodes it, piece by piece.
 *
 * A file of such data is a row of members, each compressed by itself; gzip, zstd, xz, bzip2 and lz4 all have that.
 */
#ifndef MSCAN_INPUT_UNPACK_FORMAT_H
#define MSCAN_INPUT_UNPACK_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The most memory that decoding one file may take, in bytes; a file that asks for more is refused.  xz -9 takes 65 MiB
 * and zstd --ultra -22 128 MiB.
 */
#define UNPACK_MEMORY_LOG 28
#define UNPACK_MEMORY_MAX ((size_t)1 << UNPACK_MEMORY_LOG)

/* What a step reads and writes; it moves all four on. */
struct unpack_step {
    const char *from;
    size_t length;
    char *to;
    size_t room;
    bool ended;         /* nothing comes after these bytes */
    const char *reason; /* with UNPACK_REFUSED: why; static text */
    size_t back;        /* with UNPACK_DAMAGED: so many bytes before `from` begins what is damaged */
};

enum unpack_verdict {
    UNPACK_WITHIN,  /* in a member: more is to be read or written */
    UNPACK_BETWEEN, /* all members so far have ended; the data may end here */
    UNPACK_DAMAGED,
    UNPACK_REFUSED, /* nobody can say that it is damaged, but it is not decoded */
};

struct unpack_format {
    const char *library; /* NULL: not built in, and so are the functions */
    const char *missing; /* what is said then */
    const char *(*version)(void);
    void *(*create)(bool begun); /* NULL: no memory; `begun`: other members come before the first */
    void (*destroy)(void *state);
    /*
     * Decodes until the bytes are used up, the room is full, or it cannot go on; those of gzip and zstd end with each
     * member, too.  A step that moves nothing on needs more bytes.
     */
    enum unpack_verdict (*step)(void *state, struct unpack_step *step);
};

extern const struct unpack_format unpack_gzip, unpack_bzip2, unpack_xz, unpack_zstd, unpack_lz4;

#endif
