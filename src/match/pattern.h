/*
 * pattern.h - the list of patterns that -e, -f and the first operand give.
 */
#ifndef MSCAN_MATCH_PATTERN_H
#define MSCAN_MATCH_PATTERN_H

#include <stddef.h>

struct pattern {
    char *text; /* may hold NUL bytes; a NUL follows */
    size_t length;
};

struct pattern_list {
    struct pattern *items;
    size_t count, room;
};

/* Adds each line of `text` (`length` bytes) as a pattern; no line at all is one empty pattern. */
void pattern_list_add(struct pattern_list *list, const char *text, size_t length);

/*
 * Adds each line of a file's content: a newline at its end begins no further pattern, and
 * an empty file adds none.
 */
void pattern_list_add_file(struct pattern_list *list, const char *content, size_t length);

/* Removes patterns that stand earlier in the list too; the order of the rest stays. */
void pattern_list_unique(struct pattern_list *list);

/* Puts longer patterns before shorter ones. */
void pattern_list_sort(struct pattern_list *list);

void pattern_list_free(struct pattern_list *list);

#endif
