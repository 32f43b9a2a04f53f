/*
 * lazy-programs-test.c - which patterns may wait for PCRE2, and that they come to the same then.
 */
#include "pcre2/lazy-programs.h"

#include "pcre2/program-list.h"
#include "pcre2/runner.h"
#include "test.h"

#include <pthread.h>

static void test_can_wait(void **state)
{
    (void)state;
    static const struct {
        const char *patterns;
        bool fixed, unicode, posix, expected;
    } rows[] = {
        {"foo", .expected = true},
        {"foo\nbar baz-1 #,:;<>=!\"'%&/]}~`@_", .expected = true},
        {"", .expected = true},
        {"foo\n(", .expected = false},
        {"fo.", .expected = false},
        {"foo\\", .expected = false},
        {"^a", .expected = false},
        {"a$", .expected = false},
        {"a|b", .expected = false},
        {"[", .expected = false},
        {"a{1}", .expected = false},
        {"a)", .expected = false},
        {"a*\nb+\nc?", .expected = false},
        {"(\n*\n[a", .fixed = true, .expected = true},
        {"\xff", .fixed = true, .unicode = true, .expected = true},
        {"\xff", .unicode = true, .expected = false},
        {"\xff", .unicode = false, .expected = true},
        {"\xc3\xa9", .unicode = true, .expected = true},
        {"foo", .posix = true, .expected = false},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct pattern_list list = {.items = NULL};
        pattern_list_add(&list, rows[i].patterns, strlen(rows[i].patterns));
        const struct dialect dialect = {
            .fixed = rows[i].fixed, .unicode = rows[i].unicode, .posix = rows[i].posix ? POSIX_EXTENDED : POSIX_NONE};
        const struct source_pattern_options options = {.dialect = &dialect};
        if (lazy_programs_can_wait(&list, &options) != rows[i].expected)
            fail_msg("row %zu: %s", i, rows[i].patterns);
        pattern_list_free(&list);
    }
}

/* What PCRE2 might refuse for its length is shown to it at once. */
static void test_long(void **state)
{
    (void)state;
    static char text[100001];
    memset(text, 'a', sizeof text - 1);
    struct pattern_list list = {.items = NULL};
    pattern_list_add(&list, text, sizeof text - 1);
    assert_false(
        lazy_programs_can_wait(&list, &(struct source_pattern_options){.dialect = &(struct dialect){.fixed = true}}));
    pattern_list_free(&list);
}

static bool matches(const struct program_list *list, const char *line)
{
    const struct match_limits limits = {1000000, 1000000, 1000000};
    struct runner *runner = runner_create(&limits);
    bool found = false;
    for (size_t i = 0; i < list->count && !found; i++) {
        struct span match;
        const struct program *program = &list->items[i];
        const struct form *form = program->wide.code ? &program->wide : &program->narrow;
        found = runner_match(runner, form, line, strlen(line), 0, &match) > 0;
    }
    runner_free(runner);
    return found;
}

/* The longest patterns that wait, of what takes the most code; and so many that they become several programs. */
static void test_largest(void **state)
{
    (void)state;
    struct pattern_list list = {.items = NULL};
    static char text[4096];
    for (size_t k = 0; k < 3; k++) {
        const char *letter = (const char *const[]){"k", "\xce\xb8", "\xe1\xba\x9e"}[k];
        for (size_t i = 0; i + 3 < sizeof text; i += strlen(letter))
            memcpy(text + i, letter, strlen(letter));
        size_t length = sizeof text - 4;
        pattern_list_add(&list, text, length - length % strlen(letter));
    }
    for (unsigned i = 0; i < 65536; i += 7) {
        char word[2] = {(char)(i >> 8), (char)i};
        if (word[0] != '\n' && word[1] != '\n')
            pattern_list_add(&list, word, 2);
    }
    for (int bounds = 0; bounds < 3; bounds++) {
        const struct dialect dialect = {.fixed = true,
                                        .caseless = true,
                                        .unicode = true,
                                        .boundary = (enum boundary[]){BOUNDS_NONE, BOUNDS_WORD, BOUNDS_LINE}[bounds]};
        const struct source_pattern_options source_options = {.dialect = &dialect};
        const struct program_list_options options = {.program = {.dialect = &dialect}};
        assert_true(lazy_programs_can_wait(&list, &source_options));
        struct lazy_programs *lazy = lazy_programs_create(&list, &source_options, &options);
        const struct program_list *programs = lazy_programs_get(lazy);
        assert_true(programs->count > 2);
        assert_true(matches(programs, list.items[0].text));
        assert_true(matches(programs, list.items[1].text));
        assert_true(matches(programs, list.items[list.count - 1].text));
        assert_false(matches(programs, "x"));
        lazy_programs_free(lazy);
    }
    pattern_list_free(&list);
}

