/*
 * posix-test.c - basic and extended expressions: what PCRE2 is given for them, what it matches, and what is refused.
 */
#include "match/posix.h"

#include "match/ambiguity.h"
#include "match/matcher.h"
#include "match/syntax.h"
#include "test.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <locale.h>
#include <wchar.h>
#include <wctype.h>

enum { BASIC = POSIX_BASIC, EXTENDED = POSIX_EXTENDED, FOLD = 4, UNICODE = 8 };

struct warnings {
    char text[512];
};

static void on_warning(void *context, const char *message)
{
    struct warnings *warnings = context;
    size_t used = strlen(warnings->text);
    snprintf(warnings->text + used, sizeof warnings->text - used, "%s;", message);
}

static struct posix_translation translate(const char *pattern, unsigned mode, struct warnings *warnings)
{
    const struct posix_options options = {
        .syntax = (enum posix_syntax)(mode & 3), .ignore_case = mode & FOLD, .unicode = mode & UNICODE};
    struct posix_translation translation;
    posix_translate(&translation, pattern, strlen(pattern), &options, warnings ? on_warning : NULL, warnings);
    return translation;
}

/* --- what is written --- */

static const struct {
    const char *pattern;
    unsigned mode;
    const char *expected;
} written[] = {
    {"", BASIC, ""},
    {"abc", BASIC, "abc"},
    {"a b-c/", EXTENDED, "a\\ b\\-c\\/"},
    {"\t\x01\x7f", BASIC, "\\x09\\x01\\x7f"},
    {"a.c", BASIC, "a.c"},
    {"a+b?c|d(e){1}", BASIC, "a\\+b\\?c\\|d\\(e\\)\\{1\\}"},
    {"a\\+b\\?c\\|d\\(e\\)\\{1\\}", BASIC, "a+b?c|d(?:e){1}"},
    {"a+b?c|d(e){1}", EXTENDED, "a+b?c|d(?:e){1}"},
    /* Only back-references make groups capture. */
    {"\\(a\\)\\(b\\)\\1", BASIC, "(a)(b)\\g{1}"},
    {"(a)\\11", EXTENDED, "(a)\\g{1}1"},
    /* Two operators never meet. */
    {"a**", BASIC, "a*"},
    {"a+*", EXTENDED, "a*"},
    {"a*+", EXTENDED, "a*"},
    {"a+?", EXTENDED, "a*"},
    {"a++", EXTENDED, "a+"},
    {"a??", EXTENDED, "a?"},
    {"a?+", EXTENDED, "a*"},
    {"a{2}{3}", EXTENDED, "(?:a{2}){3}"},
    {"a{2}*+", EXTENDED, "(?:a{2})*"},
    {"a*{2}", EXTENDED, "(?:a*){2}"},
    {"(ab){2}?", EXTENDED, "(?:(?:ab){2})?"},
    /* Intervals. */
    {"a{,3}", EXTENDED, "a{0,3}"},
    {"a{2,}", EXTENDED, "a{2,}"},
    {"a{,}", EXTENDED, "a*"},
    {"a{1,}", EXTENDED, "a+"},
    {"a{0,1}", EXTENDED, "a?"},
    {"a{32767}", EXTENDED, "a{32767}"},
    {"a{1", EXTENDED, "a\\{1"},
    {"a{1a}", EXTENDED, "a\\{1a\\}"},
    {"a{x", EXTENDED, "a\\{x"},
    {"{1", EXTENDED, "\\{1"},
    {"a{,2", EXTENDED, "a\\{\\,2"},
    /* A star is a character where it has nothing to repeat. */
    {"*a", BASIC, "\\*a"},
    {"^*a", BASIC, "^\\*a"},
    {"\\(*a\\)*", BASIC, "(?:\\*a)*"},
    {"\\(^*a\\)", BASIC, "(?:^\\*a)"},
    {"x\\|*a", BASIC, "x|\\*a"},
    {"\\+", BASIC, "\\+"},
    {"\\(\\{1\\}\\)", BASIC, "(?:\\{1\\})"},
    {"*a", EXTENDED, "a"},
    {"a|*b", EXTENDED, "a|b"},
    {"(+a)", EXTENDED, "(?:a)"},
    /* Anchors or characters. */
    {"^a$", BASIC, "^a$"},
    {"a^b$c", BASIC, "a\\^b\\$c"},
    {"^^a$$", BASIC, "^\\^a\\$$"},
    {"a\\(^b$\\)", BASIC, "a(?:^b$)"},
    {"a$\\|^b", BASIC, "a$|^b"},
    {"$*", BASIC, "\\$*"},
    {"a^b$c", EXTENDED, "a^b$c"},
    {"^*a", EXTENDED, "a"},
    {"^+a", EXTENDED, "^a"},
    {"\\`a\\'", BASIC, "^a$"},
    {"a)b", EXTENDED, "a\\)b"},
    {"()a||b", EXTENDED, "(?:)a||b"},
    /* Words and spaces. */
    {"\\w\\W", BASIC, "[\\w][^\\w]"},
    {"\\<a\\>", BASIC, "(?<![\\w])(?=[\\w])a(?<=[\\w])(?![\\w])"},
    {"\\s\\S", BASIC, "[[:space:]][^[:space:]]"},
    /* Bracket expressions. */
    {"[abc]", BASIC, "[abc]"},
    {"[]a]", BASIC, "[\\]a]"},
    {"[^]a-]", BASIC, "[^\\]a\\-]"},
    {"[a-c]", BASIC, "[a-c]"},
    {"[--/]", BASIC, "[\\--\\/]"},
    {"[\\d]", BASIC, "[\\\\d]"},
    {"[[:alpha:]_]", BASIC, "[[:alpha:]\\_]"},
    {"[[=a=][.-.][.a.]-c]", BASIC, "[a\\-a-c]"},
    {"[[.].]]", BASIC, "[\\]]"},
    {"[a$^*]", BASIC, "[a\\$\\^\\*]"},
    {"[[:upper:]]", BASIC | FOLD, "[[:alpha:]]"},
    {"[A-z]", BASIC | FOLD, "[A-Z]"},
    {"[a-Z]", BASIC | FOLD, "[A-Z]"},
    {"[[:digit:]]", BASIC | UNICODE, "[0-9]"},
    {"[[:alpha:]]", BASIC | UNICODE, "[A-Za-z\\p{Alphabetic}]"},
    {"[^[:alpha:]]", BASIC | UNICODE, "[^A-Za-z\\p{Alphabetic}]"},
    {"[ä-ü]é*", BASIC | UNICODE, "[ä-ü]é*"},
};

