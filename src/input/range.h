/*
 * range.h - a part of a file, given by offsets or as a share of its bytes, and where the lines of it begin and end.
 *
 * A line belongs to the part in which it begins.  So every line of a file belongs to one of the parts that the file is
 * divided into.
 */
#ifndef MSCAN_INPUT_RANGE_H
#define MSCAN_INPUT_RANGE_H

#include "base/compiler.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum range_kind { RANGE_ALL, RANGE_BYTES, RANGE_SHARD };

struct range {
    enum range_kind kind;
    uint64_t offset, length; /* RANGE_BYTES: absolute, and how many bytes; UINT64_MAX: up to the end */
    uint64_t index, count;   /* RANGE_SHARD: the part number `index`, from 0, of `count` */
};

/* The bytes [*begin, *end) that the range has in a file of a size. */
void range_bytes(const struct range *range, uint64_t size, uint64_t *begin, uint64_t *end);

/*
 * What begins in a part, if that is not any line: next() gets whole lines, of which only the last of a file may lack
 * its end, with MEMORY_SLACK bytes that can be read behind them, and tells the offset of the first line that does;
 * `length`: none.  Without next() it is any line.
 */
struct range_units {
    size_t (*next)(void *context, const char *text, size_t length);
    void *context;
};

/*
 * Moves both ends of a part of an open file on to where a unit begins, or to `size`; one begins at `origin`, and
 * nothing before that belongs to the part.  Returns 0, or an errno when the file cannot be read.
 */
int range_align(int fd, uint64_t origin, uint64_t size, char line_end, const struct range_units *units, uint64_t *begin,
                uint64_t *end) MUST_CHECK;

#endif
