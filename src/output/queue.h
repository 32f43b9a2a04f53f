/*
 * queue.h - puts what many threads finish in any order back in order.
 *
 * Entries have tickets: file by file, and in a file chunk by chunk, from 0 without a gap; the
 * last chunk of a file is marked.  The thread that completes the row commits it: one thread at a time, in order.
 * The queue is bounded by its users, who ask for room before they take a ticket.
 */
#ifndef MSCAN_OUTPUT_QUEUE_H
#define MSCAN_OUTPUT_QUEUE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ticket {
    uint64_t file, chunk;
};

struct queue_entry {
    struct ticket ticket;
    bool last;  /* of its file */
    bool heavy; /* it holds buffers; what waits with buffers is bounded more tightly */
};

/*
 * A lock, and the condition that is signalled when something under it changes: of the queue, when a file is done with,
 * and when there is room again for those who have found none.
 */
struct monitor {
    pthread_mutex_t lock;
    pthread_cond_t changed;
};

struct queue;

/* Called for each entry, in order, by one thread at a time and without the lock; takes the entry over. */
typedef void queue_commit(void *context, struct queue_entry *entry);

/* The monitor is its owner's, who may guard other things by it too. */
struct queue *queue_create(struct monitor *monitor, size_t heavy_max, queue_commit *commit, void *context);

/* Hands every entry that is left to `discard`. */
void queue_free(struct queue *queue, queue_commit *discard);

/* Hands an entry over; commits it, and those after it, when it is their turn.  Lock not held. */
void queue_put(struct queue *queue, struct queue_entry *entry);

/*
 * Waits until everything before the ticket is committed.  From then until its entry is put the
 * caller may write.  False when the queue was stopped.  Lock not held.
 */
bool queue_wait_turn(struct queue *queue, struct ticket ticket);

/* Nothing is committed any more, nobody waits any more.  Lock not held; any thread. */
void queue_stop(struct queue *queue);

/*
 * Whether one more ticket may be taken, and one of a file that is not the next to be committed: the second leaves room
 * for the first.  The ticket whose turn it is may be taken at any time, so that the front never waits.  Who gets false
 * may wait for the monitor's condition.  Lock held.
 */
bool queue_has_room(struct queue *queue);
bool queue_has_room_ahead(struct queue *queue);

/* How many entries may wait for one that is in work, if no more tickets are taken than there is room for. */
size_t queue_ahead_max(const struct queue *queue);

/* The ticket that is committed next.  Lock held. */
struct ticket queue_turn(const struct queue *queue);

#endif
