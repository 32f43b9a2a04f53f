/*
 * unpacker-test.c - compressed data: decoded as it was, in pieces of any size, and up to where it is damaged.
 */
#include "input/unpacker.h"

#include "test.h"

#include "../pack.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What decoding came to. */
struct outcome {
    size_t length; /* of the text */
    bool failed;
    const char *reason;
    uint64_t at;
};

/* Decodes in pieces, which are random up to a size; the text is put behind each other in `to`, which has room. */
static struct outcome unpack(enum compression compression, struct packed packed, size_t piece, size_t room, char *to)
{
    struct outcome outcome = {.length = 0};
    struct dice dice = {piece + room};
    struct unpacker *unpacker = unpacker_create(compression, 0, &outcome.reason);
    assert_non_null(unpacker);
    size_t fed = 0;
    for (;;) {
        const size_t wanted = 1 + dice_below(&dice, room);
        size_t got = unpacker_take(unpacker, to + outcome.length, wanted), free_room;
        assert_true(got <= wanted);
        outcome.length += got;
        if (got == wanted)
            continue;
        outcome.failed = unpacker_has_failed(unpacker, &outcome.reason, &outcome.at);
        if (outcome.failed || unpacker_has_ended(unpacker))
            break;
        if (got > 0)
            continue;
        char *in = unpacker_room(unpacker, &free_room);
        assert_true(free_room > 0);
        size_t length = 1 + dice_below(&dice, piece);
        if (length > packed.length - fed)
            length = packed.length - fed;
        if (length > free_room)
            length = free_room;
        memcpy(in, packed.bytes + fed, length);
        fed += length;
        unpacker_feed(unpacker, length);
    }
    unpacker_free(unpacker);
    return outcome;
}

static const struct {
    size_t piece, room;
} sizes[] = {{1000000, 1000000}, {1, 1000000}, {1000000, 1}, {1, 1}, {7, 50}, {100, 1000}, {4096, 300}, {90, 70000}};

/* Lines that can be compressed, and some that can hardly. */
static struct packed make_text(size_t length, unsigned seed)
{
    struct dice dice = {seed};
    struct packed text = {malloc(length + 1), length};
    assert_non_null(text.bytes);
    for (size_t i = 0; i < length; i++)
        text.bytes[i] = i % 61 == 60                 ? '\n'
                        : i / 500 % 2 == 0 && i > 60 ? text.bytes[i - 61]
                                                     : (char)('a' + dice_below(&dice, i % 3000 < 2000 ? 4 : 26));
    return text;
}

static const struct {
    enum compression compression;
    const char *command;
} tools[] = {
    {COMPRESSION_GZIP, "gzip -n"}, {COMPRESSION_GZIP, "gzip -1n"}, {COMPRESSION_BZIP2, "bzip2"},
    {COMPRESSION_XZ, "xz"},        {COMPRESSION_ZSTD, "zstd -q"},  {COMPRESSION_ZSTD, "zstd -q19"},
    {COMPRESSION_LZ4, "lz4 -q"},   {COMPRESSION_LZ4, "lz4 -qBD"},
};

typedef void check_function(enum compression compression, struct packed text, struct packed packed, size_t member);

/* For two members that each tool makes of a text. */
static void each_tool(size_t length, check_function *check)
{
    size_t done = 0;
    for (size_t i = 0; i < COUNT(tools); i++) {
        struct packed text = make_text(length, 5), packed = pack_by(tools[i].command, text);
        if (unpacker_library(tools[i].compression) && packed.length > 0) {
            struct packed two = {malloc(2 * packed.length), 2 * packed.length};
            struct packed twice = {malloc(2 * length + 1), 2 * length};
            for (size_t j = 0; j < 2; j++) {
                memcpy(two.bytes + j * packed.length, packed.bytes, packed.length);
                memcpy(twice.bytes + j * length, text.bytes, length);
            }
            assert_int_equal(compression_of(two.bytes, two.length), tools[i].compression);
            check(tools[i].compression, twice, two, packed.length);
            free(two.bytes);
            free(twice.bytes);
            done++;
        }
        free(text.bytes);
        free(packed.bytes);
    }
    if (done == 0)
        skip();
}

