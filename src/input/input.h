/*
 * input.h - one input: opened, classified, and mapped or read.
 */
#ifndef MSCAN_INPUT_INPUT_H
#define MSCAN_INPUT_INPUT_H

#include "input/map.h"
#include "input/stream.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

/* --mmap and --no-mmap. */
enum map_policy { MAP_AUTO, MAP_PREFER, MAP_REFUSE };

struct input_options {
    enum map_policy map;
    enum huge_policy huge;
    unsigned advice;     /* enum advice, or'ed */
    uint64_t small_size; /* regular files of at most this many bytes are read, not mapped */
    struct stream_options stream;
};

/*
 * Regular files up to this size are read; larger ones are mapped.  Setting a mapping up and
 * taking it down costs more than copying a small file.
 */
extern const uint64_t INPUT_SMALL_SIZE;

/* Why an input cannot be had. */
struct input_error {
    int error;          /* errno, or 0 */
    const char *reason; /* static text when error is 0 */
};

struct input {
    int fd;
    bool owns_fd; /* standard input is not ours to close */
    struct stat status;
    uint64_t start;  /* absolute offset at which the search begins: the position of an inherited descriptor */
    struct map *map; /* exactly one of these is set */
    struct stream *stream;
    const char *path_reason; /* why it is mapped or read, static text */
};

/*
 * Opens `name`, "-" being standard input.  False with *error when it cannot be opened or is a
 * directory.  The input is closed with input_close() and holds no reference to `name`.
 */
bool input_open(struct input *input, const char *name, const struct input_options *options,
                struct input_error *error) MUST_CHECK;
void input_close(struct input *input);

/* Closes the descriptor of an input that has been read to its end, before input_close(); standard input stays open. */
void input_release(struct input *input);

#endif
