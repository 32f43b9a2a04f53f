/*
 * longest-test.c - the longest match of basic and extended expressions: whether the first may be shorter, and what is
 * found where it may.
 */
#include "match/matcher.h"
#include "pcre2/ambiguity.h"
#include "syntax/syntax.h"

#include "posix-programs.h"

/* --- ambiguity --- */

static const struct {
    const char *pattern;
    bool ambiguous;
} ambiguities[] = {
    {"abc", false},        {"[a-z]+", false},      {"a*b", false},     {"foo|bar", false},  {"foo|quux", false},
    {"a|ab", true},        {"ab|a", true},         {"a?(ab)?", true},  {"a*ab?", true},     {".*b", false},
    {".*b.", false},       {".*b+", true},         {"(ab)*", false},   {"(a|b)*c", false},  {"(a|ab)(c|bcd)", true},
    {"(a)\\1", true},      {"x(|a)", true},        {"x(a|)", false},   {"x(a|)a", true},    {"[0-9]+-[0-9]+", false},
    {"a{2,3}", false},     {"(ab){2,3}c", false},  {"a{2,3}a?", true}, {"\\<a+\\>", false}, {"(a*)*", true},
    {"(a|b|ab){2}", true}, {"(aa|bb|ab)+", false},
};

static void test_ambiguity(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(ambiguities); i++) {
        struct posix_translation translation = translate(ambiguities[i].pattern, EXTENDED);
        struct syntax *syntax =
            syntax_parse(translation.text, translation.length, &(struct dialect){.caseless = false});
        assert_non_null(syntax->root);
        if (ambiguity_find(syntax->root) != ambiguities[i].ambiguous)
            fail_msg("%s should%s be ambiguous", ambiguities[i].pattern, ambiguities[i].ambiguous ? "" : " not");
        syntax_free(syntax);
        free(translation.text);
    }
}

/*
 * What is said not to be ambiguous is so: all strings of up to five letters are matched with PCRE2's first match and
 * its longest, for expressions made at random.
 */
static void make_random(struct dice *dice, char *pattern, size_t size, int depth)
{
    static const char *const atoms[] = {"a", "b", "c", ".", "[ab]", "[^a]", "^", "$", "aa", "b"};
    static const char *const operators[] = {"", "", "", "*", "+", "?", "{2}", "{1,2}"};
    size_t parts = 1 + dice_below(dice, 3);
    for (size_t i = 0; i < parts; i++) {
        char part[256] = "";
        if (depth > 0 && dice_below(dice, 3) == 0) {
            make_random(dice, part, sizeof part, depth - 1);
            if (dice_below(dice, 2)) {
                strncat(part, "|", sizeof part - strlen(part) - 1);
                make_random(dice, part, sizeof part, depth - 1);
            }
            snprintf(pattern + strlen(pattern), size - strlen(pattern), "(%s)%s", part,
                     operators[dice_below(dice, COUNT(operators))]);
        } else {
            snprintf(pattern + strlen(pattern), size - strlen(pattern), "%s%s", atoms[dice_below(dice, COUNT(atoms))],
                     operators[dice_below(dice, COUNT(operators))]);
        }
    }
}

static void check_first_is_longest(const char *pattern, const pcre2_code *code, pcre2_match_data *match_data)
{
    const size_t *offsets = pcre2_get_ovector_pointer(match_data);
    int workspace[1000];
    for (size_t number = 0; number < 3 + 9 + 27 + 81 + 243; number++) {
        char subject[6];
        size_t length = 0, rest = number, block = 3;
        for (length = 1; rest >= block; length++, block *= 3)
            rest -= block;
        for (size_t i = 0; i < length; i++, rest /= 3)
            subject[i] = (char)('a' + rest % 3);
        if (pcre2_match(code, (PCRE2_SPTR)subject, length, 0, 0, match_data, NULL) < 0)
            continue;
        size_t begin = offsets[0], end = offsets[1];
        int result = pcre2_dfa_match(code, (PCRE2_SPTR)subject, length, 0, 0, match_data, NULL, workspace, 1000);
        assert_true(result >= 0);
        if (offsets[0] != begin || offsets[1] != end)
            fail_msg("%s in %.*s: first to %zu, longest to %zu", pattern, (int)length, subject, end, offsets[1]);
    }
}

