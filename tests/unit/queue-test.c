/*
 * queue-test.c - the queue puts in order what threads hand over in any order.
 */
#include "output/queue.h"

#include "test.h"

#include <stdatomic.h>

#define THREADS 8

static void monitor_init(struct monitor *monitor)
{
    pthread_mutex_init(&monitor->lock, NULL);
    pthread_cond_init(&monitor->changed, NULL);
}

static void monitor_destroy(struct monitor *monitor)
{
    pthread_cond_destroy(&monitor->changed);
    pthread_mutex_destroy(&monitor->lock);
}

/* What is committed or discarded. */
struct record {
    struct ticket tickets[4096];
    size_t count;
    size_t discarded;
    atomic_int inside; /* threads that may write now */
    atomic_int crowds; /* how often there was more than one */
    unsigned delay;    /* of a commit: the longest, microseconds */
};

static void enter(struct record *record)
{
    if (atomic_fetch_add(&record->inside, 1) != 0)
        atomic_fetch_add(&record->crowds, 1);
}

static void leave(struct record *record)
{
    atomic_fetch_sub(&record->inside, 1);
}

static void commit(void *context, struct queue_entry *entry)
{
    struct record *record = context;
    enter(record);
    if (record->count < COUNT(record->tickets))
        record->tickets[record->count++] = entry->ticket;
    if (record->delay)
        usleep((useconds_t)(entry->ticket.chunk * 7919 % record->delay));
    free(entry);
    leave(record);
}

static void discard(void *context, struct queue_entry *entry)
{
    struct record *record = context;
    record->discarded++;
    free(entry);
}

static struct queue_entry *make_entry(uint64_t file, uint64_t chunk, bool last, bool heavy)
{
    struct queue_entry *entry = malloc(sizeof *entry);
    if (!entry)
        abort();
    *entry = (struct queue_entry){.ticket = {file, chunk}, .last = last, .heavy = heavy};
    return entry;
}

/* --- many threads --- */

static const uint64_t chunk_counts[] = {1, 7, 1, 1, 120, 2, 33, 1, 300, 5};

struct crowd {
    struct queue *queue;
    struct record record;
    struct queue_entry *entries[1024]; /* in the order in which they are handed over */
    struct ticket expected[1024];
    size_t count;
    atomic_size_t next;
    bool waits; /* some threads wait for their turn before they hand over */
};

static void *hand_over(void *context)
{
    struct crowd *crowd = context;
    size_t i;
    while ((i = atomic_fetch_add(&crowd->next, 1)) < crowd->count) {
        struct queue_entry *entry = crowd->entries[i];
        struct ticket ticket = entry->ticket;
        if (i * 2654435761u % 5 == 0)
            usleep((useconds_t)(i * 40503u % 200));
        if (crowd->waits && ticket.chunk % 3 == 1) {
            if (!queue_wait_turn(crowd->queue, ticket))
                abort();
            enter(&crowd->record);
            sched_yield();
            leave(&crowd->record);
        }
        queue_put(crowd->queue, entry);
    }
    return NULL;
}

/* `distance`: how far an entry may be from its place in the order. */
static void run_crowd(unsigned seed, size_t distance, bool waits, unsigned delay)
{
    static struct crowd crowd;
    struct monitor monitor;
    memset(&crowd, 0, sizeof crowd);
    crowd.waits = waits;
    crowd.record.delay = delay;
    monitor_init(&monitor);
    crowd.queue = queue_create(&monitor, 16, commit, &crowd.record);
    struct dice dice = {seed};
    for (uint64_t file = 0; file < COUNT(chunk_counts); file++)
        for (uint64_t chunk = 0; chunk < chunk_counts[file]; chunk++) {
            crowd.expected[crowd.count] = (struct ticket){file, chunk};
            crowd.entries[crowd.count++] =
                make_entry(file, chunk, chunk + 1 == chunk_counts[file], dice_below(&dice, 2));
        }
    for (size_t i = 0; i < crowd.count; i++) {
        size_t left = crowd.count - i, j = i + dice_below(&dice, left < distance ? left : distance);
        struct queue_entry *entry = crowd.entries[i];
        crowd.entries[i] = crowd.entries[j];
        crowd.entries[j] = entry;
    }
    pthread_t threads[THREADS];
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, hand_over, &crowd), 0);
    for (size_t i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(crowd.record.count, crowd.count);
    for (size_t i = 0; i < crowd.count; i++)
        if (crowd.record.tickets[i].file != crowd.expected[i].file ||
            crowd.record.tickets[i].chunk != crowd.expected[i].chunk)
            fail_msg("number %zu is %d/%d", i, (int)crowd.record.tickets[i].file, (int)crowd.record.tickets[i].chunk);
    assert_int_equal(atomic_load(&crowd.record.crowds), 0);
    pthread_mutex_lock(&monitor.lock);
    assert_int_equal(queue_turn(crowd.queue).file, COUNT(chunk_counts));
    assert_int_equal(queue_turn(crowd.queue).chunk, 0);
    assert_true(queue_has_room(crowd.queue) && queue_has_room_ahead(crowd.queue));
    pthread_mutex_unlock(&monitor.lock);
    queue_free(crowd.queue, discard);
    assert_int_equal(crowd.record.discarded, 0);
    monitor_destroy(&monitor);
}

