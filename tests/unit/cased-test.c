/*
 * cased-test.c - classes of one case under -i and (?i): how they are written anew, and what they then match.
 */
#include "syntax/rewrite.h"

#include "match/matcher.h"
#include "sys/memory.h"

#include "test.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum { BYTES = 0, UNICODE = 1, CASELESS = 2 };

static void check_rewrite(const char *pattern, unsigned mode, const char *expected)
{
    const struct dialect options = {.caseless = mode & CASELESS, .unicode = mode & UNICODE};
    size_t length = 0;
    char *found = rewrite_cased(pattern, strlen(pattern), &options, &length);
    if ((found == NULL) != (expected == NULL) || (found && strcmp(found, expected) != 0))
        fail_msg("%s, mode %u: %s instead of %s", pattern, mode, found ? found : "nothing",
                 expected ? expected : "that");
    if (found)
        assert_int_equal(length, strlen(expected));
    free(found);
}

static void test_rewrite(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *caseless, *plain; /* with Unicode; NULL: as it is */
    } rows[] = {
        {"[[:upper:]]", "[\\p{L&}]", NULL},
        {"[[:^upper:]]", "[\\P{L&}]", NULL},
        {"[^[:lower:]]", "[^\\p{L&}]", NULL},
        {"x[a-c[:lower:]\\d]+", "x[a-c\\p{L&}\\d]+", NULL},
        {"[[:upper:][:^lower:]-]", "[\\p{L&}\\P{L&}-]", NULL},
        {"[[:alpha:]]", NULL, NULL},
        {"\\p{Lu}\\P{Ll}", "\\p{L&}\\P{L&}", NULL},
        {"\\p{^Lu}\\P{^Lt}[\\p{ l-u }]", "\\P{L&}\\p{L&}[\\p{L&}]", NULL},
        {"\\p{L}\\pL\\p{L&}\\p{Lm}\\p{Lo}\\p{Lowercase}", NULL, NULL},
        /* Where case is ignored. */
        {"(?i)[[:upper:]]", "(?i)[\\p{L&}]", "(?i)[\\p{L&}]"},
        {"\\p{Lu}(?i:\\p{Lu})\\p{Lu}", "\\p{L&}(?i:\\p{L&})\\p{L&}", "\\p{Lu}(?i:\\p{L&})\\p{Lu}"},
        {"(?-i)[[:upper:]]", NULL, NULL},
        {"(?-i:\\p{Lu}|(?i)\\p{Lu}|\\p{Lu})\\p{Lu}", "(?-i:\\p{Lu}|(?i)\\p{L&}|\\p{L&})\\p{L&}",
         "(?-i:\\p{Lu}|(?i)\\p{L&}|\\p{L&})\\p{Lu}"},
        {"(?^)\\p{Lu}", NULL, NULL},
        {"(?i-i:\\p{Lu})", NULL, NULL},
        {"(?xi) \\p{Lu}", "(?xi) \\p{L&}", "(?xi) \\p{L&}"},
        /* What only looks like one. */
        {"\\Q[[:upper:]]\\E", NULL, NULL},
        {"[\\Q[:upper:]\\E[:upper:]]", "[\\Q[:upper:]\\E\\p{L&}]", NULL},
        {"\\[[:upper:]]", NULL, NULL},
        {"[]\\[:upper:]", NULL, NULL},
        {"[][:upper:]]", "[]\\p{L&}]", NULL},
        {"\\\\p{Lu}", NULL, NULL},
        {"(?#[[:upper:]])a", NULL, NULL},
        {"(?#(?i)[[:upper:]]", "(?#(?i)[\\p{L&}]", NULL},
        {"(?x)a#[[:upper:]]\n\\p{Lu}", "(?x)a#[[:upper:]]\n\\p{L&}", NULL},
        {"(?x)[ #[:upper:]]", "(?x)[ #\\p{L&}]", NULL},
        {"(?xx)[ ^ ] [:upper:]]", "(?xx)[ ^ ] \\p{L&}]", NULL},
        {"(?x)\\Q#\\E\\p{Lu}", "(?x)\\Q#\\E\\p{L&}", NULL},
        {"\\cp{Lu}", NULL, NULL},
        /* Behind what the tree has no node for. */
        {"(?R)?\\p{Lu}", "(?R)?\\p{L&}", NULL},
        {"(a)(?1)*\\p{Lu}", "(a)(?1)*\\p{L&}", NULL},
        {"(?<n>a)(?&n)(?P>n)\\g<n>\\g'1'\\k{n}\\p{Lu}", "(?<n>a)(?&n)(?P>n)\\g<n>\\g'1'\\k{n}\\p{L&}", NULL},
        {"(?|(?i)\\p{Lu}|\\p{Lu})\\p{Lu}", "(?|(?i)\\p{L&}|\\p{L&})\\p{L&}", "(?|(?i)\\p{L&}|\\p{L&})\\p{Lu}"},
        {"(?(?=(?i)\\p{Lu})\\p{Lu}|b)", "(?(?=(?i)\\p{L&})\\p{L&}|b)", "(?(?=(?i)\\p{L&})\\p{Lu}|b)"},
        {"(a)?(?(1)\\p{Lu}|(?(R)b))", "(a)?(?(1)\\p{L&}|(?(R)b))", NULL},
        {"(?<n>)(?(<n>)\\p{Lu})(?('n')b)", "(?<n>)(?(<n>)\\p{L&})(?('n')b)", NULL},
        {"(?(DEFINE)(?<q>\\p{Lu}))(?&q)", "(?(DEFINE)(?<q>\\p{L&}))(?&q)", NULL},
        {"(?C)(?C9)(?C\"(\"\"[[:upper:])\")(?C{a}}b})\\p{Lu}", "(?C)(?C9)(?C\"(\"\"[[:upper:])\")(?C{a}}b})\\p{L&}",
         NULL},
        {"(*COMMIT)a(*SKIP:[[:upper:])\\p{Lu}", "(*COMMIT)a(*SKIP:[[:upper:])\\p{L&}", NULL},
        {"(*napla:\\p{Lu})(?*a)(?<*b)", "(*napla:\\p{L&})(?*a)(?<*b)", NULL},
        {"(*sr:\\p{Lu})(*asr:a)", "(*sr:\\p{L&})(*asr:a)", NULL},
        {"(?<=a\\K)?\\p{Lu}{0}", "(?<=a\\K)?\\p{L&}{0}", NULL},
        {"(a){0}\\b+{,3}\\x{ 41 }\\p{Lu}", "(a){0}\\b+{,3}\\x{ 41 }\\p{L&}", NULL},
        {"\\C\\N{,2}[z-a]\\p{Lu}", "\\C\\N{,2}[z-a]\\p{L&}", NULL},
        {"(?aDi)\\p{Lu}(?-aD)", "(?aDi)\\p{L&}(?-aD)", "(?aDi)\\p{L&}(?-aD)"},
        {"(*UTF)(*UCP)[[:upper:]]", "(*UTF)(*UCP)[\\p{L&}]", NULL},
        {"(*LIMIT_MATCH=9)(*CRLF)\\p{Lu}", "(*LIMIT_MATCH=9)(*CRLF)\\p{L&}", NULL},
        /* Up to a mistake. */
        {"\\p{Lu})\\p{Lu}", "\\p{L&})\\p{Lu}", NULL},
        {"\\p{Lu}[[:upper:]", "\\p{L&}[\\p{L&}", NULL},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        check_rewrite(rows[i].pattern, UNICODE | CASELESS, rows[i].caseless);
        check_rewrite(rows[i].pattern, UNICODE, rows[i].plain);
    }
    /* In bytes, [:upper:] has the letters of the locale, of both cases already; (*UCP) gives it Unicode's. */
    check_rewrite("[[:upper:]]\\p{Lu}", CASELESS, "[[:upper:]]\\p{L&}");
    check_rewrite("(*UCP)[[:upper:]]", CASELESS, "(*UCP)[\\p{L&}]");
}

