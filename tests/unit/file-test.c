/*
 * file-test.c - a file in chunks: every line once.
 */
#include "match/condition.h"
#include "scan/region.h"

#include "test.h"

#include <sys/stat.h>

static struct condition *condition_of_ab;

static int compile(void **state)
{
    (void)state;
    struct pattern_list patterns = {NULL, 0, 0};
    pattern_list_add(&patterns, "ab", 2);
    struct mistake mistake;
    struct matcher *matcher =
        matcher_compile(&patterns, &(struct matcher_options){.kernels = kernels_get(0)}, &mistake);
    condition_of_ab = matcher ? condition_create(matcher) : NULL;
    pattern_list_free(&patterns);
    return condition_of_ab ? 0 : -1;
}

static int release(void **state)
{
    (void)state;
    condition_free(condition_of_ab);
    return 0;
}

/* Two tasks: one that can tell that it need not look somewhere, and one that cannot. */
static bool is_blank(const void *condition, const char *from, const char *end, const char *text_end)
{
    return condition_is_blank(condition, from, end, text_end);
}

static const struct task looking = {.is_blank = is_blank}, blind;

static const size_t chunk_sizes[] = {1, 2, 3, 7, 64, 4096, 1 << 20};

struct text {
    char *bytes;
    size_t length;
};

static struct text make_text(size_t lines, size_t longest, bool finished)
{
    struct dice dice = {lines * 1000 + longest};
    struct text text = {malloc(lines * (longest + 1) + 1), 0};
    assert_non_null(text.bytes);
    for (size_t i = 0; i < lines; i++) {
        size_t left = dice_below(&dice, 4) ? dice_below(&dice, longest + 1) : 0;
        for (; left; left--)
            text.bytes[text.length++] = "abc\0\r\xff"[dice_below(&dice, 6)];
        text.bytes[text.length++] = '\n';
    }
    if (!finished && text.length > 1)
        text.bytes[text.length - 1] = '.';
    return text;
}

/* A file that is mapped from `start` on. */
static struct file *open_file(int fd, uint64_t start, size_t chunk_size, const struct condition *condition)
{
    const char *reason;
    struct file *file = file_create(3, strdup("name"), condition ? &looking : &blind, condition);
    file->input.fd = fd;
    file->input.owns_fd = false;
    file->input.origin = file->input.start = start;
    assert_int_equal(fstat(fd, &file->input.status), 0);
    file->input.end = (uint64_t)file->input.status.st_size;
    file->input.map = map_open(fd, start, file->input.end, HUGE_AUTO, ADVICE_NONE, &reason);
    assert_non_null(file->input.map);
    file_opened(file);
    file_begin(file, chunk_size);
    return file;
}

/* The end of the whole lines in text[start..limit): a last line without a newline is whole when the text ends there. */
static size_t whole_end(const struct text *text, size_t start, uint64_t limit)
{
    if (limit >= text->length)
        return text->length;
    size_t end = limit > start ? (size_t)limit : start;
    while (end > start && text->bytes[end - 1] != '\n')
        end--;
    return end;
}

/* What is said of a region's last line: it does not end behind the seam, and where it is blank no "ab" begins. */
static void check_seam(const struct text *text, const struct region *region, bool condition)
{
    assert_true(region->seam <= region->blank_end && region->blank_end <= region->end);
    const char *seam = text->bytes + region->seam;
    if (region->seam < region->end)
        assert_null(memchr(seam, '\n', (size_t)(region->end - region->seam) - 1));
    if (region->seam == region->blank_end)
        return;
    const char *place = memmem(seam, text->length - (size_t)region->seam, "ab", 2);
    assert_true(!condition || !place || place >= text->bytes + region->blank_end);
}

