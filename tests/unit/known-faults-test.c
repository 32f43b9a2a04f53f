/*
 * known-faults-test.c - each row of the table by examples: what the library says by itself, and what the matcher says.
 */
#include "pcre2/known-faults.h"

#include "match/matcher.h"
#include "sys/memory.h"
#include "test.h"

/* The rows of the table, in its order. */
enum row {
    LOOKAHEAD_START,
    EARLY_FAIL,
    OPTIONAL_ATOM,
    GRAPH_CLASS,
    PROPERTY_CLASS,
    VARIABLE_LOOKBEHIND,
    VERB_IN_LOOK,
    ROWS
};

/* How the library is to be asked. */
enum { CASELESS = 1, UNICODE = 2 };

static const struct example {
    enum row row;
    const char *pattern;
    const char *line;
    bool matches;
    unsigned mode;
} examples[] = {
    {LOOKAHEAD_START, "(?=a)b?a", "a", true, 0},
    {LOOKAHEAD_START, "(?=a)b?A", "a", true, CASELESS},
    {LOOKAHEAD_START, "(?=a)b?(?i)A", "a", true, UNICODE},
    {LOOKAHEAD_START, "(?=#)\\s*#", "abc # x", true, 0},
    {LOOKAHEAD_START, "(?=E)W?E(\\d)\\1?", "E1", true, UNICODE},
    {LOOKAHEAD_START, "c*(?=a)b*a", "ca", true, 0},
    {LOOKAHEAD_START, "(?:c?(?=a))b*a", "a", true, 0},
    {LOOKAHEAD_START, "(?:(?:(?=a)))b?a|(?=a)c?a", "a", true, 0},
    {LOOKAHEAD_START, "(?=a)(?:b|c)*a", "ba", true, 0},
    {LOOKAHEAD_START, "(?=a)b?a(*SKIP)", "a", true, 0}, /* not understood */
    {LOOKAHEAD_START, "(*positive_lookahead:a)b?a(*SKIP)", "a", true, 0},
    {EARLY_FAIL, "(1|)b*1", "1", true, 0},
    {EARLY_FAIL, "(1|)b*1", "x1", true, UNICODE},
    {EARLY_FAIL, "(?>a*|)a", "aaa", false, 0},
    {EARLY_FAIL, "(?>a*\\d?+|)\\w?+(?i:A.){2}", "#aaabAb", false, UNICODE},
    {EARLY_FAIL, "(?:(?>a*|)){2}aa", "aaaa", false, 0},
    {EARLY_FAIL, "(1|)b*1(*SKIP)", "1", true, 0},
    {EARLY_FAIL, "(11|1)b*1", "11", true, 0},
    {EARLY_FAIL, "x?+(?:11|1)b*1", "11", true, 0},
    {EARLY_FAIL, "(?:1.|1)b*b1", "x1b1", true, UNICODE},
    {EARLY_FAIL, "(?:1b|1){2}(?:2|b*b1)", "11b1", true, 0},
    {EARLY_FAIL, "(?>a*b|a)b", "aab", false, 0},
    {EARLY_FAIL, "(?>c?a*b|a)b", "aab", false, 0},
    {EARLY_FAIL, "c(?>c+?)a", "ccca", true, 0},
    {OPTIONAL_ATOM, "b+(?:c)?+b", "bb", true, 0},
    {OPTIONAL_ATOM, "[ab]+(?:\\s)?+b", "abb", true, UNICODE},
    {OPTIONAL_ATOM, "b+(c){0,2}+b", "bb", true, 0},
    {OPTIONAL_ATOM, "b+(?>(c)*)b", "bb", true, 0},
    {OPTIONAL_ATOM, "b+(?>(c)*)b(*SKIP)", "bb", true, 0},
    {GRAPH_CLASS, "^[[:graph:]\\x{3000}]+$", "a\u3000b", true, UNICODE},
    {GRAPH_CLASS, "^[[:graph:]\\s]+$", "a b", true, UNICODE},
    {GRAPH_CLASS, "^[^[:graph:]\\S]$", " ", true, UNICODE},
    {GRAPH_CLASS, "^[[:^print:]\\h]$", "\u3000", true, UNICODE},
    {GRAPH_CLASS, "^[[:print:]\\x{1f600}\\v]$", "\u2028", true, UNICODE},
    {PROPERTY_CLASS, "aaaaa[\\pN]?", "aaaaa", true, 0},
    {VARIABLE_LOOKBEHIND, "(?<!c??.?+)a", "a", true, 0},
    {VARIABLE_LOOKBEHIND, "(?<=a?(?=b))b", "ab", true, 0},
    {VARIABLE_LOOKBEHIND, "(?<=\\w?+)A", "#Aba", false, UNICODE},
    {VERB_IN_LOOK, "a?(?=b(*COMMIT)c|)d", "bd", false, 0},
    {VERB_IN_LOOK, "a?(?=b(?:(*COMMIT))c|)d", "bd", false, UNICODE},
};

