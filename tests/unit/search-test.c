/*
 * search-test.c - the search of one chunk: what is printed, what is counted, what is asked for.
 */
#include "output/grep-format.h"
#include "task/searcher.h"

#include "test.h"

#include <inttypes.h>

#define NAME "file.txt"

/* --- one search --- */

enum {
    INVERT = 1,
    ONLY = 2, /* -o */
    TEXT = 4, /* -a */
    UNICODE = 8,
    WITH_NAME = 16,
    NUMBERS = 32, /* -n */
    OFFSETS = 64, /* -b */
    COLOR = 128,
};

/* What the chunk's callbacks say, and how often they were asked. */
struct answers {
    uint64_t lines_before, lines_wanted;
    size_t before_calls, wanted_calls, stop_calls;
    size_t stop_after; /* calls of stopped() */
};

static uint64_t lines_before(void *context)
{
    struct answers *answers = context;
    answers->before_calls++;
    return answers->lines_before;
}

/* So much that the quota has to wait for the chunk's turn. */
static uint64_t unjoined(void *context)
{
    struct answers *answers = context;
    answers->wanted_calls++;
    return UINT64_MAX;
}

static bool wait_turn(void *context)
{
    (void)context;
    return true;
}

static bool stopped(void *context)
{
    struct answers *answers = context;
    return ++answers->stop_calls > answers->stop_after;
}

static const struct ties ties = {
    .stopped = stopped, .lines_before = lines_before, .unjoined = unjoined, .wait_turn = wait_turn};
static const struct task_file file = {.name = NAME, .size = UINT64_MAX};

struct outcome {
    struct search_result result;
    struct answers answers;
    char *printed;
    size_t length;
};

/* Output goes to a file, from which it is read when the search is over. */
static bool flush(void *context, struct output *output)
{
    return output_write(output, *(const int *)context, NULL) == 0;
}

/* The absolute offset at which every chunk here begins. */
#define OFFSET 1000

static struct outcome run(const char *patterns, enum query_mode mode, unsigned flags, const struct answers *answers,
                          const char *text, size_t length, uint32_t match_limit)
{
    struct pattern_list list = {NULL, 0, 0};
    pattern_list_add(&list, patterns, strlen(patterns));
    const struct matcher_options options = {.dialect.unicode = flags & UNICODE,
                                            .match_limit = match_limit,
                                            .engine = match_limit ? ENGINE_PCRE2 : ENGINE_AUTO,
                                            .kernels = kernels_get(0)};
    struct mistake mistake;
    struct matcher *matcher = matcher_compile(&list, &options, &mistake);
    assert_non_null(matcher);
    pattern_list_free(&list);
    struct condition *condition = condition_create(matcher);
    struct printer printer = {.format = &grep_format,
                              .inverted = flags & INVERT,
                              .with_name = flags & WITH_NAME,
                              .line_number = flags & NUMBERS,
                              .byte_offset = flags & OFFSETS};
    colors_init(&printer.colors, NULL);
    printer.colors.enabled = flags & COLOR;
    const struct query query = {
        .condition = condition,
        .printer = &printer,
        .kernels = kernels_get(0),
        .mode = mode,
        .invert = flags & INVERT,
        .only_matching = flags & ONLY,
        .text = flags & TEXT,
        .unicode = flags & UNICODE,
        .limited = answers->lines_wanted != UINT64_MAX,
    };
    struct outcome outcome = {.answers = *answers};
    const struct chunk_text chunk = {
        .file = &file,
        .begin = text,
        .before = text,
        .end = text + length,
        .known = {text + length, text + length},
        .offset = OFFSET,
        .ties = &ties,
        .context = &outcome.answers,
    };
    const struct quota quota = {answers->lines_wanted, 0};
    struct searcher *searcher = searcher_create(&query);
    struct output *output = output_create();
    int fd = temporary_file("", 0);
    output_begin(output, true, 0, flush, &fd);
    memset(&outcome.result, 0xff, sizeof outcome.result); /* it is overwritten */
    searcher_run(searcher, &chunk, &quota, output, &outcome.result);
    output_flush_now(output);
    outcome.length = (size_t)lseek(fd, 0, SEEK_END);
    outcome.printed = malloc(outcome.length + 1);
    assert_non_null(outcome.printed);
    assert_int_equal(pread(fd, outcome.printed, outcome.length, 0), outcome.length);
    outcome.printed[outcome.length] = '\0';
    close(fd);
    output_free(output);
    searcher_free(searcher);
    colors_free(&printer.colors);
    condition_free(condition);
    return outcome;
}