/* All chunks of a file: what their regions are together, and that each line is where its first byte is. */
static void check_chunks(int fd, const struct text *text, size_t start, size_t chunk_size, uint64_t limit,
                         const struct condition *condition)
{
    struct file *file = open_file(fd, start, chunk_size, condition);
    uint64_t begin = start, done = start, index = 0;
    assert_int_equal(file->committed_end, start);
    struct lease lease;
    lease_open(&lease, &file->input, start, text->length);
    for (struct chunk chunk = {.last = false}; !chunk.last; index++) {
        assert_false(file->exhausted);
        file_next_chunk(file, chunk_size, &chunk);
        assert_ptr_equal(chunk.file, file);
        assert_int_equal(chunk.ticket.file, 3);
        assert_int_equal(chunk.ticket.chunk, index);
        assert_int_equal(chunk.begin, begin);
        assert_true(chunk.end > chunk.begin && chunk.end - chunk.begin <= chunk_size);
        assert_true(chunk.last || chunk.end - chunk.begin == chunk_size);
        begin = chunk.end;
        struct region region = region_find(file, &lease, &chunk, limit);
        assert_true(region.begin <= region.end);
        check_seam(text, &region, condition != NULL);
        if (region.begin == region.end)
            continue;
        bool right = region.begin == done && region.begin >= chunk.begin && region.begin < chunk.end &&
                     region.end <= text->length && region.end <= (limit < text->length ? limit : text->length) &&
                     (region.end == text->length || text->bytes[region.end - 1] == '\n');
        /* Its last line begins in it; all those that begin in it are there. */
        size_t last = (size_t)region.end - 1;
        while (last > region.begin && text->bytes[last - 1] != '\n')
            last--;
        right = right && last < chunk.end;
        if (!right)
            fail_msg("%zu bytes from %zu in chunks of %zu up to %td: chunk %d has %d-%d instead of %d-", text->length,
                     start, chunk_size, (ptrdiff_t)limit, (int)index, (int)region.begin, (int)region.end, (int)done);
        done = region.end;
    }
    assert_true(file->exhausted);
    assert_int_equal(begin, text->length);
    if (done != whole_end(text, start, limit))
        fail_msg("%zu bytes from %zu in chunks of %zu up to %td: lines up to %d instead of %zu", text->length, start,
                 chunk_size, (ptrdiff_t)limit, (int)done, whole_end(text, start, limit));
    lease_close(&lease);
    file_free(file);
}

static void check_file(int fd, const struct text *text, size_t start, size_t chunk_size, uint64_t limit)
{
    check_chunks(fd, text, start, chunk_size, limit, NULL);
    check_chunks(fd, text, start, chunk_size, limit, condition_of_ab);
}

static void test_regions(void **state)
{
    (void)state;
    static const struct {
        size_t lines, longest;
    } shapes[] = {{1, 0}, {1, 5}, {5, 0}, {30, 1}, {40, 4}, {20, 20}, {3, 200}, {100, 90}};
    for (size_t shape = 0; shape < COUNT(shapes); shape++)
        for (int finished = 0; finished < 2; finished++) {
            struct text text = make_text(shapes[shape].lines, shapes[shape].longest, finished);
            int fd = temporary_file(text.bytes, text.length);
            for (size_t i = 0; i < COUNT(chunk_sizes); i++) {
                check_file(fd, &text, 0, chunk_sizes[i], UINT64_MAX);
                for (size_t start = 1; start < text.length && start < 40; start += 1 + start / 5)
                    check_file(fd, &text, start, chunk_sizes[i], UINT64_MAX);
                size_t step = text.length > 600 ? 97 : 1;
                for (uint64_t limit = 0; limit <= text.length + 1; limit += step) {
                    check_file(fd, &text, 0, chunk_sizes[i], limit);
                    if (text.length > 10)
                        check_file(fd, &text, 5, chunk_sizes[i], limit);
                }
            }
            close(fd);
            free(text.bytes);
        }
}