/* --- what they match --- */

enum { UPPER = 1, LOWER = 2, TITLE = 4, CASED = 7, ZERO = 8, NEGATED = 16, POSIX = 32 };

/* A class, and what it matches where case counts; where it does not, any CASED stands for all. */
static const struct {
    const char *pattern;
    unsigned holds;
} classes[] = {
    {"[[:upper:]]", POSIX | UPPER},
    {"[[:lower:]]", POSIX | LOWER},
    {"[[:^upper:]]", POSIX | UPPER | NEGATED},
    {"[[:^lower:]]", POSIX | LOWER | NEGATED},
    {"[^[:upper:]]", POSIX | UPPER | NEGATED},
    {"[^[:lower:]]", POSIX | LOWER | NEGATED},
    {"[^[:^upper:]]", POSIX | UPPER},
    {"[^[:^lower:]]", POSIX | LOWER},
    {"[[:upper:][:lower:]]", POSIX | UPPER | LOWER},
    {"[0[:upper:]]", POSIX | UPPER | ZERO},
    {"[^[:lower:]0]", POSIX | LOWER | ZERO | NEGATED},
    {"[\\x30\\p{Lu}\\p{Lt}]", UPPER | TITLE | ZERO},
    {"\\p{Lu}", UPPER},
    {"\\p{Ll}", LOWER},
    {"\\p{Lt}", TITLE},
    {"\\P{Lu}", UPPER | NEGATED},
    {"\\P{Ll}", LOWER | NEGATED},
    {"\\p{^Lt}", TITLE | NEGATED},
    {"\\P{^Lu}", UPPER},
    {"\\p{L&}", CASED},
    {"\\P{L&}", CASED | NEGATED},
    {"[\\p{Lu}0]", UPPER | ZERO},
    {"[\\P{Lu}]", UPPER | NEGATED},
    {"[^\\p{Ll}0]", LOWER | ZERO | NEGATED},
    {"[^\\P{Ll}]", LOWER},
    {"(?:[[:upper:]]|\\p{Lu})", UPPER},
};