/* Releases that were looked at; of others it is only known that no example is wrong outside of the rows. */
static bool is_tried(unsigned release)
{
    return release == 1042 || release == 1046 || release == 1049;
}

static bool is_in(const struct known_fault *fault)
{
    unsigned release = known_faults_release();
    return release >= fault->first && release < fault->mended;
}

/* Whether the library, asked just so, matches; a pattern that it refuses does not. */
static bool library_matches(const struct example *example, bool *refused)
{
    int error;
    size_t offset;
    uint32_t flags = (example->mode & CASELESS ? PCRE2_CASELESS : 0) |
                     (example->mode & UNICODE ? PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF : 0);
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR)example->pattern, strlen(example->pattern), flags, &error, &offset, NULL);
    *refused = !code;
    if (!code)
        return false;
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    int result = pcre2_match(code, (PCRE2_SPTR)example->line, strlen(example->line), 0, 0, data, NULL);
    pcre2_match_data_free(data);
    pcre2_code_free(code);
    return result >= 0;
}

/* A row is there as long as it is needed, and no longer. */
static void test_library(void **state)
{
    (void)state;
    size_t count, wrong[ROWS] = {0};
    uint32_t jit = 0;
    const struct known_fault *faults = known_faults(&count);
    assert_int_equal(count, ROWS);
    pcre2_config(PCRE2_CONFIG_JIT, &jit);
    for (size_t i = 0; i < COUNT(examples); i++) {
        bool refused, matches = library_matches(&examples[i], &refused);
        bool differs = !refused && matches != examples[i].matches;
        wrong[examples[i].row] += differs;
        if (differs && !is_in(&faults[examples[i].row]))
            fail_msg("%s is wrong, though its row says that this release is right", examples[i].pattern);
    }
    for (size_t row = 0; row < count; row++)
        if (is_in(&faults[row]) && is_tried(known_faults_release()) && (jit || strncmp(faults[row].name, "JIT", 3)))
            assert_true(wrong[row] > 0);
}

static void on_given_up(void *context, const char *line, int error)
{
    (void)context;
    fail_msg("PCRE2 gave up: %s (%d)", line, error);
}

static struct matcher *compile(const char *pattern, unsigned mode, bool interpreted, enum engine_kind engine)
{
    struct pattern_list patterns = {NULL, 0, 0};
    struct mistake mistake;
    pattern_list_add(&patterns, pattern, strlen(pattern));
    const struct matcher_options options = {
        .dialect.caseless = mode & CASELESS,
        .dialect.unicode = mode & UNICODE,
        .interpreted = interpreted,
        .engine = engine,
        .kernels = kernels_choose(getenv("MSCAN_KERNELS")),
    };
    struct matcher *matcher = matcher_compile(&patterns, &options, &mistake);
    pattern_list_free(&patterns);
    return matcher;
}

/* How many lines match of a text that has the line twice; each that does has a match. */
static size_t count_lines(const struct matcher *matcher, const char *line)
{
    size_t length = 2 * strlen(line) + 2, lines = 0;
    char *text = calloc(length + MEMORY_SLACK, 1);
    assert_non_null(text);
    snprintf(text, length + 1, "%s\n%s\n", line, line);
    const struct given_up_sink sink = {on_given_up, NULL};
    struct matcher_state *state = matcher_state_create(matcher, &sink, &sink);
    struct span found, match;
    matcher_begin(state, text, text + length);
    while (matcher_next(state, &found)) {
        lines++;
        matcher_set_line(state, found);
        assert_true(matcher_find(state, found.begin, &match));
    }
    matcher_state_free(state);
    free(text);
    return lines;
}

static void check(const struct example *example, bool interpreted, enum engine_kind engine)
{
    struct matcher *matcher = compile(example->pattern, example->mode, interpreted, engine);
    if (!matcher) { /* a lookbehind that this release does not know */
        assert_int_equal(example->row, VARIABLE_LOOKBEHIND);
        return;
    }
    size_t lines = count_lines(matcher, example->line);
    if (lines != (example->matches ? 2 : 0))
        fail_msg("%s finds %zu lines%s", example->pattern, lines, interpreted ? ", interpreted" : "");
    matcher_free(matcher);
}

