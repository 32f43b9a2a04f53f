/*
 * dfa-test.c - the DFA against PCRE2, on all short lines.
 */
#include "automaton/dfa.h"

#include "reference.h"

static const char alphabet[] = "ab1 _\xe9";
static const char utf8_alphabet[] = "ab 1\xc3\xa9";

struct trial {
    const char *pattern;
    struct mode mode;
    bool crlf; /* the reference is given lines without their carriage return */
    struct reference reference;
    struct nfa *nfa;
    struct dfa *dfa;
};

static void try_line(void *context, const char *line, size_t length)
{
    struct trial *trial = context;
    bool returns = trial->crlf && length > 0 && line[length - 1] == '\r';
    bool matches = reference_matches(&trial->reference, line, length - returns);
    bool accepted = dfa_accepts(trial->dfa, trial->nfa, line, length);
    bool certain = trial->nfa->exact && !(trial->nfa->ascii_only && has_high(line, length));
    if (certain ? accepted != matches : matches && !accepted)
        fail_msg("%s (%s, bounds %d): \"%s\" is %s, but PCRE2 %s", trial->pattern,
                 trial->mode.unicode ? "Unicode" : "bytes", trial->mode.bounds, shown(line, length),
                 accepted ? "accepted" : "not accepted", matches ? "matches" : "does not match");
}

/* False when PCRE2 or the parser does not take the pattern. */
static bool try_lines(const char *pattern, struct mode mode, bool crlf, size_t memory, size_t longest,
                      const char *letters)
{
    struct trial trial = {.pattern = pattern, .mode = mode, .crlf = crlf};
    struct syntax *syntax = NULL;
    if (reference_compile(&trial.reference, pattern, mode) && (syntax = parse(pattern, mode)) &&
        (trial.nfa = nfa_create(
             &syntax, 1, &(struct dialect){.boundary = mode.bounds, .unicode = mode.unicode, .crlf = crlf}, NULL))) {
        trial.dfa = dfa_create(trial.nfa, memory);
        each_line(letters, longest, try_line, &trial);
    }
    bool tried = trial.dfa != NULL;
    dfa_free(trial.dfa);
    nfa_free(trial.nfa);
    syntax_free(syntax);
    reference_free(&trial.reference);
    return tried;
}

static bool try_pattern(const char *pattern, struct mode mode, size_t memory, size_t longest, const char *letters)
{
    return try_lines(pattern, mode, false, memory, longest, letters);
}

static const char *const patterns[] = {
    /* Sets, repetitions, alternatives. */
    "a",
    "ab",
    "a|b",
    "ab|ba|1 ",
    "a*",
    "a+b",
    "a?b?1",
    "(?:ab)*1",
    "(?:a|b1)+ ",
    "a{2}",
    "a{2,3}b",
    "a{0,2}1",
    "(?:ab?){2,}",
    ".",
    "..",
    ".*1",
    "a.b",
    "[ab]{3}",
    "[^ab]",
    "[^a]b",
    "\\w+\\s",
    "\\d\\D",
    "\\W\\w",
    "[a\\d]+$",
    "\\N1",
    "a*?b",
    "(?:a+?1)??b",
    "(a|b)(1|_)",
    "(?:a*)*b",
    "(?:a*|b)+1",
    "(?:|a)b",
    "(?:){3}a",
    "(?:a|)+",
    "a{0}b",
    "(?:a{0}){5}",
    "\\xe9",
    "\\xe9+a",
    "[\\x80-\\xff]",
    "[^\\xe9]b",
    "[^\\x00-\\x7f]",
    /* Assertions, wherever they stand. */
    "^",
    "$",
    "^a",
    "a$",
    "^$",
    "^a*$",
    "^ab|b$",
    "a^",
    "$a",
    "a$b",
    "a^|b",
    "(?:^|a)b",
    "a(?:$|b)",
    "^^a$$",
    "(?:^a)+",
    "(?:a$)*b",
    "\\Aab",
    "ab\\z",
    "ab\\Z",
    "\\Ga",
    "\\b",
    "\\B",
    "\\ba",
    "a\\b",
    "\\bab?\\b",
    "a\\Bb",
    "\\B1",
    "\\b\\b1",
    "\\b\\B",
    "a\\b\\Bb",
    "\\b_\\b",
    "(?:\\ba)*1",
    "(?:\\b|a)1",
    " \\b",
    "\\B$",
    "^\\B",
    "\\b$",
    "a\\Kb",
    "x*\\b",
    /* One character looked at, before or behind. */
    "(?=a)",
    "(?!a)",
    "(?<=a)",
    "(?<!a)",
    "a(?=b)",
    "a(?!b)",
    "(?<=a)b",
    "(?<!a)b",
    "a(?=b)b",
    "a(?=1)b",
    "(?=\\w)[ab]",
    "(?<=\\s)a",
    "(?<!\\w)a(?!\\w)",
    "(?<!^)a",
    "a(?!$)",
    "(?<=[ab])(?<!b)1",
    "(?=[ab])(?!b).",
    "(?!(?:a))b",
    "(?<=(a))b",
    "(?=a)\\b",
    "\\b(?=a)(?<=b)",
    "^(?<=a)b",
    "a(?=.)",
    "a(?!.)",
    "(?<=.)a",
    "(?<!.)a",
    "(?=\\n)a",
    "a(?!\\n)",
    "(?:(?=a)|(?=b))[ab]1",
    "(?:a(?=b))*b",
    "(?<!a)(?<!b)1",
    "(?<=a)*b",
    "(?!a)?b",
    /* What is replaced by something wider. */
    "(?=ab)a",
    "(?!ab)a",
    "(?<=ab)1",
    "(?<!ab)1",
    "(?>a*)ab",
    "(?>a|ab)1",
    "a*+a",
    "a?+b",
    "(a)\\1",
    "(a|b)\\1",
    "(a|b)1\\1",
    "(a*)b\\1",
    "(?:(a)|b)\\1",
    "(a\\1?){2}",
    "(\\ba)1\\1",
    "(^a)\\1",
    "(?i:(a))\\1",
    "(?i)(a)\\1",
    "\\X",
    "\\R",
    "a\\R?b",
    "((a)\\2)\\1",
    "(?=(a))\\1",
    /* Folding. */
    "(?i)A",
    "(?i)aB1",
    "a(?i)B",
    "(?i:A)b",
    "(?i)[B]",
    "(?i)[^A]",
};

