/*
 * given-up.h - lines that PCRE2 gave up, because of a limit or an error: where they are reported, and a list of them,
 * kept until it is known whether they have to be.
 */
#ifndef MSCAN_PCRE2_GIVEN_UP_H
#define MSCAN_PCRE2_GIVEN_UP_H

#include <stddef.h>

/* Takes such lines. */
struct given_up_sink {
    void (*report)(void *context, const char *line, int error); /* the start of a line, and PCRE2's code */
    void *context;
};

/* PCRE2's message for the code, in `message` of `size` bytes. */
void given_up_reason(int error, char *message, size_t size);

struct given_up_line {
    const char *line; /* its start */
    int error;        /* PCRE2's code */
};

/* In the order of the lines, each once; all zeros is an empty list. */
struct given_up {
    struct given_up_line *items;
    size_t first, count, room; /* items[first..count) are in the list */
};

/* Adds a line that is not in the list; of one that is, the first error stays. */
void given_up_add(struct given_up *given_up, const char *line, int error);

/* The first at or after a place; NULL: none.  It stays where it is until the list is changed. */
const struct given_up_line *given_up_from(const struct given_up *given_up, const char *place);

/* Drops those before a place. */
void given_up_drop(struct given_up *given_up, const char *place);

void given_up_clear(struct given_up *given_up);
void given_up_free(struct given_up *given_up);

#endif
