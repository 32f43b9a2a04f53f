/*
 * input.h - one input: opened, classified, and mapped or read.
 */
#ifndef MSCAN_INPUT_INPUT_H
#define MSCAN_INPUT_INPUT_H

#include "input/cache.h"
#include "input/map.h"
#include "input/range.h"
#include "input/stream.h"
#include "kernels/kernels.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

/* --mmap and --no-mmap. */
enum map_policy { MAP_AUTO, MAP_PREFER, MAP_REFUSE };

struct input_options {
    enum map_policy map;
    enum huge_policy huge;
    unsigned advice; /* enum advice, or'ed */
    /* What text is decoded from, by iconv's name; NULL: it is what it is, but with `marks` a byte-order mark may say
     * it. */
    const char *encoding;
    bool marks;
    uint64_t line_max, record_max; /* as in stream.h */
    bool decompress;               /* what is compressed is decoded; not of a range */
    bool drop_cache;               /* what was not in the page cache before leaves it again */
    uint64_t small_size;           /* regular files of at most this many bytes are read, not mapped */
    struct range range;            /* only what begins in it is wanted: */
    struct range_units units;
    bool sized; /* files must have this size: */
    uint64_t size;
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
    int descriptor; /* of standard input, which stays the caller's */
    int directory;  /* that the name is relative to, AT_FDCWD for the working directory */
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
    uint64_t origin; /* absolute offset of the whole input, of which a range is a part: the position of an inherited
                        descriptor */
    uint64_t start;  /* absolute offset at which the search begins: that, or where the first line of the range begins */
    uint64_t end;    /* absolute offset at which it ends: that of the range, or where a mapped file ended; UINT64_MAX:
                        wherever reading ends */
    bool ranged;     /* it is of a range */
    enum compression compression; /* of a regular file that is decompressed */
    struct map *map;              /* exactly one of these is set */
    struct stream *stream;
    struct cache *cache;     /* or NULL */
    const char *path_reason; /* why it is mapped or read, static text */
};

/*
 * Opens an input.  False with *error when it cannot be opened, is a directory or is passed over.  The input is closed
 * with input_close() and holds no reference to the source.
 */
bool input_open(struct input *input, const struct input_source *source, const struct input_options *options,
                struct input_error *error) MUST_CHECK;
void input_close(struct input *input);

/* Counts the line ends between the origin and the start.  Returns 0 or an errno.  Only of a range. */
int input_lines_before(const struct input *input, char line_end, const struct kernels *kernels,
                       uint64_t *lines) MUST_CHECK;

/*
 * Where the search begins and ends, absolute.  An input either has all its bytes at hand, and any range of them can be
 * looked at (lease.h), or it is read, one block after the other, by these functions, as stream.h says.
 */
void input_bounds(const struct input *input, uint64_t *start, uint64_t *end);
bool input_has_ranges(const struct input *input);
void input_next(struct input *input, struct stream_block *block);
void input_finish(struct input *input, struct stream_block *block);
bool input_may_wait(const struct input *input);
void input_cancel(struct input *input); /* any thread; without effect on ranges */

/* The size of a regular file when it was opened; UINT64_MAX of any other input. */
uint64_t input_size(const struct input *input);

/* Whether it is the file of that status. */
bool input_is_file(const struct input *input, const struct stat *status);

/*
 * Of a regular file that is read and has not been yet: passes over the bytes that it has for certain by its size, and
 * returns how many.  *all says whether nothing comes after them; else reading goes on there.
 */
uint64_t input_pass_over(struct input *input, bool *all);

/*
 * Leaves the descriptor of standard input, if that is a regular file, at an absolute offset for the next program that
 * reads it; UINT64_MAX: at its end.
 */
void input_leave_at(const struct input *input, uint64_t offset);

/*
 * What was read may turn out to be wrong: the file has shrunk or its disk failed.  The first looks for that now; the
 * second tells the absolute offset before which all bytes are right, UINT64_MAX when all are; and the third, for one
 * that is less, the errno, 0 when the file shrank.  Any thread.
 */
void input_check(struct input *input);
uint64_t input_good_end(const struct input *input);
int input_bad_error(const struct input *input);

/* How many bytes of it are in huge pages. */
uint64_t input_huge_bytes(const struct input *input);

/* Of an input that has ranges: nothing before the absolute offset is wanted any more.  One thread at a time. */
void input_pass(struct input *input, uint64_t offset);

/* Closes the descriptor of an input that has been read to its end, before input_close(); standard input stays open. */
void input_release(struct input *input);

#endif
