/*
 * small-dfa-test.c - the smallest automaton: its size, and that it accepts what the DFA accepts.
 */
#include "automaton/small-dfa.h"

#include "reference.h"

/* Whether it accepts the line, behind which a newline stands. */
static bool small_accepts(const struct small_dfa *small, const char *line, size_t length)
{
    unsigned state = small->start;
    for (size_t i = 0; i <= length && state >= small->shuffle.special; i++)
        state = small->shuffle.rows[(unsigned char)line[i] * small->shuffle.row_size + state];
    return state == SMALL_ACCEPT;
}

struct trial {
    const char *pattern;
    const struct nfa *nfa;
    struct dfa *dfa;
    struct small_dfa *small;
};

static void try_line(void *context, const char *line, size_t length)
{
    struct trial *trial = context;
    bool undescribed = trial->nfa->ascii_only && has_high(line, length);
    bool expected = dfa_accepts(trial->dfa, trial->nfa, line, length);
    if (small_accepts(trial->small, line, length) != expected && !undescribed)
        fail_msg("%s: \"%s\" should%s be accepted", trial->pattern, shown(line, length), expected ? "" : " not");
}

static void check_rows(const struct small_dfa *small, unsigned limit)
{
    const struct shuffle *shuffle = &small->shuffle;
    assert_true(small->states <= limit);
    assert_int_equal(shuffle->row_size, small->states <= 16 ? 16 : small->states <= 32 ? 32 : 64);
    assert_int_equal((uintptr_t)shuffle->rows % 64, 0);
    assert_in_range(shuffle->special, SMALL_ACCEPT + 1, SMALL_DEAD + 1);
    assert_true(small->start < small->states);
    for (size_t byte = 0; byte < 256; byte++) {
        const uint8_t *row = shuffle->rows + byte * shuffle->row_size;
        for (unsigned state = 0; state < small->states; state++)
            assert_true(row[state] < small->states);
        assert_int_equal(row[SMALL_ACCEPT], SMALL_ACCEPT);
        if (shuffle->special > SMALL_DEAD)
            assert_int_equal(row[SMALL_DEAD], SMALL_DEAD);
    }
}

/* A step of two bytes is one of each. */
static void check_pairs(const struct small_dfa *small)
{
    const struct shuffle *shuffle = &small->shuffle;
    size_t size = shuffle->row_size, classes = shuffle->classes;
    if (!shuffle->pairs)
        return;
    assert_int_equal((uintptr_t)shuffle->pairs % 64, 0);
    assert_int_equal((uintptr_t)shuffle->class_of % 64, 0);
    assert_int_equal(shuffle->class_of[255], 0);
    for (size_t a = 0; a < 256; a++)
        for (size_t b = 0; b < 256; b++) {
            const uint8_t *row = shuffle->pairs + (shuffle->class_of[a] * classes + shuffle->class_of[b]) * size;
            for (size_t state = 0; state < small->states; state++)
                assert_int_equal(row[state], shuffle->rows[b * size + shuffle->rows[a * size + state]]);
        }
}

/* Moore's condition: for any two ordinary states some text tells them apart. */
static void check_smallest(const char *pattern, const struct small_dfa *small)
{
    static bool apart[SHUFFLE_STATES_MAX][SHUFFLE_STATES_MAX];
    const struct shuffle *shuffle = &small->shuffle;
    for (unsigned a = 0; a < small->states; a++)
        for (unsigned b = 0; b < small->states; b++)
            apart[a][b] = (a < shuffle->special || b < shuffle->special) && a != b;
    for (bool changed = true; changed;) {
        changed = false;
        for (unsigned a = 0; a < small->states; a++)
            for (unsigned b = 0; b < small->states; b++)
                for (size_t byte = 0; byte < 256 && !apart[a][b]; byte++) {
                    const uint8_t *row = shuffle->rows + byte * shuffle->row_size;
                    apart[a][b] = apart[row[a]][row[b]];
                    changed |= apart[a][b];
                }
    }
    for (unsigned a = 0; a < small->states; a++)
        for (unsigned b = 0; b < a; b++)
            if (!apart[a][b])
                fail_msg("%s: states %u and %u are the same", pattern, a, b);
}