static void test_first_is_longest(void **state)
{
    (void)state;
    struct dice dice = {7};
    pcre2_match_data *match_data = pcre2_match_data_create(1, NULL);
    size_t plain = 0;
    for (size_t i = 0; i < 4000; i++) {
        char pattern[512] = "";
        make_random(&dice, pattern, sizeof pattern - 64, 2);
        struct posix_translation translation = translate(pattern, EXTENDED);
        if (!translation.text)
            continue;
        struct syntax *syntax =
            syntax_parse(translation.text, translation.length, &(struct dialect){.caseless = false});
        if (syntax->root && !ambiguity_find(syntax->root)) {
            pcre2_code *code = compile(pattern, EXTENDED);
            check_first_is_longest(pattern, code, match_data);
            pcre2_code_free(code);
            plain++;
        }
        syntax_free(syntax);
        free(translation.text);
    }
    assert_true(plain > 500);
    pcre2_match_data_free(match_data);
}

/* --- the longest match --- */

static size_t longest_checks;

/* The leftmost place where the pattern matches a part of the subject, and the longest such part; by trying all. */
static bool find_by_trying(const pcre2_code *whole, pcre2_match_data *match_data, struct span subject,
                           struct span *match)
{
    for (const char *begin = subject.begin; begin <= subject.end; begin++)
        for (const char *end = subject.end; end >= begin; end--)
            if (pcre2_match(whole, (PCRE2_SPTR)begin, (size_t)(end - begin), 0, 0, match_data, NULL) >= 0) {
                *match = (struct span){begin, end};
                return true;
            }
    return false;
}

static void on_given_up(void *context, const char *line, int error)
{
    (void)context, (void)line;
    fail_msg("error %d of PCRE2", error);
}

static void check_longest(const char *pattern, unsigned mode, struct dice *dice, pcre2_match_data *match_data)
{
    char wrapped[600];
    snprintf(wrapped, sizeof wrapped, "^(%s)$", pattern);
    pcre2_code *whole = compile(wrapped, mode);
    struct pattern_list list = {NULL, 0, 0};
    pattern_list_add(&list, pattern, strlen(pattern));
    struct mistake mistake;
    struct matcher *matcher = matcher_compile(&list,
                                              &(struct matcher_options){.dialect.posix = POSIX_EXTENDED,
                                                                        .dialect.unicode = mode & UNICODE,
                                                                        .kernels = kernels_get(0)},
                                              &mistake);
    assert_non_null(matcher);
    const struct given_up_sink sink = {on_given_up, NULL};
    struct matcher_state *state = matcher_state_create(matcher, &sink, &sink);
    for (int i = 0; i < 60; i++) {
        /* What stands behind the text is readable, as the matcher wants it. */
        char bytes[12 + 64] = "";
        size_t length = dice_below(dice, 12);
        for (size_t j = 0; j < length; j++)
            bytes[j] = (char)('a' + dice_below(dice, 3));
        struct span subject = {bytes, bytes + length}, expected = {NULL, NULL}, found = {NULL, NULL};
        bool is_there = find_by_trying(whole, match_data, subject, &expected);
        longest_checks += is_there;
        matcher_set_line(state, subject);
        assert_int_equal(matcher_find(state, bytes, &found), is_there);
        if (is_there && (found.begin != expected.begin || found.end != expected.end))
            fail_msg("%s in %s: %td to %td, not %td to %td", pattern, bytes, found.begin - bytes, found.end - bytes,
                     expected.begin - bytes, expected.end - bytes);
    }
    matcher_state_free(state);
    matcher_free(matcher);
    pattern_list_free(&list);
    pcre2_code_free(whole);
}

static void test_longest(void **state)
{
    (void)state;
    struct dice dice = {11};
    pcre2_match_data *match_data = pcre2_match_data_create(1, NULL);
    longest_checks = 0;
    for (size_t i = 0; i < 1500; i++) {
        char pattern[512] = "";
        make_random(&dice, pattern, sizeof pattern - 64, 2);
        if (!strpbrk(pattern, "^$"))
            check_longest(pattern, EXTENDED | (i % 2 ? UNICODE : 0), &dice, match_data);
    }
    assert_true(longest_checks > 5000);
    pcre2_match_data_free(match_data);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ambiguity),
        cmocka_unit_test(test_first_is_longest),
        cmocka_unit_test(test_longest),
    };
    return cmocka_run_group_tests_name("longest", tests, NULL, NULL);
}
