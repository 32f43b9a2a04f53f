/*
 * condition-test.c - which lines a condition gives out, and which it reports, against what follows from each of its
 * matchers by itself, asked about one line at a time.
 */
#include "match/clause.h"
#include "match/condition.h"

#include "sys/memory.h"
#include "test.h"

#define PATTERNS_MOST 4
#define LINES_MOST 3000

/* --- a condition and its parts --- */

/* Set 0 is that of the patterns; then those of --and, then those of --not. */
struct sets {
    const char *texts[PATTERNS_MOST];
    size_t count, wanted; /* of all sets, and of --and */
};

static struct matcher *compile(const char *patterns, uint32_t match_limit)
{
    struct pattern_list list = {NULL, 0, 0};
    pattern_list_add(&list, patterns, strlen(patterns));
    const struct matcher_options options = {
        .match_limit = match_limit, .engine = match_limit ? ENGINE_LITERAL : ENGINE_AUTO, .kernels = kernels_get(0)};
    struct mistake mistake;
    struct matcher *matcher = matcher_compile(&list, &options, &mistake);
    assert_non_null(matcher);
    pattern_list_free(&list);
    return matcher;
}

static struct condition *create(const struct sets *sets, uint32_t match_limit)
{
    struct condition *condition = condition_create(compile(sets->texts[0], match_limit));
    for (size_t i = 1; i < sets->count; i++)
        condition_add(condition, i <= sets->wanted ? CLAUSE_AND : CLAUSE_NOT, compile(sets->texts[i], match_limit));
    return condition;
}

/* --- what is right --- */

enum { WANTED = 1, REPORTED = 2 };

static void note_given_up(void *context, const char *line, int error)
{
    (void)line, (void)error;
    *(bool *)context = true;
}

/* For each line, what a condition has to do with it. */
static void expect(const struct sets *sets, uint32_t match_limit, const char *text, const char *end,
                   unsigned char *expected)
{
    bool troubled = false;
    struct matcher *matchers[PATTERNS_MOST];
    struct matcher_state *states[PATTERNS_MOST];
    for (size_t i = 0; i < sets->count; i++) {
        matchers[i] = compile(sets->texts[i], match_limit);
        const struct given_up_sink sink = {note_given_up, &troubled};
        states[i] = matcher_state_create(matchers[i], &sink, &sink);
    }
    for (const char *at = text; at < end; expected++) {
        const char *next = memchr(at, '\n', (size_t)(end - at));
        next = next ? next + 1 : end;
        bool no = false, open = false, also = false;
        for (size_t i = 0; i < sets->count; i++) {
            struct span line;
            troubled = false;
            matcher_begin(states[i], at, next);
            bool matches = matcher_next(states[i], &line), undecided = troubled && !matches;
            no |= i <= sets->wanted ? !matches && !undecided : matches;
            open |= undecided;
            also |= i == 0 && troubled && matches; /* one of the patterns met the limit, and another matches */
        }
        *expected = no ? 0 : open ? REPORTED : also ? WANTED | REPORTED : WANTED;
        at = next;
    }
    for (size_t i = 0; i < sets->count; i++) {
        matcher_state_free(states[i]);
        matcher_free(matchers[i]);
    }
}

/* --- what is found --- */

struct found {
    const char *text;
    unsigned char *lines;
    const char *last; /* line that was reported */
};

static size_t index_of(const char *text, const char *line)
{
    size_t index = 0;
    for (const char *at = text; at < line; at++)
        index += *at == '\n';
    return index;
}

static void on_given_up(void *context, const char *line, int error)
{
    struct found *found = context;
    assert_true(error < 0);
    assert_true(!found->last || found->last < line); /* in order, and once */
    found->last = line;
    found->lines[index_of(found->text, line)] |= REPORTED;
}

/* Looks at the text in chunks of about so many bytes. */
static void find(const struct condition *condition, const char *text, const char *end, size_t chunk,
                 unsigned char *lines)
{
    struct found found = {text, lines, NULL};
    const struct given_up_sink sink = {on_given_up, &found};
    struct condition_state *state = condition_state_create(condition, &sink);
    for (const char *at = text; at < end;) {
        const char *seam = (size_t)(end - at) > chunk ? memchr(at + chunk, '\n', (size_t)(end - at) - chunk) : NULL;
        seam = seam ? seam + 1 : end;
        struct span line;
        condition_begin(state, at, seam);
        while (condition_next(state, &line))
            lines[index_of(text, line.begin)] |= WANTED;
        at = seam;
    }
    condition_state_free(state);
}

static uint64_t count(const struct condition *condition, const char *text, const char *end, unsigned char *ignored)
{
    struct found found = {text, ignored, NULL};
    const struct given_up_sink sink = {on_given_up, &found};
    struct condition_state *state = condition_state_create(condition, &sink);
    condition_begin(state, text, end);
    uint64_t lines = condition_count(state);
    condition_state_free(state);
    return lines;
}

