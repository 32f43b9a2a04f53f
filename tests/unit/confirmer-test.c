/*
 * confirmer-test.c - the confirmer at the places of a pattern's literals, against PCRE2 on the whole line.
 */
#include "engine/confirmer.h"

#include "reference.h"

struct trial {
    const char *pattern;
    struct reference reference;
    struct literals literals;
    struct confirmer *confirmer;
    bool ascii; /* the literals are for ASCII only */
    size_t verdicts[3];
};

static bool is_at(const struct literal *literal, const char *at, size_t length)
{
    for (size_t i = 0; i < literal->length; i++)
        if (length <= i || ((uint8_t)at[i] & literal->mask[i]) != literal->value[i])
            return false;
    return literal->length <= length;
}

static bool is_place(const struct literals *literals, const char *at, size_t length)
{
    for (size_t i = 0; i < literals->count; i++)
        if (is_at(&literals->items[i], at, length))
            return true;
    return false;
}

/* Between two other lines, in memory of its own size. */
static void try_line(void *context, const char *line, size_t length)
{
    struct trial *trial = context;
    if (trial->ascii && has_high(line, length))
        return;
    bool matches = reference_matches(&trial->reference, line, length), open = false;
    for (int around = 0; around < 2; around++) {
        size_t margin = around ? 3 : 0, size = length + 2 * margin;
        char *text = malloc(size + 1);
        assert_non_null(text);
        memcpy(text, "a1\n", margin);
        memcpy(text + margin, line, length);
        memcpy(text + margin + length, "\n1a", margin);
        struct span span = {text, text + size};
        open = false;
        for (size_t at = 0; at < length; at++) {
            if (!is_place(&trial->literals, text + margin + at, length - at))
                continue;
            size_t steps = 100, few = at % 4;
            enum verdict verdict = confirmer_check(trial->confirmer, span, text + margin + at, &steps);
            assert_true(steps <= 100);
            if (verdict == VERDICT_YES && !matches)
                fail_msg("%s: yes at byte %zu of \"%s\"", trial->pattern, at, shown(line, length));
            enum verdict cautious = confirmer_check(trial->confirmer, span, text + margin + at, &few);
            assert_true(cautious == verdict || cautious == VERDICT_OPEN || few > 0);
            assert_true(cautious != VERDICT_YES || verdict == VERDICT_YES);
            assert_true(cautious != VERDICT_NO || verdict == VERDICT_NO);
            open |= verdict != VERDICT_NO;
            trial->verdicts[verdict]++;
        }
        free(text);
        if (matches && !open)
            fail_msg("%s: no place of \"%s\"", trial->pattern, shown(line, length));
    }
}

/* False when there is no confirmer for the pattern. */
static bool begin(struct trial *trial, const char *pattern, struct mode mode, enum literal_reading reading)
{
    const struct dialect dialect = {.boundary = mode.bounds, .unicode = mode.unicode};
    struct other_cases *other_cases = NULL;
    struct syntax *syntax = NULL;
    *trial = (struct trial){.pattern = pattern, .ascii = reading == READ_ASCII && mode.unicode};
    if (reference_compile(&trial->reference, pattern, mode) && (syntax = parse(pattern, mode))) {
        other_cases = other_cases_of_trees(&syntax, 1);
        literals_find(&trial->literals, &syntax, 1, other_cases, reading);
        struct nfa *nfa = nfa_create(&syntax, 1, &dialect, other_cases);
        bool exact = nfa && nfa->exact && !strstr(pattern, "\\p");
        nfa_free(nfa);
        if (trial->literals.count > 0 && trial->literals.fold_count == 0)
            trial->confirmer =
                confirmer_create(&(struct confirmer_options){.syntax = syntax,
                                                             .literals = &trial->literals,
                                                             .dialect = &dialect,
                                                             .other_cases = other_cases,
                                                             .exact = exact,
                                                             .kernels = kernels_choose(getenv("MSCAN_KERNELS"))});
    }
    other_cases_free(other_cases);
    syntax_free(syntax);
    return trial->confirmer != NULL;
}

