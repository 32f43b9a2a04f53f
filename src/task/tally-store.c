#include "task/tally-store.h"

#include "base/alloc.h"
#include "base/budget.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* So many parts, by the upper bits of the hash. */
#define PART_BITS 6
#define PARTS (1 << PART_BITS)

struct part {
    pthread_mutex_t lock;
    struct tally_table table;
    uint64_t charged; /* bytes taken from the budget */
    FILE *file;       /* of entries that had no room; or NULL */
    uint64_t spilled; /* bytes that their tables took */
    int error;        /* errno of the file */
};

/* A table that waits to be merged. */
struct submitted {
    struct submitted *next;
    struct tally_table table;
    uint64_t first;
};

struct tally_store {
    const char *directory;
    pthread_mutex_t lock; /* guards the list */
    struct submitted *list;
    struct part parts[PARTS];
};

struct tally_store *tally_store_create(const char *directory)
{
    struct tally_store *store = xcalloc(1, sizeof *store);
    store->directory = directory;
    tally_hash_begin();
    pthread_mutex_init(&store->lock, NULL);
    for (size_t i = 0; i < PARTS; i++)
        pthread_mutex_init(&store->parts[i].lock, NULL);
    return store;
}

static void free_part(struct part *part)
{
    tally_table_free(&part->table);
    budget_give(part->charged);
    part->charged = 0;
    if (part->file)
        fclose(part->file);
    part->file = NULL;
}

void tally_store_free(struct tally_store *store)
{
    if (!store)
        return;
    while (store->list) {
        struct submitted *item = store->list;
        store->list = item->next;
        tally_table_free(&item->table);
        free(item);
    }
    for (size_t i = 0; i < PARTS; i++) {
        free_part(&store->parts[i]);
        pthread_mutex_destroy(&store->parts[i].lock);
    }
    pthread_mutex_destroy(&store->lock);
    free(store);
}

/* --- temporary files --- */

/* What is in the file before each value. */
struct head {
    uint64_t hash, count, first;
    uint32_t length;
};

/* A file without a name; NULL with errno. */
static FILE *open_file(const char *directory)
{
    int fd = open(directory, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0) { /* not every file system can do that */
        const size_t size = strlen(directory) + sizeof "/mscan.XXXXXX";
        char *name = xmalloc(size);
        snprintf(name, size, "%s/mscan.XXXXXX", directory);
        fd = mkostemp(name, O_CLOEXEC);
        if (fd >= 0)
            unlink(name);
        free(name);
    }
    FILE *file = fd >= 0 ? fdopen(fd, "w+") : NULL;
    if (!file && fd >= 0)
        close(fd);
    return file;
}

static bool write_entry(FILE *file, const struct tally_entry *entry)
{
    const struct head head = {
        .hash = entry->hash, .count = entry->count, .first = entry->first, .length = entry->length};
    return fwrite(&head, sizeof head, 1, file) == 1 && fwrite(entry->value, 1, entry->length, file) == entry->length;
}

/* Reads the next entry, with its value in a buffer that grows.  False at the end, or with *error. */
static bool read_entry(FILE *file, struct tally_entry *entry, char **value, size_t *room, int *error)
{
    struct head head;
    if (fread(&head, sizeof head, 1, file) != 1) {
        *error = ferror(file) ? EIO : 0;
        return false;
    }
    if (head.length > *room) {
        *room = 2 * (size_t)head.length;
        free(*value);
        *value = xmalloc(*room);
    }
    if (fread(*value, 1, head.length, file) != head.length) {
        *error = EIO;
        return false;
    }
    *entry = (struct tally_entry){
        .hash = head.hash, .count = head.count, .first = head.first, .value = *value, .length = head.length};
    return true;
}

/* Puts a part's table into its file, and begins it anew.  Lock of the part held. */
static void spill(struct part *part, const char *directory)
{
    if (part->error || part->table.count == 0)
        return;
    if (!part->file)
        part->file = open_file(directory);
    if (!part->file) {
        part->error = errno;
        return;
    }
    for (size_t i = 0; i < part->table.count && !part->error; i++)
        if (!write_entry(part->file, &part->table.entries[i]))
            part->error = errno;
    part->spilled += part->table.bytes - sizeof *part->table.slots * part->table.slot_count;
    tally_table_free(&part->table);
    budget_give(part->charged);
    part->charged = 0;
}

/* --- merging --- */

void tally_store_submit(struct tally_store *store, struct tally_table *table, uint64_t first)
{
    struct submitted *item = xmalloc(sizeof *item);
    *item = (struct submitted){.table = *table, .first = first};
    *table = (struct tally_table){NULL};
    pthread_mutex_lock(&store->lock);
    item->next = store->list;
    store->list = item;
    pthread_mutex_unlock(&store->lock);
}

