/*
 * task-test.c - tasks of other kinds than searching and counting, to show that the table of functions is enough: how
 * often each byte occurs, for which text may be cut anywhere; and an index of lines, which prints where they are.
 */
#include "scan/scan.h"

#include "test.h"

#include <inttypes.h>
#include <stdatomic.h>

/* --- how often each byte occurs --- */

struct histogram {
    uint64_t counts[256];
};

static size_t histogram_seam(const void *plan, const struct task_file *file, const char *text, size_t length)
{
    (void)plan, (void)file, (void)text, (void)length;
    return 0;
}

static size_t histogram_cut(const void *plan, const char *bytes, size_t from, size_t length)
{
    (void)plan, (void)bytes, (void)from;
    return length;
}

static enum task_verdict histogram_run(void *state, const struct chunk_text *text, struct output *output, void *result)
{
    struct histogram *histogram = result;
    (void)state, (void)output;
    for (const char *at = text->begin; at < text->end; at++)
        histogram->counts[(unsigned char)*at]++;
    return TASK_GOES_ON;
}

static void add(struct histogram *to, const struct histogram *from)
{
    for (int byte = 0; byte < 256; byte++)
        to->counts[byte] += from->counts[byte];
}

static bool histogram_join(void *turn, const struct chunk_text *text, const void *result)
{
    (void)turn;
    add(text->file->sum, result);
    return true;
}

static void histogram_file_end(void *total, const struct chunk_text *end, struct output *output)
{
    (void)output;
    add(total, end->file->sum);
}

static const struct task histogram_task = {
    .result_size = sizeof(struct histogram),
    .sum_size = sizeof(struct histogram),
    .seam = histogram_seam,
    .cut = histogram_cut,
    .run = histogram_run,
    .join = histogram_join,
    .file_end = histogram_file_end,
};

/* --- an index of lines --- */

/* The plan: lines that begin with this byte are wanted, so many of each file. */
struct wanted {
    char first;
    uint64_t most;
};

static unsigned index_needs(const void *plan)
{
    (void)plan;
    return TASK_NUMBERS_LINES | TASK_KEEPS_TEXT;
}

static void *index_state_create(const void *plan)
{
    const struct wanted **state = malloc(sizeof(void *));
    assert_non_null(state);
    *state = plan;
    return state;
}

/* Prints "NUMBER OFFSET" for each line that is wanted, all of a chunk; the result is how many there are. */
static enum task_verdict index_run(void *state, const struct chunk_text *text, struct output *output, void *result)
{
    const struct wanted *wanted = *(const struct wanted **)state;
    uint64_t number = chunk_text_lines_before(text), *count = result;
    for (const char *at = text->begin; at < text->end && !chunk_text_is_stopped(text);) {
        const char *newline = memchr(at, '\n', (size_t)(text->end - at));
        number++;
        if (*at == wanted->first) {
            char line[60];
            int length = sprintf(line, "%" PRIu64 " %" PRIu64 "\n", number, chunk_text_offset(text, at));
            output_bytes(output, line, (size_t)length);
            ++*count;
        }
        at = newline ? newline + 1 : text->end;
    }
    return TASK_GOES_ON;
}

struct index_turn {
    const struct wanted *wanted;
    uint64_t *total;
    int chunks; /* that had a head */
};

static void *index_turn_create(const void *plan, void *total)
{
    struct index_turn *turn = calloc(1, sizeof *turn);
    assert_non_null(turn);
    turn->wanted = plan;
    turn->total = total;
    return turn;
}

/* A line before each chunk that has some of its own. */
static bool index_head(void *context, const struct chunk_text *text, const void *result)
{
    struct index_turn *turn = context;
    const uint64_t *count = result;
    turn->chunks++;
    assert_non_null(text->begin);
    assert_true(text->before <= text->begin && text->begin < text->end);
    return *(const uint64_t *)text->file->sum + *count <= turn->wanted->most;
}

/* Chunks are taken as long as all of their lines are still wanted. */
static bool index_join(void *context, const struct chunk_text *text, const void *result)
{
    const struct index_turn *turn = context;
    const uint64_t *count = result;
    uint64_t *sum = text->file->sum;
    bool more = *sum + *count <= turn->wanted->most;
    *sum += more ? *count : 0;
    return more;
}

static void index_file_end(void *context, const struct chunk_text *end, struct output *output)
{
    const struct index_turn *turn = context;
    char line[60];
    *turn->total += *(uint64_t *)end->file->sum;
    output_bytes(output, line, (size_t)sprintf(line, "file %" PRIu64 "\n", *(uint64_t *)end->file->sum));
}

static void index_end(void *context, const struct chunk_text *end, struct output *output)
{
    const struct index_turn *turn = context;
    char line[60];
    assert_null(end->file);
    output_bytes(output, line, (size_t)sprintf(line, "all %" PRIu64 "\n", *turn->total));
}

static const struct task index_task = {
    .result_size = sizeof(uint64_t),
    .sum_size = sizeof(uint64_t),
    .needs = index_needs,
    .state_create = index_state_create,
    .state_free = free,
    .run = index_run,
    .turn_create = index_turn_create,
    .turn_free = free,
    .head = index_head,
    .join = index_join,
    .file_end = index_file_end,
    .end = index_end,
};

/* --- runs --- */

