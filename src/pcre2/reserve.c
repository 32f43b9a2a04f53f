#include "pcre2/reserve.h"

#include "base/alloc.h"
#include "pcre2/program-list.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/*
 * The longest pattern that waits, bytes: PCRE2 compiles up to 64 KiB of code (link size 2), of which a byte of a string
 * takes two, and four in a character that has several other cases.
 */
#define WAITING_LENGTH ((size_t)4096)

struct reserve {
    pthread_mutex_t lock; /* held by who compiles, or looks whether it is done */
    bool compiled;
    struct program_list programs;
    /* What they are made of, until then. */
    struct pattern_list patterns;
    struct piece_options piece_options;
    struct program_list_options options;
};

bool reserve_can_wait(const struct pattern_list *patterns, const struct piece_options *options)
{
    for (size_t i = 0; i < patterns->count; i++) {
        const struct pattern *pattern = &patterns->items[i];
        if (pattern->length > WAITING_LENGTH)
            return false;
        if (!options->dialect->fixed &&
            (options->dialect->posix || !pattern_is_plain(pattern, options->dialect->unicode)))
            return false;
    }
    return true;
}

static struct reserve *create(const struct program_list_options *options)
{
    struct reserve *reserve = xcalloc(1, sizeof *reserve);
    pthread_mutex_init(&reserve->lock, NULL);
    reserve->options = *options;
    return reserve;
}

/* Both items and bytes in one block, which free() frees. */
static void copy_patterns(struct pattern_list *copy, const struct pattern_list *patterns)
{
    size_t size = 0;
    for (size_t i = 0; i < patterns->count; i++)
        size += patterns->items[i].length + 1;
    copy->count = patterns->count;
    copy->items = xmalloc(patterns->count * sizeof *copy->items + size);
    char *bytes = (char *)(copy->items + copy->count);
    for (size_t i = 0; i < patterns->count; i++) {
        const struct pattern *pattern = &patterns->items[i];
        copy->items[i] = (struct pattern){.text = bytes, .length = pattern->length};
        bytes = mempcpy(bytes, pattern->text, pattern->length);
        *bytes++ = '\0';
    }
}

struct reserve *reserve_later(const struct pattern_list *patterns, const struct piece_options *piece_options,
                              const struct program_list_options *options)
{
    struct reserve *reserve = create(options);
    copy_patterns(&reserve->patterns, patterns);
    reserve->piece_options = *piece_options;
    return reserve;
}

struct reserve *reserve_now(const struct piece *pieces, size_t count, const struct program_list_options *options,
                            struct program_error *error, size_t *index)
{
    struct reserve *reserve = create(options);
    reserve->compiled = true;
    if (program_list_compile(&reserve->programs, pieces, count, options, error, index))
        return reserve;
    reserve_free(reserve);
    return NULL;
}

void reserve_free(struct reserve *reserve)
{
    if (!reserve)
        return;
    program_list_free(&reserve->programs);
    free(reserve->patterns.items);
    pthread_mutex_destroy(&reserve->lock);
    free(reserve);
}

static void compile(struct reserve *reserve)
{
    const struct pattern_list *patterns = &reserve->patterns;
    struct piece *pieces = xcalloc(patterns->count, sizeof *pieces);
    struct piece_error piece_error;
    struct program_error error;
    size_t index;
    bool good = true;
    for (size_t i = 0; i < patterns->count; i++)
        good &= piece_make(&pieces[i], &patterns->items[i], &reserve->piece_options, &piece_error);
    if (reserve->piece_options.dialect->fixed)
        piece_sort_literals(pieces, patterns->count);
    good = good && program_list_compile(&reserve->programs, pieces, patterns->count, &reserve->options, &error, &index);
    for (size_t i = 0; i < patterns->count; i++)
        piece_release(&pieces[i]);
    free(pieces);
    if (!good)
        xnonnull(NULL); /* memory is exhausted: what else can it be */
    free(reserve->patterns.items);
    reserve->patterns = (struct pattern_list){.items = NULL};
}

const struct program_list *reserve_programs(struct reserve *reserve)
{
    pthread_mutex_lock(&reserve->lock);
    if (!reserve->compiled)
        compile(reserve);
    reserve->compiled = true;
    pthread_mutex_unlock(&reserve->lock);
    return &reserve->programs;
}
