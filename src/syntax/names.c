#include "syntax/names.h"
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/* One use of a name. */
struct name {
    const char *text;
    size_t length;
    uint32_t capture;       /* that has the name, */
    struct node *reference; /* or, when not NULL, the backreference to it */
};

static void add(struct name_list *list, struct name name)
{
    if (list->count == list->room) {
        list->room = list->room ? 2 * list->room : 16;
        list->names = xreallocarray(list->names, list->room, sizeof *list->names);
    }
    list->names[list->count++] = name;
}

void names_add_group(struct name_list *list, const char *text, size_t length, uint32_t capture)
{
    add(list, (struct name){.text = text, .length = length, .capture = capture});
}

void names_add_reference(struct name_list *list, const char *text, size_t length, struct node *reference)
{
    add(list, (struct name){.text = text, .length = length, .reference = reference});
}

static int compare_texts(const struct name *a, const struct name *b)
{
    if (a->length != b->length)
        return a->length < b->length ? -1 : 1;
    return memcmp(a->text, b->text, a->length);
}

/* By text, the groups before the references. */
static int compare_names(const void *left, const void *right)
{
    const struct name *a = left, *b = right;
    int order = compare_texts(a, b);
    return order ? order : !!a->reference - !!b->reference;
}

void names_resolve(struct name_list *list)
{
    if (list->count > 1)
        qsort(list->names, list->count, sizeof *list->names, compare_names);
    size_t groups = 0;
    for (size_t i = 0, first = 0; i < list->count; i++) {
        struct name *name = &list->names[i];
        if (compare_texts(name, &list->names[first]) != 0) {
            first = i;
            groups = 0;
        }
        if (!name->reference)
            groups++;
        else
            name->reference->u.backref.capture = groups == 1 ? list->names[first].capture : 0;
    }
}

void names_free(struct name_list *list)
{
    free(list->names);
}
