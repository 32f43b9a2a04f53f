#include "output/queue.h"

#include "base/alloc.h"

#include <stdlib.h>

/* Entries without buffers are small; this many of them wait for a slow chunk before workers do. */
#define ENTRIES_MAX 1024

struct queue {
    struct monitor *monitor; /* guards all that follows */
    queue_commit *commit;
    void *context;
    struct queue_entry *head, *tail; /* waiting, by ticket */
    size_t count, heavy, heavy_max;
    struct ticket turn;
    bool stopped;
};

struct queue *queue_create(struct monitor *monitor, size_t heavy_max, queue_commit *commit, void *context)
{
    struct queue *queue = xcalloc(1, sizeof *queue);
    queue->monitor = monitor;
    queue->heavy_max = heavy_max;
    queue->commit = commit;
    queue->context = context;
    return queue;
}

void queue_free(struct queue *queue, queue_commit *discard)
{
    while (queue->head) {
        struct queue_entry *entry = queue->head;
        queue->head = entry->next;
        discard(queue->context, entry);
    }
    free(queue);
}

static bool before(struct ticket a, struct ticket b)
{
    return a.file != b.file ? a.file < b.file : a.chunk < b.chunk;
}

static bool is_turn(const struct queue *queue, struct ticket ticket)
{
    return queue->turn.file == ticket.file && queue->turn.chunk == ticket.chunk;
}

static void insert(struct queue *queue, struct queue_entry *entry)
{
    entry->next = NULL;
    if (!queue->head) {
        queue->head = queue->tail = entry;
    } else if (before(queue->tail->ticket, entry->ticket)) {
        queue->tail = queue->tail->next = entry;
    } else {
        struct queue_entry **link = &queue->head;
        while (before((*link)->ticket, entry->ticket))
            link = &(*link)->next;
        entry->next = *link;
        *link = entry;
    }
    queue->count++;
    queue->heavy += entry->heavy;
}

void queue_put(struct queue *queue, struct queue_entry *entry)
{
    struct monitor *monitor = queue->monitor;
    pthread_mutex_lock(&monitor->lock);
    insert(queue, entry);
    /* While an entry is being committed it is its turn still, so no other thread gets in here. */
    while (queue->head && is_turn(queue, queue->head->ticket) && !queue->stopped) {
        entry = queue->head;
        queue->head = entry->next;
        queue->count--;
        queue->heavy -= entry->heavy;
        struct ticket next = entry->last ? (struct ticket){entry->ticket.file + 1, 0}
                                         : (struct ticket){entry->ticket.file, entry->ticket.chunk + 1};
        pthread_mutex_unlock(&monitor->lock);
        queue->commit(queue->context, entry);
        pthread_mutex_lock(&monitor->lock);
        queue->turn = next;
        pthread_cond_broadcast(&monitor->changed);
    }
    pthread_mutex_unlock(&monitor->lock);
}

bool queue_wait_turn(struct queue *queue, struct ticket ticket)
{
    pthread_mutex_lock(&queue->monitor->lock);
    while (!queue->stopped && !is_turn(queue, ticket))
        pthread_cond_wait(&queue->monitor->changed, &queue->monitor->lock);
    bool stopped = queue->stopped;
    pthread_mutex_unlock(&queue->monitor->lock);
    return !stopped;
}

void queue_stop(struct queue *queue)
{
    pthread_mutex_lock(&queue->monitor->lock);
    queue->stopped = true;
    pthread_cond_broadcast(&queue->monitor->changed);
    pthread_mutex_unlock(&queue->monitor->lock);
}

bool queue_has_room(const struct queue *queue)
{
    return queue->heavy < queue->heavy_max && queue->count < ENTRIES_MAX;
}

bool queue_has_room_ahead(const struct queue *queue)
{
    return queue->heavy < queue->heavy_max / 2 && queue->count < ENTRIES_MAX / 2;
}

struct ticket queue_turn(const struct queue *queue)
{
    return queue->turn;
}