static void test_table(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(patterns); i++)
        for (size_t m = 0; m < COUNT(modes); m++) {
            size_t longest = modes[m].bounds == BOUNDS_NONE ? 5 : 4;
            if (!try_pattern(patterns[i], modes[m], 1 << 20, longest, alphabet))
                fail_msg("not tried: %s", patterns[i]);
        }
}

/* A carriage return at the end of a line, and elsewhere. */
static void test_crlf(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "a$",
        "a.",
        "a\\r",
        "\\r",
        "\\r$",
        "^$",
        "$",
        "a\\s$",
        "[^a]",
        "\\B$",
        "\\b$",
        "\\B",
        "a\\B",
        "(?<=\\r)",
        "(?<!\\r)",
        "(?<=a)$",
        "(?<!a)$",
        "a(?!\\s)",
        "a(?!.)",
        "a(?!\\r)",
        "a(?=\\s)",
        "a(?!b)",
        "a(?=b)",
        "(?:a$|b)",
        "(?:a|b$)$",
        "a$\\b",
        "a$(?<=\\r)",
        "a$.",
        "(?:$)*a",
        "a*\\r?$",
        "(a|\\r)\\1",
        "(?:a|$)$\\Z",
        "\\R",
        "a\\R$",
        "(?:a\\r)+",
        "\\r{2}",
        ".{2}",
        "a\\z",
        "a\\Z",
        "(?=\\r)",
        "(?!\\r)$",
        "x*",
        "\\W$",
        "\\G\\r",
        "\\Ka$",
        "(?>a|\\r)$",
        "[\\r\\x80-\\xff]",
    };
    for (size_t i = 0; i < COUNT(texts); i++)
        for (size_t m = 0; m < COUNT(modes); m++)
            if (!try_lines(texts[i], modes[m], true, 1 << 20, 6, "ab\r"))
                fail_msg("not tried: %s", texts[i]);
    static const struct {
        const char *pattern;
        bool exact;
    } rows[] = {
        {"a", true},      {"a.", true},       {"a$", true},        {"^.*$", true},    {"(?:a$|b)$", true},
        {"a$\\b", false}, {"a(?!b)", true},   {"a(?!\\s)", false}, {"a(?=.)", false}, {"\\ba\\b", true},
        {"\\B", true},    {"(?<=\\r)", true}, {"[^a]\\z", true},   {"a\\Z", true},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct syntax *syntax = parse(rows[i].pattern, modes[0]);
        struct nfa *nfa = nfa_create(&syntax, 1, &(struct dialect){.crlf = true}, NULL);
        if (nfa->exact != rows[i].exact)
            fail_msg("%s: %s", rows[i].pattern, nfa->exact ? "exact" : "not exact");
        nfa_free(nfa);
        syntax_free(syntax);
    }
}