static void check(const struct sets *sets, uint32_t match_limit, const char *text, size_t length, bool some)
{
    static unsigned char expected[LINES_MOST], lines[LINES_MOST];
    const char *end = text + length;
    size_t total = index_of(text, end) + (length > 0 && end[-1] != '\n'), wanted = 0, reported = 0;
    assert_true(total <= LINES_MOST);
    expect(sets, match_limit, text, end, expected);
    for (size_t i = 0; i < total; i++) {
        wanted += (expected[i] & WANTED) != 0;
        reported += (expected[i] & REPORTED) != 0;
    }
    if (some && (match_limit ? reported : wanted) == 0)
        fail_msg("\"%s\" and %zu more sets: %zu of %zu lines wanted, %zu reported, so the case says nothing",
                 sets->texts[0], sets->count - 1, wanted, total, reported);
    struct condition *condition = create(sets, match_limit);
    static const size_t chunks[] = {1, 100, 5000, SIZE_MAX};
    for (size_t i = 0; i < COUNT(chunks); i++) {
        memset(lines, 0, sizeof lines);
        find(condition, text, end, chunks[i], lines);
        for (size_t k = 0; k < total; k++)
            if (lines[k] != expected[k])
                fail_msg("\"%s\" and %zu more sets, chunks of %zu: line %zu is %u, not %u", sets->texts[0],
                         sets->count - 1, chunks[i], k, lines[k], expected[k]);
    }
    memset(lines, 0, sizeof lines);
    assert_int_equal(count(condition, text, end, lines), wanted);
    condition_free(condition);
}

/* --- texts --- */

/* Lines of words of which some are rare, in a block with slack. */
static char *make_text(struct dice *dice, const char *const *words, size_t lines, size_t *length)
{
    size_t count = 0, room = lines * 400;
    while (words[count])
        count++;
    char *text = calloc(room + MEMORY_SLACK, 1);
    assert_non_null(text);
    *length = 0;
    for (size_t i = 0; i < lines; i++) {
        for (size_t k = dice_below(dice, 6); k; k--) {
            /* The first is in most lines, the last in one of some hundred. */
            size_t word = 0;
            while (word + 1 < count && dice_below(dice, 3) == 0)
                word++;
            size_t size = strlen(words[word]);
            memcpy(text + *length, words[word], size);
            *length += size;
            text[(*length)++] = ' ';
        }
        if (i + 1 < lines)
            text[(*length)++] = '\n';
    }
    return text;
}

static void test_lines(void **state)
{
    (void)state;
    static const char *const words[] = {"common", "often", "seldom", "rare", "rarer", "once", NULL};
    static const struct sets cases[] = {
        {{"common"}, 1, 0},
        {{"common", "rare"}, 2, 1},
        {{"rare", "common"}, 2, 1},
        {{"rare", "common"}, 2, 0},
        {{"common", "rare"}, 2, 0},
        {{"common", "seldom", "rare"}, 3, 1},
        {{"common", "often", "seldom", "rare"}, 4, 2},
        {{"often", "once\nrare", "common"}, 3, 2},
        {{"[so][a-z]+", "^\\w+ c", "(\\w)a\\1"}, 3, 1},
        {{"[so][a-z]+", "(\\w)a\\1", "^\\w+ c"}, 3, 1},
        {{"", "once"}, 2, 1},
        {{"", "common"}, 2, 0},
        {{"common", ""}, 2, 1},
    };
    for (uint64_t seed = 0; seed < 20; seed++) {
        struct dice dice = {seed};
        size_t length, lines = seed % 4 == 0 ? 20 : LINES_MOST;
        char *text = make_text(&dice, words, lines, &length);
        for (size_t i = 0; i < COUNT(cases); i++)
            check(&cases[i], 0, text, length, lines == LINES_MOST);
        free(text);
    }
    check(&(struct sets){{"common", ""}, 2, 0}, 0, "common\n", 7, false); /* nothing */
    check(&(struct sets){{"common", "rare"}, 2, 1}, 0, "", 0, false);
}

/*
 * "z(?:a+)+(?=b|d)[b-d]" takes too many steps in the second word, "y(?:x+)+(?=y|d)[ydz]" in the third; both have a
 * literal in front, so that their matchers go through the text, and mean less than their automaton, so that PCRE2 has
 * to decide.
 */
static void test_limits(void **state)
{
    (void)state;
    static const char *const words[] = {"common", "zaaaaaaaaaaaaaac", "yxxxxxxxxxxxxxxz", "rare", "zaab", "yxxy", NULL};
    static const struct sets cases[] = {
        {{"z(?:a+)+(?=b|d)[b-d]", "common"}, 2, 1},
        {{"common", "z(?:a+)+(?=b|d)[b-d]"}, 2, 1},
        {{"common", "z(?:a+)+(?=b|d)[b-d]"}, 2, 0},
        {{"z(?:a+)+(?=b|d)[b-d]", "y(?:x+)+(?=y|d)[ydz]"}, 2, 1},
        {{"z(?:a+)+(?=b|d)[b-d]", "y(?:x+)+(?=y|d)[ydz]"}, 2, 0},
        {{"z(?:a+)+(?=b|d)[b-d]", "common", "y(?:x+)+(?=y|d)[ydz]"}, 3, 2},
        {{"z(?:a+)+(?=b|d)[b-d]", "rare", "common"}, 3, 1},
        {{"z(?:a+)+(?=b|d)[b-d]\n(m)\\1", "y(?:x+)+(?=y|d)[ydz]\n(r)a\\1"}, 2, 1},
        {{"y(?:x+)+(?=y|d)[ydz]\n(m)\\1", "rare", "z(?:a+)+(?=b|d)[b-d]"}, 3, 1},
        {{"common", "z(?:a+)+(?=b|d)[b-d]\n(r)a\\1\ny(?:x+)+(?=y|d)[ydz]"}, 2, 0},
    };
    for (uint64_t seed = 0; seed < 6; seed++) {
        struct dice dice = {seed};
        size_t length;
        char *text = make_text(&dice, words, 1000, &length);
        for (size_t i = 0; i < COUNT(cases); i++)
            check(&cases[i], 2000, text, length, true);
        free(text);
    }
}

