/*
 * program-list-test.c - what is joined into one program, and what a wrong pattern is told about.
 */
#include "pcre2/program-list.h"

#include "pcre2/runner.h"
#include "test.h"

static bool compile(struct program_list *list, const char *patterns, const struct dialect *dialect,
                    struct mistake *mistake)
{
    struct pattern_list patterns_list = {.items = NULL};
    pattern_list_add(&patterns_list, patterns, strlen(patterns));
    const struct source_pattern_options source_options = {
        .dialect = dialect,
        .alone = patterns_list.count == 1,
    };
    const struct program_list_options options = {.program = {.dialect = dialect}};
    struct source_pattern *sources = calloc(patterns_list.count, sizeof *sources);
    assert_non_null(sources);
    for (size_t i = 0; i < patterns_list.count; i++) {
        assert_true(source_pattern_make(&sources[i], &patterns_list.items[i], &source_options, mistake));
        sources[i].apart = false;
    }
    bool compiled = program_list_compile(list, sources, patterns_list.count, &options, mistake);
    for (size_t i = 0; i < patterns_list.count; i++)
        source_pattern_release(&sources[i]);
    free(sources);
    pattern_list_free(&patterns_list);
    return compiled;
}

static bool matches(const struct program_list *list, const char *line)
{
    const struct match_limits limits = {1000000, 1000000, 1000000};
    struct runner *runner = runner_create(&limits);
    bool found = false;
    for (size_t i = 0; i < list->count && !found; i++) {
        const struct program *program = &list->items[i];
        struct span match;
        const struct form *form = program->wide.code ? &program->wide : &program->narrow;
        int result = runner_match(runner, form, line, strlen(line), 0, &match);
        assert_true(result >= 0);
        found = result;
    }
    runner_free(runner);
    return found;
}

static void test_joins(void **state)
{
    (void)state;
    static const struct {
        const char *patterns;
        struct dialect dialect;
        size_t count;
        const char *good[3], *bad[3]; /* lines */
    } rows[] = {
        {"foo", {.fixed = false}, 1, {"a foo", NULL}, {"fo", NULL}},
        {"foo\nbar\nb[ae]z", {.fixed = false}, 1, {"foo", "a bar", "bez"}, {"ba", "oo", "bz"}},
        {"foo\nbar", {.fixed = true}, 1, {"foo", "bar"}, {"ba"}},
        {"a.c\n\\d", {.fixed = true}, 1, {"a.c", "x\\d"}, {"abc", "1"}},
        {"a|b\nc", {.fixed = false, .boundary = BOUNDS_LINE}, 1, {"a", "b", "c"}, {"ab", "xc", "cx"}},
        {"\\Qa.b\nx", {.fixed = false}, 1, {"a.b", "x"}, {"aab"}},
        {"(?i)a\nb", {.fixed = false}, 1, {"A", "b"}, {"B"}},
        {"(a)\\1\n(b)\\1", {.fixed = false}, 2, {"aa", "bb"}, {"ab", "ba"}},
        {"a\nb(?R)?", {.fixed = false}, 2, {"a", "b"}, {"c"}},
        {"a\nb", {.caseless = true, .unicode = true}, 1, {"A", "B"}, {"c"}},
        {"\xc3\xa9\n\xe9", {.fixed = true, .unicode = true}, 2, {"\xc3\xa9", "\xe9"}, {"e"}},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct program_list list;
        struct mistake mistake;
        assert_true(compile(&list, rows[i].patterns, &rows[i].dialect, &mistake));
        if (list.count != rows[i].count)
            fail_msg("%s: %zu programs", rows[i].patterns, list.count);
        for (size_t k = 0; k < 3; k++) {
            if (rows[i].good[k] && !matches(&list, rows[i].good[k]))
                fail_msg("%s does not match %s", rows[i].patterns, rows[i].good[k]);
            if (rows[i].bad[k] && matches(&list, rows[i].bad[k]))
                fail_msg("%s matches %s", rows[i].patterns, rows[i].bad[k]);
        }
        program_list_free(&list);
        assert_int_equal(list.count, 0);
        assert_null(list.items);
    }
}

