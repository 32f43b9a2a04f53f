/*
 * nfa-test.c - the automaton of a tree: what it accepts, by a plain walk through it, and what it says of itself.
 */
#include "automaton/nfa-builder.h"
#include "syntax/tree.h"

#include "reference.h"

/* --- a plain walk --- */

#define STATES 4000

struct walk {
    const struct nfa *nfa;
    const char *line;
    size_t length, at;
    bool reached[STATES]; /* before the byte at `at` */
    bool matched;
};

static bool is_word(unsigned byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || byte == '_';
}

static bool holds(const struct walk *walk, const struct nfa_state *state)
{
    bool first = walk->at == 0, last = walk->at == walk->length;
    unsigned before = first ? 0 : (unsigned char)walk->line[walk->at - 1];
    unsigned after = last ? 0 : (unsigned char)walk->line[walk->at];
    bool words[2] = {!first && is_word(before), !last && is_word(after)};
    switch (state->look) {
    case NFA_LOOK_START:
        return first;
    case NFA_LOOK_END:
        return last;
    case NFA_LOOK_WORD:
        return words[0] != words[1];
    case NFA_LOOK_NOT_WORD:
        return words[0] == words[1];
    case NFA_LOOK_BEHIND:
        return (!first && byteset_has(&state->set, before)) != state->negative;
    case NFA_LOOK_AHEAD:
        return (!last && byteset_has(&state->set, after)) != state->negative;
    }
    return false;
}

static void reach(struct walk *walk, uint32_t index)
{
    const struct nfa_state *state = &walk->nfa->states[index];
    assert_true(index < walk->nfa->count);
    if (walk->reached[index])
        return;
    walk->reached[index] = true;
    if (state->op == NFA_MATCH)
        walk->matched = true;
    if (state->op == NFA_SPLIT || (state->op == NFA_LOOK && holds(walk, state)))
        reach(walk, state->next);
    if (state->op == NFA_SPLIT)
        reach(walk, state->other);
}

/* Reads from a place in the line on. */
static bool accepts_from(const struct nfa *nfa, const char *line, size_t length, size_t at)
{
    static struct walk walk;
    assert_true(nfa->count <= STATES);
    walk = (struct walk){.nfa = nfa, .line = line, .length = length, .at = at};
    reach(&walk, nfa->start);
    while (walk.at < length && !walk.matched) {
        unsigned byte = (unsigned char)line[walk.at++];
        bool old[STATES];
        memcpy(old, walk.reached, nfa->count);
        memset(walk.reached, 0, nfa->count);
        for (uint32_t i = 0; i < nfa->count; i++)
            if (old[i] && nfa->states[i].op == NFA_SET && byteset_has(&nfa->states[i].set, byte))
                reach(&walk, nfa->states[i].next);
        if (!nfa->anchored)
            reach(&walk, nfa->start);
    }
    return walk.matched;
}

static bool nfa_accepts(const struct nfa *nfa, const char *line, size_t length)
{
    return accepts_from(nfa, line, length, 0);
}

/* --- what it accepts --- */

struct trial {
    const char *pattern;
    const struct nfa *nfa;
    struct reference reference[3];
    size_t count;
};

static void try_line(void *context, const char *line, size_t length)
{
    struct trial *trial = context;
    bool matches = false;
    for (size_t i = 0; i < trial->count && !matches; i++)
        matches = reference_matches(&trial->reference[i], line, length);
    if (trial->nfa->ascii_only && has_high(line, length))
        return;
    bool accepted = nfa_accepts(trial->nfa, line, length);
    if (trial->nfa->exact ? accepted != matches : matches && !accepted)
        fail_msg("%s: \"%s\" is %s, but PCRE2 %s", trial->pattern, shown(line, length),
                 accepted ? "accepted" : "not accepted", matches ? "matches" : "does not match");
}

static void test_random(void **state)
{
    (void)state;
    struct dice dice = {12};
    struct random_pattern pattern;
    size_t tried = 0;
    for (int i = 0; i < 1500; i++) {
        random_pattern(&pattern, &dice);
        struct mode mode = modes[dice_below(&dice, COUNT(modes))];
        mode.caseless = dice_below(&dice, 4) == 0;
        struct trial trial = {.pattern = pattern.text, .count = 1};
        struct syntax *syntax = NULL;
        struct nfa *nfa = NULL;
        if (reference_compile(&trial.reference[0], pattern.text, mode) && (syntax = parse(pattern.text, mode)) &&
            (nfa = nfa_create(&syntax, 1, &(struct dialect){.boundary = mode.bounds, .unicode = mode.unicode}, NULL))) {
            trial.nfa = nfa;
            each_line("aB1 \xe9", 3, try_line, &trial);
            tried++;
        }
        nfa_free(nfa);
        syntax_free(syntax);
        reference_free(&trial.reference[0]);
    }
    assert_true(tried > 1000);
}