static void outcome_free(struct outcome *outcome)
{
    search_result_clear(&outcome->result);
    assert_int_equal(outcome->result.given_up.count, 0);
    free(outcome->printed);
}

static const struct answers anything = {.lines_wanted = UINT64_MAX, .stop_after = SIZE_MAX};

/* --- a table --- */

#define ALL UINT64_MAX

static const char plain[] = "foo one\nbar\nfoofoo\n\nbar foo\nbaz\n";
static const char unfinished[] = "foo\nbar\nfoo";
static const char high[] = "foo \xd1\x8f\nfoo \xff\nfoo\n";
static const char nul[] = "foo\nb\0r\nfoo\0\nfoo\n";

static const struct {
    const char *patterns;
    enum query_mode mode;
    unsigned flags;
    uint64_t wanted; /* -m */
    const char *text;
    size_t length;
    const char *printed;
    uint64_t selected, matches, selected_end; /* the last is compared with -m and QUERY_EXISTS */
    bool binary;
} cases[] = {
#define IN(text) text, sizeof text - 1
    /* Lines. */
    {"foo", QUERY_LINES, 0, ALL, IN(plain), "foo one\nfoofoo\nbar foo\n", 3, 0, 0, false},
    {"foo", QUERY_LINES, INVERT, ALL, IN(plain), "bar\n\nbaz\n", 3, 0, 0, false},
    {"", QUERY_LINES, 0, ALL, IN(plain), plain, 6, 0, 0, false},
    {"", QUERY_LINES, INVERT, ALL, IN(plain), "", 0, 0, 0, false},
    {"nothing", QUERY_LINES, 0, ALL, IN(plain), "", 0, 0, 0, false},
    {"nothing", QUERY_LINES, INVERT, ALL, IN(plain), plain, 6, 0, 0, false},
    {"^$", QUERY_LINES, 0, ALL, IN(plain), "\n", 1, 0, 0, false},
    {"foo", QUERY_LINES, 0, ALL, IN(unfinished), "foo\nfoo\n", 2, 0, 0, false},
    {"bar", QUERY_LINES, INVERT, ALL, IN(unfinished), "foo\nfoo\n", 2, 0, 0, false},
    {"", QUERY_LINES, 0, ALL, IN(unfinished), "foo\nbar\nfoo\n", 3, 0, 0, false},
    {"foo", QUERY_LINES, 0, ALL, "", 0, "", 0, 0, 0, false},
    {"foo\nba", QUERY_LINES, 0, ALL, IN(plain), "foo one\nbar\nfoofoo\nbar foo\nbaz\n", 5, 0, 0, false},
    /* Prefixes. */
    {"foo", QUERY_LINES, NUMBERS, ALL, IN(plain), "8:foo one\n10:foofoo\n12:bar foo\n", 3, 0, 0, false},
    {"foo", QUERY_LINES, NUMBERS | INVERT, ALL, IN(plain), "9:bar\n11:\n13:baz\n", 3, 0, 0, false},
    {"foo", QUERY_LINES, OFFSETS, ALL, IN(plain), "1000:foo one\n1012:foofoo\n1020:bar foo\n", 3, 0, 0, false},
    {"foo", QUERY_LINES, WITH_NAME, ALL, IN(unfinished), NAME ":foo\n" NAME ":foo\n", 2, 0, 0, false},
    {"bar", QUERY_LINES, WITH_NAME | NUMBERS | OFFSETS, ALL, IN(unfinished), NAME ":9:1004:bar\n", 1, 0, 0, false},
    {"", QUERY_LINES, NUMBERS, ALL, IN(unfinished), "8:foo\n9:bar\n10:foo\n", 3, 0, 0, false},
    /* Matches. */
    {"foo", QUERY_LINES, ONLY, ALL, IN(plain), "foo\nfoo\nfoo\nfoo\n", 3, 4, 0, false},
    {"o+", QUERY_LINES, ONLY | NUMBERS | OFFSETS, ALL, IN(plain),
     "8:1001:oo\n8:1004:o\n10:1013:oo\n10:1016:oo\n12:1025:oo\n", 3, 5, 0, false},
    {"foo", QUERY_LINES, ONLY | INVERT, ALL, IN(plain), "", 3, 0, 0, false},
    {"x*", QUERY_LINES, ONLY, ALL, IN(plain), "", 6, 0, 0, false},
    {"o*", QUERY_LINES, ONLY, ALL, IN(unfinished), "oo\noo\n", 3, 2, 0, false},
    {"a|ar", QUERY_LINES, ONLY, ALL, IN(plain), "a\na\na\n", 3, 3, 0, false},
    {"ar\na", QUERY_LINES, ONLY, ALL, IN(plain), "ar\nar\na\n", 3, 3, 0, false},
    {"f\\Ko", QUERY_LINES, ONLY | OFFSETS, ALL, IN(unfinished), "1001:o\n1009:o\n", 2, 2, 0, false},
    {"$|foo", QUERY_LINES, ONLY, ALL, IN(unfinished), "foo\nfoo\n", 3, 2, 0, false},
    /* Numbers. */
    {"foo", QUERY_COUNT, 0, ALL, IN(plain), "", 3, 0, 0, false},
    {"foo", QUERY_COUNT, INVERT, ALL, IN(plain), "", 3, 0, 0, false},
    {"", QUERY_COUNT, 0, ALL, IN(unfinished), "", 3, 0, 0, false},
    {"zz", QUERY_COUNT, INVERT, ALL, IN(unfinished), "", 3, 0, 0, false},
    {"", QUERY_COUNT, INVERT, ALL, IN(plain), "", 0, 0, 0, false},
    {"foo", QUERY_COUNT_MATCHES, 0, ALL, IN(plain), "", 3, 4, 0, false},
    {"o*", QUERY_COUNT_MATCHES, 0, ALL, IN(unfinished), "", 3, 2, 0, false},
    {"", QUERY_COUNT_MATCHES, 0, ALL, IN(plain), "", 6, 0, 0, false},
    {"foo", QUERY_COUNT_MATCHES, INVERT, ALL, IN(plain), "", 3, 0, 0, false},
    {"foo", QUERY_EXISTS, 0, ALL, IN(plain), "", 1, 0, 1008, false},
    {"foo", QUERY_EXISTS, INVERT, ALL, IN(plain), "", 1, 0, 1012, false},
    {"zzz", QUERY_EXISTS, 0, ALL, IN(plain), "", 0, 0, 0, false},
    {"", QUERY_EXISTS, 0, ALL, IN(plain), "", 1, 0, 1008, false},
    {"", QUERY_EXISTS, INVERT, ALL, IN(plain), "", 0, 0, 0, false},
    {"foo|bar|baz|^$", QUERY_EXISTS, INVERT, ALL, IN(plain), "", 0, 0, 0, false},
    /* -m */
    {"foo", QUERY_LINES, 0, 2, IN(plain), "foo one\nfoofoo\n", 2, 0, 1019, false},
    {"foo", QUERY_LINES, 0, 3, IN(plain), "foo one\nfoofoo\nbar foo\n", 3, 0, 1028, false},
    {"foo", QUERY_LINES, 0, 9, IN(plain), "foo one\nfoofoo\nbar foo\n", 3, 0, 1028, false},
    {"foo", QUERY_LINES, 0, 0, IN(plain), "", 0, 0, 0, false},
    {"foo", QUERY_LINES, INVERT, 2, IN(plain), "bar\n\n", 2, 0, 1020, false},
    {"", QUERY_LINES, 0, 2, IN(plain), "foo one\nbar\n", 2, 0, 1012, false},
    {"", QUERY_LINES, 0, 3, IN(unfinished), "foo\nbar\nfoo\n", 3, 0, 1011, false},
    {"foo", QUERY_LINES, ONLY, 2, IN(plain), "foo\nfoo\nfoo\n", 2, 3, 1019, false},
    {"foo", QUERY_COUNT, 0, 2, IN(plain), "", 2, 0, 1019, false},
    {"zzz", QUERY_COUNT, INVERT, 4, IN(plain), "", 4, 0, 1020, false},
    {"foo", QUERY_COUNT_MATCHES, 0, 2, IN(plain), "", 2, 3, 1019, false},
    /* Text that is not text. */
    {"foo", QUERY_LINES, 0, ALL, IN(high), high, 3, 0, 0, false},
    {"foo", QUERY_LINES, UNICODE, ALL, IN(high), "foo \xd1\x8f\nfoo\n", 3, 0, 0, true},
    {"foo", QUERY_LINES, UNICODE | TEXT, ALL, IN(high), high, 3, 0, 0, false},
    {"foo", QUERY_COUNT, UNICODE, ALL, IN(high), "", 3, 0, 0, false},
    {"zzz", QUERY_LINES, UNICODE | INVERT, ALL, IN(high), "foo \xd1\x8f\nfoo\n", 3, 0, 0, true},
    {"foo", QUERY_LINES, UNICODE | ONLY, ALL, IN(high), "foo\nfoo\nfoo\n", 3, 3, 0, false},
    {"foo", QUERY_LINES, 0, ALL, IN(nul), "foo\n", 2, 0, 0, true},
    {"foo", QUERY_LINES, TEXT, ALL, nul, sizeof nul - 1, NULL, 3, 0, 0, false},
    {"foo", QUERY_LINES, ONLY, ALL, IN(nul), "foo\n", 2, 1, 0, true},
    {"foo", QUERY_LINES, ONLY | TEXT, ALL, IN(nul), "foo\nfoo\nfoo\n", 3, 3, 0, false},
    {"foo", QUERY_LINES, INVERT, ALL, IN(nul), "", 1, 0, 0, true},
    {"foo", QUERY_LINES, 0, 2, IN(nul), "foo\n", 2, 0, 1013, true},
    {"foo", QUERY_COUNT, 0, ALL, IN(nul), "", 3, 0, 0, false},
    {"foo", QUERY_COUNT_MATCHES, UNICODE, ALL, IN(nul), "", 3, 3, 0, false},
    /* Colours: GNU grep's defaults. */
    {"foo", QUERY_LINES, COLOR, ALL, IN(unfinished), "\33[01;31m\33[Kfoo\33[m\33[K\n\33[01;31m\33[Kfoo\33[m\33[K\n", 2,
     2, 0, false},
    {"a", QUERY_LINES, COLOR, ALL, IN(unfinished), "b\33[01;31m\33[Ka\33[m\33[Kr\n", 1, 1, 0, false},
    {"foo", QUERY_LINES, COLOR | INVERT, ALL, IN(unfinished), "bar\n", 1, 0, 0, false},
    {"x*", QUERY_LINES, COLOR, ALL, IN(unfinished), "foo\nbar\nfoo\n", 3, 0, 0, false},
    {"bar", QUERY_LINES, COLOR | ONLY | NUMBERS, ALL, IN(unfinished),
     "\33[32m\33[K9\33[m\33[K\33[36m\33[K:\33[m\33[K\33[01;31m\33[Kbar\33[m\33[K\n", 1, 1, 0, false},
};

