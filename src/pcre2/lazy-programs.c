#include "pcre2/lazy-programs.h"

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

struct lazy_programs {
    pthread_mutex_t lock; /* held by the thread that compiles, and while a thread looks whether that is done */
    bool compiled;
    struct program_list programs;
    /* What they are made of, until they are compiled. */
    struct pattern_list patterns;
    struct source_pattern_options source_options;
    struct program_list_options options;
};

bool lazy_programs_can_wait(const struct pattern_list *patterns, const struct source_pattern_options *options)
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

static struct lazy_programs *create(const struct program_list_options *options)
{
    struct lazy_programs *lazy = xcalloc(1, sizeof *lazy);
    pthread_mutex_init(&lazy->lock, NULL);
    lazy->options = *options;
    return lazy;
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

struct lazy_programs *lazy_programs_create(const struct pattern_list *patterns,
                                           const struct source_pattern_options *source_options,
                                           const struct program_list_options *options)
{
    struct lazy_programs *lazy = create(options);
    copy_patterns(&lazy->patterns, patterns);
    lazy->source_options = *source_options;
    return lazy;
}

struct lazy_programs *lazy_programs_create_now(const struct source_pattern *sources, size_t count,
                                               const struct program_list_options *options, struct mistake *mistake)
{
    struct lazy_programs *lazy = create(options);
    lazy->compiled = true;
    if (program_list_compile(&lazy->programs, sources, count, options, mistake))
        return lazy;
    lazy_programs_free(lazy);
    return NULL;
}

void lazy_programs_free(struct lazy_programs *lazy)
{
    if (!lazy)
        return;
    program_list_free(&lazy->programs);
    free(lazy->patterns.items);
    pthread_mutex_destroy(&lazy->lock);
    free(lazy);
}

static void compile(struct lazy_programs *lazy)
{
    const struct pattern_list *patterns = &lazy->patterns;
    struct source_pattern *sources = xcalloc(patterns->count, sizeof *sources);
    struct mistake mistake;
    bool good = true;
    for (size_t i = 0; i < patterns->count; i++)
        good &= source_pattern_make(&sources[i], &patterns->items[i], &lazy->source_options, &mistake);
    if (lazy->source_options.dialect->fixed)
        source_pattern_sort_literals(sources, patterns->count);
    good = good && program_list_compile(&lazy->programs, sources, patterns->count, &lazy->options, &mistake);
    for (size_t i = 0; i < patterns->count; i++)
        source_pattern_release(&sources[i]);
    free(sources);
    if (!good)
        xnonnull(NULL); /* the patterns cannot be wrong, so memory is exhausted */
    free(lazy->patterns.items);
    lazy->patterns = (struct pattern_list){.items = NULL};
}

const struct program_list *lazy_programs_get(struct lazy_programs *lazy)
{
    pthread_mutex_lock(&lazy->lock);
    if (!lazy->compiled)
        compile(lazy);
    lazy->compiled = true;
    pthread_mutex_unlock(&lazy->lock);
    return &lazy->programs;
}

size_t lazy_programs_count(struct lazy_programs *lazy)
{
    return lazy_programs_get(lazy)->count;
}

unsigned lazy_programs_groups(struct lazy_programs *lazy)
{
    return program_list_groups(lazy_programs_get(lazy));
}

bool lazy_programs_have_name(struct lazy_programs *lazy, const char *name)
{
    return program_list_has_name(lazy_programs_get(lazy), name);
}

void lazy_programs_explain(struct lazy_programs *lazy, FILE *out)
{
    const struct program_list *programs = lazy_programs_get(lazy);
    for (size_t i = 0; i < programs->count; i++)
        program_explain(&programs->items[i], out);
}