/* --- both sides of a cut --- */

struct cut_trial {
    const char *pattern;
    size_t member;
    const struct nfa *before, *after;
    struct reference reference;
};

static void try_cut_line(void *context, const char *line, size_t length)
{
    struct cut_trial *trial = context;
    const struct nfa *before = trial->before, *after = trial->after;
    if ((before->ascii_only || after->ascii_only) && has_high(line, length))
        return;
    char reversed[8];
    for (size_t i = 0; i < length; i++)
        reversed[i] = line[length - 1 - i];
    bool accepted = false, matches = reference_matches(&trial->reference, line, length);
    for (size_t at = 0; at <= length && !accepted; at++)
        accepted = accepts_from(after, line, length, at) && accepts_from(before, reversed, length, length - at);
    if (before->exact && after->exact ? accepted != matches : matches && !accepted)
        fail_msg("%s, cut before member %zu: \"%s\" is %s, but PCRE2 %s", trial->pattern, trial->member,
                 shown(line, length), accepted ? "accepted" : "not accepted", matches ? "matches" : "does not match");
}

/* A pattern cut before each member of its row, and behind the last.  How many of the cuts are exact. */
static size_t try_cuts(struct cut_trial *trial, struct syntax *syntax, struct mode mode)
{
    size_t exact = 0;
    struct node_stack row = {.count = 0};
    tree_row(syntax, &row);
    for (trial->member = 0; trial->member <= row.count; trial->member++) {
        const struct dialect dialect = {.boundary = mode.bounds, .unicode = mode.unicode};
        struct nfa *sides[] = {nfa_create_side(syntax, trial->member, NFA_BEFORE, &dialect, NULL),
                               nfa_create_side(syntax, trial->member, NFA_AFTER, &dialect, NULL)};
        trial->before = sides[0];
        trial->after = sides[1];
        if (sides[0] && sides[1]) {
            assert_true(sides[0]->anchored && sides[1]->anchored);
            each_line("aB1 \xe9", 3, try_cut_line, trial);
            exact += sides[0]->exact && sides[1]->exact;
        }
        nfa_free(sides[0]);
        nfa_free(sides[1]);
    }
    free(row.nodes);
    return exact;
}

static void test_cuts(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "(?:a(b1)) \\b", "^a(?<=a)b(?=1)", "\\b(?<!b)a(?!1) $", "(a\xc3\xa9)+(1)", "(?>a)(b\\2|1)", "a|b1", "",
        "a\\B1\\Z"};
    struct dice dice = {14};
    struct random_pattern pattern;
    size_t exact = 0;
    for (size_t i = 0; i < COUNT(texts) * COUNT(modes) + 800; i++) {
        bool fixed = i < COUNT(texts) * COUNT(modes);
        random_pattern(&pattern, &dice);
        struct mode mode = modes[i % COUNT(modes)];
        struct cut_trial trial = {.pattern = fixed ? texts[i / COUNT(modes)] : pattern.text};
        mode.caseless = dice_below(&dice, 4) == 0;
        struct syntax *syntax = NULL;
        if (reference_compile(&trial.reference, trial.pattern, mode) && (syntax = parse(trial.pattern, mode)))
            exact += try_cuts(&trial, syntax, mode);
        syntax_free(syntax);
        reference_free(&trial.reference);
    }
    assert_true(exact > 500);
}

/* Several patterns: one of them has to match. */
static void test_several(void **state)
{
    (void)state;
    static const char *const rows[][3] = {{"ab", "1$", "^ "},
                                          {"a\\b", "(?<=1)a", "b\\B"},
                                          {"(a)\\1", "(b)1\\1", "  "},
                                          {"a", "", "b"},
                                          {"^a", "(?>1a*)1", "\xe9"}};
    for (size_t i = 0; i < COUNT(rows); i++)
        for (size_t m = 0; m < COUNT(modes); m += i == 4 ? 2 : 1) {
            struct trial trial = {.pattern = rows[i][0], .count = 3};
            struct syntax *syntaxes[3];
            for (size_t k = 0; k < 3; k++) {
                assert_true(reference_compile(&trial.reference[k], rows[i][k], modes[m]));
                assert_non_null(syntaxes[k] = parse(rows[i][k], modes[m]));
            }
            struct nfa *nfa = nfa_create(
                syntaxes, 3, &(struct dialect){.boundary = modes[m].bounds, .unicode = modes[m].unicode}, NULL);
            assert_non_null(nfa);
            trial.nfa = nfa;
            each_line("ab1 \xe9", 4, try_line, &trial);
            nfa_free(nfa);
            for (size_t k = 0; k < 3; k++) {
                syntax_free(syntaxes[k]);
                reference_free(&trial.reference[k]);
            }
        }
}

