/*
 * troubles.h - lines that PCRE2 gave up, kept until it is known whether anybody wants to hear of them.
 */
#ifndef MSCAN_MATCH_TROUBLES_H
#define MSCAN_MATCH_TROUBLES_H

#include <stddef.h>

struct trouble {
    const char *line; /* its start */
    int error;        /* PCRE2's code */
};

/* In the order of the lines, each once; all zeros is an empty list. */
struct troubles {
    struct trouble *items;
    size_t first, count, room; /* items[first..count) are in the list */
};

/* Adds a line that is not in the list; of one that is, the first error stays. */
void troubles_add(struct troubles *troubles, const char *line, int error);

/* The first at or after a place; NULL: none.  It stays where it is until the list is changed. */
const struct trouble *troubles_from(const struct troubles *troubles, const char *place);

/* Drops those before a place. */
void troubles_drop(struct troubles *troubles, const char *place);

void troubles_clear(struct troubles *troubles);
void troubles_free(struct troubles *troubles);

#endif
