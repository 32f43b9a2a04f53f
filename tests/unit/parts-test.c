/*
 * parts-test.c - compressed files that several threads decode: the same as by one, also where they are damaged.
 */
#include "input/parts.h"

#include "input/stream.h"
#include "input/unpacker.h"
#include "test.h"

#include "../pack.h"

#include <pthread.h>

/* --- files --- */

typedef void add_member(struct packed *to, const char *text, size_t length);

/* Members of up to `most` bytes of a text. */
static struct packed pack(struct packed text, add_member *member, size_t most, unsigned seed)
{
    struct dice dice = {seed};
    struct packed packed = packed_new(40 * text.length + 1000);
    for (size_t at = 0; at < text.length;) {
        size_t length = dice_below(&dice, most + 1);
        if (length > text.length - at)
            length = text.length - at;
        member(&packed, text.bytes + at, length);
        at += length;
    }
    return packed;
}

/* Lines of up to `longest` bytes. */
static struct packed make_text(size_t length, size_t longest)
{
    struct dice dice = {length};
    struct packed text = packed_new(length + 1);
    while (text.length < length) {
        for (size_t left = dice_below(&dice, longest + 1); left > 0 && text.length < length; left--)
            text.bytes[text.length++] = "abbbbb"[dice_below(&dice, 6)];
        text.bytes[text.length++] = '\n';
    }
    text.length = length;
    return text;
}

/* --- reading --- */

struct reading {
    struct stream *stream;
    struct block_pool *pool;
    pthread_mutex_t lock;
    struct stream_block *blocks; /* in order */
    size_t count, parts;
    bool ended;
};

static void *read_blocks(void *context)
{
    struct reading *reading = context;
    for (;;) {
        struct stream_block next;
        pthread_mutex_lock(&reading->lock);
        size_t index = reading->count;
        bool ended = reading->ended;
        if (!ended) {
            stream_next(reading->stream, &next);
            reading->count++;
            reading->ended = next.last;
            reading->blocks = realloc(reading->blocks, reading->count * sizeof *reading->blocks);
            assert_non_null(reading->blocks);
            reading->parts += next.part != NULL;
        }
        pthread_mutex_unlock(&reading->lock);
        if (ended)
            return NULL;
        if (next.part)
            stream_finish(reading->stream, &next);
        pthread_mutex_lock(&reading->lock);
        reading->blocks[index] = next;
        pthread_mutex_unlock(&reading->lock);
    }
}

#define THREADS 4

struct outcome {
    struct packed text;
    size_t parts;
    const char *reason;
    bool damaged;
    uint64_t damaged_at;
};

/* Reads a file from its start; with a compression, by several threads. */
static struct outcome read_file(int fd, enum compression compression, size_t threads, size_t block_size,
                                uint64_t line_max)
{
    struct reading reading = {.pool = block_pool_create(HUGE_AUTO)};
    const struct stream_options options = {.pool = reading.pool,
                                           .block_size = block_size,
                                           .decompress = true,
                                           .compression = compression,
                                           .line_max = line_max};
    pthread_t others[THREADS];
    pthread_mutex_init(&reading.lock, NULL);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    reading.stream = stream_open(fd, 0, 1, &options);
    for (size_t i = 1; i < threads; i++)
        assert_int_equal(pthread_create(&others[i], NULL, read_blocks, &reading), 0);
    read_blocks(&reading);
    for (size_t i = 1; i < threads; i++)
        pthread_join(others[i], NULL);
    struct outcome outcome = {.parts = reading.parts};
    size_t length = 0;
    for (size_t i = 0; i < reading.count; i++)
        length += reading.blocks[i].length;
    outcome.text = packed_new(length + 1);
    for (size_t i = 0; i < reading.count; i++) {
        struct stream_block *block = &reading.blocks[i];
        assert_int_equal(block->offset, outcome.text.length);
        assert_true(block->last || !block->reason);
        assert_int_equal(block->error, 0);
        assert_int_equal(block->last, i + 1 == reading.count);
        packed_add(&outcome.text, block->text, block->length);
        if (!block->last && block->length > 0)
            assert_int_equal(block->text[block->length - 1], '\n');
        if (block->last) {
            outcome.reason = block->reason;
            outcome.damaged = block->damaged;
            outcome.damaged_at = block->damaged_at;
        }
        block_put(reading.pool, &block->block);
    }
    free(reading.blocks);
    pthread_mutex_destroy(&reading.lock);
    stream_close(reading.stream);
    block_pool_free(reading.pool);
    return outcome;
}