static void test_table(void **state)
{
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct answers answers = anything;
        answers.lines_before = 7;
        answers.lines_wanted = cases[i].wanted;
        struct outcome outcome =
            run(cases[i].patterns, cases[i].mode, cases[i].flags, &answers, cases[i].text, cases[i].length, 0);
        const struct search_result *result = &outcome.result;
        bool printed = !cases[i].printed || (outcome.length == strlen(cases[i].printed) &&
                                             memcmp(outcome.printed, cases[i].printed, outcome.length) == 0);
        /* Matches are counted only where they are asked for. */
        uint64_t matches = cases[i].mode == QUERY_COUNT_MATCHES ? cases[i].matches : 0;
        bool ends = cases[i].wanted != ALL || cases[i].mode == QUERY_EXISTS;
        if (!printed || result->selected != cases[i].selected || result->matches != matches ||
            (ends && result->selected_end != cases[i].selected_end) || result->binary != cases[i].binary ||
            result->given_up.count != 0) {
            print_error("case %zu, \"%s\": %" PRIu64 " lines, %" PRIu64 " matches, end %" PRIu64
                        ", binary %d; printed:\n%s",
                        i, cases[i].patterns, result->selected, result->matches, result->selected_end, result->binary,
                        outcome.printed);
            wrong++;
        }
        bool numbers = cases[i].flags & NUMBERS && outcome.length;
        assert_int_equal(outcome.answers.before_calls, numbers);
        assert_in_range(outcome.answers.wanted_calls, 0, cases[i].wanted != ALL && cases[i].mode != QUERY_EXISTS);
        if (result->selected && cases[i].wanted != ALL)
            assert_int_equal(outcome.answers.wanted_calls, 1);
        outcome_free(&outcome);
    }
    assert_int_equal(wrong, 0);
}

