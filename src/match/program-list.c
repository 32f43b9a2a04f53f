#include "match/program-list.h"

#include "base/alloc.h"
#include "match/facts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* The most pattern text that is joined into one program; PCRE2 compiles up to 64 KiB of code (link size 2). */
#define JOIN_SIZE ((size_t)16 << 10)

/* A literal as a pattern: every byte that might mean something gets a backslash. */
static char *quote(const struct pattern *pattern, size_t *length)
{
    char *quoted = xmalloc(4 * pattern->length + 1);
    size_t used = 0;
    for (size_t i = 0; i < pattern->length; i++) {
        unsigned char c = (unsigned char)pattern->text[i];
        if (c == 0) {
            memcpy(quoted + used, "\\x00", 4);
            used += 4;
            continue;
        }
        if (c < 0x80 && !isalnum(c))
            quoted[used++] = '\\';
        quoted[used++] = (char)c;
    }
    *length = used;
    return quoted;
}

/* One pattern on its way to a program. */
struct piece {
    char *text;
    size_t length;
    bool joinable;
    bool line_by_line; /* programs that see one line at a time are kept apart from those that see many */
    bool bytes_only;   /* a literal that is not valid UTF-8 */
};

static bool compile_piece(struct program_list *list, const struct program_list_options *options,
                          const struct piece *piece, struct program_error *error)
{
    struct program_options program_options = options->program;
    program_options.unicode &= !piece->bytes_only;
    list->items = xreallocarray(list->items, list->count + 1, sizeof *list->items);
    if (!program_compile(&list->items[list->count], piece->text, piece->length, &options->wrapping, &program_options,
                         error))
        return false;
    list->count++;
    return true;
}

/* The pieces [first, last) as one alternation. */
static struct piece join(const struct piece *pieces, size_t first, size_t last)
{
    struct piece joined = pieces[first];
    if (last - first == 1) {
        joined.text = xmemdup0(joined.text, joined.length);
        return joined;
    }
    size_t length = 0;
    for (size_t i = first; i < last; i++)
        length += pieces[i].length + 7;
    joined.text = xmalloc(length + 1);
    char *end = joined.text;
    for (size_t i = first; i < last; i++) {
        if (i > first)
            *end++ = '|';
        /* \E closes a \Q that the pattern leaves open, and means nothing otherwise. */
        bool open = memmem(pieces[i].text, pieces[i].length, "\\Q", 2) != NULL;
        end = mempcpy(mempcpy(end, "(?:", 3), pieces[i].text, pieces[i].length);
        if (open)
            end = mempcpy(end, "\\E", 2);
        *end++ = ')';
    }
    *end = '\0';
    joined.length = (size_t)(end - joined.text);
    return joined;
}

/* Compiles a run of pieces that may be joined; halves it where PCRE2 finds it too large. */
static bool compile_run(struct program_list *list, const struct program_list_options *options,
                        const struct piece *pieces, size_t first, size_t last, struct program_error *error,
                        size_t *index)
{
    struct piece joined = join(pieces, first, last);
    bool compiled = compile_piece(list, options, &joined, error);
    free(joined.text);
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

static bool may_join(const struct piece *a, const struct piece *b)
{
    return a->joinable && b->joinable && a->line_by_line == b->line_by_line && a->bytes_only == b->bytes_only;
}

/* Whether PCRE2 takes the literal for UTF-8. */
static bool valid_utf8(const struct pattern *pattern)
{
    int code;
    size_t offset;
    pcre2_code *compiled =
        pcre2_compile((PCRE2_SPTR)pattern->text, pattern->length, PCRE2_LITERAL | PCRE2_UTF, &code, &offset, NULL);
    pcre2_code_free(compiled);
    return compiled != NULL;
}

static struct piece make_piece(const struct program_list_options *options, const struct pattern *pattern)
{
    struct piece piece = {.joinable = true};
    if (options->fixed) {
        piece.text = quote(pattern, &piece.length);
        piece.bytes_only = options->program.unicode && !valid_utf8(pattern);
        return piece;
    }
    piece.text = xmemdup0(pattern->text, pattern->length);
    piece.length = pattern->length;
    return piece;
}

/* Only what the parser understands to its end is joined, so that no mistake can hide in the neighbours. */
static void find_joinable(const struct program_list_options *options, struct piece *piece)
{
    struct facts facts;
    facts_find(&facts, piece->text, piece->length,
               &(struct fact_options){options->program.caseless, options->program.unicode});
    piece->joinable = facts.joinable;
    piece->line_by_line = facts.line_reason != NULL;
    facts_free(&facts);
}

bool program_list_compile(struct program_list *list, const struct pattern_list *patterns,
                          const struct program_list_options *options, struct program_error *error, size_t *index)
{
    struct piece *pieces = xcalloc(patterns->count, sizeof *pieces);
    for (size_t i = 0; i < patterns->count; i++) {
        pieces[i] = make_piece(options, &patterns->items[i]);
        if (!options->fixed && patterns->count > 1)
            find_joinable(options, &pieces[i]);
    }
    *list = (struct program_list){.items = NULL};
    bool compiled = true;
    for (size_t first = 0, last; compiled && first < patterns->count; first = last) {
        size_t size = pieces[first].length;
        for (last = first + 1; last < patterns->count && size < JOIN_SIZE && may_join(&pieces[first], &pieces[last]);
             last++)
            size += pieces[last].length;
        compiled = compile_run(list, options, pieces, first, last, error, index);
    }
    for (size_t i = 0; i < patterns->count; i++)
        free(pieces[i].text);
    free(pieces);
    return compiled;
}

void program_list_free(struct program_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        program_free(&list->items[i]);
    free(list->items);
    *list = (struct program_list){.items = NULL};
}