static void *ask(void *lazy)
{
    return (void *)(uintptr_t)lazy_programs_get(lazy);
}

/* Many ask at once, and all are given the same; the list is gone by then. */
static void test_threads(void **state)
{
    (void)state;
    for (int round = 0; round < 20; round++) {
        struct pattern_list list = {.items = NULL};
        for (int i = 0; i < 200; i++) {
            char word[16];
            pattern_list_add(&list, word, (size_t)sprintf(word, "word%d", i));
        }
        const struct dialect dialect = {.fixed = round % 2};
        const struct source_pattern_options source_options = {.dialect = &dialect};
        const struct program_list_options options = {.program = {.dialect = &dialect}};
        struct lazy_programs *lazy = lazy_programs_create(&list, &source_options, &options);
        pattern_list_free(&list);
        pthread_t threads[4];
        for (size_t i = 0; i < COUNT(threads); i++)
            assert_int_equal(pthread_create(&threads[i], NULL, ask, lazy), 0);
        for (size_t i = 0; i < COUNT(threads); i++) {
            void *programs;
            assert_int_equal(pthread_join(threads[i], &programs), 0);
            assert_ptr_equal(programs, lazy_programs_get(lazy));
        }
        assert_true(matches(lazy_programs_get(lazy), "a word199"));
        assert_false(matches(lazy_programs_get(lazy), "a word"));
        lazy_programs_free(lazy);
    }
}

/* Never asked, it costs nothing but its memory. */
static void test_unasked(void **state)
{
    (void)state;
    struct pattern_list list = {.items = NULL};
    static const struct dialect strings = {.fixed = true};
    const struct program_list_options options = {.program = {.dialect = &strings}};
    lazy_programs_free(lazy_programs_create(&list, &(struct source_pattern_options){.dialect = &strings}, &options));
    pattern_list_add(&list, "a\nb", 3);
    lazy_programs_free(lazy_programs_create(&list, &(struct source_pattern_options){.dialect = &strings}, &options));
    lazy_programs_free(NULL);
    pattern_list_free(&list);
}

static void test_now(void **state)
{
    (void)state;
    struct pattern_list list = {.items = NULL};
    pattern_list_add(&list, "a.c\nb(", 6);
    struct source_pattern sources[2];
    struct mistake mistake;
    const struct dialect dialect = {.fixed = false};
    const struct source_pattern_options source_options = {.dialect = &dialect};
    const struct program_list_options options = {.program = {.dialect = &dialect}};
    for (size_t i = 0; i < 2; i++) {
        assert_true(source_pattern_make(&sources[i], &list.items[i], &source_options, &mistake));
        sources[i].apart = false;
    }
    assert_null(lazy_programs_create_now(sources, 2, &options, &mistake));
    assert_int_equal(mistake.pattern, 1);
    assert_int_equal(mistake.offset, 2);
    struct lazy_programs *lazy = lazy_programs_create_now(sources, 1, &options, &mistake);
    assert_non_null(lazy);
    assert_true(matches(lazy_programs_get(lazy), "abc"));
    lazy_programs_free(lazy);
    for (size_t i = 0; i < 2; i++)
        source_pattern_release(&sources[i]);
    pattern_list_free(&list);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_can_wait), cmocka_unit_test(test_long),    cmocka_unit_test(test_largest),
        cmocka_unit_test(test_threads),  cmocka_unit_test(test_unasked), cmocka_unit_test(test_now),
    };
    return cmocka_run_group_tests_name("lazy-programs", tests, NULL, NULL);
}
