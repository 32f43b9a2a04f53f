/*
 * search.h - the search of one chunk of lines.
 */
#ifndef MSCAN_TASK_SEARCH_H
#define MSCAN_TASK_SEARCH_H

#include "kernels/kernels.h"
#include "match/matcher.h"
#include "output/output.h"
#include "output/printer.h"

#include <stdbool.h>
#include <stdint.h>

/* What is wanted to know. */
enum search_mode {
    SEARCH_LINES,         /* the selected lines, printed */
    SEARCH_COUNT,         /* how many there are */
    SEARCH_COUNT_MATCHES, /* how many matches there are in them */
    SEARCH_EXISTS,        /* whether there is one */
};

/* Read only; the same for all threads. */
struct search {
    const struct matcher *matcher;
    const struct printer *printer;
    const struct kernels *kernels;
    enum search_mode mode;
    bool invert;        /* -v: lines that do not match are selected */
    bool only_matching; /* -o */
    bool text;          /* -a: lines are printed whatever they hold */
    bool unicode;       /* a line that is not valid UTF-8 is binary */
    bool limited;       /* -m */
    bool null_lines;    /* -z: lines end in NUL */
    bool count_matches; /* --stats: the result's `matches` is wanted in every mode */
};

/* A line that PCRE2 gave up. */
struct search_trouble {
    uint64_t offset; /* of the line, from where the search of the file begins */
    int error;       /* for matcher_error_message() */
};

/* What came of a chunk. */
struct search_result {
    uint64_t selected;     /* lines */
    uint64_t matches;      /* non-empty ones; only where they are asked for */
    uint64_t selected_end; /* offset after the last selected line, likewise; with -m */
    bool binary;           /* a selected line was not printed, because it is not text; the chunk ends there */
    struct search_trouble *troubles;
    size_t trouble_count, trouble_room;
};

void search_result_clear(struct search_result *result);

/* A chunk of whole lines, and how it is tied to the rest of its file. */
struct search_chunk {
    const char *name; /* the file's, as shown */
    const char *begin, *end;
    struct matcher_seam known; /* of it; {end, end} when nothing is */
    uint64_t offset;           /* of begin, absolute */
    unsigned number_width;     /* of the file, for the printer */
    void *context;
    /* The number of lines before the chunk; with -n, called when the first line is printed. */
    uint64_t (*lines_before)(void *context);
    /* With -m: how many lines the chunk may still select; called once, when the first is found. */
    uint64_t (*lines_wanted)(void *context);
    /* Whether nobody wants the rest any more; called between lines. */
    bool (*stopped)(void *context);
};

/* A thread's own part of a search. */
struct searcher;

struct searcher *searcher_create(const struct search *search);
void searcher_free(struct searcher *searcher);

/* Searches a chunk; *result is overwritten, what is printed is added to `output`. */
void searcher_run(struct searcher *searcher, const struct search_chunk *chunk, struct output *output,
                  struct search_result *result);

#endif