static void test_matcher(void **state)
{
    (void)state;
    static const enum engine_kind engines[] = {ENGINE_AUTO, ENGINE_PCRE2};
    for (size_t i = 0; i < COUNT(examples); i++)
        for (size_t engine = 0; engine < COUNT(engines); engine++) {
            check(&examples[i], false, engines[engine]);
            check(&examples[i], true, engines[engine]);
        }
}

/* Patterns of everyday that keep PCRE2's optimizations. */
static void test_others(void **state)
{
    (void)state;
    static const char *const patterns[] = {
        "(.*)\\1[0-9]",   "a(?=b)b?a",
        "(\\w+) \\1",     "foo(?!bar)",
        "(?<=a)b",        "(a|b)c*d",
        "[[:graph:]]+",   "[^[:print:]]\\s",
        "\"[^\"]*+\"",    "(?>a+)b",
        "(?:a|b)++c",     "(?<!\\w)foo(?!\\w)",
        "\\[[[:graph:]]", "(?|(a)|b)c",
        "a(?R)?b",        "a(*SKIP)(*F)|b(?=c)",
        "(*COMMIT)b",     "(?!a)c(*SKIP)(*F)|[(?=]a(*SKIP)b",
        "(ab|cd)e*f",     "(?:a{2,}|b?)c*d",
        "(a|bc)d?e*f",    "(?>a*)b",
        "(?:|a)b",        "\\((?:[^()]++|(?R))*\\)",
    };
    for (size_t i = 0; i < COUNT(patterns); i++) {
        struct syntax *syntax = syntax_parse(patterns[i], strlen(patterns[i]), &(struct dialect){.unicode = true});
        unsigned remedies = known_faults_remedies(syntax, patterns[i], strlen(patterns[i]));
        syntax_free(syntax);
        if (remedies & ~(unsigned)REMEDY_CHECK_START) /* which costs nothing where the start is right */
            fail_msg("%s is held for affected: %u", patterns[i], remedies);
    }
}

/*
 * Each class, negated and not, beside others and characters, in both orders: what one of the two matches alone, and
 * nothing else.
 */
static void test_class_pairs(void **state)
{
    (void)state;
    static const char *const classes[] = {"alpha", "lower", "upper", "alnum", "ascii", "blank", "cntrl",
                                          "digit", "graph", "print", "punct", "space", "word",  "xdigit"};
    static const char *const others[] = {"a",          "b-d",     "\\d",        "\\D",         "\\s",
                                         "\\S",        "\\w",     "\\W",        "\\h",         "\\H",
                                         "\\v",        "\\V",     "\\x{e9}",    "\\x{85}",     "\\x{3000}",
                                         "\\x{200b}",  "\\p{Lu}", "\\P{L}",     "\\x{1f600}",  "\\x{3b1}-\\x{3c9}",
                                         "\\p{Greek}", "\\pN",    "[:^ascii:]", "[:^xdigit:]", "[:space:]",
                                         "[:^blank:]"};
    static const char *const characters[] = {"a",      "B",      "7",      " ",      "\t",     "!",         "_",
                                             "\x7f",   "\u00a0", "\u00e9", "\u0394", "\u03b1", "\u0660",    "\u180e",
                                             "\u200b", "\u2028", "\u3000", "\u4e00", "\ue000", "\U0001f600"};
    for (size_t i = 0; i < COUNT(classes) * 4 * COUNT(others); i++) {
        char class[32], pair[3][96];
        const char *other = others[i / 4 % COUNT(others)];
        snprintf(class, sizeof class, "[:%s%s:]", i & 1 ? "^" : "", classes[i / 4 / COUNT(others)]);
        snprintf(pair[0], sizeof pair[0], "^[%s%s]$", i & 2 ? other : class, i & 2 ? class : other);
        snprintf(pair[1], sizeof pair[1], "^[%s]$", class);
        snprintf(pair[2], sizeof pair[2], "^[%s]$", other);
        /* In 10.42, [[:^ascii:][:ascii:]] does not match what is beyond both, but the reverse does. */
        bool everything = strstr(pair[0], "[:^ascii:]") || strstr(pair[0], "[:^xdigit:]");
        if (everything && known_faults_release() < 1046 && strstr("[:ascii:] [:xdigit:]", i & 2 ? class : other))
            continue;
        struct matcher *matchers[3];
        for (size_t j = 0; j < 3; j++)
            matchers[j] = compile(pair[j], UNICODE, false, ENGINE_PCRE2);
        for (size_t j = 0; j < COUNT(characters); j++) {
            bool expected = count_lines(matchers[1], characters[j]) || count_lines(matchers[2], characters[j]);
            if ((count_lines(matchers[0], characters[j]) > 0) != expected)
                fail_msg("%s: %s", pair[0], characters[j]);
        }
        for (size_t j = 0; j < 3; j++)
            matcher_free(matchers[j]);
    }
}