/* A line is looked at by no chunk but those it lies in. */
static void test_line_of_many_chunks(void **state)
{
    (void)state;
    size_t length = 100000;
    struct text text = {malloc(length), length};
    assert_non_null(text.bytes);
    memset(text.bytes, 'x', length);
    memcpy(text.bytes, "a\nb\n", 4);
    memcpy(text.bytes + length - 3, "\nc\n", 3);
    int fd = temporary_file(text.bytes, length);
    check_file(fd, &text, 0, 1000, UINT64_MAX);
    check_file(fd, &text, 0, 7, UINT64_MAX);
    check_file(fd, &text, 3, 1000, 50000);
    check_file(fd, &text, 0, 1000, length - 1);
    check_file(fd, &text, 4, 1000, length - 3);
    check_file(fd, &text, 4, 1000, length - 2);
    /* The first chunk's owner has seen all of it, but for the one in which it ends or a place is. */
    for (size_t place = 0; place < 2; place++) {
        if (place)
            memcpy(text.bytes + 50999, "ab", 2);
        assert_int_equal(pwrite(fd, text.bytes, length, 0), length);
        struct file *file = open_file(fd, 0, 1000, condition_of_ab);
        struct chunk chunk;
        file_next_chunk(file, 1000, &chunk);
        struct lease lease;
        lease_open(&lease, &file->input, 0, length);
        struct region region = region_find(file, &lease, &chunk, UINT64_MAX);
        lease_close(&lease);
        assert_int_equal(region.seam, 1000);
        assert_int_equal(region.blank_end, place ? 50000 : 99000);
        assert_int_equal(region.end, length - 2);
        for (size_t i = 1; i < 100; i++)
            assert_int_equal(file->looks[i], i == 99 ? LOOK_BROKEN : place && i == 50 ? LOOK_UNBROKEN : LOOK_BLANK);
        file_free(file);
        check_file(fd, &text, 0, 1000, UINT64_MAX);
    }
    close(fd);
    free(text.bytes);
}

/* A file that is stopped has one chunk more, an empty one; the chunks up to where it was stopped are still wanted. */
static void test_stop(void **state)
{
    (void)state;
    struct text text = make_text(50, 20, true);
    int fd = temporary_file(text.bytes, text.length);
    for (uint64_t taken = 1; taken < 4; taken++) {
        struct file *file = open_file(fd, 2, 16, NULL);
        struct chunk chunk;
        for (uint64_t i = 0; i < taken; i++) {
            file_next_chunk(file, 16, &chunk);
            assert_false(chunk.last);
        }
        file_stop(file, taken - 1);
        file_stop(file, taken + 5); /* further on than that changes nothing */
        assert_false(file_is_stopped(file, taken - 1));
        assert_true(file_is_stopped(file, taken));
        file_next_chunk(file, 16, &chunk);
        assert_true(chunk.last && file->exhausted);
        assert_int_equal(chunk.begin, chunk.end);
        assert_int_equal(chunk.ticket.chunk, taken);
        file_free(file);
    }
    close(fd);
    free(text.bytes);
}

/* Blocks of a stream become chunks. */
static void test_blocks(void **state)
{
    (void)state;
    struct file *file = file_create(9, strdup("name"), &blind, NULL);
    assert_string_equal(file->name, "name");
    struct chunk chunk = {.block = {.offset = 100, .length = 30}};
    file_next_block(file, &chunk);
    assert_ptr_equal(chunk.file, file);
    assert_int_equal(chunk.ticket.file, 9);
    assert_int_equal(chunk.ticket.chunk, 0);
    assert_int_equal(chunk.begin, 100);
    assert_int_equal(chunk.end, 130);
    assert_false(chunk.last || file->exhausted);
    chunk = (struct chunk){.block = {.offset = 130, .length = 0, .last = true}};
    file_next_block(file, &chunk);
    assert_int_equal(chunk.ticket.chunk, 1);
    assert_int_equal(chunk.begin, 130);
    assert_int_equal(chunk.end, 130);
    assert_true(chunk.last && file->exhausted);
    file_free(file);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_regions),
        cmocka_unit_test(test_line_of_many_chunks),
        cmocka_unit_test(test_stop),
        cmocka_unit_test(test_blocks),
    };
    return cmocka_run_group_tests_name("file", tests, compile, release);
}