static void end(struct trial *trial)
{
    confirmer_free(trial->confirmer);
    literals_free(&trial->literals);
    reference_free(&trial->reference);
}

static const enum literal_reading readings[] = {READ_STRICTLY, READ_FOLDING, READ_ASCII};

static void test_patterns(void **state)
{
    (void)state;
    static const char *const patterns[] = {
        "\\w+ab?1",    "[^a]ab.*1$",   "^a*1b",    "\\bab\\b",    "a\\Bb",       "(?<=1)ab(?! )", "a+b+1",
        "(?:a|b1)+1a", "(a(b(1)))",    "(a|b)1 ",  "(?:ab|1)\\b", "a\\w+?1\\W",  ".*ab",          "ab.*",
        "a(?:b|1).*1", "(?>a+)b",      "a*+b",     "(a)1\\1",     "(a|b)1\\1 ?", ".*+\xc3\xa9",   "\\w*+\xc3\xa9+b",
        "a1++1",       "(?>a|ab)b",    "a(?=b1)b", "\\d+(?<=1)a", "(?:a1){2}b*", "\\Aa.1",        "b\\Z",
        " $",          "[a1]b[b1]\\b", "\\s+a",    "a\\Kb",       "\xc3\xa9+a",  "a.\xc3\xa9",    "\\p{L}a1",
    };
    size_t made = 0, verdicts[3] = {0};
    for (size_t i = 0; i < COUNT(patterns) * COUNT(modes) * COUNT(readings); i++) {
        struct trial trial;
        struct mode mode = modes[i / COUNT(readings) % COUNT(modes)];
        if (begin(&trial, patterns[i / COUNT(readings) / COUNT(modes)], mode, readings[i % COUNT(readings)])) {
            each_line("ab1 \xc3\xa9", 4, try_line, &trial);
            made++;
        }
        for (size_t k = 0; k < 3; k++)
            verdicts[k] += trial.verdicts[k];
        end(&trial);
    }
    assert_true(made > 100 && verdicts[VERDICT_OPEN] > 1000 && verdicts[VERDICT_YES] > 1000 &&
                verdicts[VERDICT_NO] > 1000);
}

/* Characters with other cases of two bytes, of which other pairs are other characters, and of three. */
static void test_other_cases(void **state)
{
    (void)state;
    static const char *const patterns[] = {"\xd1\x80",           "s\xd1\x80",    "\xd1\x80.*s",
                                           "\xd0\xa0+k\xd1\x80", "s?\xd1\x80s$", "(?:\xd1\x80|ks)s*\xd1\x80"};
    const struct mode mode = {true, true, BOUNDS_NONE};
    size_t verdicts[3] = {0};
    for (size_t i = 0; i < COUNT(patterns); i++) {
        struct trial trial;
        assert_true(begin(&trial, patterns[i], mode, READ_FOLDING));
        each_line("\xd0\xd1\x80\xa0S", 6, try_line, &trial);
        each_line("\xd1\x80s\xc5\xbf", 6, try_line, &trial);
        for (size_t k = 0; k < 3; k++)
            verdicts[k] += trial.verdicts[k];
        end(&trial);
    }
    assert_true(verdicts[VERDICT_YES] > 1000 && verdicts[VERDICT_NO] > 1000);
}

static void test_random(void **state)
{
    (void)state;
    struct dice dice = {91};
    struct random_pattern pattern;
    size_t made = 0, certain = 0;
    for (int i = 0; i < 3000; i++) {
        random_pattern(&pattern, &dice);
        struct mode mode = modes[dice_below(&dice, COUNT(modes))];
        mode.caseless = dice_below(&dice, 4) == 0;
        struct trial trial;
        if (begin(&trial, pattern.text, mode, readings[dice_below(&dice, COUNT(readings))])) {
            each_line(mode.caseless ? "aAb1 " : "ab1 \xe9", 4, try_line, &trial);
            made++;
            certain += trial.verdicts[VERDICT_YES] > 0;
        }
        end(&trial);
    }
    assert_true(made > 500 && certain > 200);
}