/* --- what it says of itself --- */

static void test_exact(void **state)
{
    (void)state;
    static const struct {
        const char *pattern;
        bool exact, complete; /* complete: with Unicode all characters are known */
    } rows[] = {
        {"abc", true, true},         {"a|[bc]*d", true, true}, {"(a)(?:b)", true, true},  {"a+?b", true, true},
        {"é", true, true},           {"[a-z]é+", true, true},  {".", true, false},        {"\\w", true, false},
        {"[^a]", true, false},       {"^a", true, false},      {"a\\b", true, false},     {"(?=a)b", true, false},
        {"(?<![ab])c", true, false}, {"(?=ab)", false, false}, {"(?<!ab)", false, false}, {"(?>a)", true, true},
        {"a*+b", true, true},        {"a*+ab", false, true},   {"(a)\\1", false, false},  {"\\R", false, false},
        {"\\X", false, false},       {"(?i)a", true, true},    {"(?i)s", true, false},    {"(?i)é", true, false},
        {"a\\Kb", true, false},      {"[é]", true, false},     {"", true, true},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        for (size_t m = 0; m < COUNT(modes); m++) {
            struct nfa *nfa = nfa_of(rows[i].pattern, modes[m]);
            bool ascii_only = modes[m].unicode && (modes[m].bounds != BOUNDS_NONE || !rows[i].complete);
            if (!nfa || nfa->exact != rows[i].exact || nfa->ascii_only != ascii_only)
                fail_msg("%s (%s, bounds %d): %s", rows[i].pattern, modes[m].unicode ? "Unicode" : "bytes",
                         modes[m].bounds,
                         !nfa                          ? "too large"
                         : nfa->exact != rows[i].exact ? "exact"
                                                       : "ascii_only");
            nfa_free(nfa);
        }
}

static void check_classes(const char *pattern, const struct nfa *nfa)
{
    assert_true(nfa->class_count > 0 && nfa->class_count <= 256);
    for (unsigned i = 0; i < nfa->class_count; i++)
        assert_int_equal(nfa->class_of[nfa->member[i]], i);
    assert_int_equal(nfa->class_of['\n'], nfa->newline_class);
    for (unsigned byte = 0; byte < 256; byte++) {
        unsigned byte_class = nfa->class_of[byte], member = nfa->member[byte_class];
        assert_true(byte_class < nfa->class_count);
        bool same = (byte == '\n') == (member == '\n');
        if (nfa->ascii_only)
            same &= (byte >= 0x80) == (byte_class == nfa->high_class);
        if (nfa->context_mask & CONTEXT_WORD)
            same &= is_word(byte) == is_word(member);
        for (uint32_t i = 0; i < nfa->count; i++) {
            const struct nfa_state *state = &nfa->states[i];
            if (state->op == NFA_SET || (state->op == NFA_LOOK && state->look >= NFA_LOOK_BEHIND))
                same &= byteset_has(&state->set, byte) == byteset_has(&state->set, member);
        }
        if (!same)
            fail_msg("%s: bytes %02x and %02x are of one class", pattern, byte, member);
    }
}

static void test_classes(void **state)
{
    (void)state;
    struct dice dice = {13};
    struct random_pattern pattern;
    for (int i = 0; i < 1000; i++) {
        random_pattern(&pattern, &dice);
        struct mode mode = modes[dice_below(&dice, COUNT(modes))];
        struct reference reference;
        struct syntax *syntax = NULL;
        if (reference_compile(&reference, pattern.text, mode) && (syntax = parse(pattern.text, mode))) {
            struct nfa *nfa =
                nfa_create(&syntax, 1, &(struct dialect){.boundary = mode.bounds, .unicode = mode.unicode}, NULL);
            if (nfa)
                check_classes(pattern.text, nfa);
            nfa_free(nfa);
        }
        syntax_free(syntax);
        reference_free(&reference);
    }
    /* Each byte for itself. */
    char all[256 * 5 + 1];
    for (unsigned byte = 0; byte < 256; byte++)
        snprintf(all + 5 * byte, 6, byte == 255 ? "\\x%02x" : "\\x%02x|", byte);
    struct nfa *nfa = nfa_of(all, modes[0]);
    check_classes("all bytes", nfa);
    assert_int_equal(nfa->class_count, 256);
    nfa_free(nfa);
    nfa = nfa_of("a", modes[0]);
    assert_int_equal(nfa->class_count, 3);
    nfa_free(nfa);
}

/* Only what some assertion asks for. */
static void test_contexts(void **state)
{
    (void)state;
    struct nfa *nfa = nfa_of("a", modes[0]);
    assert_int_equal(nfa->context_mask, 0);
    assert_int_equal(nfa_context(nfa, nfa->class_of['a']), 0);
    nfa_free(nfa);
    nfa = nfa_of("^a\\b", modes[0]);
    assert_int_equal(nfa->context_mask, CONTEXT_START | CONTEXT_WORD);
    assert_int_equal(nfa_context(nfa, nfa->class_of['a']), CONTEXT_WORD);
    assert_int_equal(nfa_context(nfa, nfa->class_of['_']), CONTEXT_WORD);
    assert_int_equal(nfa_context(nfa, nfa->class_of[' ']), 0);
    assert_int_equal(nfa_context(nfa, nfa->class_of[0xe9]), 0);
    assert_int_equal(nfa_context(nfa, nfa->newline_class), 0);
    nfa_free(nfa);
    nfa = nfa_of("(?<=[ab])x(?<!b)y(?<=[ab])z", modes[0]);
    uint32_t a = nfa_context(nfa, nfa->class_of['a']), b = nfa_context(nfa, nfa->class_of['b']);
    assert_int_equal(nfa->context_mask, 3 * CONTEXT_FIRST_BEHIND);
    assert_int_equal(b, 3 * CONTEXT_FIRST_BEHIND);
    assert_true(a == CONTEXT_FIRST_BEHIND || a == 2 * CONTEXT_FIRST_BEHIND);
    assert_int_equal(nfa_context(nfa, nfa->class_of['c']), 0);
    nfa_free(nfa);
}

static void test_too_large(void **state)
{
    (void)state;
    static const struct {
        const char *pattern;
        bool expected;
    } rows[] = {
        {"a{1000}", true},
        {"a{60000}", false},
        {"(?:a{200}){200}", false},
        {"(?:[ab]c?){0,300}", true},
        {"(?:(?:a?){99}){99}", false},
        {"(?:(?:){99}){99}", true},
        {"(?:(?:){0,999}){999}", false},
        {"(?:a{0}){60000}", true},
        {"(?:\\b){60000}", false},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct nfa *nfa = nfa_of(rows[i].pattern, modes[0]);
        if ((nfa != NULL) != rows[i].expected)
            fail_msg("%s: %s", rows[i].pattern, nfa ? "not too large" : "too large");
        nfa_free(nfa);
    }
    /* More characters to look behind for than there are bits of a context. */
    char text[1024];
    size_t length = 0;
    for (unsigned i = 0; i < 40; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "(?<=\\x%02x)x", i + 0x40);
    assert_null(nfa_of(text, modes[0]));
    assert_null(nfa_create(NULL, 0, &(struct dialect){.unicode = false}, NULL));
    nfa_free(NULL);
    /* What is read backwards does not know the carriage return. */
    struct syntax *syntax = parse("a+b", modes[0]);
    assert_null(nfa_create_side(syntax, 1, NFA_BEFORE, &(struct dialect){.crlf = true}, NULL));
    assert_null(nfa_create_side(syntax, 1, NFA_AFTER, &(struct dialect){.crlf = true}, NULL));
    syntax_free(syntax);
}

/* Groups that refer to each other stand for more and more text, or for no text in more and more ways. */
static void test_references(void **state)
{
    (void)state;
    char text[1024];
    for (int empty = 0; empty < 2; empty++) {
        size_t length = (size_t)snprintf(text, sizeof text, empty ? "()" : "(a)");
        for (int i = 1; i < 60; i++)
            length += (size_t)snprintf(text + length, sizeof text - length, "(\\%d\\%d)", i, i);
        struct nfa *nfa = nfa_of(text, modes[0]);
        assert_true(!nfa || !nfa->exact);
        assert_true(!nfa || !empty || nfa_accepts(nfa, "x", 1));
        nfa_free(nfa);
    }
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random),     cmocka_unit_test(test_several),  cmocka_unit_test(test_exact),
        cmocka_unit_test(test_classes),    cmocka_unit_test(test_contexts), cmocka_unit_test(test_too_large),
        cmocka_unit_test(test_references), cmocka_unit_test(test_cuts),
    };
    return cmocka_run_group_tests_name("nfa", tests, NULL, NULL);
}