/* Reads by one thread, and by several. */
static struct outcome compare(struct packed packed, enum compression compression)
{
    int fd = temporary_file(packed.bytes, packed.length);
    struct outcome one = read_file(fd, COMPRESSION_NONE, 1, 1000, 0);
    for (size_t threads = 1; threads <= THREADS; threads += THREADS - 1) {
        struct outcome several = read_file(fd, compression, threads, 1000, 0);
        assert_string_equal(several.reason ? several.reason : "", one.reason ? one.reason : "");
        assert_int_equal(several.damaged, one.damaged);
        if (one.damaged)
            assert_int_equal(several.damaged_at, one.damaged_at);
        assert_int_equal(several.text.length, one.text.length);
        assert_memory_equal(several.text.bytes, one.text.bytes, one.text.length);
        free(several.text.bytes);
        one.parts = several.parts;
    }
    close(fd);
    return one;
}

static const struct {
    enum compression compression;
    add_member *add;
    size_t most;
} formats[] = {{COMPRESSION_GZIP, pack_bgzf, 60000}, {COMPRESSION_ZSTD, pack_zstd, 100000}};

static void test_whole(void **state)
{
    (void)state;
    static const struct {
        size_t length, longest;
    } shapes[] = {{1, 1}, {5000, 50}, {5000000, 100}, {3000000, 150000}, {3000000, 3000000}};
    for (size_t format = 0; format < COUNT(formats); format++) {
        if (!unpacker_library(formats[format].compression))
            continue;
        for (size_t i = 0; i < COUNT(shapes); i++) {
            struct packed text = make_text(shapes[i].length, shapes[i].longest);
            struct packed packed = pack(text, formats[format].add, formats[format].most, 3);
            struct outcome outcome = compare(packed, formats[format].compression);
            assert_false(outcome.damaged);
            assert_int_equal(outcome.text.length, text.length);
            assert_memory_equal(outcome.text.bytes, text.bytes, text.length);
            assert_true(outcome.parts >= text.length >> 20);
            free(outcome.text.bytes);
            free(packed.bytes);
            free(text.bytes);
        }
    }
}

/* Files that begin with parts and go on otherwise. */
static void test_rest(void **state)
{
    (void)state;
    for (size_t format = 0; format < COUNT(formats); format++) {
        if (!unpacker_library(formats[format].compression))
            continue;
        struct packed text = make_text(3000, 20), packed = pack(text, formats[format].add, 200, 1);
        struct packed more = packed_new(packed.length + 1000);
        packed_add(&more, packed.bytes, packed.length);
        /* What only gzip ignores. */
        memset(more.bytes + more.length, 0, 100);
        more.length += 100;
        struct outcome outcome = compare(more, formats[format].compression);
        assert_int_equal(outcome.damaged, formats[format].compression != COMPRESSION_GZIP);
        assert_int_equal(outcome.text.length, text.length);
        free(outcome.text.bytes);
        more.length = packed.length;
        packed_add(&more, "what is this?", 13);
        outcome = compare(more, formats[format].compression);
        assert_true(outcome.damaged);
        assert_int_equal(outcome.damaged_at, packed.length);
        free(outcome.text.bytes);
        /* A member that cannot be measured. */
        more.length = packed.length;
        if (formats[format].compression == COMPRESSION_GZIP) {
            packed_add(&more,
                       "\x1f\x8b\x08\0\0\0\0\0\0\xff\1\2\0\xfd\xff"
                       "ab",
                       17);
            packed_add_number(&more, pack_checksum("ab", 2), 4);
            packed_add_number(&more, 2, 4);
            formats[format].add(&more, "c\nd", 3);
            outcome = compare(more, COMPRESSION_GZIP);
            assert_false(outcome.damaged);
            assert_int_equal(outcome.text.length, text.length + 5);
            free(outcome.text.bytes);
        } else {
            pack_skipped(&more, "hidden", 6);
            formats[format].add(&more, "c\nd", 3);
            pack_skipped(&more, "", 0);
            outcome = compare(more, COMPRESSION_ZSTD);
            assert_false(outcome.damaged);
            assert_int_equal(outcome.text.length, text.length + 3);
            free(outcome.text.bytes);
        }
        free(more.bytes);
        free(packed.bytes);
        free(text.bytes);
    }
}

