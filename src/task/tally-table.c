#include "task/tally-table.h"

#include "base/alloc.h"
#include "base/bytes.h"

#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>

#define BLOCK_SIZE ((size_t)64 << 10)

struct tally_block {
    struct tally_block *next;
    size_t used, room;
    char bytes[];
};

void tally_table_free(struct tally_table *table)
{
    while (table->blocks) {
        struct tally_block *block = table->blocks;
        table->blocks = block->next;
        free(block);
    }
    free(table->entries);
    free(table->slots);
    *table = (struct tally_table){NULL};
}

/* A number that a user cannot know, so that no text can be made for many values to have one hash. */
static uint64_t seed = 1;

void tally_hash_begin(void)
{
    const char *random = (const char *)(uintptr_t)getauxval(AT_RANDOM); /* 16 bytes, by the kernel */
    if (random)
        seed = bytes_load(random) | 1;
}

static uint64_t mix(uint64_t hash)
{
    const unsigned __int128 product = (unsigned __int128)hash * HASH_FACTOR;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

uint64_t tally_hash(struct span value)
{
    uint64_t hash = seed ^ (uint64_t)(value.end - value.begin);
    for (const char *at = value.begin; at < value.end; at += 8)
        hash = mix(hash ^ bytes_load_before(at, value.end));
    return mix(hash ^ seed);
}

static const char *keep(struct tally_table *table, struct span value)
{
    const size_t length = (size_t)(value.end - value.begin);
    struct tally_block *block = table->blocks;
    if (!block || block->room - block->used < length) {
        /* Small tables have small blocks. */
        size_t room = block && block->room < BLOCK_SIZE ? 4 * block->room : block ? BLOCK_SIZE : 1024;
        if (room < length)
            room = length;
        block = xmalloc(sizeof *block + room);
        *block = (struct tally_block){.next = table->blocks, .room = room};
        table->blocks = block;
        table->bytes += sizeof *block + room;
    }
    char *kept = block->bytes + block->used;
    memcpy(kept, value.begin, length);
    block->used += length;
    return kept;
}

static void place(const struct tally_table *table, size_t entry)
{
    const size_t mask = table->slot_count - 1;
    size_t slot = (size_t)table->entries[entry].hash & mask;
    while (table->slots[slot])
        slot = (slot + 1) & mask;
    table->slots[slot] = (uint32_t)(entry + 1);
}

/* Makes room for one more entry.  At most half of the slots are taken. */
static void grow(struct tally_table *table)
{
    if (table->count < table->room)
        return;
    table->room = table->room ? 2 * table->room : 64;
    table->entries = xreallocarray(table->entries, table->room, sizeof *table->entries);
    free(table->slots);
    const size_t before = table->slot_count;
    table->slot_count = 2 * table->room;
    table->slots = xcalloc(table->slot_count, sizeof *table->slots);
    table->bytes += (table->slot_count - before) * (sizeof *table->slots + sizeof *table->entries / 2);
    for (size_t i = 0; i < table->count; i++)
        place(table, i);
}

void tally_table_add(struct tally_table *table, struct span value, uint64_t hash, uint64_t count, uint64_t first)
{
    const size_t length = (size_t)(value.end - value.begin), mask = table->slot_count - 1;
    for (size_t slot = (size_t)hash & mask; table->slot_count > 0 && table->slots[slot]; slot = (slot + 1) & mask) {
        struct tally_entry *entry = &table->entries[table->slots[slot] - 1];
        if (entry->hash == hash && entry->length == length && memcmp(entry->value, value.begin, length) == 0) {
            entry->count += count;
            if (first < entry->first)
                entry->first = first;
            return;
        }
    }
    grow(table);
    table->entries[table->count] = (struct tally_entry){
        .hash = hash, .count = count, .first = first, .value = keep(table, value), .length = (uint32_t)length};
    place(table, table->count++);
}
