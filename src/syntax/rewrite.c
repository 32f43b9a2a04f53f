#include "syntax/rewrite.h"

#include "base/text.h"

#include <string.h>

/* Whether the pattern is worth parsing. */
static bool may_have_places(const char *pattern, size_t length, bool caseless)
{
    if (!caseless && !memmem(pattern, length, "(?", 2))
        return false;
    return memmem(pattern, length, "\\p", 2) || memmem(pattern, length, "\\P", 2) || memmem(pattern, length, "er:]", 4);
}

char *rewrite_cased(const char *pattern, size_t length, const struct dialect *dialect, size_t *new_length)
{
    if (dialect->fixed || !may_have_places(pattern, length, dialect->caseless))
        return NULL;
    struct syntax *syntax = syntax_parse(pattern, length, dialect);
    const struct cased_list *list = &syntax->cased;
    struct text text = {NULL, 0, 0};
    size_t copied = 0;
    for (size_t i = 0; i < list->count; i++) {
        text_append(&text, pattern + copied, list->places[i].begin - copied);
        text_add(&text, cased_letters(list->places[i].negated));
        copied = list->places[i].end;
    }
    if (list->count)
        text_append(&text, pattern + copied, length - copied);
    syntax_free(syntax);
    if (text.bytes)
        *new_length = text.length;
    return text.bytes;
}