struct text {
    char *bytes;
    size_t length;
};

static struct text make_text(void)
{
    struct dice dice = {5};
    struct text text = {malloc(5000), 0};
    assert_non_null(text.bytes);
    while (text.length < 4000) {
        size_t length = dice_below(&dice, 6) ? dice_below(&dice, 20) : 150;
        for (size_t i = 0; i < length; i++)
            text.bytes[text.length++] = (char)('a' + dice_below(&dice, 6));
        text.bytes[text.length++] = '\n';
    }
    text.length--;
    return text;
}

static const size_t chunk_sizes[] = {1, 2, 7, 64, 1000, 1 << 20};

/* Runs a task over the file, named three times; what it prints comes back, to be freed. */
static char *run(const struct task *task, const void *plan, void *total, int fd, size_t chunk_size, unsigned threads,
                 enum map_policy policy)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    const char *const names[] = {path, path, path};
    int output = temporary_file("", 0);
    const struct scan_options options = {
        .walk = {.names = names, .name_count = 3},
        .input = {.map = policy},
        .block_size = chunk_size,
        .chunk_size = chunk_size,
        .task = task,
        .plan = plan,
        .total = total,
        .line_end = '\n',
        .kernels = kernels_get(0),
        .output = output,
        .threads = threads,
    };
    struct scan_outcome outcome = scan_run(&options);
    assert_false(outcome.failed);
    assert_int_equal(outcome.files, 3);
    assert_int_equal(outcome.mapped, policy == MAP_PREFER ? 3 : 0);
    off_t length = lseek(output, 0, SEEK_END);
    char *printed = calloc((size_t)length + 1, 1);
    assert_non_null(printed);
    assert_int_equal(pread(output, printed, (size_t)length, 0), length);
    close(output);
    return printed;
}

static void test_histogram(void **state)
{
    (void)state;
    struct text text = make_text();
    struct histogram expected = {{0}};
    for (size_t i = 0; i < text.length; i++)
        expected.counts[(unsigned char)text.bytes[i]] += 3;
    int fd = temporary_file(text.bytes, text.length);
    for (size_t i = 0; i < COUNT(chunk_sizes); i++)
        for (unsigned threads = 1; threads < 5; threads++)
            for (int policy = MAP_PREFER; policy <= MAP_REFUSE; policy++) {
                struct histogram total = {{0}};
                char *printed =
                    run(&histogram_task, NULL, &total, fd, chunk_sizes[i], threads, (enum map_policy)policy);
                assert_string_equal(printed, "");
                assert_memory_equal(&total, &expected, sizeof total);
                free(printed);
            }
    close(fd);
    free(text.bytes);
}

static void test_index(void **state)
{
    (void)state;
    struct text text = make_text();
    const struct wanted wanted = {'c', UINT64_MAX};
    char *expected = calloc(1, 100000), *to = expected;
    assert_non_null(expected);
    uint64_t count = 0, number = 0;
    for (size_t i = 0; i < text.length; i++) {
        bool begins = i == 0 || text.bytes[i - 1] == '\n';
        number += begins;
        if (begins && text.bytes[i] == wanted.first) {
            to += sprintf(to, "%" PRIu64 " %zu\n", number, i);
            count++;
        }
    }
    assert_true(count > 10);
    to += sprintf(to, "file %" PRIu64 "\n", count);
    size_t one = (size_t)(to - expected);
    memcpy(expected + one, expected, one);
    memcpy(expected + 2 * one, expected, one);
    sprintf(expected + 3 * one, "all %" PRIu64 "\n", 3 * count);
    int fd = temporary_file(text.bytes, text.length);
    for (size_t i = 0; i < COUNT(chunk_sizes); i++)
        for (unsigned threads = 1; threads < 5; threads++)
            for (int policy = MAP_PREFER; policy <= MAP_REFUSE; policy++) {
                uint64_t total = 0;
                char *printed = run(&index_task, &wanted, &total, fd, chunk_sizes[i], threads, (enum map_policy)policy);
                assert_string_equal(printed, expected);
                assert_int_equal(total, 3 * count);
                free(printed);
            }
    close(fd);
    free(text.bytes);
    free(expected);
}

/* A file ends when join() has enough of it, and what head() refuses is not printed. */
static void test_enough(void **state)
{
    (void)state;
    struct text text = make_text();
    int fd = temporary_file(text.bytes, text.length);
    for (uint64_t most = 0; most < 5; most++) {
        const struct wanted wanted = {'c', most};
        for (unsigned threads = 1; threads < 5; threads++)
            for (int policy = MAP_PREFER; policy <= MAP_REFUSE; policy++) {
                uint64_t total = 0;
                char *printed = run(&index_task, &wanted, &total, fd, 1, threads, (enum map_policy)policy);
                uint64_t lines = 0;
                for (const char *at = printed; *at; at++)
                    lines += *at == '\n';
                if (policy == MAP_PREFER) /* a block that is read may have several lines */
                    assert_int_equal(total, 3 * most);
                assert_true(total <= 3 * most);
                assert_int_equal(lines, total + 3 + 1);
                free(printed);
            }
    }
    close(fd);
    free(text.bytes);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_histogram),
        cmocka_unit_test(test_index),
        cmocka_unit_test(test_enough),
    };
    return cmocka_run_group_tests_name("task", tests, NULL, NULL);
}