/* Characters of two bytes, whole and in pieces. */
static void test_utf8(void **state)
{
    (void)state;
    static const char *const texts[] = {"é",       "aé", "é+", "[ab]é", "é|a",  "(?:é|a)1",
                                        "(?i)a|é", ".",  "é.", "[^a]",  "\\bé", "é$"};
    for (size_t i = 0; i < COUNT(texts); i++)
        for (size_t m = 0; m < COUNT(modes); m++)
            if (!try_pattern(texts[i], modes[m], 1 << 20, 4, utf8_alphabet))
                fail_msg("not tried: %s", texts[i]);
    struct nfa *nfa = nfa_of("aé", modes[1]);
    assert_true(nfa->exact && !nfa->ascii_only);
    nfa_free(nfa);
}

static void test_random(void **state)
{
    (void)state;
    struct dice dice = {11};
    struct random_pattern pattern;
    size_t tried = 0;
    for (int i = 0; i < 3000; i++) {
        random_pattern(&pattern, &dice);
        struct mode mode = modes[dice_below(&dice, COUNT(modes))];
        mode.caseless = dice_below(&dice, 4) == 0;
        size_t memory = dice_below(&dice, 2) << 20;
        tried += try_pattern(pattern.text, mode, memory, 4, dice_below(&dice, 4) ? "ab1 \xe9" : "aA b_");
    }
    assert_true(tried > 2000);
}

static void test_memory(void **state)
{
    (void)state;
    static const size_t memories[] = {0, 20000, 100000, 16 << 20};
    for (size_t m = 0; m < COUNT(memories); m++) {
        struct nfa *nfa = nfa_of("^[01]*1[01]{12}$", modes[0]);
        struct dfa *dfa = dfa_create(nfa, memories[m]);
        struct dice dice = {m + 1};
        size_t most = 0;
        for (int i = 0; i < 3000; i++) {
            char line[41]; /* fewer places than the least number of states */
            size_t length = dice_below(&dice, sizeof line - 1);
            for (size_t k = 0; k < length; k++)
                line[k] = (char)('0' + dice_below(&dice, 2));
            line[length] = '\n';
            bool expected = length > 12 && line[length - 13] == '1';
            assert_int_equal(dfa_accepts(dfa, nfa, line, length), expected);
            most = dfa_states(dfa) > most ? dfa_states(dfa) : most;
            if (memories[m] >= 20000)
                assert_true(dfa_size(dfa) <= memories[m]);
        }
        /* A state for each set of places at which a 1 stood, where there is room for so many. */
        assert_true(m < 3 ? most < 4000 : most > 8000);
        dfa_free(dfa);
        nfa_free(nfa);
    }
}

/* The memory that is used up is reported, and does not change what was found before. */
static void test_used_up(void **state)
{
    (void)state;
    struct nfa *nfa = nfa_of("[01]*1[01]{12}", modes[0]);
    struct dfa *dfa = dfa_create(nfa, 0);
    const struct dfa_table *table = dfa_table(dfa);
    struct dice dice = {3};
    size_t used_up = 0;
    uint32_t start = table->start, here = start;
    for (int i = 0; i < 4000 && used_up < 5; i++) {
        char bit = dice_below(&dice, 8) ? (char)('0' + dice_below(&dice, 2)) : '\n';
        unsigned byte_class = table->class_of[(unsigned char)bit];
        size_t before = dfa_states(dfa);
        uint32_t next = dfa_step(dfa, here, byte_class);
        if (next == DFA_UNKNOWN) {
            used_up++;
            assert_int_equal(table->next[here + byte_class], DFA_UNKNOWN);
            assert_int_equal(dfa_step(dfa, here, byte_class), DFA_UNKNOWN);
            assert_int_equal(dfa_states(dfa), before);
            assert_true(before > DFA_SPECIAL + 10);
            dfa_clear(dfa);
            assert_int_equal(dfa_states(dfa), DFA_SPECIAL + 1);
            assert_int_equal(table->start, start);
            here = start;
            continue;
        }
        assert_int_equal(table->next[here + byte_class], next);
        assert_int_equal(dfa_step(dfa, here, byte_class), next);
        here = next < DFA_SPECIAL * table->stride ? start : next;
    }
    assert_int_equal(used_up, 5);
    dfa_free(dfa);
    nfa_free(nfa);
}

/* The state that a text leads to from the start. */
static uint32_t state_after(struct dfa *dfa, const char *text)
{
    const struct dfa_table *table = dfa_table(dfa);
    uint32_t here = table->start;
    for (; *text && here >= DFA_SPECIAL * table->stride; text++)
        here = dfa_step(dfa, here, table->class_of[(unsigned char)*text]);
    return here / table->stride;
}

