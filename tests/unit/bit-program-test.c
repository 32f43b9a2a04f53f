/*
 * bit-program-test.c - which automata become steps on streams of bits, and which steps; sweep-test runs them.
 */
#include "automaton/bit-program.h"

#include "reference.h"

static struct bitstream *program_of(const char *pattern)
{
    struct nfa *nfa = nfa_of(pattern, modes[0]);
    assert_non_null(nfa);
    struct bitstream *program = bit_program_create(nfa);
    nfa_free(nfa);
    return program;
}

static void test_which(void **state)
{
    (void)state;
    static const char *const can[] = {"a",     "a*b",     "\\w+=\\d+", "^.*a$",        "(?:a+|b*c)d", "\\bab\\b",
                                      "a{40}", "[^a]*+a", "x(?<=a)b",  "(?!a)\\w{3,}", "(?:ab){3}",   "^$"};
    static const char *const cannot[] = {
        "(?:ab)+c",                             /* a loop of two sets */
        "(?:a|b1)*c",                           /* or of two ways */
        "(?:a*b*)*c",                           /* or of loops */
        "(?:\\ba)+c",                           /* or with an assertion */
        "abcdefghijklmnopqrstuvwxyz0123456789", /* more sets than there is room for */
        "a{300}",                               /* more steps */
    };
    for (size_t i = 0; i < COUNT(can); i++) {
        struct bitstream *program = program_of(can[i]);
        if (!program)
            fail_msg("there is none for %s", can[i]);
        free(program);
    }
    for (size_t i = 0; i < COUNT(cannot); i++)
        if (program_of(cannot[i]))
            fail_msg("there is one for %s", cannot[i]);
}

static size_t steps_of(const struct bitstream *program, enum bit_op op)
{
    size_t count = 0;
    for (size_t i = 0; i < program->count; i++)
        count += program->steps[i].op == op;
    return count;
}

/* The operands of each step are sets or come from steps before it, and it writes over none of them. */
static void test_steps(void **state)
{
    (void)state;
    static const char *const patterns[] = {"a", "\\w+=\\d+", "\\b(?:ab|c+)\\b", "^.*a$", "(?:[a-f]{4}-){5}", "(?<!a)b"};
    for (size_t p = 0; p < COUNT(patterns); p++) {
        struct bitstream *program = program_of(patterns[p]);
        bool written[BITSTREAM_SLOTS] = {false};
        assert_non_null(program);
        const size_t sets = program->lookups + program->comparison_count;
        assert_in_range(program->slots, sets, BITSTREAM_SLOTS);
        for (size_t i = 0; i < sets; i++)
            written[i] = true;
        for (size_t i = 0; i < program->count; i++) {
            const struct bit_step step = program->steps[i];
            assert_true(written[step.a] && written[step.b]);
            if (step.op == BIT_MATCH || step.op == BIT_LEAVE)
                continue;
            assert_in_range(step.to, sets, program->slots - 1);
            assert_true(step.to != step.a && step.to != step.b);
            written[step.to] = true;
        }
        assert_int_equal(steps_of(program, BIT_MATCH), 1);
        free(program);
    }
}

static bool is_in(const struct bitstream *program, size_t slot, unsigned byte)
{
    if (slot < program->lookups)
        return program->sets_of[slot / BITSTREAM_GROUP][byte] >> slot % BITSTREAM_GROUP & 1;
    slot -= program->lookups;
    return (byte & program->comparisons[slot].mask) == program->comparisons[slot].value;
}

/* The first set that is of just the bytes in a string; the newline's if there is none. */
static size_t slot_of(const struct bitstream *program, const char *bytes)
{
    size_t count = program->lookups + program->comparison_count;
    for (size_t slot = 0; slot < count; slot++) {
        bool same = true;
        for (unsigned byte = 0; byte < 256 && same; byte++)
            same = is_in(program, slot, byte) == (byte && strchr(bytes, (int)byte));
        if (same)
            return slot;
    }
    return program->newline;
}

/* Sets are looked up, up to a group of them; the other ones that are of one byte or of a letter's cases are compared.
 */
static void test_sets(void **state)
{
    (void)state;
    struct bitstream *program = program_of("\\d[bB]");
    assert_int_equal(program->lookups, 4);
    assert_int_equal(program->comparison_count, 0);
    assert_int_equal(slot_of(program, "\n"), program->newline);
    assert_true(slot_of(program, "0123456789") != program->newline);
    assert_true(slot_of(program, "bB") != program->newline);
    free(program);
    program = program_of("abcdef[gG]h[iI]\\d[xyz]");
    assert_int_equal(program->lookups, 8);
    assert_int_equal(program->comparison_count, 4);
    assert_int_equal(slot_of(program, "\n"), program->newline);
    static const char *const sets[] = {"a", "b", "c", "d", "e", "f", "gG", "h", "iI", "0123456789", "xyz"};
    for (size_t i = 0; i < COUNT(sets); i++)
        if (slot_of(program, sets[i]) == program->newline)
            fail_msg("there is no set of %s", sets[i]);
    free(program);
}

/* A long row can be left where it has come to nothing, a short one need not; a look is made before all of it. */
static void test_leaves(void **state)
{
    (void)state;
    static const struct {
        const char *pattern;
        size_t leaves;
    } cases[] = {{"abc", 0}, {"[ab]{20}", 3}, {"[ab]{20}\\b", 3}, {"[ab]{20}|c", 0}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct bitstream *program = program_of(cases[i].pattern);
        if (steps_of(program, BIT_LEAVE) != cases[i].leaves)
            fail_msg("%s has %zu", cases[i].pattern, steps_of(program, BIT_LEAVE));
        free(program);
    }
}

/* Only the start of a line is there before the first byte. */
static void test_begin(void **state)
{
    (void)state;
    struct bitstream *program = program_of("^a\\b");
    struct bitstream_state streams;
    memset(&streams, 0xff, sizeof streams);
    bit_program_begin(program, &streams);
    size_t carried = 0;
    for (size_t i = 0; i < program->count; i++)
        carried += streams.carry[i];
    assert_int_equal(carried, 1);
    assert_int_equal(streams.carry[program->start], 1);
    assert_int_equal(program->steps[program->start].op, BIT_ADVANCE);
    assert_int_equal(program->steps[program->start].a, program->newline);
    assert_int_equal(streams.open, 0);
    free(program);
    program = program_of("a");
    assert_int_equal(program->start, BITSTREAM_STEPS);
    free(program);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_which),  cmocka_unit_test(test_steps), cmocka_unit_test(test_sets),
        cmocka_unit_test(test_leaves), cmocka_unit_test(test_begin),
    };
    return cmocka_run_group_tests_name("bit-program", tests, NULL, NULL);
}
