/* word-list.c - see word-list.h. */
#include "literal/word-list.h"

#include <stdlib.h>

#include "base/alloc.h"

/* The hash of the window at `begin`, which ends at or before `end`. */
static uint64_t window_hash(const struct word_list *list, const char *begin, const char *end)
{
    return word_list_hash(list, begin, bytes_load_before(begin, end) | word_list_fold(list));
}

/* The slot of the hash, or the free one where it belongs. */
static struct list_slot *slot_of(const struct word_list *list, uint64_t hash)
{
    size_t last = SIZE_MAX >> list->slot_shift;
    size_t i = (size_t)(hash >> list->slot_shift);
    while (list->slots[i].count && list->slots[i].hash != hash)
        i = (i + 1) & last;
    return &list->slots[i];
}

/* By bytes, then by length, then by index: of equal words the first one counts. */
static int compare_words(const void *a, const void *b)
{
    const struct list_word *x = a, *y = b;
    int order = memcmp(x->bytes, y->bytes, x->length < y->length ? x->length : y->length);
    if (order)
        return order;
    if (x->length != y->length)
        return x->length < y->length ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

static bool is_prefix(const struct list_word *prefix, const struct list_word *word)
{
    return prefix->length <= word->length && !memcmp(prefix->bytes, word->bytes, prefix->length);
}

/* Sorts the words of a class, drops the second of equal ones, and links each to its longest prefix. */
static void order_class(struct word_list *list, struct list_slot *slot)
{
    struct list_word *words = list->words;
    qsort(&words[slot->first], slot->count, sizeof *words, compare_words);
    size_t end = slot->first;
    for (size_t i = slot->first; i < (size_t)slot->first + slot->count; i++) {
        size_t prefix = end > slot->first ? end - 1 : NO_WORD;
        while (prefix != NO_WORD && !is_prefix(&words[prefix], &words[i]))
            prefix = words[prefix].prefix;
        if (prefix != NO_WORD && words[prefix].length == words[i].length)
            continue;
        words[end] = words[i];
        words[end++].prefix = prefix;
    }
    slot->count = (uint32_t)(end - slot->first);
}

/* What the words of a class begin with: of sorted ones, what the first and the last have in common. */
static void find_start(const struct word_list *list, struct list_slot *slot)
{
    const struct list_word *first = &list->words[slot->first], *last = first + slot->count - 1;
    size_t length = 0;
    while (length < 8 && length < first->length && first->bytes[length] == last->bytes[length])
        length++;
    uint64_t start = bytes_load_before(first->bytes, first->bytes + length) | word_list_fold(list);
    slot->mask = length ? bytes_mask(length) : 0;
    slot->bytes = start & slot->mask;
}

/* Copies the words, in the order given. */
static struct list_word *copy_words(struct word_list *list, const struct word *words, const size_t *indices)
{
    size_t total = 0;
    for (size_t i = 0; i < list->count; i++)
        total += words[indices[i]].length;
    struct list_word *copies = xcalloc(list->count, sizeof *copies);
    char *bytes = list->bytes = xmalloc(total);
    for (size_t i = 0; i < list->count; i++) {
        const struct word *word = &words[indices[i]];
        copies[i] = (struct list_word){bytes, word->length, indices[i], NO_WORD};
        for (size_t j = 0; j < word->length; j++)
            *bytes++ = (char)byte_fold(word->bytes[j], list->caseless);
    }
    return copies;
}

/* Makes the slots and counts the words of each; the slot of each word is left in slot_indices. */
static void fill_slots(struct word_list *list, const struct list_word *words, size_t *slot_indices)
{
    unsigned bits = 1;
    while (((size_t)1 << bits) < 2 * list->count)
        bits++;
    list->slot_shift = 64 - bits;
    list->slots = xcalloc((size_t)1 << bits, sizeof *list->slots);
    /* Sixteen bits a word: one place in sixteen that is no word's gets past them. */
    bits = bits + 3 < 10 ? 10 : bits + 3;
    list->window_shift = 64 - bits;
    list->windows = xcalloc((size_t)1 << (bits - 6), sizeof *list->windows);
    for (size_t i = 0; i < list->count; i++) {
        uint64_t hash = window_hash(list, words[i].bytes, words[i].bytes + words[i].length);
        struct list_slot *slot = slot_of(list, hash);
        slot->hash = hash;
        slot->count++;
        slot_indices[i] = (size_t)(slot - list->slots);
        uint64_t place = hash >> list->window_shift;
        list->windows[place / 64] |= UINT64_C(1) << place % 64;
    }
}

void word_list_build(struct word_list *list, const struct word *words, const size_t *indices, size_t count,
                     bool caseless)
{
    *list = (struct word_list){.count = count, .caseless = caseless, .shortest = SIZE_MAX};
    for (size_t i = 0; i < count; i++)
        if (words[indices[i]].length < list->shortest)
            list->shortest = words[indices[i]].length;
    list->window = list->shortest < WORD_WINDOW ? list->shortest : WORD_WINDOW;

    struct list_word *copies = copy_words(list, words, indices);
    size_t *slot_indices = xcalloc(count, sizeof *slot_indices);
    fill_slots(list, copies, slot_indices);

    /* Each class gets its part of the list when its first word comes. */
    list->words = xcalloc(count, sizeof *list->words);
    size_t *filled = xcalloc((size_t)1 << (64 - list->slot_shift), sizeof *filled);
    uint32_t next = 0;
    for (size_t i = 0; i < count; i++) {
        struct list_slot *slot = &list->slots[slot_indices[i]];
        size_t *done = &filled[slot_indices[i]];
        if (!*done) {
            slot->first = next;
            next += slot->count;
        }
        list->words[slot->first + (*done)++] = copies[i];
    }
    for (size_t i = 0; i < (size_t)1 << (64 - list->slot_shift); i++) {
        if (list->slots[i].count > 1)
            order_class(list, &list->slots[i]);
        if (list->slots[i].count)
            find_start(list, &list->slots[i]);
    }
    free(filled);
    free(slot_indices);
    free(copies);
}

void word_list_free(struct word_list *list)
{
    free(list->words);
    free(list->bytes);
    free(list->slots);
    free(list->windows);
}

/* The number of bytes that the word and the text have in common from their beginnings. */
static size_t common_length(const struct word_list *list, const struct list_word *word, const char *begin, size_t room)
{
    size_t most = word->length < room ? word->length : room;
    size_t i = 0;
    if (!list->caseless)
        while (i + 8 <= most && bytes_load(word->bytes + i) == bytes_load(begin + i))
            i += 8;
    while (i < most && (unsigned char)word->bytes[i] == byte_fold(begin[i], list->caseless))
        i++;
    return i;
}

/* Whether the word, of which the text has the first `common` bytes, is above the text. */
static bool is_above(const struct word_list *list, const struct list_word *word, const char *begin, size_t room,
                     size_t common)
{
    if (common == word->length)
        return false;
    return common == room || (unsigned char)word->bytes[common] > byte_fold(begin[common], list->caseless);
}

bool word_list_at(const struct word_list *list, const char *begin, const char *end, word_fits *fits, void *context,
                  size_t *index, const char **found_end)
{
    const struct list_slot *slot = slot_of(list, window_hash(list, begin, end));
    size_t room = (size_t)(end - begin);
    size_t low = slot->first, high = low + slot->count; /* all before `low` are not above, all from `high` are */
    size_t common = 0;                                  /* of the word before `low` */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        size_t length = common_length(list, &list->words[middle], begin, room);
        if (is_above(list, &list->words[middle], begin, room, length)) {
            high = middle;
        } else {
            low = middle + 1;
            common = length;
        }
    }
    if (low == slot->first)
        return false;
    bool found = false;
    for (size_t i = low - 1; i != NO_WORD; i = list->words[i].prefix) {
        const struct list_word *word = &list->words[i];
        if (word->length > common || (found && word->index > *index))
            continue;
        if (fits && !fits(context, begin, begin + word->length))
            continue;
        found = true;
        *index = word->index;
        *found_end = begin + word->length;
    }
    return found;
}
