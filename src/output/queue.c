#include "output/queue.h"

#include "base/alloc.h"

#include <stdlib.h>

/*
 * Entries without buffers are small, and many of them wait for a slow chunk before workers do: so many, and in addition
 * so many for each that is heavy.  By bench/queue, with one chunk in 1000 that takes fifty times as long, 64 and 256
 * workers did 52 and 15 % of the ideal with 1024 entries, and do 75 and 68 % with these.
 */
#define ENTRIES_MIN 1024
#define ENTRIES_EACH 16

/*
 * Threads that wait for their turn do so by ticket, so that not all of them wake up for each.  By bench/queue, where
 * 256 workers all print, waking all took 373 us of processor time and 38 waits a chunk, and 34 % of the ideal was done;
 * this takes 48 and 2.4, and does 92 %.
 */
#define TURNS 64

struct queue {
    struct monitor *monitor; /* guards all that follows */
    queue_commit *commit;
    void *context;
    struct queue_entry **entries; /* waiting; a heap, the first by ticket on top */
    size_t count, room, count_max;
    size_t heavy, heavy_max;
    struct ticket turn;
    pthread_cond_t turns[TURNS];
    bool full, full_ahead; /* somebody has found no room, and has not been woken since */
    bool stopped;
};

struct queue *queue_create(struct monitor *monitor, size_t heavy_max, queue_commit *commit, void *context)
{
    struct queue *queue = xcalloc(1, sizeof *queue);
    queue->monitor = monitor;
    queue->count_max = ENTRIES_MIN + ENTRIES_EACH * heavy_max;
    queue->heavy_max = heavy_max;
    queue->commit = commit;
    queue->context = context;
    for (size_t i = 0; i < TURNS; i++)
        pthread_cond_init(&queue->turns[i], NULL);
    return queue;
}

size_t queue_ahead_max(const struct queue *queue)
{
    return queue->count_max + 1;
}

/* --- entries in order --- */

static bool before(struct ticket a, struct ticket b)
{
    return a.file != b.file ? a.file < b.file : a.chunk < b.chunk;
}

static void push(struct queue *queue, struct queue_entry *entry)
{
    if (queue->count == queue->room) {
        queue->room = queue->room ? 2 * queue->room : 64;
        queue->entries = xreallocarray(queue->entries, queue->room, sizeof *queue->entries);
    }
    size_t at = queue->count++;
    for (size_t above; at > 0 && before(entry->ticket, queue->entries[above = (at - 1) / 2]->ticket); at = above)
        queue->entries[at] = queue->entries[above];
    queue->entries[at] = entry;
    queue->heavy += entry->heavy;
}

static struct queue_entry *pop(struct queue *queue)
{
    struct queue_entry *top = queue->entries[0], *last = queue->entries[--queue->count];
    size_t at = 0;
    for (size_t below; (below = 2 * at + 1) < queue->count; at = below) {
        if (below + 1 < queue->count && before(queue->entries[below + 1]->ticket, queue->entries[below]->ticket))
            below++;
        if (!before(queue->entries[below]->ticket, last->ticket))
            break;
        queue->entries[at] = queue->entries[below];
    }
    queue->entries[at] = last;
    queue->heavy -= top->heavy;
    return top;
}

void queue_free(struct queue *queue, queue_commit *discard)
{
    while (queue->count > 0)
        discard(queue->context, pop(queue));
    for (size_t i = 0; i < TURNS; i++)
        pthread_cond_destroy(&queue->turns[i]);
    free(queue->entries);
    free(queue);
}

/* --- room --- */

/* Whether less than so many quarters of what has room is taken. */
static bool has_quarters(const struct queue *queue, size_t quarters)
{
    return 4 * queue->heavy < quarters * queue->heavy_max && 4 * queue->count < quarters * queue->count_max;
}

bool queue_has_room(struct queue *queue)
{
    bool room = has_quarters(queue, 4);
    queue->full |= !room;
    return room;
}

bool queue_has_room_ahead(struct queue *queue)
{
    bool room = has_quarters(queue, 2);
    queue->full_ahead |= !room;
    return room;
}

/*
 * Wakes those who have found no room, when there is some for many of them and not just for one.  After the last entry
 * that could be committed they may take the one whose turn it is, room or not.
 */
static void wake(struct queue *queue, bool after_last)
{
    if (!(queue->full && (after_last || has_quarters(queue, 3))) &&
        !(queue->full_ahead && (after_last || has_quarters(queue, 1))))
        return;
    queue->full = queue->full_ahead = false;
    pthread_cond_broadcast(&queue->monitor->changed);
}

/* --- turns --- */

static bool is_turn(const struct queue *queue, struct ticket ticket)
{
    return queue->turn.file == ticket.file && queue->turn.chunk == ticket.chunk;
}

static pthread_cond_t *turn_of(struct queue *queue, struct ticket ticket)
{
    return &queue->turns[(ticket.file + ticket.chunk) % TURNS];
}

/* Commits the entry on top, whose turn it is.  Lock held, and given up meanwhile. */
static void commit_top(struct queue *queue)
{
    struct monitor *monitor = queue->monitor;
    struct queue_entry *entry = pop(queue);
    struct ticket next = {entry->ticket.file, entry->ticket.chunk + 1};
    bool file_ends = entry->last;
    if (file_ends)
        next = (struct ticket){entry->ticket.file + 1, 0};
    pthread_mutex_unlock(&monitor->lock);
    queue->commit(queue->context, entry);
    pthread_mutex_lock(&monitor->lock);
    queue->turn = next;
    pthread_cond_broadcast(turn_of(queue, next));
    if (file_ends)
        pthread_cond_broadcast(&monitor->changed);
}

void queue_put(struct queue *queue, struct queue_entry *entry)
{
    struct monitor *monitor = queue->monitor;
    pthread_mutex_lock(&monitor->lock);
    push(queue, entry);
    bool committed = false;
    /* While an entry is being committed it is its turn still, so no other thread gets in here. */
    while (queue->count > 0 && is_turn(queue, queue->entries[0]->ticket) && !queue->stopped) {
        commit_top(queue);
        wake(queue, false);
        committed = true;
    }
    if (committed)
        wake(queue, true);
    pthread_mutex_unlock(&monitor->lock);
}

bool queue_wait_turn(struct queue *queue, struct ticket ticket)
{
    pthread_mutex_lock(&queue->monitor->lock);
    while (!queue->stopped && !is_turn(queue, ticket))
        pthread_cond_wait(turn_of(queue, ticket), &queue->monitor->lock);
    bool stopped = queue->stopped;
    pthread_mutex_unlock(&queue->monitor->lock);
    return !stopped;
}

void queue_stop(struct queue *queue)
{
    pthread_mutex_lock(&queue->monitor->lock);
    queue->stopped = true;
    for (size_t i = 0; i < TURNS; i++)
        pthread_cond_broadcast(&queue->turns[i]);
    pthread_cond_broadcast(&queue->monitor->changed);
    pthread_mutex_unlock(&queue->monitor->lock);
}

struct ticket queue_turn(const struct queue *queue)
{
    return queue->turn;
}