/* --- a larger text --- */

struct text {
    char *bytes;
    size_t length, lines;
};

/* Lines of which some hold "foo", some a long one, the last has no newline. */
static struct text make_text(void)
{
    struct dice dice = {3};
    struct text text = {malloc(4 << 20), 0, 0};
    assert_non_null(text.bytes);
    while (text.length < (3 << 20)) {
        size_t size = dice_below(&dice, 2000) ? dice_below(&dice, 60) : 30000;
        for (size_t i = 0; i < size; i++)
            text.bytes[text.length++] = (char)('a' + dice_below(&dice, 20));
        if (dice_below(&dice, 3) == 0) {
            memcpy(text.bytes + text.length, "foo", 3);
            text.length += 3;
        }
        text.bytes[text.length++] = '\n';
        text.lines++;
    }
    text.length--;
    return text;
}

/* What grep would print of it for "foo". */
static struct text expected_of(const struct text *text, unsigned flags, uint64_t before, uint64_t *selected)
{
    struct text expected = {malloc(16 << 20), 0, 0};
    assert_non_null(expected.bytes);
    *selected = 0;
    size_t number = 0;
    for (const char *p = text->bytes, *end = p + text->length; p < end;) {
        const char *newline = memchr(p, '\n', (size_t)(end - p)), *stop = newline ? newline : end;
        bool matches = memmem(p, (size_t)(stop - p), "foo", 3) != NULL;
        number++;
        if (matches == !(flags & INVERT)) {
            ++*selected;
            char *to = expected.bytes + expected.length;
            if (flags & NUMBERS)
                to += sprintf(to, "%" PRIu64 ":", before + number);
            if (flags & OFFSETS)
                to += sprintf(to, "%td:", OFFSET + (p - text->bytes));
            memcpy(to, p, (size_t)(stop - p));
            to += stop - p;
            *to++ = '\n';
            expected.length = (size_t)(to - expected.bytes);
        }
        p = stop + 1;
    }
    return expected;
}

