/*
 * threads-test.c - whether threads can be started, and on which processors they begin.
 */
#include "sys/threads.h"

#include "test.h"

static void test_probe(void **state)
{
    (void)state;
    assert_int_equal(threads_probe(0), 1);
    assert_int_equal(threads_probe(1), 1);
    assert_int_equal(threads_probe(2), 2);
}

/* Calls threads_spread() where all processors are taken but `left`; false when the thread is elsewhere after it. */
static bool spread_to(size_t left)
{
    struct threads_places places;
    for (size_t cpu = 0; cpu < CPU_SETSIZE; cpu++)
        atomic_init(&places.taken[cpu], cpu != left);
    threads_spread(&places);
    bool there = sched_getcpu() == (int)left;
    assert_true(atomic_load(&places.taken[left]));
    return there;
}

static void test_moves(void **state)
{
    (void)state;
    cpu_set_t allowed, after;
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0)
        skip();
    for (size_t cpu = 0; cpu < CPU_SETSIZE; cpu++) {
        if (!CPU_ISSET(cpu, &allowed))
            continue;
        /* The kernel may move it again at once, but not always. */
        bool there = false;
        for (int attempt = 0; attempt < 100 && !there; attempt++)
            there = spread_to(cpu);
        assert_true(there);
    }
    assert_int_equal(sched_getaffinity(0, sizeof after, &after), 0);
    assert_true(CPU_EQUAL(&allowed, &after));
}

/* The first one stays; so does one for which no processor is left. */
static void test_stays(void **state)
{
    (void)state;
    struct threads_places places = {0};
    threads_spread(&places);
    size_t taken = 0;
    for (size_t cpu = 0; cpu < CPU_SETSIZE; cpu++)
        taken += atomic_load(&places.taken[cpu]);
    assert_int_equal(taken, 1);

    cpu_set_t allowed, after;
    for (size_t cpu = 0; cpu < CPU_SETSIZE; cpu++)
        atomic_store(&places.taken[cpu], true);
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0)
        skip();
    threads_spread(&places);
    assert_int_equal(sched_getaffinity(0, sizeof after, &after), 0);
    assert_true(CPU_EQUAL(&allowed, &after));
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_probe),
        cmocka_unit_test(test_moves),
        cmocka_unit_test(test_stays),
    };
    return cmocka_run_group_tests_name("threads", tests, NULL, NULL);
}