static size_t part_of(uint64_t hash)
{
    return (size_t)(hash >> (64 - PART_BITS));
}

/* Adds entries of one part.  What has an error takes no more. */
static void add_to_part(const struct tally_store *store, struct part *part, const struct tally_entry *const *entries,
                        size_t count, uint64_t first)
{
    pthread_mutex_lock(&part->lock);
    for (size_t i = 0; i < count && !part->error; i++)
        tally_table_add(&part->table, (struct span){entries[i]->value, entries[i]->value + entries[i]->length},
                        entries[i]->hash, entries[i]->count, first + entries[i]->first);
    const uint64_t more = part->table.bytes - part->charged;
    part->charged += more;
    if (!budget_take(more))
        spill(part, store->directory);
    pthread_mutex_unlock(&part->lock);
}

static void merge_table(struct tally_store *store, const struct submitted *item)
{
    const struct tally_table *table = &item->table;
    const struct tally_entry **sorted = xcalloc(table->count + 1, sizeof *sorted);
    size_t ends[PARTS] = {0};
    for (size_t i = 0; i < table->count; i++)
        ends[part_of(table->entries[i].hash)]++;
    for (size_t i = 1; i < PARTS; i++)
        ends[i] += ends[i - 1];
    for (size_t i = table->count; i-- > 0;)
        sorted[--ends[part_of(table->entries[i].hash)]] = &table->entries[i];
    /* Now each is where the part begins. */
    for (size_t i = 0; i < PARTS; i++) {
        const size_t end = i + 1 < PARTS ? ends[i + 1] : table->count;
        if (ends[i] < end)
            add_to_part(store, &store->parts[i], sorted + ends[i], end - ends[i], item->first);
    }
    free(sorted);
}

void tally_store_merge(struct tally_store *store, size_t tables)
{
    for (; tables > 0; tables--) {
        pthread_mutex_lock(&store->lock);
        struct submitted *item = store->list;
        if (item)
            store->list = item->next;
        pthread_mutex_unlock(&store->lock);
        if (!item)
            return;
        merge_table(store, item);
        tally_table_free(&item->table);
        free(item);
    }
}

/* --- in order --- */

static int compare_values(const struct tally_entry *a, const struct tally_entry *b)
{
    const int order = memcmp(a->value, b->value, a->length < b->length ? a->length : b->length);
    return order ? order : (a->length > b->length) - (a->length < b->length);
}

static int by_count(const void *a, const void *b)
{
    const struct tally_entry *left = a, *right = b;
    return left->count != right->count ? (left->count < right->count ? 1 : -1) : compare_values(right, left);
}

static int by_value(const void *a, const void *b)
{
    return compare_values(a, b);
}

static int by_first(const void *a, const void *b)
{
    const struct tally_entry *left = a, *right = b;
    return (left->first > right->first) - (left->first < right->first);
}

typedef int comparison(const void *a, const void *b);

static comparison *comparison_of(enum tally_order order)
{
    return order == TALLY_BY_COUNT ? by_count : order == TALLY_BY_VALUE ? by_value : by_first;
}

/* All entries, which are in memory. */
static int print_tables(struct tally_store *store, comparison *compare, uint64_t most, tally_print *print,
                        void *context)
{
    struct tally_entry *entries = NULL;
    size_t count = 0;
    for (size_t i = 0; i < PARTS; i++) {
        struct tally_table *table = &store->parts[i].table;
        if (table->count == 0)
            continue;
        entries = xreallocarray(entries, count + table->count, sizeof *entries);
        memcpy(entries + count, table->entries, table->count * sizeof *entries);
        count += table->count;
    }
    if (count > 0)
        qsort(entries, count, sizeof *entries, compare);
    for (size_t i = 0; i < count && i < most; i++)
        if (!print(context, &entries[i]))
            break;
    free(entries);
    return 0;
}

/* A sorted run in a file, as it is read. */
struct run {
    FILE *file;
    struct tally_entry entry; /* the next one */
    char *value;
    size_t room;
    bool over;
};

struct runs {
    const char *directory;
    struct run *items;
    size_t count;
    int error;
};

static void run_next(struct runs *runs, struct run *run)
{
    int error = 0;
    run->over = !read_entry(run->file, &run->entry, &run->value, &run->room, &error);
    if (error)
        runs->error = error;
}