static void test_written(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(written); i++) {
        struct posix_translation translation = translate(written[i].pattern, written[i].mode, NULL);
        if (!translation.text || strcmp(translation.text, written[i].expected) != 0)
            fail_msg("%s, mode %u: %s, not %s", written[i].pattern, written[i].mode,
                     translation.text ? translation.text : translation.error, written[i].expected);
        assert_int_equal(translation.length, strlen(written[i].expected));
        free(translation.text);
    }
}

/* --- what is refused --- */

static const char unmatched_bracket[] = "Unmatched [, [^, [:, [., or [=";

static const struct {
    const char *pattern;
    unsigned mode;
    const char *message;
    size_t offset;
} refused[] = {
    {"a\\", BASIC, "Trailing backslash", 1},
    {"a\\(b", BASIC, "Unmatched ( or \\(", 1},
    {"a(b(c)", EXTENDED, "Unmatched ( or \\(", 1},
    {"a\\)", BASIC, "Unmatched ) or \\)", 1},
    {"a\\1", BASIC, "Invalid back reference", 1},
    {"(a)\\2", EXTENDED, "Invalid back reference", 3},
    {"(a\\1)", EXTENDED, "Invalid back reference", 2},
    {"(a)|b\\1", EXTENDED, "Invalid back reference", 5},
    {"a\\{1", BASIC, "Unmatched \\{", 3},
    {"a\\{1}", BASIC, "Unmatched \\{", 3},
    {"a\\{x\\}", BASIC, "Invalid content of \\{\\}", 3},
    {"a\\{2,1\\}", BASIC, "Invalid content of \\{\\}", 3},
    {"a{2,1}", EXTENDED, "Invalid content of \\{\\}", 2},
    {"a{}", EXTENDED, "Invalid content of \\{\\}", 2},
    {"a{1,,2}", EXTENDED, "Invalid content of \\{\\}", 2},
    {"a{32768}", EXTENDED, "Regular expression too big", 2},
    {"a{1,99999999999999999999}", EXTENDED, "Regular expression too big", 2},
    {"a[b", BASIC, unmatched_bracket, 1},
    {"[", BASIC, unmatched_bracket, 0},
    {"[]", BASIC, unmatched_bracket, 0},
    {"[^]", BASIC, unmatched_bracket, 0},
    {"[a-", BASIC, unmatched_bracket, 0},
    {"[[:alpha:", BASIC, unmatched_bracket, 0},
    {"[[:a]", BASIC, unmatched_bracket, 0},
    {"[[.", BASIC, unmatched_bracket, 0},
    {"[[:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:]]", BASIC, unmatched_bracket, 0},
    {"[z-a]", BASIC, "Invalid range end", 0},
    {"[a-c-e]", BASIC, "Invalid range end", 0},
    {"[[:alpha:]-z]", BASIC, "Invalid range end", 0},
    {"[a-[:alpha:]]", BASIC, "Invalid range end", 0},
    {"[[=a=]-c]", BASIC, "Invalid range end", 0},
    {"[Z-a]", BASIC | FOLD, "Invalid range end", 0},
    {"[ü-ä]", BASIC | UNICODE, "Invalid range end", 0},
    {"[[:foo:]]", BASIC, "Invalid character class name", 0},
    {"[[::]]", BASIC, "Invalid character class name", 0},
    {"[[.ab.]]", BASIC, "Invalid collation character", 0},
    {"[[==]]", BASIC, "Invalid collation character", 0},
    {"[[.é.]]", BASIC, "Invalid collation character", 0},
    {"[:space:]", BASIC, "character class syntax is [[:space:]], not [:space:]", 0},
};

