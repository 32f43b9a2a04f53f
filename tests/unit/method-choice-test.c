/*
 * method-choice-test.c - which way is picked, for costs that are known.
 */
#include "engine/method-choice.h"

#include "test.h"

struct costs {
    double of[METHOD_CHOICE_WAYS];
};

/* Picks `times` times at those costs, and counts how often each way was picked. */
static void run(struct method_choice *choice, const struct costs *costs, size_t times, size_t *picked)
{
    memset(picked, 0, METHOD_CHOICE_WAYS * sizeof *picked);
    for (size_t i = 0; i < times; i++) {
        size_t way = method_choice_pick(choice);
        assert_true(way < choice->count);
        picked[way]++;
        method_choice_note(choice, costs->of[way]);
    }
}

static struct method_choice three_ways(void)
{
    struct method_choice choice = {.count = 0};
    method_choice_add(&choice, 0.1);
    method_choice_add(&choice, 0.3);
    method_choice_add(&choice, 0.5);
    return choice;
}

static void test_one(void **state)
{
    (void)state;
    struct method_choice choice = {.count = 0};
    size_t picked[METHOD_CHOICE_WAYS];
    method_choice_add(&choice, 0.1);
    run(&choice, &(struct costs){{9, 0, 0}}, 50, picked);
    assert_int_equal(picked[0], 50);
}

/* What costs less than any other can is never left. */
static void test_cheap(void **state)
{
    (void)state;
    struct method_choice choice = three_ways();
    size_t picked[METHOD_CHOICE_WAYS];
    run(&choice, &(struct costs){{0.2, 0.1, 0.1}}, 5000, picked);
    assert_int_equal(picked[0], 5000);
}

/* The cheapest is found, wherever it is, and the others are hardly tried. */
static void test_best(void **state)
{
    (void)state;
    static const struct costs costs[] = {{{0.9, 2, 2}}, {{2, 0.9, 2}}, {{2, 2, 0.9}}, {{20, 20, 0.9}}};
    static const size_t best[] = {0, 1, 2, 2};
    for (size_t i = 0; i < COUNT(costs); i++) {
        struct method_choice choice = three_ways();
        size_t picked[METHOD_CHOICE_WAYS];
        run(&choice, &costs[i], 100, picked);
        assert_true(picked[best[i]] > 50);
        run(&choice, &costs[i], 10000, picked);
        assert_true(picked[best[i]] > 9900);
    }
}

/* When the text changes, the other way is found again. */
static void test_change(void **state)
{
    (void)state;
    struct method_choice choice = three_ways();
    size_t picked[METHOD_CHOICE_WAYS];
    run(&choice, &(struct costs){{2, 0.4, 2}}, 2000, picked);
    assert_true(picked[1] > 1900);
    run(&choice, &(struct costs){{0.2, 3, 3}}, 4000, picked);
    assert_true(picked[0] > 3900);
}

/* A measurement that was disturbed changes nothing. */
static void test_disturbed(void **state)
{
    (void)state;
    struct method_choice choice = three_ways();
    size_t picked[METHOD_CHOICE_WAYS];
    const struct costs costs = {{0.2, 0.35, 0.6}};
    run(&choice, &costs, 10, picked);
    for (int i = 0; i < 100; i++) {
        assert_int_equal(method_choice_pick(&choice), 0);
        method_choice_note(&choice, i % 5 == 0 ? 100 : 0.2);
    }
}

/* Picks of which the cost is not told do no harm. */
static void test_untold(void **state)
{
    (void)state;
    struct method_choice choice = three_ways();
    for (int i = 0; i < 100; i++)
        assert_int_equal(method_choice_pick(&choice), 0);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one),    cmocka_unit_test(test_cheap),     cmocka_unit_test(test_best),
        cmocka_unit_test(test_change), cmocka_unit_test(test_disturbed), cmocka_unit_test(test_untold),
    };
    return cmocka_run_group_tests_name("method-choice", tests, NULL, NULL);
}