/* Lines in which the states stay as they are for longer than a vector. */
static void test_runs(void **state)
{
    (void)state;
    static const char *const patterns[] = {
        "\"(?:[^\"\\\\]|\\\\.)*\"",
        "\"(?:[^\"\\\\]++|\\\\.)*+\" 1",
        "1[^\"]*\"",
        "\"[^1]*a1",
        "^[^1]*\"\\w+1",
        "\"\\w*1",
        "(?:\"|1).*\" \\w+$",
    };
    static const char letters[] = "aaaaaaab\"1\\ \xc3";
    struct dice dice = {92};
    size_t verdicts[3] = {0};
    for (size_t i = 0; i < COUNT(patterns) * COUNT(modes); i++) {
        struct trial trial;
        assert_true(begin(&trial, patterns[i / COUNT(modes)], modes[i % COUNT(modes)], READ_STRICTLY));
        for (int k = 0; k < 1000; k++) {
            char line[90];
            size_t length = dice_below(&dice, sizeof line), kinds = 8 + dice_below(&dice, sizeof letters - 8);
            /* Long runs, and here and there something else. */
            size_t rare = 1 + dice_below(&dice, 30);
            for (size_t at = 0; at < length; at++)
                line[at] = dice_below(&dice, rare) ? 'a' : letters[dice_below(&dice, kinds)];
            try_line(&trial, line, length);
        }
        for (size_t k = 0; k < 3; k++)
            verdicts[k] += trial.verdicts[k];
        end(&trial);
    }
    assert_true(verdicts[VERDICT_OPEN] > 100 && verdicts[VERDICT_YES] > 1000 && verdicts[VERDICT_NO] > 1000);
}

/* What is beyond the line, or the steps, is not read; what has too many states is left open. */
static void test_limits(void **state)
{
    (void)state;
    struct trial trial;
    assert_true(begin(&trial, "[ab]*1", modes[0], READ_STRICTLY));
    static const char text[] = "aaaaaaaa\nabab1bbbbb\n";
    struct span span = {text, text + strlen(text)};
    size_t steps = 1000;
    assert_int_equal(confirmer_check(trial.confirmer, span, strchr(text, '1'), &steps), VERDICT_YES);
    assert_true(steps > 980);
    end(&trial);
    assert_true(begin(&trial, "^[ab]*1", modes[0], READ_STRICTLY));
    steps = 4;
    assert_int_equal(confirmer_check(trial.confirmer, span, strchr(text, '1'), &steps), VERDICT_OPEN);
    steps = 1000;
    assert_int_equal(confirmer_check(trial.confirmer, span, strchr(text, '1'), &steps), VERDICT_YES);
    end(&trial);
    assert_true(begin(&trial, "x(?:a|b){500}", modes[0], READ_STRICTLY));
    char many[1000] = "x";
    memset(many + 1, 'a', sizeof many - 1);
    steps = 100000;
    assert_int_equal(confirmer_check(trial.confirmer, (struct span){many, many + sizeof many}, many, &steps),
                     VERDICT_OPEN);
    many[20] = 'x';
    assert_int_equal(confirmer_check(trial.confirmer, (struct span){many, many + sizeof many}, many, &steps),
                     VERDICT_NO);
    end(&trial);
}

/* Where there is none. */
static void test_none(void **state)
{
    (void)state;
    static const char *const patterns[] = {"x(?:a{200}){200}", "(?=.*abc)\\d", "(?:a+\\d+1234|b+\\d+123)\\w"};
    for (size_t i = 0; i < COUNT(patterns); i++) {
        struct trial trial;
        assert_false(begin(&trial, patterns[i], modes[0], READ_STRICTLY));
        assert_true(trial.literals.count > 0);
        end(&trial);
    }
    confirmer_free(NULL);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_patterns), cmocka_unit_test(test_random), cmocka_unit_test(test_other_cases),
        cmocka_unit_test(test_runs),     cmocka_unit_test(test_limits), cmocka_unit_test(test_none),
    };
    return cmocka_run_group_tests_name("confirmer", tests, NULL, NULL);
}
