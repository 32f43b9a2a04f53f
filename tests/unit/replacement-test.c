/* replacement-test.c - the text in the place of matches, against pcre2_substitute(), and mistakes in it. */
#include "task/replacement.h"

#include "characters/characters.h"
#include "test.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <ctype.h>

static void on_given_up(void *context, const char *line, int error)
{
    (void)context, (void)line;
    fail_msg("trouble %d", error);
}

static struct matcher *compile(const char *pattern, bool groups)
{
    struct pattern_list list = {NULL, 0, 0};
    pattern_list_add(&list, pattern, strlen(pattern));
    const struct matcher_options options = {.groups = groups, .dialect.unicode = true, .kernels = kernels_get(0)};
    struct mistake mistake;
    struct matcher *matcher = matcher_compile(&list, &options, &mistake);
    assert_non_null(matcher);
    pattern_list_free(&list);
    return matcher;
}

/* The first match in a line replaced by pcre2_substitute(); a negative number when it refuses. */
static int substitute(const char *pattern, const char *line, const char *text, char *result, size_t size)
{
    int error;
    size_t offset;
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, PCRE2_UTF | PCRE2_UCP, &error, &offset, NULL);
    assert_non_null(code);
    int count = pcre2_substitute(code, (PCRE2_SPTR)line, PCRE2_ZERO_TERMINATED, 0,
                                 PCRE2_SUBSTITUTE_REPLACEMENT_ONLY | PCRE2_SUBSTITUTE_UNSET_EMPTY, NULL, NULL,
                                 (PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED, (PCRE2_UCHAR *)result, &size);
    pcre2_code_free(code);
    return count;
}

/* The same by a replacement; false when it is refused. */
static bool replace(const char *pattern, const char *line, const char *text, char *result)
{
    struct mistake mistake;
    struct replacement *replacement = replacement_create(text, true, &mistake);
    if (!replacement)
        return false;
    struct matcher *matcher = compile(pattern, replacement_has_groups(replacement));
    struct condition *condition = condition_create(matcher);
    bool suits = replacement_suits(replacement, matcher, &mistake);
    if (suits) {
        const struct given_up_sink sink = {on_given_up, NULL};
        struct condition_state *state = condition_state_create(condition, &sink);
        struct span match;
        struct text expanded = {NULL, 0, 0};
        condition_set_line(state, (struct span){line, line + strlen(line)});
        assert_true(condition_find(state, line, &match));
        text_append(&expanded, "", 0);
        replacement_expand(replacement, state, match, &expanded);
        strcpy(result, expanded.bytes);
        free(expanded.bytes);
        condition_state_free(state);
    }
    condition_free(condition);
    replacement_free(replacement);
    return suits;
}

/*
 * Up to 10.44 PCRE2 reads names as mscan does.  Later $_ is all of the line, whatever follows, and a name without
 * braces takes characters beyond ASCII, too.
 */
static bool differs_by_release(const char *text)
{
    if (!characters_since(10, 45))
        return false;
    bool differs = strstr(text, "$_");
    for (const char *beyond = text; (beyond = strstr(beyond, "\xc3\xa9")); beyond++) {
        const char *name = beyond;
        while (name > text && (isalnum((unsigned char)name[-1]) || name[-1] == '_'))
            name--;
        differs |= name > text && name[-1] == '$';
    }
    return differs;
}

static void test_random(void **state)
{
    (void)state;
    static const char *const patterns[] = {
        "a(b)?(c)", "(?<one>a)(?<two>b)?", "(?J)(?<n>x)|(?<n>c)(?<_1>d)", "c", "(?=(c))", "(((((((((((d)))))))))))",
        "a\\K(b)",
    };
    static const char *const parts[] = {
        "$",   "$$",  "{", "}",  "${", "0", "1",        "2", "11", "12",
        "one", "two", "n", "_1", " ",  "x", "\xc3\xa9", "-", "$1", "$n",
    };
    struct dice dice = {11};
    size_t good = 0, refused = 0;
    for (size_t i = 0; i < 40000; i++) {
        char text[64] = "", wanted[256], found[256];
        for (size_t j = dice_below(&dice, 6); j; j--)
            strcat(text, parts[dice_below(&dice, COUNT(parts))]);
        const char *pattern = patterns[dice_below(&dice, COUNT(patterns))], *line = "xabcd ac";
        if (differs_by_release(text))
            continue;
        int count = substitute(pattern, line, text, wanted, sizeof wanted);
        bool replaced = replace(pattern, line, text, found);
        if ((count == 1) != replaced || (replaced && strcmp(found, wanted) != 0))
            fail_msg("%s: \"%s\" gives \"%s\", PCRE2 %d \"%s\"", pattern, text, replaced ? found : "nothing", count,
                     count == 1 ? wanted : "");
        good += replaced;
        refused += !replaced;
    }
    assert_in_range(good, 5000, 35000);
    assert_in_range(refused, 5000, 35000);
}

static void test_mistakes(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t offset;
    } mistakes[] = {
        {"$", 0}, {"ab$", 2}, {"$$$", 2}, {"a$ ", 1}, {"${", 0}, {"a${}", 1}, {"${1", 0}, {"${1a}", 0}, {"a\xff", 1},
    };
    struct mistake mistake;
    for (size_t i = 0; i < COUNT(mistakes); i++) {
        assert_null(replacement_create(mistakes[i].text, true, &mistake));
        assert_int_equal(mistake.offset, mistakes[i].offset);
        assert_true(*mistake.message != 0);
    }
    struct replacement *replacement = replacement_create("a\xff$0", false, &mistake);
    assert_non_null(replacement);
    assert_false(replacement_has_groups(replacement));
    replacement_free(replacement);

    struct matcher *matcher = compile("(a)", true);
    replacement = replacement_create("x$1${2}", true, &mistake);
    assert_non_null(replacement);
    assert_true(replacement_has_groups(replacement));
    assert_false(replacement_suits(replacement, matcher, &mistake));
    assert_int_equal(mistake.offset, 3);
    replacement_free(replacement);
    matcher_free(matcher);
}

static void test_names(void **state)
{
    (void)state;
    char found[64];
    assert_true(replace("(?<_1>b)(?<n>c)", "abcd", "1$_1 $n${_1}", found));
    assert_string_equal(found, "1b cb");
    assert_false(replace("(?<_1>b)", "abcd", "$_", found));
}

/* Names beyond ASCII, which PCRE2 patterns may have, stand in braces. */
static void test_unicode_names(void **state)
{
    (void)state;
    char found[64];
    assert_true(replace("(?<\xc3\xa9t\xc3\xa9>b)", "abc", "<${\xc3\xa9t\xc3\xa9}>", found));
    assert_string_equal(found, "<b>");
    assert_false(replace("(?<\xc3\xa9>b)", "abc", "$\xc3\xa9", found));
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_unicode_names),
    };
    return cmocka_run_group_tests_name("replacement", tests, NULL, NULL);
}