/* --- patterns by chance --- */

static pcre2_code *compile_raw(const char *pattern, uint32_t flags)
{
    int error;
    size_t offset;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern, strlen(pattern), flags, &error, &offset, NULL);
    if (code)
        pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    return code;
}

/* Whether the library matches; in this case, where. */
static bool find_raw(const pcre2_code *code, pcre2_match_data *data, const char *text, size_t bounds[2])
{
    int result = pcre2_match(code, (PCRE2_SPTR)text, strlen(text), 0, 0, data, NULL);
    if (result >= 0)
        memcpy(bounds, pcre2_get_ovector_pointer(data), 2 * sizeof *bounds);
    return result >= 0;
}

/* Adds an atom, perhaps repeated, or a group of some depth to a pattern. */
static void add_item(struct dice *dice, char *pattern, unsigned depth)
{
    static const char *const atoms[] = {"a", "b", "c", "ab", "[ab]", ".", "\\w", "\\b", "$", "a", "b"};
    static const char *const repeats[] = {"*", "+", "?", "*?", "*+", "{2}", "{2,}", "{0,2}", "+?", "?+", "++"};
    static const char *const opens[] = {"(", "(?:", "(?:", "(?>", "(?=", "(?:|"};
    if (depth == 0 || dice_below(dice, 3) > 0) {
        strcat(pattern, atoms[dice_below(dice, COUNT(atoms))]);
    } else {
        strcat(pattern, opens[dice_below(dice, COUNT(opens))]);
        for (size_t i = 0, count = 1 + dice_below(dice, 4); i < count; i++) {
            if (i > 0 && dice_below(dice, 2))
                strcat(pattern, "|");
            add_item(dice, pattern, depth - 1);
        }
        strcat(pattern, ")");
    }
    if (dice_below(dice, 2))
        strcat(pattern, repeats[dice_below(dice, COUNT(repeats))]);
}

/* Where no row holds a pattern for affected, the library answers as it does without its optimizations. */
static void test_chance(void **state)
{
    (void)state;
    struct dice dice = {20};
    pcre2_match_data *data = pcre2_match_data_create(32, NULL);
    for (int i = 0; i < 20000; i++) {
        char pattern[4096] = "";
        for (size_t j = 0, count = 1 + dice_below(&dice, 4); j < count; j++)
            add_item(&dice, pattern, 3);
        struct syntax *syntax = syntax_parse(pattern, strlen(pattern), &(struct dialect){.unicode = false});
        unsigned remedies = known_faults_remedies(syntax, pattern, strlen(pattern));
        syntax_free(syntax);
        uint32_t plain = remedies & REMEDY_NO_AUTO_POSSESS ? PCRE2_NO_AUTO_POSSESS : 0;
        if (remedies & (REMEDY_NO_START | REMEDY_CHECK_START | REMEDY_INTERPRET))
            continue;
        pcre2_code *fast = compile_raw(pattern, plain);
        pcre2_code *slow = compile_raw(pattern, PCRE2_NO_START_OPTIMIZE | PCRE2_NO_AUTO_POSSESS);
        for (int j = 0; fast && j < 20; j++) {
            char text[12] = "";
            for (size_t k = 0, count = dice_below(&dice, 8); k < count; k++)
                text[k] = "abcc"[dice_below(&dice, 4)];
            size_t found[2] = {0}, expected[2] = {0};
            bool matches = find_raw(fast, data, text, found);
            if (matches != find_raw(slow, data, text, expected) || memcmp(found, expected, sizeof found) != 0)
                fail_msg("%s: %s: %d, %zu to %zu, expected %zu to %zu", pattern, text, matches, found[0], found[1],
                         expected[0], expected[1]);
        }
        pcre2_code_free(fast);
        pcre2_code_free(slow);
    }
    pcre2_match_data_free(data);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_library),     cmocka_unit_test(test_matcher), cmocka_unit_test(test_others),
        cmocka_unit_test(test_class_pairs), cmocka_unit_test(test_chance),
    };
    return cmocka_run_group_tests_name("known-faults", tests, NULL, NULL);
}