static void test_order(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 20; seed++)
        run_crowd(seed, seed % 3 == 0 ? 1024 : seed, false, seed % 2 ? 0 : 50);
}

/* Taken in order, as those who wait must be, else all threads might wait for what none has. */
static void test_waiting(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 20; seed++)
        run_crowd(seed, 1, true, seed % 2 ? 0 : 50);
}

/* --- one thread --- */

struct single {
    struct monitor monitor;
    struct record record;
    struct queue *queue;
};

static void single_init(struct single *single, size_t heavy_max)
{
    memset(single, 0, sizeof *single);
    monitor_init(&single->monitor);
    single->queue = queue_create(&single->monitor, heavy_max, commit, &single->record);
}

static void single_free(struct single *single)
{
    queue_free(single->queue, discard);
    monitor_destroy(&single->monitor);
}

static void put(struct single *single, uint64_t file, uint64_t chunk, bool last, bool heavy)
{
    queue_put(single->queue, make_entry(file, chunk, last, heavy));
}

static bool has_room(struct single *single, bool ahead)
{
    pthread_mutex_lock(&single->monitor.lock);
    bool room = ahead ? queue_has_room_ahead(single->queue) : queue_has_room(single->queue);
    pthread_mutex_unlock(&single->monitor.lock);
    return room;
}

static void check_turn(struct single *single, uint64_t file, uint64_t chunk)
{
    pthread_mutex_lock(&single->monitor.lock);
    struct ticket turn = queue_turn(single->queue);
    pthread_mutex_unlock(&single->monitor.lock);
    assert_int_equal(turn.file, file);
    assert_int_equal(turn.chunk, chunk);
}

static void test_turns(void **state)
{
    (void)state;
    struct single single;
    single_init(&single, 8);
    check_turn(&single, 0, 0);
    put(&single, 0, 1, false, false);
    assert_int_equal(single.record.count, 0);
    put(&single, 1, 0, true, false);
    put(&single, 0, 2, true, false);
    assert_int_equal(single.record.count, 0);
    check_turn(&single, 0, 0);
    assert_true(queue_wait_turn(single.queue, (struct ticket){0, 0}));
    put(&single, 0, 0, false, false);
    assert_int_equal(single.record.count, 4);
    check_turn(&single, 2, 0);
    assert_true(queue_wait_turn(single.queue, (struct ticket){2, 0}));
    put(&single, 2, 0, false, false);
    check_turn(&single, 2, 1);
    single_free(&single);
}

static void test_heavy_room(void **state)
{
    (void)state;
    for (size_t most = 2; most <= 9; most++) {
        struct single single;
        single_init(&single, most);
        size_t ahead = 0, all = 0;
        for (uint64_t chunk = 1; chunk <= 3 * most; chunk++) {
            if (has_room(&single, true))
                ahead = (size_t)chunk;
            if (has_room(&single, false))
                all = (size_t)chunk;
            put(&single, 0, chunk, false, true);
        }
        /* As many as were allowed; a part of them for files that are not the next one. */
        assert_int_equal(all, most);
        assert_in_range(ahead, 1, most - 1);
        assert_false(has_room(&single, false));
        put(&single, 0, 0, false, true);
        assert_int_equal(single.record.count, 3 * most + 1);
        assert_true(has_room(&single, false) && has_room(&single, true));
        single_free(&single);
    }
}

/* Light entries are bounded too, but far less tightly. */
static void test_light_room(void **state)
{
    (void)state;
    struct single single;
    single_init(&single, 4);
    uint64_t chunk = 1, ahead = 0;
    for (; has_room(&single, false) && chunk < 1000000; chunk++) {
        if (has_room(&single, true))
            ahead = chunk;
        put(&single, 0, chunk, false, false);
    }
    assert_in_range(chunk, 100, 100000);
    assert_in_range(ahead, 10, chunk - 10);
    put(&single, 0, 0, false, false);
    assert_true(has_room(&single, false) && has_room(&single, true));
    single_free(&single);
}

static void *wait_for_turn(void *context)
{
    struct single *single = context;
    return queue_wait_turn(single->queue, (struct ticket){0, 5}) ? context : NULL;
}