static void test_special(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *text;
        bool unicode;
        uint32_t expected; /* DFA_SPECIAL: any ordinary state */
    } rows[] = {
        {"^ab", "", false, DFA_SPECIAL},       {"^ab", "b", false, DFA_DEAD},
        {"^ab", "ax", false, DFA_DEAD},        {"^ab", "a\n", false, DFA_SPECIAL},
        {"^ab", "ab", false, DFA_SPECIAL + 1}, {"ab", "xx", false, DFA_SPECIAL},
        {"a", "", false, DFA_SPECIAL},         {"", "", false, DFA_ACCEPT},
        {"a*", "", false, DFA_ACCEPT},         {"^", "", false, DFA_ACCEPT},
        {"^$", "", false, DFA_SPECIAL},        {"^$", "\n", false, DFA_ACCEPT},
        {"^$", "a", false, DFA_DEAD},          {"\\Aa|\\Gb", "c", false, DFA_DEAD},
        {"^a|b", "c", false, DFA_SPECIAL},     {"^(?<=a)b", "", false, DFA_DEAD},
        {"a\\b", "\xe9", true, DFA_ACCEPT},    {"a\\b", "\xe9", false, DFA_SPECIAL},
        {"a\\b", "x\xe9", true, DFA_ACCEPT},   {"a", "x\xe9", true, DFA_SPECIAL},
        {"^a\\b", "\xe9", true, DFA_ACCEPT},   {"^(?:ab)+$", "abc", false, DFA_DEAD},
        {"x^", "x", false, DFA_SPECIAL},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct nfa *nfa = nfa_of(rows[i].pattern, modes[rows[i].unicode]);
        struct dfa *dfa = dfa_create(nfa, 0);
        uint32_t found = state_after(dfa, rows[i].text);
        /* A match is known when the byte after it is read, at the latest. */
        bool right = rows[i].expected == DFA_SPECIAL       ? found >= DFA_SPECIAL
                     : rows[i].expected == DFA_SPECIAL + 1 ? found == DFA_ACCEPT || found >= DFA_SPECIAL
                                                           : found == rows[i].expected;
        if (!right)
            fail_msg("%s: \"%s\" leads to state %u", rows[i].pattern, rows[i].text, found);
        dfa_free(dfa);
        nfa_free(nfa);
    }
}

/* A newline begins a new line. */
static void test_newline(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(patterns); i++) {
        struct nfa *nfa = nfa_of(patterns[i], modes[0]);
        struct dfa *dfa = dfa_create(nfa, 1 << 20);
        const struct dfa_table *table = dfa_table(dfa);
        assert_true(dfa_complete(dfa, 500));
        for (uint32_t from = DFA_SPECIAL; from < dfa_states(dfa); from++) {
            uint32_t next = table->next[from * table->stride + nfa->newline_class];
            if (next != table->start && next != DFA_ACCEPT * table->stride)
                fail_msg("%s: a newline leads from %u to %u", patterns[i], from, next / table->stride);
        }
        dfa_free(dfa);
        nfa_free(nfa);
    }
}

static void test_complete(void **state)
{
    (void)state;
    struct nfa *nfa = nfa_of("[01]*1[01]{5}$", modes[0]);
    struct dfa *dfa = dfa_create(nfa, 1 << 20);
    const struct dfa_table *table = dfa_table(dfa);
    assert_false(dfa_complete(dfa, 40));
    assert_true(dfa_complete(dfa, 200));
    size_t states = dfa_states(dfa);
    assert_true(states >= 64 && states <= 200);
    for (size_t i = table->stride; i < states * table->stride; i++) {
        assert_int_not_equal(table->next[i], DFA_UNKNOWN);
        assert_int_equal(table->next[i] % table->stride, 0);
        assert_true(table->next[i] / table->stride < states);
    }
    /* No byte leads out of the special states. */
    for (uint32_t i = 0; i < DFA_SPECIAL * table->stride; i++)
        assert_int_equal(table->next[i], i / table->stride * table->stride);
    assert_true(dfa_complete(dfa, states));
    assert_false(dfa_complete(dfa, states - 1));
    dfa_free(dfa);
    /* Without the memory for them. */
    dfa = dfa_create(nfa, 0);
    assert_false(dfa_complete(dfa, 200));
    dfa_free(dfa);
    nfa_free(nfa);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),   cmocka_unit_test(test_crlf),    cmocka_unit_test(test_utf8),
        cmocka_unit_test(test_random),  cmocka_unit_test(test_memory),  cmocka_unit_test(test_used_up),
        cmocka_unit_test(test_special), cmocka_unit_test(test_newline), cmocka_unit_test(test_complete),
    };
    return cmocka_run_group_tests_name("dfa", tests, NULL, NULL);
}
