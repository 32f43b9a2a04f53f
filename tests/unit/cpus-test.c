/*
 * cpus-test.c - how many processors there are for this process.
 */
#include "sys/cpus.h"

#include "test.h"

#include <sched.h>
#include <sys/wait.h>

static void test_bounds(void **state)
{
    (void)state;
    cpu_set_t set;
    assert_in_range(cpus_available(), 1, 1 << 20);
    if (sched_getaffinity(0, sizeof set, &set) == 0)
        assert_in_range(cpus_available(), 1, CPU_COUNT(&set));
    assert_int_equal(cpus_available(), cpus_available());
}

/* In a child, whose affinity is nobody else's. */
static int count_when_bound(void)
{
    cpu_set_t set, one;
    if (sched_getaffinity(0, sizeof set, &set) != 0)
        return -1;
    for (size_t cpu = 0; cpu < CPU_SETSIZE; cpu++) {
        if (!CPU_ISSET(cpu, &set))
            continue;
        CPU_ZERO(&one);
        CPU_SET(cpu, &one);
        if (sched_setaffinity(0, sizeof one, &one) != 0)
            return -1;
        if (cpus_available() != 1)
            return 0;
    }
    return 1;
}

static void test_affinity(void **state)
{
    (void)state;
    int status;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        _exit(1 + count_when_bound());
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == 0)
        skip();
    assert_int_equal(WEXITSTATUS(status), 2);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_bounds), cmocka_unit_test(test_affinity)};
    return cmocka_run_group_tests_name("cpus", tests, NULL, NULL);
}
