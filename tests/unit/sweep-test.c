/*
 * sweep-test.c - a sweep over windows of lines, against the DFA run over one line after the other.
 */
#include "automaton/sweep.h"

#include "automaton/bit-program.h"

#include "reference.h"

#define ROOM ((size_t)40000)

struct trial {
    const char *pattern;
    struct nfa *nfa;
    struct bitstream *bits;
    struct small_dfa *small;
    struct dfa *dfa; /* for the plain way */
    struct sweep *sweep;
    struct marks marks;
};

/* What windows are swept with. */
enum form { FORM_TABLE, FORM_SMALL, FORM_BITS, FORMS };

static void begin(struct trial *trial, const char *pattern, struct mode mode, const struct kernels *kernels,
                  enum form form, size_t memory)
{
    *trial = (struct trial){.pattern = pattern, .nfa = nfa_of(pattern, mode)};
    assert_non_null(trial->nfa);
    if (form == FORM_SMALL)
        trial->small = small_dfa_create(trial->nfa, (unsigned)kernels->shuffle_limit);
    if (form == FORM_BITS)
        trial->bits = bit_program_create(trial->nfa);
    trial->dfa = dfa_create(trial->nfa, 1 << 20);
    trial->sweep = sweep_create(trial->nfa, (struct sweep_forms){trial->bits, trial->small}, memory, kernels);
}

static void finish(struct trial *trial)
{
    sweep_free(trial->sweep);
    free(trial->bits);
    small_dfa_free(trial->small);
    dfa_free(trial->dfa);
    nfa_free(trial->nfa);
    marks_free(&trial->marks);
}

static bool plain_accepts(struct trial *trial, const char *line, size_t length, bool described)
{
    static char copy[ROOM + 1];
    memcpy(copy, line, length);
    copy[length] = '\n';
    bool undescribed = !described && trial->nfa->ascii_only && has_high(line, length);
    return undescribed || dfa_accepts(trial->dfa, trial->nfa, copy, length);
}

/* Each accepted line has one mark, inside of it or on its newline, and no other line has any. */
static void check_marks(struct trial *trial, const char *text, const char *end, bool described)
{
    size_t expected = 0;
    for (const char *line = text, *next; line < end; line = next) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        const char *line_end = newline ? newline : end;
        next = newline ? newline + 1 : end;
        bool accepted = plain_accepts(trial, line, (size_t)(line_end - line), described);
        const char *mark = marks_next(&trial->marks, line);
        bool marked = mark && mark < next;
        if (marked != accepted)
            fail_msg("%s: \"%s\" at %td of %td is%s marked", trial->pattern, shown(line, (size_t)(line_end - line)),
                     line - text, end - text, marked ? "" : " not");
        if (marked) {
            const char *second = marks_next(&trial->marks, mark + 1);
            assert_true(!second || second >= next);
            expected++;
        }
    }
    assert_int_equal(trial->marks.count, expected);
}

/* False when the automaton ran out of memory. */
static bool try_window(struct trial *trial, const char *text, size_t length, bool described)
{
    /* In memory of its own size, so that a sanitizer sees what is read outside of it. */
    char *copy = malloc(length + !length);
    assert_non_null(copy);
    memcpy(copy, text, length);
    bool now_described = described, expected = described || !trial->nfa->ascii_only || !has_high(text, length);
    bool done = sweep_window(trial->sweep, copy, copy + length, &now_described, &trial->marks);
    if (done) {
        assert_int_equal(now_described, expected);
        check_marks(trial, copy, copy + length, described);
    }
    free(copy);
    return done;
}

static void check_window(struct trial *trial, const char *text, size_t length, bool described)
{
    assert_true(try_window(trial, text, length, described));
}

static void check_line(struct trial *trial, const char *line, size_t length, bool newline, bool described)
{
    size_t size = length + newline;
    char *copy = malloc(size + !size);
    assert_non_null(copy);
    memcpy(copy, line, length);
    if (newline)
        copy[length] = '\n';
    bool accepted = false;
    assert_true(sweep_line(trial->sweep, copy, copy + size, described, &accepted));
    if (accepted != plain_accepts(trial, line, length, described))
        fail_msg("%s: line \"%s\"%s is%s accepted", trial->pattern, shown(line, length),
                 newline ? " and a newline" : "", accepted ? "" : " not");
    free(copy);
}

