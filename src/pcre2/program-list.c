#include "pcre2/program-list.h"

#include "base/alloc.h"
#include "pattern/posix-class.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The most pattern text that is joined into one program; PCRE2 compiles up to 64 KiB of code (link size 2). */
#define JOIN_SIZE ((size_t)16 << 10)

static const struct wrapping wrappings[] = {
    [BOUNDS_NONE] = {"", "", "", ""},
    [BOUNDS_WORD] = {"(?<!\\w)(?:", ")(?!\\w)", "(?<!\\w)(?:", ")(?!\\w)"},
    [BOUNDS_LINE] = {"^(?:", ")$", "^(?:", ")$"},
};

/* The same for a pattern that calls itself: in a call, what is around it must not look at the line. */
static const struct wrapping recursive_wrappings[] = {
    [BOUNDS_NONE] = {"", "", "", ""},
    [BOUNDS_WORD] = {"(?(R)|(?<!\\w))(?:", ")(?(R)|(?!\\w))", "", ""},
    [BOUNDS_LINE] = {"(?(R)|^)(?:", ")(?(R)|$)", "", ""},
};

static bool has_one_of(const struct source_pattern *source, const char *const *strings, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (memmem(source->text, source->length, strings[i], strlen(strings[i])))
            return true;
    return false;
}

/*
 * Whether the pattern may call itself as a whole.  Where it only looks so, in a comment or a class, either wrapping is
 * right.  A group with the name R would take over the condition (?(R).
 */
static bool may_recurse(const struct source_pattern *source)
{
    static const char *const calls[] = {"(?R", "(?0", "\\g<0", "\\g'0"};
    static const char *const names[] = {"<R>", "'R'"};
    return has_one_of(source, calls, sizeof calls / sizeof *calls) &&
           !has_one_of(source, names, sizeof names / sizeof *names);
}

/* For patterns whose words are those of the C library. */
static struct wrapping posix_word_wrapping(char *memory, size_t size, bool unicode)
{
    struct wrapping wrapping = wrappings[BOUNDS_WORD];
    const char *members = posix_word_members(unicode);
    size_t used = (size_t)snprintf(memory, size, "(?<![%s])(?:", members) + 1;
    snprintf(memory + used, size - used, ")(?![%s])", members);
    wrapping.prefix = memory;
    wrapping.suffix = memory + used;
    return wrapping;
}

static struct wrapping wrapping_of(const struct program_list_options *options, const struct source_pattern *source,
                                   bool unicode, char *memory, size_t size)
{
    const struct dialect *dialect = options->program.dialect;
    bool perl = dialect_is_perl(dialect);
    if (dialect->boundary == BOUNDS_WORD && !perl)
        return posix_word_wrapping(memory, size, unicode);
    return (perl && may_recurse(source) ? recursive_wrappings : wrappings)[dialect->boundary];
}

/* `order` is the index of the source, or of the first of those that were joined. */
static bool compile_source(struct program_list *list, const struct program_list_options *options,
                           const struct source_pattern *source, size_t order, struct mistake *mistake)
{
    struct program_options program_options = options->program;
    struct dialect dialect = *options->program.dialect;
    dialect.fixed = false; /* it has been quoted */
    dialect.unicode &= !source->bytes_only;
    program_options.dialect = &dialect;
    char memory[256];
    const struct wrapping wrapping = wrapping_of(options, source, dialect.unicode, memory, sizeof memory);
    list->items = xreallocarray(list->items, list->count + 1, sizeof *list->items);
    if (!program_compile(&list->items[list->count], source, &wrapping, &program_options, mistake))
        return false;
    list->items[list->count++].order = order;
    return true;
}

/* Compiles a run of sources that may be joined; halves it where PCRE2 finds it too large. */
static bool compile_run(struct program_list *list, const struct program_list_options *options,
                        const struct source_pattern *sources, size_t first, size_t last, struct mistake *mistake)
{
    struct source_pattern joined = source_pattern_join(sources, first, last);
    bool compiled = compile_source(list, options, &joined, first, mistake);
    source_pattern_release(&joined);
    if (compiled)
        return true;
    if (last - first > 1) {
        size_t middle = first + (last - first) / 2;
        return compile_run(list, options, sources, first, middle, mistake) &&
               compile_run(list, options, sources, middle, last, mistake);
    }
    mistake->pattern = first;
    return false;
}

bool program_list_compile(struct program_list *list, const struct source_pattern *sources, size_t count,
                          const struct program_list_options *options, struct mistake *mistake)
{
    *list = (struct program_list){.items = NULL};
    bool compiled = true;
    for (size_t first = 0, last; compiled && first < count; first = last) {
        size_t size = sources[first].length;
        last = first + 1;
        if (sources[first].apart != options->apart)
            continue;
        while (last < count && size < JOIN_SIZE && source_pattern_may_join(&sources[first], &sources[last]))
            size += sources[last++].length;
        compiled = compile_run(list, options, sources, first, last, mistake);
    }
    return compiled;
}

static const pcre2_code *code_of(const struct program *program)
{
    return program->narrow.code ? program->narrow.code : program->wide.code;
}

uint32_t program_list_groups(const struct program_list *list)
{
    uint32_t most = 0, count = 0;
    for (size_t i = 0; i < list->count; i++) {
        pcre2_pattern_info(code_of(&list->items[i]), PCRE2_INFO_CAPTURECOUNT, &count);
        most = count > most ? count : most;
    }
    return most;
}

bool program_list_has_name(const struct program_list *list, const char *name)
{
    PCRE2_SPTR first, last;
    for (size_t i = 0; i < list->count; i++)
        if (pcre2_substring_nametable_scan(code_of(&list->items[i]), (PCRE2_SPTR)name, &first, &last) > 0)
            return true;
    return false;
}

void program_list_free(struct program_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        program_free(&list->items[i]);
    free(list->items);
    *list = (struct program_list){.items = NULL};
}
