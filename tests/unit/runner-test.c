/*
 * runner-test.c - matches, limits and stacks of PCRE2.
 */
#include "pcre2/runner.h"

#include "test.h"

static const struct match_limits ample = {10000000, 10000000, 1000000};

/* One form, by JIT where there is one, else by the interpreter. */
static struct form compile(const char *pattern, bool jit)
{
    int code;
    size_t offset;
    struct form form = {.code = pcre2_compile((PCRE2_SPTR)pattern, strlen(pattern), 0, &code, &offset, NULL)};
    assert_non_null(form.code);
    form.jit = jit && pcre2_jit_compile(form.code, PCRE2_JIT_COMPLETE) == 0;
    return form;
}

static void test_matches(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *subject;
        size_t start;
        int begin, end; /* -1: none */
    } rows[] = {
        {"b+", "abbbc", 0, 1, 4}, {"b+", "abbbc", 2, 2, 4},   {"b+", "abbbc", 4, -1, -1},    {"$", "ab", 0, 2, 2},
        {"", "", 0, 0, 0},        {"x", "ab", 0, -1, -1},     {"a(?=b)", "ab", 0, 0, 1},     {"a\\Kb", "ab", 0, 1, 2},
        {"^a", "aa", 1, -1, -1},  {"(?<=a)b", "ab", 1, 1, 2}, {"(a)(b)(c)", "abc", 0, 0, 3},
    };
    struct runner *runner = runner_create(&ample);
    for (size_t i = 0; i < COUNT(rows); i++)
        for (int jit = 0; jit < 2; jit++) {
            struct form form = compile(rows[i].pattern, jit);
            struct span match;
            const char *subject = rows[i].subject;
            int result = runner_match(runner, &form, subject, strlen(subject), rows[i].start, &match);
            assert_int_equal(result, rows[i].begin >= 0);
            if (result) {
                assert_int_equal(match.begin - subject, rows[i].begin);
                assert_int_equal(match.end - subject, rows[i].end);
            }
            pcre2_code_free(form.code);
        }
    runner_free(runner);
    runner_free(NULL);
}

static int match_with(struct runner *runner, const char *pattern, bool jit, const char *subject, size_t length)
{
    struct form form = compile(pattern, jit);
    struct span match;
    int result = runner_match(runner, &form, subject, length, 0, &match);
    pcre2_code_free(form.code);
    return result;
}

/* Each limit by itself gives its error, and a match under it is found by the same runner. */
static void test_limits(void **state)
{
    (void)state;
    static char subject[100001];
    memset(subject, 'a', sizeof subject - 1);
    static const struct {
        struct match_limits limits;
        int error;
    } rows[] = {
        {{1000, 10000000, 1000000}, PCRE2_ERROR_MATCHLIMIT},
        {{10000000, 100, 1000000}, PCRE2_ERROR_DEPTHLIMIT},
        {{10000000, 10000000, 100}, PCRE2_ERROR_HEAPLIMIT},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct runner *runner = runner_create(&rows[i].limits);
        assert_int_equal(match_with(runner, "^(?:(a)|b)*(?:c|d)", false, subject, sizeof subject - 1), rows[i].error);
        assert_int_equal(match_with(runner, "a+$", false, "aaa", 3), 1);
        assert_int_equal(match_with(runner, "a+b", false, "aaa", 3), 0);
        runner_free(runner);
    }
    /* The JIT knows the first only. */
    struct form form = compile("a", true);
    struct runner *runner = runner_create(&rows[0].limits);
    if (form.jit)
        assert_int_equal(match_with(runner, "^(a+)+$", true, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", 32),
                         PCRE2_ERROR_MATCHLIMIT);
    runner_free(runner);
    pcre2_code_free(form.code);
}

/* More stack than each thread has is taken for a line that needs it, again and again, and given back. */
static void test_stack(void **state)
{
    (void)state;
    size_t length = 400000;
    char *subject = malloc(length);
    assert_non_null(subject);
    memset(subject, 'a', length);
    struct runner *runner = runner_create(&ample);
    struct form form = compile("^(?:(a)|b)*$", true);
    struct span match;
    if (form.jit) {
        /* By itself the JIT does not have enough. */
        pcre2_match_context *context = pcre2_match_context_create(NULL);
        pcre2_jit_stack *stack = pcre2_jit_stack_create(1 << 15, 1 << 19, NULL);
        pcre2_match_data *match_data = pcre2_match_data_create(1, NULL);
        pcre2_jit_stack_assign(context, NULL, stack);
        assert_int_equal(pcre2_jit_match(form.code, (PCRE2_SPTR)subject, length, 0, 0, match_data, context),
                         PCRE2_ERROR_JIT_STACKLIMIT);
        pcre2_match_data_free(match_data);
        pcre2_jit_stack_free(stack);
        pcre2_match_context_free(context);
    }
    for (int i = 0; i < 3; i++) {
        assert_int_equal(runner_match(runner, &form, subject, length, 0, &match), 1);
        assert_ptr_equal(match.begin, subject);
        assert_ptr_equal(match.end, subject + length);
        assert_int_equal(runner_match(runner, &form, "ab", 2, 0, &match), 1);
        assert_int_equal(runner_match(runner, &form, "ac", 2, 0, &match), 0);
    }
    pcre2_code_free(form.code);
    runner_free(runner);
    free(subject);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_matches),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_stack),
    };
    return cmocka_run_group_tests_name("runner", tests, NULL, NULL);
}