/* ASCII and Latin, with titles and without case (ª); Greek, with titles; Cyrillic; Deseret; and some others. */
static const struct {
    uint32_t first, last;
} ranges[] = {
    {0x00, 0x24F},    {0x250, 0x2AF},   {0x370, 0x3FF},     {0x400, 0x52F},     {0x1C80, 0x1C8F},
    {0x1E00, 0x1FFF}, {0x2100, 0x218F}, {0x24B0, 0x24EF},   {0x2C60, 0x2C7F},   {0x3040, 0x304F},
    {0x4E00, 0x4E0F}, {0xA640, 0xA69F}, {0x10400, 0x1044F}, {0x1D400, 0x1D44F},
};

struct text {
    char *bytes;
    size_t length;
    uint32_t characters[4096]; /* one on each line, but no newline */
    size_t count;
};

static void add_character(struct text *text, uint32_t c, bool unicode)
{
    char *at = text->bytes + text->length;
    size_t size = !unicode || c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    *at = (char)(size == 1 ? c : 0xF00U >> size | c >> 6 * (size - 1));
    for (size_t i = 1; i < size; i++)
        at[i] = (char)(0x80 | (c >> 6 * (size - 1 - i) & 0x3F));
    at[size] = '\n';
    text->length += size + 1;
    text->characters[text->count++] = c;
}

static struct text make_text(bool unicode)
{
    struct text text = {.bytes = calloc(1, 5 * COUNT(text.characters) + MEMORY_SLACK)};
    for (size_t i = 0; i < COUNT(ranges); i++)
        for (uint32_t c = ranges[i].first; c <= ranges[i].last; c++)
            if (c != '\n' && (unicode || c < 0x100))
                add_character(&text, c, unicode);
    return text;
}

