/*
 * search-result.h - what came of the search of a chunk.
 */
#ifndef MSCAN_TASK_SEARCH_RESULT_H
#define MSCAN_TASK_SEARCH_RESULT_H

#include "task/chunk-text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A line that PCRE2 gave up. */
struct search_given_up {
    uint64_t offset; /* of the line, from where the search of the file begins */
    int error;       /* for given_up_reason() */
};

/* All zero is an empty list. */
struct search_given_up_list {
    struct search_given_up *items;
    size_t count, room;
};

void search_given_up_add(struct search_given_up_list *list, uint64_t offset, int error);
void search_given_up_free(struct search_given_up_list *list);

/* In the chunk's turn: reports all, each as a line or what else `unit` says. */
void search_given_up_report(const struct search_given_up_list *list, const char *unit, const struct chunk_text *text);

/* How far a file has been printed, with context. */
struct search_place {
    uint64_t printed_to; /* offset after the last line printed, from where the search of the file begins, or */
    uint64_t owed;       /* so many of the lines behind it are context of the last selected one */
};

#define SEARCH_NOTHING_PRINTED UINT64_MAX

struct file_kind;

/* What came of a chunk. */
struct search_result {
    uint64_t selected;            /* lines */
    uint64_t matches;             /* non-empty ones; only where they are asked for */
    uint64_t skipped;             /* lines that are not selected because they are to be skipped */
    uint64_t selected_end;        /* offset after the last selected line, likewise */
    const struct file_kind *kind; /* of the file, at its beginning, where it is no text as such; else NULL */
    unsigned used;                /* what found lines, a union of enum way_used */
    bool binary;                  /* a line was not printed, because it is not text */
    bool ended;                   /* nothing more of the file is printed: a selected line has a NUL byte */
    bool grouped;                 /* with context, but for --passthru: a selected line was printed, */
    uint64_t first;               /* the first of them at this offset (with QUERY_BOUNDS, the first selected), */
    struct search_place place;    /* and after the chunk the printing stood here */
    struct search_given_up_list given_up;
};

/* Frees what the result owns, and makes it that of an empty chunk. */
void search_result_clear(struct search_result *result);

#endif
