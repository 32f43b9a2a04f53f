/*
 * pack.h - compressed data for tests: members that are written here, and what commands make.
 */
#ifndef MSCAN_PACK_H
#define MSCAN_PACK_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct packed {
    char *bytes;
    size_t length;
};

static inline struct packed packed_new(size_t room)
{
    struct packed bytes = {malloc(room), 0};
    if (!bytes.bytes)
        abort();
    return bytes;
}

static inline void packed_add(struct packed *to, const void *bytes, size_t length)
{
    if (length > 0)
        memcpy(to->bytes + to->length, bytes, length);
    to->length += length;
}

/* A number, the least byte first. */
static inline void packed_add_number(struct packed *to, uint64_t number, size_t size)
{
    for (size_t i = 0; i < size; i++, number >>= 8)
        to->bytes[to->length++] = (char)number;
}

/* That of gzip, RFC 1952, section 8. */
static inline uint32_t pack_checksum(const char *text, size_t length)
{
    uint32_t sum = UINT32_MAX;
    for (size_t i = 0; i < length; i++) {
        sum ^= (unsigned char)text[i];
        for (int bit = 0; bit < 8; bit++)
            sum = sum >> 1 ^ (sum & 1 ? UINT32_C(0xedb88320) : 0);
    }
    return ~sum;
}

/* A member of BGZF, which stores its text. */
static inline void pack_bgzf(struct packed *to, const char *text, size_t length)
{
    packed_add(to, "\x1f\x8b\x08\4\0\0\0\0\0\xff\6\0BC\2\0", 16);
    packed_add_number(to, 18 + 5 + length + 8 - 1, 2);
    packed_add_number(to, 1, 1); /* the last block, stored */
    packed_add_number(to, length, 2);
    packed_add_number(to, ~length, 2);
    packed_add(to, text, length);
    packed_add_number(to, pack_checksum(text, length), 4);
    packed_add_number(to, length, 4);
}

/* A file of gzip, which stores its text in blocks. */
static inline void pack_gzip(struct packed *to, const char *text, size_t length)
{
    packed_add(to, "\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
    for (size_t at = 0, block = 0; at == 0 || at < length; at += block) {
        block = length - at < 65535 ? length - at : 65535;
        packed_add_number(to, at + block == length, 1);
        packed_add_number(to, block, 2);
        packed_add_number(to, ~block, 2);
        packed_add(to, text + at, block);
        if (block == 0)
            break;
    }
    packed_add_number(to, pack_checksum(text, length), 4);
    packed_add_number(to, length, 4);
}

/* A frame of zstd, with a raw block and one that repeats a byte; without its size where the text has an odd length. */
static inline void pack_zstd(struct packed *to, const char *text, size_t length)
{
    size_t same = 0;
    while (same < length && text[length - 1 - same] == text[length - 1])
        same++;
    packed_add_number(to, 0xfd2fb528, 4);
    if (length % 2 == 0) {
        packed_add_number(to, 2 << 6 | 1 << 5, 1);
        packed_add_number(to, length, 4);
    } else {
        packed_add_number(to, 0, 1);
        packed_add_number(to, 7 << 3, 1); /* the window */
    }
    packed_add_number(to, (length - same) << 3 | 0 << 1 | (same == 0), 3);
    packed_add(to, text, length - same);
    if (same > 0) {
        packed_add_number(to, same << 3 | 1 << 1 | 1, 3);
        packed_add(to, text + length - 1, 1);
    }
}

static inline void pack_skipped(struct packed *to, const char *text, size_t length)
{
    packed_add_number(to, 0x184d2a53, 4);
    packed_add_number(to, length, 4);
    packed_add(to, text, length);
}

/* What a command makes of a text; no bytes when it is not installed. */
static inline struct packed pack_by(const char *command, struct packed text)
{
    char in[] = "/tmp/mscan-unpacker-XXXXXX", line[200];
    struct packed packed = {malloc(2 * text.length + 1000), 0};
    int fd = mkstemp(in);
    if (fd < 0)
        abort();
    if (write(fd, text.bytes, text.length) != (ssize_t)text.length)
        abort();
    close(fd);
    snprintf(line, sizeof line, "%s -c <%s 2>/dev/null", command, in);
    FILE *pipe = popen(line, "r");
    if (!pipe)
        abort();
    packed.length = fread(packed.bytes, 1, 2 * text.length + 1000, pipe);
    if (pclose(pipe) != 0)
        packed.length = 0;
    unlink(in);
    return packed;
}

#endif
