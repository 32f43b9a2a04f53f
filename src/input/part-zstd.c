/* Source: RFC 8878, section 3.1. */
#include "input/part-format.h"

#include <stdint.h>

#define MAGIC UINT32_C(0xfd2fb528)
#define SKIPPED UINT32_C(0x184d2a50) /* or one of the 15 after it */

/* A number of `size` bytes, the least one first. */
static uint64_t number_at(const char *bytes, size_t at, size_t size)
{
    uint64_t number = 0;
    for (size_t i = size; i > 0; i--)
        number = number << 8 | (unsigned char)bytes[at + i - 1];
    return number;
}

/* A frame that decoders pass over. */
static enum measurement measure_skipped(const char *bytes, size_t length, struct member_size *size)
{
    size->packed = 8;
    if (length < size->packed)
        return MEMBER_MORE;
    size->packed += number_at(bytes, 4, 4);
    size->text = 0;
    return size->packed > MEMBER_MAX ? MEMBER_UNKNOWN : length < size->packed ? MEMBER_MORE : MEMBER_KNOWN;
}

/* The most text that a block has. */
#define BLOCK_TEXT ((size_t)128 << 10)

/* The blocks of a frame, of which the first is at `at`; `text` is what the frame says that it has, if it does. */
static enum measurement measure_blocks(const char *bytes, size_t length, size_t at, bool checked, uint64_t text,
                                       struct member_size *size)
{
    bool last = false;
    size->text = 0;
    while (!last) {
        size->packed = at + 3;
        if (length < size->packed)
            return MEMBER_MORE;
        const uint64_t header = number_at(bytes, at, 3);
        const unsigned type = header >> 1 & 3;
        last = header & 1;
        if (type == 3)
            return MEMBER_UNKNOWN;
        at += 3 + (type == 1 ? 1 : header >> 3); /* of type 1 one byte stands for all */
        size->text += type == 2 ? BLOCK_TEXT : header >> 3;
        if (at > MEMBER_MAX || (text == UINT64_MAX && size->text > MEMBER_MAX))
            return MEMBER_UNKNOWN;
    }
    if (text != UINT64_MAX)
        size->text = (size_t)text;
    size->packed = at + (checked ? 4 : 0);
    return length < size->packed ? MEMBER_MORE : MEMBER_KNOWN;
}

static enum measurement measure(const char *bytes, size_t length, struct member_size *size)
{
    static const size_t sizes_of_dictionary[] = {0, 1, 2, 4}, sizes_of_size[] = {0, 2, 4, 8};
    size->packed = 5;
    if (length < size->packed)
        return MEMBER_MORE;
    if ((number_at(bytes, 0, 4) & ~UINT64_C(15)) == SKIPPED)
        return measure_skipped(bytes, length, size);
    if (number_at(bytes, 0, 4) != MAGIC)
        return MEMBER_UNKNOWN;
    const unsigned descriptor = (unsigned char)bytes[4];
    const bool single = descriptor & 32;
    const size_t dictionary = sizes_of_dictionary[descriptor & 3];
    const size_t size_of_size = descriptor >> 6 || !single ? sizes_of_size[descriptor >> 6] : 1;
    const size_t header = (single ? 5U : 6U) + dictionary + size_of_size;
    if (dictionary > 0)
        return MEMBER_UNKNOWN;
    size->packed = header;
    if (length < header)
        return MEMBER_MORE;
    uint64_t text = UINT64_MAX;
    if (size_of_size > 0)
        text = number_at(bytes, header - size_of_size, size_of_size) + (size_of_size == 2 ? 256 : 0);
    if (size_of_size > 0 && text > MEMBER_MAX)
        return MEMBER_UNKNOWN;
    return measure_blocks(bytes, length, header, descriptor & 4, text, size);
}

const struct part_format part_zstd = {
    .unpack = &unpack_zstd,
    .measure = measure,
};
