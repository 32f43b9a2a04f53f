#include "pcre2/program-list.h"

#include "base/alloc.h"
#include "pattern/posix.h"

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

/* The same where (?R) calls the pattern with what is around it, which is then not to look at the line. */
static const struct wrapping recursive_wrappings[] = {
    [BOUNDS_NONE] = {"", "", "", ""},
    [BOUNDS_WORD] = {"(?(R)|(?<!\\w))(?:", ")(?(R)|(?!\\w))", "", ""},
    [BOUNDS_LINE] = {"(?(R)|^)(?:", ")(?(R)|$)", "", ""},
};

static bool has_one_of(const struct piece *piece, const char *const *strings, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (memmem(piece->text, piece->length, strings[i], strlen(strings[i])))
            return true;
    return false;
}

/*
 * Whether the pattern may call itself as a whole.  Where it only looks so, in a comment or a class, either wrapping
 * does.  A group with the name R would take over the condition (?(R).
 */
static bool may_recurse(const struct piece *piece)
{
    static const char *const calls[] = {"(?R", "(?0", "\\g<0", "\\g'0"};
    static const char *const names[] = {"<R>", "'R'"};
    return has_one_of(piece, calls, sizeof calls / sizeof *calls) &&
           !has_one_of(piece, names, sizeof names / sizeof *names);
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

static struct wrapping wrapping_of(const struct program_list_options *options, const struct piece *piece, bool unicode,
                                   char *memory, size_t size)
{
    const struct dialect *dialect = options->program.dialect;
    bool perl = dialect_is_perl(dialect);
    if (dialect->boundary == BOUNDS_WORD && !perl)
        return posix_word_wrapping(memory, size, unicode);
    return (perl && may_recurse(piece) ? recursive_wrappings : wrappings)[dialect->boundary];
}

/* `order` is the index of the piece, or of the first of those that were joined. */
static bool compile_piece(struct program_list *list, const struct program_list_options *options,
                          const struct piece *piece, size_t order, struct program_error *error)
{
    struct program_options program_options = options->program;
    struct dialect dialect = *options->program.dialect;
    dialect.fixed = false; /* it has been quoted */
    dialect.unicode &= !piece->bytes_only;
    program_options.dialect = &dialect;
    char memory[256];
    const struct wrapping wrapping = wrapping_of(options, piece, dialect.unicode, memory, sizeof memory);
    const struct program_source source = {
        .text = piece->text,
        .length = piece->length,
        .written = piece->written,
        .written_length = piece->written_length,
        .narrow = piece->narrow,
        .narrow_length = piece->narrow_length,
        .facts = piece->facts,
        .back_references = piece->back_references,
    };
    list->items = xreallocarray(list->items, list->count + 1, sizeof *list->items);
    if (!program_compile(&list->items[list->count], &source, &wrapping, &program_options, error))
        return false;
    list->items[list->count++].order = order;
    return true;
}

/* Compiles a run of pieces that may be joined; halves it where PCRE2 finds it too large. */
static bool compile_run(struct program_list *list, const struct program_list_options *options,
                        const struct piece *pieces, size_t first, size_t last, struct program_error *error,
                        size_t *index)
{
    struct piece joined = piece_join(pieces, first, last);
    bool compiled = compile_piece(list, options, &joined, first, error);
    piece_release(&joined);
    if (compiled)
        return true;
    if (last - first > 1) {
        size_t middle = first + (last - first) / 2;
        return compile_run(list, options, pieces, first, middle, error, index) &&
               compile_run(list, options, pieces, middle, last, error, index);
    }
    *index = first;
    return false;
}

bool program_list_compile(struct program_list *list, const struct piece *pieces, size_t count,
                          const struct program_list_options *options, struct program_error *error, size_t *index)
{
    *list = (struct program_list){.items = NULL};
    bool compiled = true;
    for (size_t first = 0, last; compiled && first < count; first = last) {
        size_t size = pieces[first].length;
        last = first + 1;
        if (pieces[first].apart != options->apart)
            continue;
        while (last < count && size < JOIN_SIZE && piece_may_join(&pieces[first], &pieces[last]))
            size += pieces[last++].length;
        compiled = compile_run(list, options, pieces, first, last, error, index);
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
