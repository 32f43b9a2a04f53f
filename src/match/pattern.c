#include "match/pattern.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/* Adds each line of the text, which is from a file or, without a name, from the command line. */
static void add_lines(struct pattern_list *list, const char *name, const char *text, size_t length)
{
    for (size_t number = 1;; number++) {
        const char *newline = memchr(text, '\n', length);
        size_t line = newline ? (size_t)(newline - text) : length;
        if (list->count == list->room) {
            list->room = 2 * list->room + 4;
            list->items = xreallocarray(list->items, list->room, sizeof *list->items);
        }
        list->items[list->count++] =
            (struct pattern){.text = xmemdup0(text, line), .length = line, .file = name, .line = number};
        if (!newline)
            return;
        text = newline + 1;
        length -= line + 1;
    }
}

void pattern_list_add(struct pattern_list *list, const char *text, size_t length)
{
    add_lines(list, NULL, text, length);
}

void pattern_list_add_file(struct pattern_list *list, const char *name, const char *content, size_t length)
{
    if (length == 0)
        return;
    if (content[length - 1] == '\n')
        length--;
    add_lines(list, name, content, length);
}

/* Orders pointers to patterns by text, and equal ones by place in the list. */
static int compare(const void *a, const void *b)
{
    const struct pattern *p = *(const struct pattern *const *)a, *q = *(const struct pattern *const *)b;
    size_t shorter = p->length < q->length ? p->length : q->length;
    int order = memcmp(p->text, q->text, shorter);
    if (order == 0)
        order = (p->length > q->length) - (p->length < q->length);
    return order ? order : (p > q) - (p < q);
}

void pattern_list_unique(struct pattern_list *list)
{
    if (list->count < 2)
        return;
    struct pattern **sorted = xreallocarray(NULL, list->count, sizeof *sorted);
    for (size_t i = 0; i < list->count; i++)
        sorted[i] = &list->items[i];
    qsort(sorted, list->count, sizeof *sorted, compare);
    const struct pattern *kept = sorted[0];
    for (size_t i = 1; i < list->count; i++) {
        if (sorted[i]->length == kept->length && memcmp(sorted[i]->text, kept->text, kept->length) == 0) {
            free(sorted[i]->text);
            sorted[i]->text = NULL;
        } else {
            kept = sorted[i];
        }
    }
    free(sorted);
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].text)
            list->items[count++] = list->items[i];
    list->count = count;
}

void pattern_list_free(struct pattern_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i].text);
    free(list->items);
    *list = (struct pattern_list){NULL, 0, 0};
}