/* Sorts a table, writes the entries that may be wanted as a run, and empties the table. */
static void add_run(struct runs *runs, struct tally_table *table, comparison *compare, uint64_t most)
{
    FILE *file = table->count > 0 && !runs->error ? open_file(runs->directory) : NULL;
    if (table->count > 0 && !file && !runs->error)
        runs->error = errno;
    if (file) {
        qsort(table->entries, table->count, sizeof *table->entries, compare);
        for (size_t i = 0; i < table->count && i < most && !runs->error; i++)
            if (!write_entry(file, &table->entries[i]))
                runs->error = errno;
        if (!runs->error && fflush(file) != 0)
            runs->error = errno;
        rewind(file);
        runs->items = xreallocarray(runs->items, runs->count + 1, sizeof *runs->items);
        struct run *run = &runs->items[runs->count++];
        *run = (struct run){.file = file};
        run_next(runs, run);
    }
    tally_table_free(table);
}

/* So much memory is taken for a part that comes from a file, however small the budget is: each pass reads all of it. */
#define PASS_MIN ((uint64_t)4 << 20)

/* Makes runs of a part: of all of it or, where that has no room, of some of its hashes at a time. */
static void make_runs(struct runs *runs, struct part *part, comparison *compare, uint64_t most)
{
    const uint64_t share = budget_size() / 2 < PASS_MIN ? PASS_MIN : budget_size() / 2;
    const uint64_t passes = part->file ? (part->spilled + part->table.bytes) / share + 1 : 1;
    for (uint64_t pass = 0; pass < passes && !runs->error; pass++) {
        struct tally_table table = {NULL};
        for (size_t i = 0; i < part->table.count; i++) {
            const struct tally_entry *entry = &part->table.entries[i];
            if ((entry->hash >> 8) % passes == pass)
                tally_table_add(&table, (struct span){entry->value, entry->value + entry->length}, entry->hash,
                                entry->count, entry->first);
        }
        struct run source = {.file = part->file};
        if (part->file)
            rewind(part->file);
        while (part->file && (run_next(runs, &source), !source.over)) {
            const struct tally_entry *entry = &source.entry;
            if ((entry->hash >> 8) % passes == pass)
                tally_table_add(&table, (struct span){entry->value, entry->value + entry->length}, entry->hash,
                                entry->count, entry->first);
        }
        free(source.value);
        add_run(runs, &table, compare, most);
    }
}

/* Moves the run at a place of a heap, whose least is on top, down to where it belongs. */
static void sift_down(struct run **heap, size_t count, size_t at, comparison *compare)
{
    struct run *moved = heap[at];
    for (size_t below; (below = 2 * at + 1) < count; at = below) {
        if (below + 1 < count && compare(&heap[below + 1]->entry, &heap[below]->entry) < 0)
            below++;
        if (compare(&heap[below]->entry, &moved->entry) >= 0)
            break;
        heap[at] = heap[below];
    }
    heap[at] = moved;
}

static void merge_runs(struct runs *runs, comparison *compare, uint64_t most, tally_print *print, void *context)
{
    struct run **heap = xcalloc(runs->count + 1, sizeof *heap);
    size_t count = 0;
    for (size_t i = 0; i < runs->count; i++)
        if (!runs->items[i].over)
            heap[count++] = &runs->items[i];
    for (size_t i = count / 2; i-- > 0;)
        sift_down(heap, count, i, compare);
    for (uint64_t printed = 0; count > 0 && printed < most && !runs->error; printed++) {
        if (!print(context, &heap[0]->entry))
            break;
        run_next(runs, heap[0]);
        if (heap[0]->over)
            heap[0] = heap[--count];
        if (count > 0)
            sift_down(heap, count, 0, compare);
    }
    free(heap);
}

static int print_runs(struct tally_store *store, comparison *compare, uint64_t most, tally_print *print, void *context)
{
    struct runs runs = {.directory = store->directory};
    for (size_t i = 0; i < PARTS; i++) {
        struct part *part = &store->parts[i];
        if (part->file && fflush(part->file) != 0)
            runs.error = errno;
        make_runs(&runs, part, compare, most);
        free_part(part);
    }
    merge_runs(&runs, compare, most, print, context);
    for (size_t i = 0; i < runs.count; i++) {
        fclose(runs.items[i].file);
        free(runs.items[i].value);
    }
    free(runs.items);
    return runs.error;
}

int tally_store_finish(struct tally_store *store, enum tally_order order, uint64_t most, tally_print *print,
                       void *context)
{
    bool files = false;
    int error = 0;
    tally_store_merge(store, SIZE_MAX);
    for (size_t i = 0; i < PARTS; i++) {
        files |= store->parts[i].file != NULL;
        error = store->parts[i].error ? store->parts[i].error : error;
    }
    if (error)
        return error;
    return (files ? print_runs : print_tables)(store, comparison_of(order), most, print, context);
}
