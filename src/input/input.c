#include "config.h"

#include "input/input.h"

#include "base/alloc.h"
#include "input/compression.h"
#include "input/decoder.h"
#include "input/directory.h"
#include "input/read-at.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * Milliseconds for 256 MiB in files of that size, cached, one thread, mapped / read (medians of five; the commands are
 * "mscan --mmap -j1 -c zqxj FILES" and the same with --no-mmap):
 *   64 KiB 43 / 18   256 KiB 62 / 29   1 MiB 38 / 25   4 MiB 32 / 26   16 MiB 46 / 40   64 MiB 26 / 28
 * The kernel begins to give huge pages at 16 MiB; before that a page costs more to map than to copy.
 */
const uint64_t INPUT_SMALL_SIZE = UINT64_C(4) << 20;

/* Whether to map, and why, in the order in which a reader would ask. */
static bool should_map(struct input *input, const struct input_options *options)
{
    const struct stat *status = &input->status;
    if (!S_ISREG(status->st_mode)) {
        input->path_reason = S_ISFIFO(status->st_mode)   ? "a pipe"
                             : S_ISSOCK(status->st_mode) ? "a socket"
                             : S_ISCHR(status->st_mode)  ? (isatty(input->fd) ? "a terminal" : "a character device")
                             : S_ISBLK(status->st_mode)  ? "a block device"
                                                         : "not a regular file";
        return false;
    }
    uint64_t size = (uint64_t)status->st_size, end = input->ranged ? input->end : size;
    if (size == 0) {
        input->path_reason = "its size is given as 0";
        return false;
    }
    if (input->start >= end) {
        input->path_reason = input->ranged ? "no line begins in the range" : "its position is at the end";
        return false;
    }
    if (options->map == MAP_REFUSE) {
        input->path_reason = "--no-mmap";
        return false;
    }
    if (options->map == MAP_PREFER) {
        input->path_reason = "--mmap";
        return true;
    }
    /* Of hugetlbfs st_blksize is the size of a page; 64 KiB is the smallest there is. */
    if (status->st_blksize >= (64 << 10) && memory_hugetlb_page_size(input->fd)) {
        input->path_reason = "a file on hugetlbfs";
        return true;
    }
    if (end - input->start <= options->small_size) {
        input->path_reason = input->ranged ? "a small range" : "a small file";
        return false;
    }
    input->path_reason = "a large regular file";
    return true;
}

static bool is_device(mode_t mode)
{
    return S_ISCHR(mode) || S_ISBLK(mode) || S_ISFIFO(mode) || S_ISSOCK(mode);
}

/* Gets the descriptor and its status. */
static bool open_descriptor(struct input *input, const struct input_source *source, struct input_error *error)
{
    *input = (struct input){.fd = source->descriptor, .end = UINT64_MAX};
    *error = (struct input_error){0, NULL};
    if (!source->standard_input) {
        input->owns_fd = true;
        /* A FIFO without a writer would block here, where nothing can cancel it; the stream waits for input instead. */
        int flags = O_RDONLY | O_NOCTTY | O_CLOEXEC | O_NONBLOCK | (source->no_follow ? O_NOFOLLOW : 0);
        do
            input->fd = openat(source->directory, source->name, flags);
        while (input->fd < 0 && errno == EINTR);
    }
    if (input->fd < 0) {
        error->error = errno;
        if (source->no_follow && errno == ELOOP && directory_has_link(source->directory, source->name))
            error->error = 0; /* it is a link by now */
        return false;
    }
    if (fstat(input->fd, &input->status) != 0) {
        error->error = errno;
        return false;
    }
    if (source->skip_devices && input->owns_fd && is_device(input->status.st_mode))
        return false;
    if (S_ISDIR(input->status.st_mode))
        error->error = EISDIR;
    return error->error == 0;
}

/* Whether the size of a file is one to go by: those in /proc say 0, whatever they hold. */
static bool has_size(const struct input *input)
{
    char byte;
    size_t got = 0;
    if (!S_ISREG(input->status.st_mode))
        return false;
    return input->status.st_size > 0 || (read_at(input->fd, 0, &byte, 1, &got) == 0 && got == 0);
}