/* Cut anywhere, and with any byte wrong. */
static void test_damage(void **state)
{
    (void)state;
    for (size_t format = 0; format < COUNT(formats); format++) {
        if (!unpacker_library(formats[format].compression))
            continue;
        struct packed text = make_text(300, 20), packed = pack(text, formats[format].add, 60, 2);
        struct dice dice = {format};
        size_t damaged = 0;
        for (size_t i = 16; i < packed.length; i += 2 * quick_step(7)) {
            struct outcome outcome = compare((struct packed){packed.bytes, i}, formats[format].compression);
            damaged += outcome.damaged;
            free(outcome.text.bytes);
            const char mask = (char)(1 << dice_below(&dice, 8));
            packed.bytes[i] ^= mask;
            outcome = compare(packed, formats[format].compression);
            free(outcome.text.bytes);
            packed.bytes[i] ^= mask;
        }
        assert_true(damaged > packed.length / quick_step(7) / 4);
        free(packed.bytes);
        free(text.bytes);
    }
}

/* A line that is too long ends the text before it. */
static void test_long_line(void **state)
{
    (void)state;
    for (size_t format = 0; format < COUNT(formats); format++) {
        if (!unpacker_library(formats[format].compression))
            continue;
        struct packed text = make_text(5000000, 50);
        memset(text.bytes + 200000, 'z', 4500000);
        size_t before = 200000;
        while (text.bytes[before - 1] != '\n')
            before--;
        struct packed packed = pack(text, formats[format].add, 10000, 3);
        int fd = temporary_file(packed.bytes, packed.length);
        for (size_t parts = 0; parts < 2; parts++) {
            struct outcome outcome =
                read_file(fd, parts ? formats[format].compression : COMPRESSION_NONE, THREADS, 5000, 200000);
            assert_string_equal(outcome.reason, "a line of its text takes more memory than it may");
            assert_int_equal(outcome.text.length, before);
            assert_memory_equal(outcome.text.bytes, text.bytes, before);
            free(outcome.text.bytes);
        }
        close(fd);
        free(packed.bytes);
        free(text.bytes);
    }
}

/* A small file of gzip is one part; two members, or what comes behind it, make none of it. */
static void test_files(void **state)
{
    (void)state;
    if (!unpacker_library(COMPRESSION_GZIP))
        skip();
    struct dice dice = {5};
    for (size_t length = 0; length < 200000; length += 1 + length / 2) {
        struct packed text = make_text(length, 60), packed = packed_new(2 * length + 1000);
        pack_gzip(&packed, text.bytes, length);
        const size_t member = packed.length;
        struct outcome outcome = compare(packed, COMPRESSION_GZIP);
        assert_false(outcome.damaged);
        assert_int_equal(outcome.parts, 1);
        assert_int_equal(outcome.text.length, length);
        free(outcome.text.bytes);
        for (size_t i = 0; i < 20; i++) {
            packed.length = 11 + dice_below(&dice, member - 11);
            free(compare(packed, COMPRESSION_GZIP).text.bytes);
            packed.length = member;
            const size_t at = dice_below(&dice, i % 2 ? member : 10);
            packed.bytes[at + (at < 3 ? 3 : 0)] ^= (char)(1 << dice_below(&dice, 8));
            free(compare(packed, COMPRESSION_GZIP).text.bytes);
            packed.length = 0;
            pack_gzip(&packed, text.bytes, length);
        }
        pack_gzip(&packed, text.bytes, length / 2);
        outcome = compare(packed, COMPRESSION_GZIP);
        assert_false(outcome.damaged);
        assert_int_equal(outcome.text.length, length + length / 2);
        free(outcome.text.bytes);
        free(packed.bytes);
        free(text.bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),     cmocka_unit_test(test_rest),  cmocka_unit_test(test_damage),
        cmocka_unit_test(test_long_line), cmocka_unit_test(test_files),
    };
    watch();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
