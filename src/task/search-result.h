/*
 * search-result.h - what came of the search of a chunk.
 */
#ifndef MSCAN_TASK_SEARCH_RESULT_H
#define MSCAN_TASK_SEARCH_RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A line that PCRE2 gave up. */
struct search_given_up {
    uint64_t offset; /* of the line, from where the search of the file begins */
    int error;       /* for given_up_reason() */
};

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
    struct search_given_up *given_up;
    size_t given_up_count, given_up_room;
};

/* Frees what the result owns, and makes it that of an empty chunk. */
void search_result_clear(struct search_result *result);

#endif