static void test_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(refused); i++) {
        struct posix_translation translation = translate(refused[i].pattern, refused[i].mode, NULL);
        if (translation.text)
            fail_msg("%s is taken for %s", refused[i].pattern, translation.text);
        if (strcmp(translation.error, refused[i].message) != 0 || translation.offset != refused[i].offset)
            fail_msg("%s: %s at %zu", refused[i].pattern, translation.error, translation.offset);
    }
    struct posix_translation translation = translate("a\xff", BASIC | UNICODE, NULL);
    assert_null(translation.text);
    assert_non_null(strstr(translation.error, "not valid UTF-8"));
}

static const struct {
    const char *pattern;
    unsigned mode;
    const char *messages;
} warned[] = {
    {"\\a\\-\\/", EXTENDED, "stray \\ before a;stray \\ before -;stray \\ before /;"},
    {"\\ \\\x01", BASIC, "stray \\ before white space;stray \\ before unprintable character;"},
    {"\\é", BASIC | UNICODE, "stray \\ before é;"},
    {"\\.\\*\\[\\]\\}\\^\\$\\\\", BASIC, ""},
    {"\\.\\*\\[\\]\\{\\}\\^\\$\\\\\\+\\?\\|\\(\\)", EXTENDED, ""},
    {"\\+\\|\\?", BASIC, "stray \\ before +;stray \\ before ?;"},
    {"*a|+b(?c)", EXTENDED, "* at start of expression;+ at start of expression;? at start of expression;"},
    {"{1}a", EXTENDED, "{...} at start of expression;"},
    {"(\\q)\\1", EXTENDED, "stray \\ before q;"}, /* once, though it is translated twice */
};

static void test_warnings(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(warned); i++) {
        struct warnings warnings = {""};
        struct posix_translation translation = translate(warned[i].pattern, warned[i].mode, &warnings);
        assert_non_null(translation.text);
        assert_string_equal(warnings.text, warned[i].messages);
        free(translation.text);
    }
}

/* --- what it matches --- */

static pcre2_code *compile(const char *pattern, unsigned mode)
{
    struct posix_translation translation = translate(pattern, mode, NULL);
    assert_non_null(translation.text);
    int error;
    size_t offset;
    uint32_t flags = (mode & FOLD ? PCRE2_CASELESS : 0) | (mode & UNICODE ? PCRE2_UTF | PCRE2_UCP : 0);
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)translation.text, translation.length, flags, &error, &offset, NULL);
    if (!code)
        fail_msg("PCRE2 refuses %s for %s", translation.text, pattern);
    free(translation.text);
    return code;
}

static bool has_alphabetic(void)
{
    int error;
    size_t offset;
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR) "\\p{Alphabetic}", PCRE2_ZERO_TERMINATED, PCRE2_UTF, &error, &offset, NULL);
    pcre2_code_free(code);
    return code != NULL;
}

