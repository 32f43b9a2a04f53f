#include "task/search-result.h"

#include "base/alloc.h"
#include "pcre2/given-up.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

void search_given_up_add(struct search_given_up_list *list, uint64_t offset, int error)
{
    if (list->count == list->room) {
        list->room = 2 * list->room + 4;
        list->items = xreallocarray(list->items, list->room, sizeof *list->items);
    }
    list->items[list->count++] = (struct search_given_up){offset, error};
}

void search_given_up_free(struct search_given_up_list *list)
{
    free(list->items);
    *list = (struct search_given_up_list){NULL, 0, 0};
}

void search_given_up_report(const struct search_given_up_list *list, const char *unit, const struct chunk_text *text)
{
    char message[300], reason[256];
    for (size_t i = 0; i < list->count; i++) {
        given_up_reason(list->items[i].error, reason, sizeof reason);
        snprintf(message, sizeof message, "%s at offset %" PRIu64 ": %s", unit, list->items[i].offset, reason);
        text->ties->say(text->context, true, message);
    }
}

void search_result_clear(struct search_result *result)
{
    search_given_up_free(&result->given_up);
    *result = (struct search_result){0};
}