/* Holds the size against the one that is wanted. */
static bool check_size(const struct input *input, const struct input_options *options, struct input_error *error)
{
    if (!options->sized)
        return true;
    if (!has_size(input))
        error->reason = "it has no size to expect";
    else if ((uint64_t)input->status.st_size != options->size)
        error->reason = "its size is not the one that --expect-size gives";
    return !error->reason;
}

/* Whether the text of a regular file is to be decoded, as it is asked for or a mark at its start says. */
static bool is_encoded(const struct input *input, const struct input_options *options)
{
    char start[DECODER_MARK_MAX];
    size_t got;
    if (options->encoding)
        return true;
    return options->marks && input->origin == 0 && S_ISREG(input->status.st_mode) &&
           read_at(input->fd, 0, start, sizeof start, &got) == 0 && decoder_marked(start, got);
}

/* What a regular file is to be decompressed by, as its first bytes say. */
static enum compression find_compression(struct input *input, const struct input_options *options)
{
    static const char *const reasons[COMPRESSIONS] = {
        NULL,
        "compressed by gzip",
        "compressed by bzip2",
        "compressed by xz",
        "compressed by zstd",
        "compressed by lz4",
    };
    char start[COMPRESSION_MARK_MAX];
    size_t got;
    if (!options->decompress || !S_ISREG(input->status.st_mode) ||
        read_at(input->fd, input->start, start, sizeof start, &got) != 0)
        return COMPRESSION_NONE;
    const enum compression compression = compression_of(start, got);
    input->path_reason = reasons[compression];
    return compression;
}

/* Leaves only the range of the input. */
static bool narrow(struct input *input, const struct input_options *options, struct input_error *error)
{
    if (options->range.kind == RANGE_ALL)
        return true;
    if (!has_size(input)) {
        error->reason = "only a regular file has ranges and shares";
        return false;
    }
    if (is_encoded(input, options)) {
        error->reason = "text that has to be decoded has no ranges and shares";
        return false;
    }
    uint64_t size = (uint64_t)input->status.st_size;
    range_bytes(&options->range, size, &input->start, &input->end);
    error->error = range_align(input->fd, input->origin, size > input->origin ? size : input->origin,
                               options->stream.null_lines ? '\0' : '\n', &options->units, &input->start, &input->end);
    input->ranged = true;
    return error->error == 0;
}

/* Maps an input, or gets it ready to be read. */
static bool prepare(struct input *input, const struct input_options *options, struct input_error *error)
{
    uint64_t size = S_ISREG(input->status.st_mode) ? (uint64_t)input->status.st_size : 0;
    uint64_t end = input->ranged ? input->end : size;
    if (options->drop_cache && S_ISREG(input->status.st_mode))
        input->cache = cache_create(input->fd, input->start, end);
    input->compression = find_compression(input, options);
    const bool map = input->compression == COMPRESSION_NONE && should_map(input, options);
    if (map && is_encoded(input, options)) {
        input->path_reason = "its text is decoded";
    } else if (map) {
        input->map = map_open(input->fd, input->start, end, options->huge, options->advice, &error->reason);
        if (input->map) {
            input->end = end;
            return true;
        }
        if (error->reason)
            return false;
        input->path_reason = "it cannot be mapped";
    }
    if (input->start != input->origin && lseek(input->fd, (off_t)input->start, SEEK_SET) < 0) {
        error->error = errno;
        return false;
    }
    struct stream_options stream = options->stream;
    stream.bounded = input->ranged;
    stream.encoding = options->encoding;
    stream.marks = options->marks;
    stream.decompress = options->decompress;
    stream.line_max = options->line_max;
    stream.record_max = options->record_max;
    stream.compression = input->compression;
    input->stream = stream_open(input->fd, input->start, end > input->start ? end - input->start : 0, &stream);
    return true;
}

bool input_open(struct input *input, const struct input_source *source, const struct input_options *options,
                struct input_error *error)
{
    if (!open_descriptor(input, source, error)) {
        input_close(input);
        return false;
    }
    off_t position = input->owns_fd ? 0 : lseek(input->fd, 0, SEEK_CUR);
    if (position < 0 && S_ISREG(input->status.st_mode)) {
        error->error = errno;
        return false;
    }
    input->start = input->origin = position > 0 ? (uint64_t)position : 0;
    if (check_size(input, options, error) && narrow(input, options, error) && prepare(input, options, error))
        return true;
    input_close(input);
    return false;
}