static size_t encode(uint32_t c, char *bytes)
{
    if (c < 0x80) {
        bytes[0] = (char)c;
        return 1;
    }
    size_t length = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--, c >>= 6)
        bytes[i] = (char)(0x80 | (c & 0x3f));
    bytes[0] = (char)((0xf00 >> length & 0xff) | c);
    return length;
}

/* How many code points a class and the C library's class of that name disagree on, negated too. */
static size_t count_different(const char *name)
{
    char pattern[64];
    snprintf(pattern, sizeof pattern, "[[:%s:]]", name);
    pcre2_code *plain = compile(pattern, EXTENDED | UNICODE);
    snprintf(pattern, sizeof pattern, "[^[:%s:]\n]", name); /* a member beside it, which changes what is written */
    pcre2_code *negated = compile(pattern, EXTENDED | UNICODE);
    pcre2_match_data *match_data = pcre2_match_data_create(1, NULL);
    wctype_t type = wctype(name);
    size_t different = 0;
    for (uint32_t c = 1; c < 0x110000; c++) {
        if ((c >= 0xd800 && c < 0xe000) || c == '\n')
            continue;
        char bytes[4];
        size_t length = encode(c, bytes);
        bool expected = iswctype((wint_t)c, type) != 0;
        bool in = pcre2_match(plain, (PCRE2_SPTR)bytes, length, 0, PCRE2_NO_UTF_CHECK, match_data, NULL) >= 0;
        bool out = pcre2_match(negated, (PCRE2_SPTR)bytes, length, 0, PCRE2_NO_UTF_CHECK, match_data, NULL) >= 0;
        assert_int_equal(in, !out);
        different += in != expected;
    }
    pcre2_match_data_free(match_data);
    pcre2_code_free(plain);
    pcre2_code_free(negated);
    return different;
}

/* The classes are those of the C library; releases of Unicode that differ may differ in some hundred new characters. */
static void test_classes(void **state)
{
    (void)state;
    static const char *const names[] = {"alpha", "upper", "lower", "digit", "xdigit", "alnum",
                                        "space", "blank", "cntrl", "graph", "print",  "punct"};
    if (!setlocale(LC_CTYPE, "C.UTF-8") || !has_alphabetic())
        skip();
    for (size_t i = 0; i < COUNT(names); i++) {
        size_t different = count_different(names[i]);
        if (different > 12000)
            fail_msg("[:%s:] differs at %zu code points", names[i], different);
        if (i >= 3 && i <= 4)
            assert_int_equal(different, 0);
    }
    setlocale(LC_CTYPE, "C");
}

/* For bytes and for Unicode the same characters of ASCII. */
static void test_narrow(void **state)
{
    (void)state;
    static const char *const patterns[] = {"\\w",
                                           "\\W",
                                           "\\s",
                                           "\\S",
                                           "[[:alpha:]]",
                                           "[^[:alpha:]]",
                                           "[[:upper:]]",
                                           "[[:lower:]]",
                                           "[[:digit:]]",
                                           "[[:alnum:]]",
                                           "[^[:alnum:]_]",
                                           "[[:space:]]",
                                           "[[:blank:]]",
                                           "[[:cntrl:]]",
                                           "[[:graph:]]",
                                           "[[:print:]]",
                                           "[[:punct:]]",
                                           "[^[:punct:]a]",
                                           "[[:punct:][:alpha:]]",
                                           "[^[:punct:][:alpha:]]",
                                           "[^[:punct:][:alpha:]1]",
                                           ".",
                                           "[a-z]",
                                           "\\<.",
                                           ".\\>",
                                           "\\b.",
                                           ".\\B"};
    pcre2_match_data *match_data = pcre2_match_data_create(1, NULL);
    for (unsigned mode = BASIC; mode <= (EXTENDED | FOLD); mode++) {
        if ((mode & 3) == 0 || (mode & 3) == 3)
            continue;
        for (size_t i = 0; i < COUNT(patterns); i++) {
            pcre2_code *narrow = compile(patterns[i], mode), *wide = compile(patterns[i], mode | UNICODE);
            for (char c = 1; c > 0 && c < 127; c++) {
                int one = pcre2_match(narrow, (PCRE2_SPTR)&c, 1, 0, 0, match_data, NULL);
                int other = pcre2_match(wide, (PCRE2_SPTR)&c, 1, 0, 0, match_data, NULL);
                if (one != other)
                    fail_msg("%s, character %d: %d for bytes, %d for Unicode", patterns[i], c, one, other);
            }
            pcre2_code_free(narrow);
            pcre2_code_free(wide);
        }
    }
    pcre2_match_data_free(match_data);
}

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
        struct posix_translation translation = translate(ambiguities[i].pattern, EXTENDED, NULL);
        struct syntax *syntax =
            syntax_parse(translation.text, translation.length, &(struct syntax_options){.caseless = false});
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
        struct posix_translation translation = translate(pattern, EXTENDED, NULL);
        if (!translation.text)
            continue;
        struct syntax *syntax =
            syntax_parse(translation.text, translation.length, &(struct syntax_options){.caseless = false});
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