static void test_language(void **state)
{
    (void)state;
    static const unsigned limits[] = {16, 32, SHUFFLE_STATES_MAX};
    struct dice dice = {21};
    struct random_pattern pattern;
    size_t made[COUNT(limits)] = {0};
    for (int i = 0; i < 1500; i++) {
        random_pattern(&pattern, &dice);
        struct mode mode = modes[dice_below(&dice, COUNT(modes))];
        size_t l = dice_below(&dice, COUNT(limits));
        struct trial trial = {.pattern = pattern.text};
        struct reference reference;
        struct syntax *syntax = NULL;
        struct nfa *nfa = NULL;
        if (reference_compile(&reference, pattern.text, mode) && (syntax = parse(pattern.text, mode)) &&
            (nfa = nfa_create(&syntax, 1, &(struct dialect){.boundary = mode.bounds, .unicode = mode.unicode}, NULL)) &&
            (trial.small = small_dfa_create(nfa, limits[l]))) {
            trial.nfa = nfa;
            trial.dfa = dfa_create(nfa, 1 << 20);
            check_rows(trial.small, limits[l]);
            check_smallest(pattern.text, trial.small);
            if (made[l] % 16 == 0)
                check_pairs(trial.small);
            each_line("ab1 \xe9", 4, try_line, &trial);
            made[l]++;
        }
        small_dfa_free(trial.small);
        dfa_free(trial.dfa);
        nfa_free(nfa);
        syntax_free(syntax);
        reference_free(&reference);
    }
    for (size_t l = 0; l < COUNT(limits); l++)
        assert_true(made[l] > 200);
}

/* The special ones included. */
static void test_sizes(void **state)
{
    (void)state;
    static const struct {
        const char *pattern;
        unsigned states;
    } rows[] = {
        {"a", 2},        {"ab", 3},     {"abc", 4},
        {"a|b|c", 2},    {"a.*b", 3},   {"ab|ac", 3},
        {"ba|ca", 3},    {"^a", 3},     {"^ab", 4},
        {"(?:a|b)c", 3}, {"$", 2},      {"^$", 3},
        {"a$", 3},       {"^a*$", 3},   {"\\d\\d\\d", 4},
        {"aa*b", 3},     {"a+", 2},     {"abcd|abce", 5},
        {"\\bab", 4},    {"", 1},       {"a*", 1},
        {"(?=a)b", 2},   {"abab", 5},   {"a{60}", 61},
        {"xa|ya|za", 3}, {"a(?=b)", 3}, {"[01]*1[01]{3}$", 17},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct nfa *nfa = nfa_of(rows[i].pattern, modes[0]);
        struct small_dfa *small = small_dfa_create(nfa, SHUFFLE_STATES_MAX);
        if (!small || small->states != rows[i].states)
            fail_msg("%s: %u states", rows[i].pattern, small ? small->states : 0);
        small_dfa_free(small);
        /* The limit is exact. */
        assert_non_null(small = small_dfa_create(nfa, rows[i].states));
        small_dfa_free(small);
        assert_null(small_dfa_create(nfa, rows[i].states - 1));
        nfa_free(nfa);
    }
    small_dfa_free(NULL);
}

static void test_too_large(void **state)
{
    (void)state;
    static const char *const texts[] = {"a{64}", "a{400}", "[01]*1[01]{12}", "[01]*1[01]{20}"};
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct nfa *nfa = nfa_of(texts[i], modes[0]);
        assert_null(small_dfa_create(nfa, SHUFFLE_STATES_MAX));
        assert_null(small_dfa_create(nfa, 0));
        nfa_free(nfa);
    }
}

/* Of many classes, the pairs would take too much room. */
static void test_pairs(void **state)
{
    (void)state;
    static const struct {
        const char *pattern;
        bool pairs;
    } rows[] = {
        {"ab", true},
        {"^ab", true},
        {"[a-c]{40}", true},
        {"a{61}", true},
        {"abcdefghijklmnopqrstuvwxyz", true},
        {"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP", false},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct nfa *nfa = nfa_of(rows[i].pattern, modes[0]);
        struct small_dfa *small = small_dfa_create(nfa, SHUFFLE_STATES_MAX);
        assert_non_null(small);
        if ((small->shuffle.pairs != NULL) != rows[i].pairs)
            fail_msg("%s: pairs of %u classes", rows[i].pattern, small->shuffle.classes);
        check_pairs(small);
        small_dfa_free(small);
        nfa_free(nfa);
    }
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_language),
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_too_large),
    };
    return cmocka_run_group_tests_name("small-dfa", tests, NULL, NULL);
}
