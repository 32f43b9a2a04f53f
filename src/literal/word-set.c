/* word-set.c - see word-set.h. */
#include "literal/word-set.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "literal/word-list.h"
#include "literal/word-sieve.h"

/*
 * The first stretch of a search; each one after it is twice as long.  Milliseconds for 256 MiB of prose with 4 million
 * lines, AMD EPYC (family 26), `bench/words`, with a first stretch of 16, 32, 64 and 128 bytes: a word in every line,
 * near its begin, 248, 276, 401 and 625; words anywhere in most lines 362, 375, 705 and 1021; no word 66, 71, 89
 * and 68.
 */
#define FIRST_STRETCH 16

/*
 * The shortest words of the groups: one to three bytes; four to seven; others.  The last two are one group in a small
 * set, as a second look at the text costs more than is gained.  Milliseconds for 64 MiB as above, in one group and in
 * two: 100 words of 5 to 12 letters 37 and 53; 1000 words 60 and 67; 20000 words 197 and 163; 100000 words of 5 to 60
 * letters 339 and 163.
 */
static const size_t group_lengths[] = {1, 4, 8};

#define GROUPS (sizeof group_lengths / sizeof *group_lengths)
#define SMALL_SET 3000

struct group {
    struct word_list list;
    struct word_sieve sieve;
};

struct word_set {
    size_t count; /* of groups that have words */
    struct group groups[GROUPS];
};

/* The number of the group of words of that length, in a set of `count`. */
static size_t group_of(size_t length, size_t count)
{
    size_t group = count <= SMALL_SET ? 1 : GROUPS - 1;
    while (group && length < group_lengths[group])
        group--;
    return group;
}

struct word_set *word_set_create(const struct word *words, size_t count, bool caseless)
{
    struct word_set *set = xcalloc(1, sizeof *set);
    size_t *indices = xcalloc(count, sizeof *indices);
    for (size_t i = 0; i < GROUPS; i++) {
        size_t members = 0;
        for (size_t j = 0; j < count; j++)
            if (group_of(words[j].length, count) == i)
                indices[members++] = j;
        if (!members)
            continue;
        struct group *group = &set->groups[set->count++];
        word_list_build(&group->list, words, indices, members, caseless);
        word_sieve_build(&group->sieve, &group->list);
    }
    free(indices);
    return set;
}

void word_set_free(struct word_set *set)
{
    if (!set)
        return;
    for (size_t i = 0; i < set->count; i++) {
        word_sieve_free(&set->groups[i].sieve);
        word_list_free(&set->groups[i].list);
    }
    free(set);
}

/* What a search looks for, and the first place found so far. */
struct hunt {
    const char *end;
    word_fits *fits;
    void *context;
    const char *found, *found_end;
    size_t index;
};

/* Looks for a word of the group that begins at `from` or later and before `limit`, and before what was found or there.
 */
static void hunt_group(struct hunt *hunt, const struct group *group, const char *from, const char *limit)
{
    if ((size_t)(hunt->end - from) < group->list.shortest)
        return;
    const char *last = hunt->end - group->list.shortest; /* where the last word may begin */
    if (last >= limit)
        last = limit - 1;
    if (hunt->found && hunt->found < last)
        last = hunt->found;
    uint16_t places[SIEVE_STRETCH];
    size_t count = word_sieve_run(&group->sieve, from, last + 1, hunt->end, places);
    for (size_t i = 0; i < count; i++) {
        const char *place = from + places[i], *found_end;
        size_t index;
        if (!word_list_at(&group->list, place, hunt->end, hunt->fits, hunt->context, &index, &found_end))
            continue;
        if (place != hunt->found || index < hunt->index) {
            hunt->found = place;
            hunt->found_end = found_end;
            hunt->index = index;
        }
        return;
    }
}

const char *word_set_find(const struct word_set *set, const char *from, const char *end, word_fits *fits, void *context,
                          size_t *index, const char **found_end)
{
    struct hunt hunt = {.end = end, .fits = fits, .context = context};
    size_t stretch = FIRST_STRETCH;
    while (from < end && set->count) {
        const char *limit = (size_t)(end - from) > stretch ? from + stretch : end;
        for (size_t i = 0; i < set->count; i++)
            hunt_group(&hunt, &set->groups[i], from, limit);
        if (hunt.found) {
            *index = hunt.index;
            *found_end = hunt.found_end;
            return hunt.found;
        }
        from = limit;
        if (stretch < SIEVE_STRETCH)
            stretch *= 2;
    }
    return NULL;
}