static void on_trouble(void *context, const char *line, int error)
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
    struct matcher_error error;
    struct matcher *matcher = matcher_compile(
        &list, &(struct matcher_options){.posix = POSIX_EXTENDED, .unicode = mode & UNICODE, .kernels = kernels_get(0)},
        &error);
    assert_non_null(matcher);
    struct matcher_state *state = matcher_state_create(matcher, on_trouble, NULL);
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

/* --- alternatives --- */

/* The alternatives, a newline after each; "-" when there is no saying. */
static void list_alternatives(const char *pattern, unsigned mode, char *list)
{
    const struct posix_options options = {.syntax = (enum posix_syntax)(mode & 3), .unicode = mode & UNICODE};
    size_t count = 0, length = strlen(pattern), bar = (mode & 3) == BASIC ? 2 : 1;
    size_t *starts = posix_alternatives(pattern, length, &options, &count);
    strcpy(list, starts ? "" : "-");
    for (size_t i = 0; starts && i < count; i++) {
        size_t end = i + 1 < count ? starts[i + 1] - bar : length;
        sprintf(list + strlen(list), "%.*s\n", (int)(end - starts[i]), pattern + starts[i]);
    }
    free(starts);
}

static void test_alternatives(void **state)
{
    (void)state;
    static const struct {
        const char *pattern;
        unsigned mode;
        const char *expected;
    } rows[] = {
        {"", EXTENDED, "\n"},
        {"ab", EXTENDED, "ab\n"},
        {"a|b", EXTENDED, "a\nb\n"},
        {"a|b", BASIC, "a|b\n"},
        {"a\\|b\\|", BASIC, "a\nb\n\n"},
        {"a\\|b", EXTENDED, "a\\|b\n"},
        {"|a||b|", EXTENDED, "\na\n\nb\n\n"},
        {"(a|b)c|[|]|d{1,2}|[[:alpha:]|]", EXTENDED, "(a|b)c\n[|]\nd{1,2}\n[[:alpha:]|]\n"},
        {"\\(a\\|b\\)c\\|[\\|]\\|*d", BASIC, "\\(a\\|b\\)c\n[\\|]\n*d\n"},
        {"a)|b{1|c}", EXTENDED, "a)\nb{1\nc}\n"},
        {"\303\251|b", EXTENDED | UNICODE, "\303\251\nb\n"},
        {"\351|b", EXTENDED, "\351\nb\n"},
        /* Wrong ones, and those whose numbers count groups of all alternatives. */
        {"\351|b", EXTENDED | UNICODE, "-"},
        {"a|(b", EXTENDED, "-"},
        {"a|[b", EXTENDED, "-"},
        {"a|b\\", EXTENDED, "-"},
        {"(a)\\1|b", EXTENDED, "-"},
        {"a|((b)\\2)", EXTENDED, "-"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char list[128];
        list_alternatives(rows[i].pattern, rows[i].mode, list);
        if (strcmp(list, rows[i].expected) != 0)
            fail_msg("%s: %s, not %s", rows[i].pattern, list, rows[i].expected);
    }
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_written),          cmocka_unit_test(test_refused), cmocka_unit_test(test_warnings),
        cmocka_unit_test(test_classes),          cmocka_unit_test(test_narrow),  cmocka_unit_test(test_ambiguity),
        cmocka_unit_test(test_first_is_longest), cmocka_unit_test(test_longest), cmocka_unit_test(test_alternatives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