/* Lines of about `typical` bytes, of letters from `alphabet`; with or without a newline at the end. */
static size_t random_text(struct dice *dice, char *text, size_t length, size_t typical, const char *alphabet)
{
    size_t letters = strlen(alphabet);
    for (size_t i = 0; i < length; i++)
        text[i] = dice_below(dice, typical) == 0 ? '\n' : alphabet[dice_below(dice, letters)];
    if (length > 0 && dice_below(dice, 2))
        text[length - 1] = '\n';
    return length;
}

static const char *const patterns[] = {
    "ab1",
    "a\\b",
    "^a",
    "b$",
    "^$",
    "^[ab]*$",
    "^ab.*1$",
    "\\ba+\\b",
    "a(?=b)b.",
    "[^ab1 ]",
    "^(?<=a)b",
    "1{5}",
    ".{9}",
    "[ab]*1[ab1]{6}$",
    "\\d\\s\\w+",
    "^.{30,}$",
    "b\\B1",
    "^a|1 b$",
    "(?<!a)b{2}1",
    "a{2}.{15}b+1",
    "(?:a|1 ){1,9}\\b$",
    "(?i)ab|cdefghijklmno",
    "[a-z][b-z][c-z][d-z][e-z][f-z][g-z][h-z][i-z]|b1 ",
};

static const size_t lengths[] = {0, 1, 2, 7, 15, 16, 17, 64, 200, 500, 600, 1100, 3100, 7000, ROOM};
static const size_t typicals[] = {1, 2, 5, 20, 100, 3000};

typedef void check_trial(struct trial *trial, struct dice *dice, size_t round);

/*
 * All patterns, in both modes, with all kernels and forms, in so many rounds with a sweep of their own; the seed is
 * that of the first pattern.
 */
static void check_each_way(check_trial *check, size_t rounds, uint64_t seed)
{
    const struct kernels *kernels;
    for (size_t i = 0; (kernels = kernels_get(i)); i++)
        for (size_t p = 0; p < COUNT(patterns); p++)
            for (unsigned way = 0; way < 2 * FORMS; way++) {
                struct dice dice = {seed + p};
                bool unicode = way >= FORMS;
                for (size_t round = 0; round < rounds; round++) {
                    struct trial trial;
                    begin(&trial, patterns[p], modes[unicode], kernels, (enum form)(way % FORMS), 1 << 20);
                    assert_true((way % FORMS == FORM_BITS) == (trial.bits != NULL));
                    check(&trial, &dice, round);
                    finish(&trial);
                }
            }
}

/* Windows of one size: the first one is stepped as if special states were rare, the others as it turns out. */
static void check_windows(struct trial *trial, struct dice *dice, size_t round)
{
    static char text[ROOM];
    const size_t length = lengths[round] - (round < 8 ? 0 : dice_below(dice, 100));
    for (int i = 0; i < 3; i++) {
        size_t typical = typicals[dice_below(dice, COUNT(typicals))];
        const char *alphabet = dice_below(dice, 2) ? "ab1 " : "ab1 \xe9";
        random_text(dice, text, length, typical, alphabet);
        check_window(trial, text, length, !has_high(text, length) && dice_below(dice, 2));
    }
}

static void test_windows(void **state)
{
    (void)state;
    check_each_way(check_windows, COUNT(lengths), 51);
}

/* Many small windows, in which a cursor soon comes to its end. */
static void test_small_windows(void **state)
{
    (void)state;
    static char text[ROOM];
    struct dice dice = {52};
    for (int i = 0; i < 4000; i++) {
        struct trial trial;
        begin(&trial, patterns[dice_below(&dice, COUNT(patterns))], modes[dice_below(&dice, COUNT(modes))],
              kernels_get(0), (enum form)dice_below(&dice, FORMS), 1 << 20);
        for (int k = 0; k < 4; k++) {
            size_t length = random_text(&dice, text, dice_below(&dice, i % 8 ? 80 : 5000),
                                        typicals[dice_below(&dice, 4)], "ab1 \xe9");
            check_window(&trial, text, length, false);
        }
        finish(&trial);
    }
}

