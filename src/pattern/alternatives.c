#include "pattern/alternatives.h"

#include "base/alloc.h"

#include <stdlib.h>

static void add_alternatives(struct pattern_list *list, const struct pattern *pattern, const size_t *starts,
                             size_t count, size_t bar)
{
    for (size_t i = 0; i < count; i++) {
        size_t end = i + 1 < count ? starts[i + 1] - bar : pattern->length;
        struct pattern alternative = *pattern;
        alternative.length = end - starts[i];
        alternative.text = xmemdup0(pattern->text + starts[i], alternative.length);
        pattern_list_append(list, &alternative);
    }
}

bool alternatives_split(struct pattern_list *list, size_t index, const struct dialect *dialect)
{
    const struct pattern *pattern = &list->items[index];
    size_t count;
    size_t *starts = posix_alternatives(pattern->text, pattern->length, dialect, &count);
    if (!starts || count == 1) {
        free(starts);
        return false;
    }
    struct pattern_list result = {NULL, 0, 0};
    for (size_t i = 0; i < list->count; i++)
        if (i == index)
            add_alternatives(&result, pattern, starts, count, dialect->posix == POSIX_BASIC ? 2 : 1);
        else
            pattern_list_append(&result, &list->items[i]);
    free(pattern->text);
    free(starts);
    free(list->items);
    *list = result;
    return true;
}
