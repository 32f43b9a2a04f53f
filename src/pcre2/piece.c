#include "pcre2/piece.h"

#include "base/alloc.h"
#include "base/text.h"
#include "base/utf8.h"
#include "pcre2/facts.h"
#include "syntax/rewrite.h"
#include "syntax/syntax.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

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

static bool is_ascii(const struct pattern *pattern)
{
    for (size_t i = 0; i < pattern->length; i++)
        if ((unsigned char)pattern->text[i] >= 0x80)
            return false;
    return true;
}

/* A POSIX pattern, in PCRE2's words. */
static bool translate(struct piece *piece, const struct pattern *pattern, const struct piece_options *options,
                      struct piece_error *error)
{
    struct dialect dialect = *options->dialect;
    struct posix_translation translation;
    posix_translate(&translation, pattern->text, pattern->length, &dialect, options->groups, options->warn, NULL);
    if (!translation.text) {
        *error = (struct piece_error){translation.error, translation.offset};
        return false;
    }
    piece->text = translation.text;
    piece->length = translation.length;
    piece->back_references = translation.back_references;
    if (options->dialect->unicode && is_ascii(pattern)) {
        dialect.unicode = false;
        posix_translate(&translation, pattern->text, pattern->length, &dialect, options->groups, NULL, NULL);
        piece->narrow = translation.text;
        piece->narrow_length = translation.length;
    }
    return true;
}

static bool make_text(struct piece *piece, const struct pattern *pattern, const struct piece_options *options,
                      struct piece_error *error)
{
    if (options->dialect->posix)
        return translate(piece, pattern, options, error);
    if (options->dialect->fixed) {
        piece->text = quote(pattern, &piece->length);
        piece->bytes_only = !options->dialect->unicode || !utf8_is_valid(pattern->text, pattern->length);
        if (options->dialect->unicode && is_ascii(pattern))
            piece->narrow = quote(pattern, &piece->narrow_length);
        return true;
    }
    piece->text = xmemdup0(pattern->text, pattern->length);
    piece->length = pattern->length;
    char *cased = rewrite_cased(piece->text, piece->length, options->dialect, &piece->length);
    if (cased) {
        piece->written = piece->text;
        piece->written_length = pattern->length;
        piece->text = cased;
    }
    return true;
}

bool piece_make(struct piece *piece, const struct pattern *pattern, const struct piece_options *options,
                struct piece_error *error)
{
    *piece = (struct piece){.joinable = !options->groups};
    if (!make_text(piece, pattern, options, error))
        return false;
    if (options->dialect->fixed)
        return true;
    piece->syntax = syntax_parse(piece->text, piece->length, options->dialect);
    piece->facts = xcalloc(1, sizeof *piece->facts);
    facts_of_tree(piece->facts, piece->text, piece->length, piece->syntax, options->dialect);
    /* Only what the parser understands to its end is joined, so that no mistake can hide in the neighbours. */
    if (!options->alone) {
        piece->joinable &= piece->facts->joinable;
        piece->apart = !piece->facts->understood;
        piece->line_by_line = piece->facts->line_reason != NULL;
    }
    return true;
}

void piece_release(struct piece *piece)
{
    free(piece->text);
    free(piece->narrow);
    free(piece->written);
    syntax_free(piece->syntax);
    if (piece->facts)
        facts_free(piece->facts);
    free(piece->facts);
    *piece = (struct piece){.text = NULL};
}

/* The number of characters in a literal. */
static size_t count_characters(const struct piece *piece)
{
    size_t count = 0;
    for (size_t i = 0; i < piece->length; i++)
        count += ((unsigned char)piece->text[i] & 0xc0) != 0x80 || piece->bytes_only;
    return count;
}

/* Orders literals so that the first that matches is the longest. */
static int compare_lengths(const void *a, const void *b)
{
    size_t p = count_characters(a), q = count_characters(b);
    return (p < q) - (p > q);
}

void piece_sort_literals(struct piece *pieces, size_t count)
{
    qsort(pieces, count, sizeof *pieces, compare_lengths);
}

bool piece_may_join(const struct piece *a, const struct piece *b)
{
    return a->joinable && b->joinable && a->apart == b->apart && a->line_by_line == b->line_by_line &&
           a->bytes_only == b->bytes_only;
}

enum piece_text {
    PIECE_TEXT,
    PIECE_NARROW,
    PIECE_LINES, /* that of the facts, for many lines */
};

/* NULL when there is none. */
static const char *text_of(const struct piece *piece, enum piece_text which, size_t *length)
{
    if (which == PIECE_LINES) {
        *length = piece->facts->length;
        return piece->facts->text;
    }
    *length = which == PIECE_NARROW ? piece->narrow_length : piece->length;
    return which == PIECE_NARROW ? piece->narrow : piece->text;
}

/* The texts of the pieces [first, last) as one alternation; NULL when one is missing. */
static char *join_texts(const struct piece *pieces, size_t first, size_t last, enum piece_text which, size_t *length)
{
    struct text joined = {NULL, 0, 0};
    for (size_t i = first; i < last; i++) {
        size_t text_length;
        const char *text = text_of(&pieces[i], which, &text_length);
        if (!text) {
            free(joined.bytes);
            return NULL;
        }
        if (last - first == 1) {
            text_append(&joined, text, text_length);
            break;
        }
        text_add(&joined, i > first ? "|(?:" : "(?:");
        text_append(&joined, text, text_length);
        /* \E closes a \Q that the pattern leaves open, and means nothing otherwise. */
        if (memmem(text, text_length, "\\Q", 2))
            text_add(&joined, "\\E");
        text_add(&joined, ")");
    }
    *length = joined.length;
    return joined.bytes;
}

static struct facts *join_facts(const struct piece *pieces, size_t first, size_t last, const struct piece *joined)
{
    if (!pieces[first].facts)
        return NULL;
    struct facts *facts = xcalloc(1, sizeof *facts);
    struct facts_branch *branches = xcalloc(last - first, sizeof *branches);
    for (size_t i = first; i < last; i++)
        branches[i - first] = (struct facts_branch){pieces[i].facts, pieces[i].syntax};
    size_t length = 0;
    char *text = join_texts(pieces, first, last, PIECE_LINES, &length);
    facts_join(facts, branches, last - first, joined->text, joined->length, text, length);
    free(branches);
    return facts;
}

struct piece piece_join(const struct piece *pieces, size_t first, size_t last)
{
    struct piece joined = pieces[first];
    joined.written = last - first == 1 && joined.written ? xmemdup0(joined.written, joined.written_length) : NULL;
    joined.text = join_texts(pieces, first, last, PIECE_TEXT, &joined.length);
    joined.narrow = join_texts(pieces, first, last, PIECE_NARROW, &joined.narrow_length);
    joined.syntax = NULL;
    joined.facts = join_facts(pieces, first, last, &joined);
    return joined;
}
