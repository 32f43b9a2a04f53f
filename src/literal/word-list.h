/*
 * word-list.h - the words of a set in order, and which of them stand at a place of a text.
 *
 * All words of a list have at least `shortest` bytes.  They are classed by a hash of their first bytes,
 * the window, as many of them as every word has; within a class they stand in the order of their bytes.
 * The words that are prefixes of a text are then found by one search for the last word that is not
 * above the text: that word itself or words that are prefixes of it, which are linked to it.  A look
 * at a place costs the hash, for most places no more, and for no place more than
 * log2(words of the class) comparisons and the nesting of prefixes, whatever the words.
 */
#ifndef MSCAN_LITERAL_WORD_LIST_H
#define MSCAN_LITERAL_WORD_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "literal/word.h"

/* The window has at most so many bytes. */
#define WORD_WINDOW 32

/* A word of a list; `bytes` are folded where the list is caseless. */
struct list_word {
    const char *bytes;
    size_t length;
    size_t index;  /* in the set; of equal words the lowest */
    size_t prefix; /* the longest other word of the list that this one begins with, or NO_WORD */
};

#define NO_WORD SIZE_MAX

/*
 * Words `first` to `first + count - 1` have windows of that hash; count 0: a free slot.  The bytes of
 * `mask`, at most eight, are those that all of them begin with: `bytes`.
 */
struct list_slot {
    uint64_t hash;
    uint64_t bytes, mask;
    uint32_t first, count;
};

struct word_list {
    struct list_word *words; /* owned, as are their bytes */
    size_t count;
    size_t shortest;
    size_t window; /* min(shortest, WORD_WINDOW) */
    bool caseless;
    char *bytes;
    struct list_slot *slots; /* open addressing, linear probing, at most half full */
    unsigned slot_shift;     /* the first slot of a hash is hash >> slot_shift */
    uint64_t *windows;       /* a bit for each hash of a window, at hash >> window_shift */
    unsigned window_shift;
};

/*
 * Makes a list of words[indices[0]] to words[indices[count - 1]], with count from 1 to UINT32_MAX.
 * Copies them.
 */
void word_list_build(struct word_list *list, const struct word *words, const size_t *indices, size_t count,
                     bool caseless);

void word_list_free(struct word_list *list);

/*
 * Whether a word of the list for which `fits` says yes (NULL: any) stands at `begin`, wholly before
 * `end`: the lowest index of these, and the end of that word.  At least `shortest` bytes must follow `begin`.
 */
bool word_list_at(const struct word_list *list, const char *begin, const char *end, word_fits *fits, void *context,
                  size_t *index, const char **found_end);

/* What is put into each byte before bytes are compared as numbers; the result may also be equal where words differ. */
static inline uint64_t word_list_fold(const struct word_list *list)
{
    return list->caseless ? CASE_BITS : 0;
}

/*
 * The hash of the window at `begin`.  `start` are the eight bytes there, folded, with anything in
 * the place of those that the text does not have.
 */
static inline uint64_t word_list_hash(const struct word_list *list, const char *begin, uint64_t start)
{
    size_t window = list->window;
    if (window <= 8)
        return (start & bytes_mask(window)) * HASH_FACTOR;
    /* The last eight bytes may be some of those before them, so that all loads are whole. */
    uint64_t fold = word_list_fold(list), hash = start * HASH_FACTOR;
    for (size_t i = 8; i + 8 < window; i += 8)
        hash = ((hash ^ hash >> 32) + (bytes_load(begin + i) | fold)) * HASH_FACTOR;
    return ((hash ^ hash >> 32) + (bytes_load(begin + window - 8) | fold)) * HASH_FACTOR;
}

/* False: no word of the list has a window of that hash. */
static inline bool word_list_may_have(const struct word_list *list, uint64_t hash)
{
    uint64_t place = hash >> list->window_shift;
    return list->windows[place / 64] >> place % 64 & 1;
}

/*
 * False: no word of the list with a window of that hash begins with the eight bytes `start`, folded, zeros where
 * the text has ended.  Without branches, as what is asked here has passed a sieve, and is hard to predict.
 */
static inline bool word_list_may_start(const struct word_list *list, uint64_t hash, uint64_t start)
{
    const struct list_slot *slot = &list->slots[hash >> list->slot_shift];
    return (slot->count != 0) & ((slot->hash != hash) | ((start & slot->mask) == slot->bytes));
}

#endif
