/*
 * posix-test.c - basic and extended expressions: what PCRE2 is given for them, what it matches, and what is refused.
 */
#include "posix-programs.h"

#include <locale.h>
#include <wchar.h>
#include <wctype.h>

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
        struct posix_translation translation = translate(written[i].pattern, written[i].mode);
        if (!translation.text || strcmp(translation.text, written[i].expected) != 0)
            fail_msg("%s, mode %u: %s, not %s", written[i].pattern, written[i].mode,
                     translation.text ? translation.text : translation.mistake.message, written[i].expected);
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
        struct posix_translation translation = translate(refused[i].pattern, refused[i].mode);
        if (translation.text)
            fail_msg("%s is taken for %s", refused[i].pattern, translation.text);
        if (strcmp(translation.mistake.message, refused[i].message) != 0 ||
            translation.mistake.offset != refused[i].offset)
            fail_msg("%s: %s at %zu", refused[i].pattern, translation.mistake.message, translation.mistake.offset);
    }
    struct posix_translation translation = translate("a\xff", BASIC | UNICODE);
    assert_null(translation.text);
    assert_non_null(strstr(translation.mistake.message, "not valid UTF-8"));
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

struct warnings {
    char text[512];
};

static void on_warning(void *context, const char *message)
{
    struct warnings *warnings = context;
    size_t used = strlen(warnings->text);
    snprintf(warnings->text + used, sizeof warnings->text - used, "%s;", message);
}

static void test_warnings(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(warned); i++) {
        struct warnings warnings = {""};
        const struct dialect options = options_of(warned[i].mode);
        struct posix_translation translation;
        posix_translate(&translation, warned[i].pattern, strlen(warned[i].pattern), &options, false, on_warning,
                        &warnings);
        assert_non_null(translation.text);
        assert_string_equal(warnings.text, warned[i].messages);
        free(translation.text);
    }
}

/* --- what it matches --- */

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

/* --- alternatives --- */

/* The alternatives, a newline after each; "-" when there is no saying. */
static void list_alternatives(const char *pattern, unsigned mode, char *list)
{
    const struct dialect options = options_of(mode);
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
        cmocka_unit_test(test_written), cmocka_unit_test(test_refused), cmocka_unit_test(test_warnings),
        cmocka_unit_test(test_classes), cmocka_unit_test(test_narrow),  cmocka_unit_test(test_alternatives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