static void test_large(void **state)
{
    (void)state;
    struct text text = make_text();
    static const unsigned flags[] = {
        0, INVERT, NUMBERS, OFFSETS, NUMBERS | OFFSETS, NUMBERS | INVERT, OFFSETS | INVERT};
    for (size_t i = 0; i < COUNT(flags); i++) {
        struct answers answers = anything;
        answers.lines_before = UINT64_C(5000000000);
        uint64_t selected;
        struct text expected = expected_of(&text, flags[i], answers.lines_before, &selected);
        struct outcome outcome = run("foo", QUERY_LINES, flags[i], &answers, text.bytes, text.length, 0);
        assert_int_equal(outcome.result.selected, selected);
        assert_int_equal(outcome.length, expected.length);
        assert_int_equal(memcmp(outcome.printed, expected.bytes, expected.length), 0);
        outcome_free(&outcome);
        outcome = run("foo", QUERY_COUNT, flags[i], &answers, text.bytes, text.length, 0);
        assert_int_equal(outcome.result.selected, selected);
        assert_int_equal(outcome.length, 0);
        outcome_free(&outcome);
        free(expected.bytes);
    }
    free(text.bytes);
}

/* Whoever does not want any more gets no more than a piece of the chunk. */
static void test_stopped(void **state)
{
    (void)state;
    struct text text = make_text();
    static const unsigned flags[] = {0, INVERT};
    static const char *const patterns[] = {"foo", "", "zzzz"};
    for (size_t i = 0; i < COUNT(patterns); i++)
        for (size_t j = 0; j < COUNT(flags); j++)
            for (size_t after = 0; after < 3; after++) {
                struct answers answers = anything;
                struct outcome all = run(patterns[i], QUERY_LINES, flags[j], &answers, text.bytes, text.length, 0);
                answers.stop_after = after;
                struct outcome some = run(patterns[i], QUERY_LINES, flags[j], &answers, text.bytes, text.length, 0);
                assert_int_equal(some.answers.stop_calls, all.result.selected ? after + 1 : 0);
                assert_true(some.length <= all.length && memcmp(some.printed, all.printed, some.length) == 0);
                assert_true(all.result.selected == 0 || some.result.selected < all.result.selected);
                /* What was printed is what was selected. */
                size_t printed = 0;
                for (size_t k = 0; k < some.length; k++)
                    printed += some.printed[k] == '\n';
                assert_int_equal(printed, some.result.selected);
                outcome_free(&all);
                outcome_free(&some);
            }
    free(text.bytes);
}