/* How much is read at a time to count lines. */
#define LINES_PIECE ((size_t)1 << 20)

int input_lines_before(const struct input *input, char line_end, const struct kernels *kernels, uint64_t *lines)
{
    char *piece = xmalloc(LINES_PIECE);
    int error = 0;
    size_t got = 1;
    *lines = 0;
    for (uint64_t at = input->origin; at < input->start && got > 0 && !error; at += got) {
        uint64_t rest = input->start - at;
        error = read_at(input->fd, at, piece, rest < LINES_PIECE ? (size_t)rest : LINES_PIECE, &got);
        *lines += (line_end ? kernels->count_newlines : kernels->count_nuls)(piece, got);
    }
    free(piece);
    return error;
}

/* --- what mapped and read inputs have in common --- */

void input_bounds(const struct input *input, uint64_t *start, uint64_t *end)
{
    *start = input->start;
    *end = input->end;
}

bool input_has_ranges(const struct input *input)
{
    return input->map != NULL;
}

void input_next(struct input *input, struct stream_block *block)
{
    stream_next(input->stream, block);
    if (input->cache)
        cache_pass(input->cache, NULL, stream_position(input->stream));
}

void input_finish(struct input *input, struct stream_block *block)
{
    stream_finish(input->stream, block);
}

void input_pass(struct input *input, uint64_t offset)
{
    if (input->cache)
        cache_pass(input->cache, input->map, offset);
}

bool input_may_wait(const struct input *input)
{
    return input->stream && stream_may_wait(input->stream);
}

void input_cancel(struct input *input)
{
    if (input->stream)
        stream_cancel(input->stream);
}

uint64_t input_size(const struct input *input)
{
    return S_ISREG(input->status.st_mode) ? (uint64_t)input->status.st_size : UINT64_MAX;
}

bool input_is_file(const struct input *input, const struct stat *status)
{
    return input->status.st_dev == status->st_dev && input->status.st_ino == status->st_ino;
}

uint64_t input_pass_over(struct input *input, bool *all)
{
    const struct stat *status = &input->status;
    *all = input->ranged;
    if (input->compression != COMPRESSION_NONE)
        return 0;
    if (input->ranged)
        return input->end - input->start;
    if (!S_ISREG(status->st_mode) || status->st_size < 0)
        return 0;
    off_t size = status->st_size, position = (off_t)input->start;
    /*
     * Files in /proc and /sys give 0 or whole pages as their size, whatever they hold.  The last block of such a size
     * is read.
     */
    bool exact = size % (off_t)memory_page_size() != 0;
    off_t end = exact ? size : size - size % (status->st_blksize + 1);
    if (end > position && !exact && lseek(input->fd, end, SEEK_SET) < 0)
        return 0;
    *all = exact;
    return end > position ? (uint64_t)(end - position) : 0;
}

void input_leave_at(const struct input *input, uint64_t offset)
{
    if (input->owns_fd || !S_ISREG(input->status.st_mode))
        return;
    if (input->stream && !stream_is_raw(input->stream))
        offset = UINT64_MAX; /* that of decoded text says nothing of the file */
    if (offset == UINT64_MAX && input->ranged)
        offset = input->end;
    if (offset == UINT64_MAX)
        lseek(input->fd, 0, SEEK_END);
    else
        lseek(input->fd, (off_t)offset, SEEK_SET);
}

void input_check(struct input *input)
{
    if (input->map)
        map_check(input->map);
}

uint64_t input_good_end(const struct input *input)
{
    return input->map ? map_bad_offset(input->map) : UINT64_MAX;
}

int input_bad_error(const struct input *input)
{
    return input->map ? map_bad_error(input->map) : 0;
}

uint64_t input_huge_bytes(const struct input *input)
{
    return input->map ? map_huge_bytes(input->map) : 0;
}

void input_release(struct input *input)
{
    if (input->cache)
        cache_pass_all(input->cache, input->map);
    cache_free(input->cache);
    input->cache = NULL;
    if (!input->owns_fd || input->fd < 0)
        return;
    close(input->fd);
    input->fd = -1;
}

void input_close(struct input *input)
{
    input_release(input);
    map_close(input->map);
    stream_close(input->stream);
    *input = (struct input){.fd = -1};
}
