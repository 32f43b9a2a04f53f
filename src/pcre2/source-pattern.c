#include "pcre2/source-pattern.h"

#include "base/alloc.h"
#include "base/text.h"
#include "base/utf8.h"
#include "pcre2/pattern-facts.h"
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
static bool translate(struct source_pattern *source, const struct pattern *pattern,
                      const struct source_pattern_options *options, struct mistake *mistake)
{
    struct dialect dialect = *options->dialect;
    struct posix_translation translation;
    posix_translate(&translation, pattern->text, pattern->length, &dialect, options->groups, options->warn, NULL);
    if (!translation.text) {
        *mistake = translation.mistake;
        return false;
    }
    source->text = translation.text;
    source->length = translation.length;
    source->back_references = translation.back_references;
    if (options->dialect->unicode && is_ascii(pattern)) {
        dialect.unicode = false;
        posix_translate(&translation, pattern->text, pattern->length, &dialect, options->groups, NULL, NULL);
        source->narrow = translation.text;
        source->narrow_length = translation.length;
    }
    return true;
}

static bool make_text(struct source_pattern *source, const struct pattern *pattern,
                      const struct source_pattern_options *options, struct mistake *mistake)
{
    if (options->dialect->posix)
        return translate(source, pattern, options, mistake);
    if (options->dialect->fixed) {
        source->text = quote(pattern, &source->length);
        source->bytes_only = !options->dialect->unicode || !utf8_is_valid(pattern->text, pattern->length);
        if (options->dialect->unicode && is_ascii(pattern))
            source->narrow = quote(pattern, &source->narrow_length);
        return true;
    }
    source->text = xmemdup0(pattern->text, pattern->length);
    source->length = pattern->length;
    char *cased = rewrite_cased(source->text, source->length, options->dialect, &source->length);
    if (cased) {
        source->written = source->text;
        source->written_length = pattern->length;
        source->text = cased;
    }
    return true;
}

bool source_pattern_make(struct source_pattern *source, const struct pattern *pattern,
                         const struct source_pattern_options *options, struct mistake *mistake)
{
    *source = (struct source_pattern){.joinable = !options->groups};
    if (!make_text(source, pattern, options, mistake))
        return false;
    if (options->dialect->fixed)
        return true;
    source->syntax = syntax_parse(source->text, source->length, options->dialect);
    source->facts = xcalloc(1, sizeof *source->facts);
    pattern_facts_of_tree(source->facts, source->text, source->length, source->syntax, options->dialect);
    /* Only patterns that the parser understands to their end are joined, lest a mistake in one changes its neighbours.
     */
    if (!options->alone) {
        source->joinable &= source->facts->joinable;
        source->apart = !source->facts->understood;
        source->line_by_line = source->facts->line_reason != NULL;
    }
    return true;
}

void source_pattern_release(struct source_pattern *source)
{
    free(source->text);
    free(source->narrow);
    free(source->written);
    syntax_free(source->syntax);
    if (source->facts)
        pattern_facts_free(source->facts);
    free(source->facts);
    *source = (struct source_pattern){.text = NULL};
}

/* The number of characters in a literal. */
static size_t count_characters(const struct source_pattern *source)
{
    size_t count = 0;
    for (size_t i = 0; i < source->length; i++)
        count += ((unsigned char)source->text[i] & 0xc0) != 0x80 || source->bytes_only;
    return count;
}

/* Orders literals so that the first that matches is the longest. */
static int compare_lengths(const void *a, const void *b)
{
    size_t p = count_characters(a), q = count_characters(b);
    return (p < q) - (p > q);
}

void source_pattern_sort_literals(struct source_pattern *sources, size_t count)
{
    qsort(sources, count, sizeof *sources, compare_lengths);
}

bool source_pattern_may_join(const struct source_pattern *a, const struct source_pattern *b)
{
    return a->joinable && b->joinable && a->apart == b->apart && a->line_by_line == b->line_by_line &&
           a->bytes_only == b->bytes_only;
}

enum source_text {
    SOURCE_TEXT,
    SOURCE_NARROW,
    SOURCE_LINES, /* that of the facts, for many lines */
};

/* NULL when there is none. */
static const char *text_of(const struct source_pattern *source, enum source_text which, size_t *length)
{
    if (which == SOURCE_LINES) {
        *length = source->facts->length;
        return source->facts->text;
    }
    *length = which == SOURCE_NARROW ? source->narrow_length : source->length;
    return which == SOURCE_NARROW ? source->narrow : source->text;
}

/* The texts of the sources [first, last) as one alternation; NULL when one is missing. */
static char *join_texts(const struct source_pattern *sources, size_t first, size_t last, enum source_text which,
                        size_t *length)
{
    struct text joined = {NULL, 0, 0};
    for (size_t i = first; i < last; i++) {
        size_t text_length;
        const char *text = text_of(&sources[i], which, &text_length);
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

static struct pattern_facts *join_facts(const struct source_pattern *sources, size_t first, size_t last,
                                        const struct source_pattern *joined)
{
    if (!sources[first].facts)
        return NULL;
    struct pattern_facts *facts = xcalloc(1, sizeof *facts);
    struct pattern_facts_branch *branches = xcalloc(last - first, sizeof *branches);
    for (size_t i = first; i < last; i++)
        branches[i - first] = (struct pattern_facts_branch){sources[i].facts, sources[i].syntax};
    size_t length = 0;
    char *text = join_texts(sources, first, last, SOURCE_LINES, &length);
    pattern_facts_join(facts, branches, last - first, joined->text, joined->length, text, length);
    free(branches);
    return facts;
}

struct source_pattern source_pattern_join(const struct source_pattern *sources, size_t first, size_t last)
{
    struct source_pattern joined = sources[first];
    joined.written = last - first == 1 && joined.written ? xmemdup0(joined.written, joined.written_length) : NULL;
    joined.text = join_texts(sources, first, last, SOURCE_TEXT, &joined.length);
    joined.narrow = join_texts(sources, first, last, SOURCE_NARROW, &joined.narrow_length);
    joined.syntax = NULL;
    joined.facts = join_facts(sources, first, last, &joined);
    return joined;
}
