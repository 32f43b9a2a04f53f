/* captures-test.c - the groups of matches, in all syntaxes, and of several patterns. */
#include "match/matcher.h"
#include "pcre2/captures.h"

#include "test.h"

/* For each match in a line the text of its group; - where it is not set. */
struct example {
    const char *patterns; /* lines */
    enum posix_syntax posix;
    const char *line;
    const char *group; /* a number or a name */
    const char *expected;
};

static void on_given_up(void *context, const char *line, int error)
{
    (void)context, (void)line;
    fail_msg("trouble %d", error);
}

static struct matcher *compile(const char *patterns, enum posix_syntax posix)
{
    struct pattern_list list = {NULL, 0, 0};
    pattern_list_add(&list, patterns, strlen(patterns));
    const struct matcher_options options = {
        .groups = true, .dialect.posix = posix, .dialect.unicode = true, .kernels = kernels_get(0)};
    struct mistake mistake;
    struct matcher *matcher = matcher_compile(&list, &options, &mistake);
    assert_non_null(matcher);
    pattern_list_free(&list);
    return matcher;
}

static void find_groups(struct matcher_state *state, struct span line, const char *group, char *found)
{
    struct span match, text;
    matcher_set_line(state, line);
    for (const char *from = line.begin; from < line.end && matcher_find(state, from, &match);) {
        const struct captures *captures = matcher_captures(state);
        bool number = *group >= '0' && *group <= '9';
        bool set =
            number ? captures_number(captures, (unsigned)atoi(group), &text) : captures_name(captures, group, &text);
        /* Asked again it is the same. */
        assert_ptr_equal(matcher_captures(state), captures);
        if (set)
            found += sprintf(found, "%.*s ", (int)(text.end - text.begin), text.begin);
        else
            found += sprintf(found, "- ");
        from = match.end > match.begin ? match.end : matcher_step(state, match.begin);
    }
}

static const struct example examples[] = {
    {"(a)(b)?", POSIX_NONE, "ab a", "1", "a a "},
    {"(a)(b)?", POSIX_NONE, "ab a", "2", "b - "},
    {"(a)(b)?", POSIX_NONE, "ab a", "0", "ab a "},
    {"(a)(b)?", POSIX_NONE, "ab a", "3", "- - "},
    {"(a)(b)?", POSIX_NONE, "ab a", "x", "- - "},
    {"(?=(a))", POSIX_NONE, "aba", "1", "a a "},
    {"a\\K(b)", POSIX_NONE, "abab", "1", "b b "},
    {"(?<=(.))b", POSIX_NONE,
     "ab\xc3\xa9"
     "b",
     "1", "a \xc3\xa9 "},
    {"(?<n>a)|(?<m>b)", POSIX_NONE, "ab", "m", "- b "},
    {"(?J)(?<n>a)|(?<n>b)", POSIX_NONE, "abc", "n", "a b "},
    {"(?|a(.)|b(.))", POSIX_NONE, "axby", "1", "x y "},
    /* Each pattern its own; the leftmost match, of several the first. */
    {"(x)(a)\n(b)", POSIX_NONE, "bxab", "1", "b x b "},
    {"(x)(a)\n(b)", POSIX_NONE, "bxab", "2", "- a - "},
    {"(a)b\na(b)", POSIX_NONE, "ab", "1", "a "},
    {"a(b)\n(a)b", POSIX_NONE, "ab", "1", "b "},
    {"a(b)\n(abc)", POSIX_EXTENDED, "abc", "1", "abc "},
    /* With invalid bytes around. */
    {"(a)(\xc3\xa9)", POSIX_NONE,
     "\xff"
     "a\xc3\xa9\xff",
     "2", "\xc3\xa9 "},
    {"(a|ab)(c|bcd)?", POSIX_EXTENDED,
     "\xff"
     "abcd\xff",
     "2", "bcd "},
    {"(a|ab)(c|bcd)(d*)", POSIX_EXTENDED, "abcd abc", "1", "a ab "},
    {"(a|ab)(c|bcd)(d*)", POSIX_EXTENDED, "abcd abc", "2", "bcd c "},
    {"(a|ab)(c|bcd)(d*)", POSIX_EXTENDED, "abcd abc", "3", "  "},
    {"\\(a\\|ab\\)\\(.\\)\\2", POSIX_BASIC, "abb abcc", "2", "b c "},
    {"\\(a\\|ab\\)\\(.\\)\\2", POSIX_BASIC, "abb abcc", "1", "a ab "},
};

static void test_groups(void **state)
{
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < COUNT(examples); i++) {
        const struct example *example = &examples[i];
        struct matcher *matcher = compile(example->patterns, example->posix);
        const struct given_up_sink sink = {on_given_up, NULL};
        struct matcher_state *matcher_state = matcher_state_create(matcher, &sink, &sink);
        char found[256] = "";
        struct span line = {example->line, example->line + strlen(example->line)}, next;
        find_groups(matcher_state, line, example->group, found);
        if (strcmp(found, example->expected) != 0) {
            print_error("example %zu: \"%s\" instead of \"%s\"\n", i, found, example->expected);
            wrong++;
        }
        /* The same where the first match is known from the search for the line. */
        char text[64] = "";
        size_t length = strlen(example->line);
        memcpy(text, example->line, length);
        text[length] = '\n';
        matcher_begin(matcher_state, text, text + length + 1);
        assert_true(matcher_next(matcher_state, &next));
        *found = '\0';
        find_groups(matcher_state, next, example->group, found);
        assert_string_equal(found, example->expected);
        matcher_state_free(matcher_state);
        matcher_free(matcher);
    }
    assert_int_equal(wrong, 0);
}

static void test_what_there_is(void **state)
{
    (void)state;
    struct matcher *matcher = compile("a(b)(?<x>c)\n(?<yy>d)", POSIX_NONE);
    assert_int_equal(matcher_groups(matcher), 2);
    assert_true(matcher_has_name(matcher, "x"));
    assert_true(matcher_has_name(matcher, "yy"));
    assert_false(matcher_has_name(matcher, "y"));
    matcher_free(matcher);
    matcher = compile("\\(a\\)\\(b\\(c\\)\\)", POSIX_BASIC);
    assert_int_equal(matcher_groups(matcher), 3);
    matcher_free(matcher);
    matcher = compile("abc", POSIX_NONE);
    assert_int_equal(matcher_groups(matcher), 0);
    matcher_free(matcher);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_groups),
        cmocka_unit_test(test_what_there_is),
    };
    return cmocka_run_group_tests_name("captures", tests, NULL, NULL);
}