/* Lines that are given up are told with their offsets, and are selected by -v only. */
static void test_given_up(void **state)
{
    (void)state;
    static const char text[] = "ab\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\nxab\n"
                               "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\nxx";
    static const struct {
        unsigned flags;
        enum query_mode mode;
        uint64_t selected;
    } given_up_cases[] = {{0, QUERY_LINES, 2}, {0, QUERY_COUNT, 2}, {INVERT, QUERY_COUNT, 3}, {INVERT, QUERY_LINES, 3}};
    for (size_t i = 0; i < COUNT(given_up_cases); i++) {
        struct outcome outcome =
            run("(a+)+[bc]$", given_up_cases[i].mode, given_up_cases[i].flags, &anything, text, sizeof text - 1, 20000);
        assert_int_equal(outcome.result.selected, given_up_cases[i].selected);
        assert_int_equal(outcome.result.given_up.count, 2);
        assert_int_equal(outcome.result.given_up.items[0].offset, OFFSET + 3);
        assert_int_equal(outcome.result.given_up.items[1].offset, OFFSET + 57);
        assert_true(outcome.result.given_up.items[0].error < 0);
        outcome_free(&outcome);
    }
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_large),
        cmocka_unit_test(test_stopped),
        cmocka_unit_test(test_given_up),
    };
    return cmocka_run_group_tests_name("search", tests, NULL, NULL);
}
