/*
 * atomic-test.c - atomic groups and possessive quantifiers that change nothing, and those that may, against PCRE2.
 */
#include "automaton/atomic.h"

#include "reference.h"

/* --- what is idle --- */

static void test_table(void **state)
{
    (void)state;
    static const struct {
        const char *pattern;
        bool exact;
        enum boundary bounds;
    } rows[] = {
        /* One way to go on, and what follows begins with something else. */
        {"a*+b", true, BOUNDS_NONE},
        {"a++", true, BOUNDS_NONE},
        {"(?>a|b)c", true, BOUNDS_NONE},
        {"(?>ab|b)c", true, BOUNDS_NONE},
        {"(?>a+b?)1", true, BOUNDS_NONE},
        {"(?>a?)a?+b", false, BOUNDS_NONE},
        {"(?>a{2}b)a", true, BOUNDS_NONE},
        {"a{3}+a", true, BOUNDS_NONE},
        {"a{1,3}+b", true, BOUNDS_NONE},
        {"a?+b?+1", true, BOUNDS_NONE},
        {"\"(?:[^\"\\\\]++|\\\\.)*+\" \\d{3}+", true, BOUNDS_NONE},
        {"(?:a++b?)*+1", true, BOUNDS_NONE},
        {"(?>a+?b)", false, BOUNDS_NONE},
        {"(?>a{2}?b)", true, BOUNDS_NONE},
        {"(?>(?:ab)+)1", true, BOUNDS_NONE},
        {"a++$", true, BOUNDS_NONE},
        {"a++(?=b)", true, BOUNDS_NONE},
        {"a++(?!a)", true, BOUNDS_NONE},
        {"a++", true, BOUNDS_WORD},
        {"\\s++", false, BOUNDS_WORD},
        {"a++", true, BOUNDS_LINE},
        /* Something could be given back. */
        {"a*+a", false, BOUNDS_NONE},
        {"a++b?a", false, BOUNDS_NONE},
        {"(?>a|ab)c", false, BOUNDS_NONE},
        {"(?>|a)b", false, BOUNDS_NONE},
        {"(?>a*?)b", false, BOUNDS_NONE},
        {"(?>a*)(?:b|a)", false, BOUNDS_NONE},
        {"(?:a++b?){2}", false, BOUNDS_NONE},
        {"(?:a++){2,}", false, BOUNDS_NONE},
        {"a{1,3}+a", false, BOUNDS_NONE},
        {"(?>ab?)b", false, BOUNDS_NONE},
        {"a++(?=a)", false, BOUNDS_NONE},
        {"a++(?!b)", false, BOUNDS_NONE},
        {"a++\\b", false, BOUNDS_NONE},
        {"a++(?<=a)", false, BOUNDS_NONE},
        {"(?>a\\b)", false, BOUNDS_NONE},
        {"(?>(a)\\1)", false, BOUNDS_NONE},
        {".*+", true, BOUNDS_NONE},
        {".*+a", false, BOUNDS_NONE},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct nfa *nfa = nfa_of(rows[i].pattern, (struct mode){false, false, rows[i].bounds});
        if (nfa->exact != rows[i].exact)
            fail_msg("%s, bounds %d: %sexact", rows[i].pattern, rows[i].bounds, nfa->exact ? "" : "not ");
        nfa_free(nfa);
    }
}

/* --- against PCRE2 --- */

/* Letters, sets and groups in all ways that give nothing back. */
static void add(struct dice *dice, char *text, unsigned depth)
{
    static const char *const atoms[] = {"a", "b", "1", "ab", "[ab]", "[^a]", "[b1]", "\\w", "."};
    static const char *const quantifiers[] = {"",   "",   "*", "+",  "?",   "*+",   "++",     "?+",
                                              "*+", "++", "?", "*?", "{2}", "{2}+", "{1,2}+", "{0,2}"};
    static const char *const openings[] = {"(?:", "(?>", "(?>", "("};
    static const char *const looks[] = {"(?=a)", "(?!a)", "$", "\\b", "(?<=b)"};
    for (size_t count = 1 + dice_below(dice, 3); count > 0; count--) {
        if (depth > 0 && dice_below(dice, 3) == 0) {
            strcat(text, openings[dice_below(dice, COUNT(openings))]);
            add(dice, text, depth - 1);
            for (size_t more = dice_below(dice, 3); more > 1; more--) {
                strcat(text, "|");
                add(dice, text, depth - 1);
            }
            strcat(text, ")");
        } else if (dice_below(dice, 12) == 0) {
            strcat(text, looks[dice_below(dice, COUNT(looks))]);
            continue;
        } else {
            strcat(text, atoms[dice_below(dice, COUNT(atoms))]);
        }
        strcat(text, quantifiers[dice_below(dice, COUNT(quantifiers))]);
    }
}

struct trial {
    const char *pattern;
    struct reference reference;
    struct nfa *nfa;
    struct dfa *dfa;
};

static void try_line(void *context, const char *line, size_t length)
{
    struct trial *trial = context;
    bool matches = reference_matches(&trial->reference, line, length);
    bool accepted = dfa_accepts(trial->dfa, trial->nfa, line, length);
    if (trial->nfa->exact ? accepted != matches : matches && !accepted)
        fail_msg("%s: \"%s\" is %s, but PCRE2 %s", trial->pattern, shown(line, length),
                 accepted ? "accepted" : "not accepted", matches ? "matches" : "does not match");
}

static bool has_atomic(const char *text)
{
    return strstr(text, "(?>") || strstr(text, "*+") || strstr(text, "++") || strstr(text, "?+") || strstr(text, "}+");
}

static void test_random(void **state)
{
    (void)state;
    struct dice dice = {95};
    size_t exact = 0, other = 0;
    for (int i = 0; i < 6000; i++) {
        char text[2048] = "";
        struct mode mode = modes[dice_below(&dice, COUNT(modes))];
        const struct dialect dialect = {.boundary = mode.bounds, .unicode = mode.unicode};
        add(&dice, text, 3);
        struct trial trial = {.pattern = text};
        struct syntax *syntax = NULL;
        if (has_atomic(text) && reference_compile(&trial.reference, text, mode) && (syntax = parse(text, mode)) &&
            (trial.nfa = nfa_create(&syntax, 1, &dialect, NULL))) {
            trial.dfa = dfa_create(trial.nfa, 100000);
            each_line("ab1 ", 5, try_line, &trial);
            *(trial.nfa->exact ? &exact : &other) += 1;
        }
        dfa_free(trial.dfa);
        nfa_free(trial.nfa);
        syntax_free(syntax);
        reference_free(&trial.reference);
    }
    assert_true(exact > 500 && other > 500);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_random),
    };
    return cmocka_run_group_tests_name("atomic", tests, NULL, NULL);
}