/* A clause answers in any order, and what it says of the lines behind is right. */
static void test_order(void **state)
{
    (void)state;
    static const char *const words[] = {"common", "zaaaaaaaaaaaaaac", "zaab", NULL};
    struct dice dice = {1};
    size_t length;
    static enum verdict expected[1000];
    static struct span lines[1000];
    char *text = make_text(&dice, words, COUNT(lines), &length);
    const char *end = text + length, *at = text;
    struct matcher *matcher = compile("z(?:a+)+(?=b|d)[b-d]", 2000);
    struct clause_state *clause = clause_state_create(matcher);
    size_t answers[3] = {0, 0, 0};
    int error;
    for (size_t i = 0; i < COUNT(lines); i++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        lines[i] = (struct span){at, newline ? newline : end};
        at = newline ? newline + 1 : end;
        clause_begin(clause, text, end);
        expected[i] = clause_ask(clause, lines[i], &error);
        answers[expected[i]]++;
    }
    assert_true(answers[VERDICT_NO] && answers[VERDICT_YES] && answers[VERDICT_OPEN]);
    clause_begin(clause, text, end);
    for (size_t round = 0; round < 5 * COUNT(lines); round++) {
        size_t i =
            round < COUNT(lines) || dice_below(&dice, 2) ? round % COUNT(lines) : dice_below(&dice, COUNT(lines));
        assert_int_equal(clause_ask(clause, lines[i], &error), expected[i]);
        for (const char *next = clause_next(clause); ++i < COUNT(lines) && lines[i].begin < next;)
            assert_int_equal(expected[i], VERDICT_NO);
    }
    clause_state_free(clause);
    matcher_free(matcher);
    free(text);
}

/* --- the rest --- */

static void test_matches(void **state)
{
    (void)state;
    static const char text[] =
        "a1a2b\na3\nb a4 a5\nb a6 c\n\0slack slack slack slack slack slack slack slack slack sla";
    struct condition *condition = create(&(struct sets){{"a[0-9]", "b", "c"}, 3, 1}, 0);
    bool troubled = false;
    const struct given_up_sink sink = {note_given_up, &troubled};
    struct condition_state *states = condition_state_create(condition, &sink);
    struct span line, match;
    char found[32] = "";
    condition_begin(states, text, text + strlen(text));
    while (condition_next(states, &line)) {
        condition_set_line(states, line);
        for (const char *from = line.begin; from < line.end && condition_find(states, from, &match); from = match.end)
            strncat(found, match.begin, (size_t)(match.end - match.begin));
        assert_ptr_equal(condition_step(states, line.begin), line.begin + 1);
    }
    assert_string_equal(found, "a1a2a4a5");
    assert_false(troubled);
    condition_state_free(states);
    condition_free(condition);
}

static void test_all(void **state)
{
    (void)state;
    static const struct {
        struct sets sets;
        bool all;
    } cases[] = {
        {{{""}, 1, 0}, true},           {{{"a"}, 1, 0}, false},     {{{"", ""}, 2, 1}, true},
        {{{"", "a"}, 2, 1}, false},     {{{"", "a"}, 2, 0}, false}, {{{"", ""}, 2, 0}, false},
        {{{"", "", "a"}, 3, 2}, false}, {{{"a", ""}, 2, 1}, false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct condition *condition = create(&cases[i].sets, 0);
        assert_int_equal(condition_matches_all(condition), cases[i].all);
        condition_free(condition);
    }
    condition_free(NULL);
    condition_state_free(NULL);
}

static void test_explain(void **state)
{
    (void)state;
    struct condition *condition = create(&(struct sets){{"first", "second", "third"}, 3, 1}, 0);
    char *text = condition_explain(condition);
    const char *second = strstr(text, "--and:\n"), *third = strstr(text, "--not:\n");
    assert_true(second && third && second < third);
    assert_true(strstr(text, "first") < second && strstr(second, "second") < third && strstr(third, "third"));
    free(text);
    condition_free(condition);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),   cmocka_unit_test(test_limits), cmocka_unit_test(test_order),
        cmocka_unit_test(test_matches), cmocka_unit_test(test_all),    cmocka_unit_test(test_explain),
    };
    watch();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