static void check_lines(struct trial *trial, struct dice *dice, size_t round)
{
    (void)round;
    static char text[ROOM];
    for (size_t k = 0; k < 40; k++) {
        const char *alphabet = k % 4 == 0 ? "a" : k % 4 == 1 ? "ab1 \xe9" : "ab1 ";
        size_t length = k < 20 ? k : dice_below(dice, k < 30 ? 2000 : 20000);
        for (size_t at = 0; at < length; at++)
            text[at] = alphabet[dice_below(dice, strlen(alphabet))];
        check_line(trial, text, length, k & 1, !has_high(text, length) && dice_below(dice, 2));
    }
}

static void test_lines(void **state)
{
    (void)state;
    check_each_way(check_lines, 1, 53);
}

/* Memory that is used up now and then does not change what is found. */
static void test_overflow(void **state)
{
    (void)state;
    static char text[ROOM];
    struct dice dice = {54};
    size_t cleared = 0;
    for (int round = 0; round < 6; round++) {
        struct trial trial;
        begin(&trial, "x[01]*1[01]{9}$", modes[round % 2], kernels_get(0), FORM_TABLE, 12000);
        for (int i = 0; i < 60; i++) {
            memset(text, '-', sizeof text);
            for (size_t k = 79; k < ROOM; k += 80)
                text[k] = '\n';
            size_t line = 80 * dice_below(&dice, ROOM / 80 - 1), length = dice_below(&dice, 30);
            text[line] = 'x';
            for (size_t k = 1; k < length; k++)
                text[line + k] = (char)('0' + dice_below(&dice, 2));
            text[line + length + 1] = '\n';
            if (try_window(&trial, text, ROOM, true))
                continue;
            /* It begins anew with room enough for this one. */
            cleared++;
            check_window(&trial, text, ROOM, true);
        }
        finish(&trial);
    }
    assert_true(cleared > 0);
}

/* The memory is used up at once, again and again: it says so, and still answers what is simple. */
static void test_thrashing(void **state)
{
    (void)state;
    static char text[ROOM];
    struct dice dice = {55};
    for (int line = 0; line < 2; line++) {
        struct trial trial;
        bool accepted, described = true, given_up = false;
        begin(&trial, "[01]*1[01]{14}$", modes[0], kernels_get(0), FORM_SMALL, 0);
        assert_null(trial.small);
        for (size_t k = 0; k < ROOM; k++)
            text[k] = !line && k % 50 == 49 ? '\n' : (char)('0' + dice_below(&dice, 2));
        for (int i = 0; i < 5 && !given_up; i++)
            given_up = line ? !sweep_line(trial.sweep, text, text + ROOM, true, &accepted)
                            : !sweep_window(trial.sweep, text, text + ROOM, &described, &trial.marks);
        assert_true(given_up);
        memset(text, '0', ROOM);
        check_line(&trial, text, ROOM / 2, false, true);
        text[ROOM - 16] = '1';
        check_window(&trial, text, ROOM, true);
        finish(&trial);
    }
}

static void test_states(void **state)
{
    (void)state;
    const struct kernels *kernels;
    for (size_t i = 0; (kernels = kernels_get(i)); i++) {
        struct trial trial;
        begin(&trial, "abc", modes[0], kernels, FORM_SMALL, 1 << 20);
        assert_true((trial.small != NULL) == (kernels->shuffle_limit > 0));
        if (trial.small)
            assert_int_equal(sweep_states(trial.sweep), 4);
        finish(&trial);
    }
    sweep_free(NULL);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_windows),  cmocka_unit_test(test_small_windows), cmocka_unit_test(test_lines),
        cmocka_unit_test(test_overflow), cmocka_unit_test(test_thrashing),     cmocka_unit_test(test_states),
    };
    return cmocka_run_group_tests_name("sweep", tests, NULL, NULL);
}