/* Far fewer programs than patterns, and each pattern in one. */
static void test_many(void **state)
{
    (void)state;
    for (int fixed = 0; fixed < 2; fixed++) {
        enum { MANY = 5000 };
        char *text = malloc(MANY * 16);
        assert_non_null(text);
        size_t used = 0;
        for (int i = 0; i < MANY; i++)
            used += (size_t)sprintf(text + used, "%sw%dx", i ? "\n" : "", i);
        struct program_list list;
        struct mistake mistake;
        assert_true(compile(&list, text, &(struct dialect){.fixed = fixed}, &mistake));
        assert_true(list.count > 1 && list.count < 20);
        for (int i = 0; i < MANY; i += 499) {
            char line[32];
            sprintf(line, "a w%dx", i);
            assert_true(matches(&list, line));
        }
        assert_false(matches(&list, "w5000x"));
        program_list_free(&list);
        free(text);
    }
}

static void test_errors(void **state)
{
    (void)state;
    static const struct {
        const char *patterns;
        size_t index, offset;
    } rows[] = {{"(", 0, 1},  {"a\nb(\nc", 1, 2}, {"a\nb\n[c", 2, 2}, {"a\n(?<n>b)\nx\\", 2, 2},
                {"a)", 0, 1}, {"a(b\nc)d", 0, 3}, {"*", 0, 0},        {"ab\n+", 1, 0}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct program_list list;
        struct mistake mistake = {0};
        for (int wrapped = 0; wrapped < 2; wrapped++) {
            const struct dialect dialect = {.boundary = wrapped ? BOUNDS_WORD : BOUNDS_NONE};
            assert_false(compile(&list, rows[i].patterns, &dialect, &mistake));
            if (mistake.pattern != rows[i].index || mistake.offset != rows[i].offset || !*mistake.message)
                fail_msg("%s: '%s' in pattern %zu at %zu", rows[i].patterns, mistake.message, mistake.pattern,
                         mistake.offset);
            program_list_free(&list);
        }
    }
}

/* Sources that are apart, and the others, each by themselves; both know their places in the list. */
static void test_apart(void **state)
{
    (void)state;
    static const char *const texts[] = {"a", "b", "c(?R)?", "d", "(?|e|f)", "g"};
    static const struct dialect perl = {.fixed = false};
    struct source_pattern sources[COUNT(texts)];
    struct mistake mistake;
    for (size_t i = 0; i < COUNT(texts); i++) {
        const struct pattern pattern = {.text = (char *)(uintptr_t)texts[i], .length = strlen(texts[i])};
        assert_true(
            source_pattern_make(&sources[i], &pattern, &(struct source_pattern_options){.dialect = &perl}, &mistake));
    }
    for (int apart = 0; apart < 2; apart++) {
        const struct program_list_options options = {.apart = apart, .program = {.dialect = &perl}};
        struct program_list list;
        assert_true(program_list_compile(&list, sources, COUNT(texts), &options, &mistake));
        assert_int_equal(list.count, apart ? 2 : 3);
        for (size_t i = 0; i < list.count; i++)
            assert_int_equal(list.items[i].order, (apart ? (size_t[]){2, 4, 0} : (size_t[]){0, 3, 5})[i]);
        for (size_t i = 0; i < COUNT(texts); i++) {
            char line[2] = {"abcdeg"[i], '\0'};
            assert_int_equal(matches(&list, line), (i == 2 || i == 4) == apart);
        }
        program_list_free(&list);
    }
    for (size_t i = 0; i < COUNT(texts); i++)
        source_pattern_release(&sources[i]);
}

static void test_none(void **state)
{
    (void)state;
    struct program_list list;
    struct mistake mistake;
    assert_true(program_list_compile(&list, NULL, 0, &(struct program_list_options){.apart = false}, &mistake));
    assert_int_equal(list.count, 0);
    program_list_free(&list);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_joins), cmocka_unit_test(test_many), cmocka_unit_test(test_errors),
        cmocka_unit_test(test_apart), cmocka_unit_test(test_none),
    };
    return cmocka_run_group_tests_name("program-list", tests, NULL, NULL);
}