static void check_whole(enum compression compression, struct packed text, struct packed packed, size_t member)
{
    (void)member;
    char *to = malloc(text.length + 1000000);
    for (size_t i = 0; i < COUNT(sizes); i++) {
        struct outcome outcome = unpack(compression, packed, sizes[i].piece, sizes[i].room, to);
        assert_false(outcome.failed);
        assert_int_equal(outcome.length, text.length);
        assert_memory_equal(to, text.bytes, text.length);
    }
    free(to);
}

static void test_whole(void **state)
{
    (void)state;
    each_tool(0, check_whole);
    each_tool(1, check_whole);
    each_tool(30000, check_whole);
    each_tool(400000, check_whole);
}

/* Compares all sizes of pieces. */
static struct outcome unpack_all(enum compression compression, struct packed packed, char *to, size_t room, char *other)
{
    struct outcome first = unpack(compression, packed, sizes[0].piece, room, to);
    for (size_t i = 1; i < COUNT(sizes); i++) {
        struct outcome outcome =
            unpack(compression, packed, sizes[i].piece, sizes[i].room < room ? sizes[i].room : room, other);
        if (outcome.length != first.length || outcome.failed != first.failed ||
            (outcome.failed && outcome.at != first.at) || memcmp(to, other, first.length) != 0)
            fail_msg("%s: with pieces of %zu and %zu %zu bytes, failed %d at %" PRIu64 "; else %zu, %d at %" PRIu64,
                     compression_name(compression), sizes[i].piece, sizes[i].room, outcome.length, outcome.failed,
                     outcome.at, first.length, first.failed, first.at);
    }
    return first;
}

#define ROOM 100000

static void check_cut(enum compression compression, struct packed text, struct packed packed, size_t member)
{
    char *to = malloc(text.length + 2 * ROOM), *other = malloc(text.length + 2 * ROOM);
    for (size_t length = 1; length < packed.length; length++) {
        struct outcome outcome = unpack_all(compression, (struct packed){packed.bytes, length}, to, ROOM, other);
        assert_int_equal(outcome.failed, length != member);
        if (outcome.failed) {
            assert_null(outcome.reason);
            assert_true(outcome.at <= length);
        }
        assert_true(outcome.length <= text.length);
        assert_true(length < member || outcome.length >= text.length / 2);
        assert_memory_equal(to, text.bytes, outcome.length);
    }
    free(to);
    free(other);
}

/* At every place where it may end too early, what comes before is decoded. */
static void test_cut(void **state)
{
    (void)state;
    each_tool(300, check_cut);
}

static void check_flips(enum compression compression, struct packed text, struct packed packed, size_t member)
{
    const size_t room = 50 * ROOM;
    char *to = malloc(text.length + 2 * room), *other = malloc(text.length + 2 * room);
    for (size_t i = 0; i<packed.length; i += packed.length> 1000 ? 13 : 1) {
        const int bit = 1 << (i * 5 % 8);
        packed.bytes[i] ^= (char)bit;
        struct outcome outcome = unpack_all(compression, packed, to, ROOM, other);
        if (i >= member && !outcome.reason) {
            assert_true(outcome.length >= text.length / 2);
            assert_memory_equal(to, text.bytes, text.length / 2);
        }
        packed.bytes[i] ^= (char)bit;
    }
    free(to);
    free(other);
}

/* Whatever a byte that is wrong makes of it, the sizes of pieces do not matter. */
static void test_flips(void **state)
{
    (void)state;
    each_tool(200, check_flips);
    each_tool(6000, check_flips);
}

static void test_behind(void **state)
{
    (void)state;
    struct packed text = make_text(100, 1), packed = pack_by("gzip -n", text);
    char to[1000];
    if (!unpacker_library(COMPRESSION_GZIP) || packed.length == 0)
        skip();
    memset(packed.bytes + packed.length, 0, 50);
    struct outcome outcome = unpack(COMPRESSION_GZIP, (struct packed){packed.bytes, packed.length + 50}, 60, 900, to);
    assert_false(outcome.failed);
    assert_int_equal(outcome.length, text.length);
    packed.bytes[packed.length + 3] = 'x';
    outcome = unpack(COMPRESSION_GZIP, (struct packed){packed.bytes, packed.length + 50}, 60, 900, to);
    assert_true(outcome.failed);
    assert_int_equal(outcome.at, packed.length + 3);
    assert_int_equal(outcome.length, text.length);
    free(text.bytes);
    free(packed.bytes);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_flips),
        cmocka_unit_test(test_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