/* The case of a character, by PCRE2's properties where case counts; in bytes, as if it were of Latin-1. */
static unsigned case_of(uint32_t c)
{
    static const char *const properties[] = {"^\\p{Lu}", "^\\p{Ll}", "^\\p{Lt}"};
    static pcre2_code *codes[3];
    struct text text = {.bytes = (char[8]){0}};
    pcre2_match_data *match = pcre2_match_data_create(1, NULL);
    unsigned found = 0;
    add_character(&text, c, true);
    for (unsigned i = 0; i < 3; i++) {
        int error;
        size_t offset;
        if (!codes[i])
            codes[i] =
                pcre2_compile((PCRE2_SPTR)properties[i], PCRE2_ZERO_TERMINATED, PCRE2_UTF, &error, &offset, NULL);
        if (pcre2_match(codes[i], (PCRE2_SPTR)text.bytes, text.length, 0, 0, match, NULL) > 0)
            found |= 1U << i;
    }
    pcre2_match_data_free(match);
    return found;
}

static bool is_expected(unsigned holds, uint32_t c, unsigned mode, unsigned own)
{
    if (holds & POSIX && !(mode & UNICODE) && c >= 0x80) /* the letters of the C locale */
        own = 0;
    unsigned wanted = holds & CASED && mode & CASELESS ? holds | CASED : holds;
    bool held = wanted & own || (holds & ZERO && c == '0');
    return held != ((holds & NEGATED) != 0);
}

static void check_class(const struct text *text, const unsigned *cases, size_t row, const char *prefix, unsigned mode,
                        unsigned read, struct matcher_options options)
{
    char pattern[64];
    snprintf(pattern, sizeof pattern, "%s%s", prefix, classes[row].pattern);
    struct pattern_list list = {.items = NULL};
    pattern_list_add(&list, pattern, strlen(pattern));
    options.dialect.unicode = mode & UNICODE;
    options.dialect.caseless = mode & CASELESS;
    options.kernels = kernels_get(0);
    struct mistake mistake;
    struct matcher *matcher = matcher_compile(&list, &options, &mistake);
    assert_non_null(matcher);
    const struct given_up_sink sink = {NULL, NULL};
    struct matcher_state *state = matcher_state_create(matcher, &sink, &sink);
    matcher_begin(state, text->bytes, text->bytes + text->length);
    struct span line;
    bool more = matcher_next(state, &line);
    const char *at = text->bytes;
    for (size_t i = 0; i < text->count; i++, at = strchr(at + (*at == 0), '\n') + 1) {
        bool matches = more && line.begin == at;
        if (matches)
            more = matcher_next(state, &line);
        if (matches != is_expected(classes[row].holds, text->characters[i], read, cases[i]))
            fail_msg("%s, mode %u, engine %d, %s: U+%04X %s", pattern, mode, (int)options.engine,
                     options.interpreted ? "interpreter" : "JIT", (unsigned)text->characters[i],
                     matches ? "matches" : "does not match");
    }
    assert_false(more);
    matcher_state_free(state);
    matcher_free(matcher);
    pattern_list_free(&list);
}

/* By the engines and PCRE2's two ways to match, with the option and with those of the pattern. */
static void test_characters(void **state)
{
    (void)state;
    static const struct matcher_options ways[] = {
        {.engine = ENGINE_AUTO},
        {.engine = ENGINE_DFA},
        {.engine = ENGINE_PCRE2},
        {.engine = ENGINE_PCRE2, .interpreted = true},
    };
    for (unsigned unicode = 0; unicode <= UNICODE; unicode++) {
        struct text text = make_text(unicode);
        unsigned *cases = calloc(text.count, sizeof *cases);
        for (size_t i = 0; i < text.count; i++)
            cases[i] = case_of(text.characters[i]);
        for (size_t row = 0; row < COUNT(classes); row++)
            for (size_t way = 0; way < COUNT(ways); way++) {
                check_class(&text, cases, row, "", unicode, unicode, ways[way]);
                check_class(&text, cases, row, "", unicode | CASELESS, unicode | CASELESS, ways[way]);
                check_class(&text, cases, row, "(?i)", unicode, unicode | CASELESS, ways[way]);
                check_class(&text, cases, row, "(?-i)", unicode | CASELESS, unicode, ways[way]);
                check_class(&text, cases, row, "(?(R)a|)(?i)", unicode, unicode | CASELESS, ways[way]);
            }
        free(cases);
        free(text.bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rewrite),
        cmocka_unit_test(test_characters),
    };
    watch();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
