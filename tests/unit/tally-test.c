/*
 * tally-test.c - tables of values and counts, merged by several threads, in memory and in temporary files.
 */
#include "base/budget.h"
#include "task/tally-store.h"

#include "test.h"

#include <errno.h>
#include <pthread.h>

#define VALUES 3000
#define TABLES 200
#define THREADS 4

static uint64_t counts[VALUES], firsts[VALUES];

/* Value number i: short and long ones, with every byte. */
static struct span value_of(size_t i, char *bytes)
{
    int length = snprintf(bytes, 100, "%zu", i * 7919);
    memset(bytes + length, (int)(i % 256), i % 50);
    return (struct span){bytes, bytes + length + i % 50};
}

static void *merge(void *store)
{
    for (int i = 0; i < TABLES; i++)
        tally_store_merge(store, 1);
    return NULL;
}

static const char *directory = "/tmp";

static struct tally_store *fill(unsigned seed)
{
    struct tally_store *store = tally_store_create(directory);
    struct dice dice = {seed};
    pthread_t threads[THREADS];
    uint64_t first = 0;
    memset(counts, 0, sizeof counts);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, merge, store), 0);
    for (int i = 0; i < TABLES; i++) {
        struct tally_table table = {NULL};
        const uint64_t values = dice_below(&dice, 200);
        for (uint64_t j = 0; j < values; j++) {
            char bytes[200];
            const size_t number = dice_below(&dice, 1 + dice_below(&dice, VALUES));
            const struct span value = value_of(number, bytes);
            tally_table_add(&table, value, tally_hash(value), 1, j);
            if (counts[number]++ == 0)
                firsts[number] = first + j;
        }
        tally_store_submit(store, &table, first);
        first += values;
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    return store;
}

struct walk {
    enum tally_order order;
    uint64_t most, seen;
    struct tally_entry last;
    char value[200];
};

static int compare(const struct tally_entry *a, const struct tally_entry *b)
{
    int order = memcmp(a->value, b->value, a->length < b->length ? a->length : b->length);
    return order ? order : (a->length > b->length) - (a->length < b->length);
}

static bool check_entry(void *context, const struct tally_entry *entry)
{
    struct walk *walk = context;
    const size_t number = strtoul(entry->value, NULL, 10) / 7919;
    char bytes[200];
    /* Digits may follow the number. */
    size_t found = VALUES;
    for (size_t i = 0; i < VALUES && found == VALUES; i++) {
        const size_t candidate = i == 0 ? (number < VALUES ? number : 0) : i - 1;
        const struct span value = value_of(candidate, bytes);
        if ((size_t)(value.end - value.begin) == entry->length && memcmp(bytes, entry->value, entry->length) == 0)
            found = candidate;
    }
    assert_true(found < VALUES);
    assert_int_equal(entry->count, counts[found]);
    assert_int_equal(entry->first, firsts[found]);
    if (walk->seen > 0 && walk->order == TALLY_BY_COUNT)
        assert_true(walk->last.count > entry->count ||
                    (walk->last.count == entry->count && compare(&walk->last, entry) > 0));
    if (walk->seen > 0 && walk->order == TALLY_BY_VALUE)
        assert_true(compare(&walk->last, entry) < 0);
    if (walk->seen > 0 && walk->order == TALLY_BY_FIRST)
        assert_true(walk->last.first < entry->first);
    walk->seen++;
    walk->last = *entry;
    memcpy(walk->value, entry->value, entry->length);
    walk->last.value = walk->value;
    return true;
}

static void check(uint64_t budget)
{
    uint64_t different = 0;
    budget_set(budget);
    for (unsigned seed = 0; seed < 3; seed++)
        for (enum tally_order order = TALLY_BY_COUNT; order <= TALLY_BY_FIRST; order++)
            for (uint64_t most = 0; most <= 20; most += 10) {
                struct tally_store *store = fill(seed);
                struct walk walk = {.order = order, .most = most ? most : UINT64_MAX};
                different = 0;
                for (size_t i = 0; i < VALUES; i++)
                    different += counts[i] > 0;
                assert_int_equal(tally_store_finish(store, order, walk.most, check_entry, &walk), 0);
                assert_int_equal(walk.seen, most ? most : different);
                tally_store_free(store);
            }
}

static void test_memory(void **state)
{
    (void)state;
    check(UINT64_MAX);
}

static void test_files(void **state)
{
    (void)state;
    check(100000);
    check(1);
}

/* Where no file can be made, that is said, and nothing is given out. */
static void test_no_files(void **state)
{
    (void)state;
    budget_set(1);
    directory = "/nowhere";
    struct tally_store *store = fill(1);
    struct walk walk = {.order = TALLY_BY_COUNT};
    assert_int_equal(tally_store_finish(store, TALLY_BY_COUNT, UINT64_MAX, check_entry, &walk), ENOENT);
    assert_int_equal(walk.seen, 0);
    tally_store_free(store);
    directory = "/tmp";
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory),
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_no_files),
    };
    return cmocka_run_group_tests_name("tally", tests, NULL, NULL);
}