static void test_stop(void **state)
{
    (void)state;
    for (unsigned pause = 0; pause <= 2000; pause += 500) {
        struct single single;
        single_init(&single, 4);
        put(&single, 0, 0, false, false);
        put(&single, 0, 2, false, true);
        put(&single, 0, 3, false, false);
        pthread_t threads[3];
        for (size_t i = 0; i < COUNT(threads); i++)
            assert_int_equal(pthread_create(&threads[i], NULL, wait_for_turn, &single), 0);
        usleep(pause); /* perhaps they wait by now, perhaps they come later: both have to end */
        queue_stop(single.queue);
        for (size_t i = 0; i < COUNT(threads); i++) {
            void *turned = &single;
            pthread_join(threads[i], &turned);
            assert_null(turned);
        }
        assert_int_equal(single.record.count, 1);
        /* It would be the turn of these, but nothing is committed any more. */
        put(&single, 0, 1, false, false);
        put(&single, 0, 4, true, true);
        assert_int_equal(single.record.count, 1);
        assert_false(queue_wait_turn(single.queue, (struct ticket){0, 1}));
        queue_stop(single.queue);
        single_free(&single);
        assert_int_equal(single.record.discarded, 4);
    }
}

/* A commit that stops the queue, as one does whose output is closed. */
struct stopper {
    struct queue *queue;
    size_t committed, discarded;
};

static void commit_and_stop(void *context, struct queue_entry *entry)
{
    struct stopper *stopper = context;
    stopper->committed++;
    if (entry->ticket.chunk == 1)
        queue_stop(stopper->queue);
    free(entry);
}

static void count_discarded(void *context, struct queue_entry *entry)
{
    struct stopper *stopper = context;
    stopper->discarded++;
    free(entry);
}

static void test_stop_within_commit(void **state)
{
    (void)state;
    struct monitor monitor;
    monitor_init(&monitor);
    struct stopper stopper = {NULL, 0, 0};
    stopper.queue = queue_create(&monitor, 4, commit_and_stop, &stopper);
    for (uint64_t chunk = 6; chunk-- > 0;)
        queue_put(stopper.queue, make_entry(0, chunk, chunk == 5, true));
    assert_int_equal(stopper.committed, 2);
    queue_free(stopper.queue, count_discarded);
    assert_int_equal(stopper.discarded, 4);
    monitor_destroy(&monitor);
}

/* Those who have found no room are woken when there is some, by entries that fit and by the last of a row. */
struct taker {
    struct single *single;
    bool ahead;
    atomic_bool waits;
};

static void *wait_for_room(void *context)
{
    struct taker *taker = context;
    struct single *single = taker->single;
    pthread_mutex_lock(&single->monitor.lock);
    while (!(taker->ahead ? queue_has_room_ahead(single->queue) : queue_has_room(single->queue))) {
        atomic_store(&taker->waits, true);
        pthread_cond_wait(&single->monitor.changed, &single->monitor.lock);
    }
    pthread_mutex_unlock(&single->monitor.lock);
    return NULL;
}

static void test_wake(void **state)
{
    (void)state;
    for (size_t most = 2; most <= 9; most++)
        for (int ahead = 0; ahead < 2; ahead++) {
            struct single single;
            single_init(&single, most);
            for (uint64_t chunk = 1; chunk <= most; chunk++)
                put(&single, 0, chunk, false, true);
            pthread_t threads[3];
            struct taker takers[3];
            for (size_t i = 0; i < COUNT(threads); i++) {
                takers[i] = (struct taker){.single = &single, .ahead = ahead};
                assert_int_equal(pthread_create(&threads[i], NULL, wait_for_room, &takers[i]), 0);
                while (!atomic_load(&takers[i].waits))
                    usleep(10);
            }
            put(&single, 0, 0, false, true);
            for (size_t i = 0; i < COUNT(threads); i++)
                pthread_join(threads[i], NULL); /* watch() ends a test that hangs */
            single_free(&single);
        }
}

/* Nothing waits further ahead than is promised. */
static void test_ahead(void **state)
{
    (void)state;
    struct single single;
    single_init(&single, 4);
    size_t count = 0;
    for (uint64_t chunk = 1; has_room(&single, false); chunk++) {
        put(&single, 0, chunk, false, false);
        count++;
    }
    assert_in_range(count, 1, queue_ahead_max(single.queue));
    single_free(&single);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),      cmocka_unit_test(test_waiting),    cmocka_unit_test(test_turns),
        cmocka_unit_test(test_heavy_room), cmocka_unit_test(test_light_room), cmocka_unit_test(test_wake),
        cmocka_unit_test(test_ahead),      cmocka_unit_test(test_stop),       cmocka_unit_test(test_stop_within_commit),
    };
    return cmocka_run_group_tests_name("queue", tests, NULL, NULL);
}
