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

/* What is opened, and how. */
struct input_source {
    bool standard_input;
    int directory; /* that the name is relative to, AT_FDCWD for the working directory */
    const char *name;
    bool no_follow;    /* a symbolic link is passed over */
    bool skip_devices; /* so is a device, a FIFO or a socket */
};

/* Why an input cannot be had. */
struct input_error {
    int error;          /* errno, or 0 */
    const char *reason; /* static text when error is 0; NULL too: it is to be passed over */
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
 * Opens an input.  False with *error when it cannot be opened, is a directory or is passed over.  The input is closed
 * with input_close() and holds no reference to the source.
 */
bool input_open(struct input *input, const struct input_source *source, const struct input_options *options,
                struct input_error *error) MUST_CHECK;
void input_close(struct input *input);

/* Closes the descriptor of an input that has been read to its end, before input_close(); standard input stays open. */
void input_release(struct input *input);

#endif
