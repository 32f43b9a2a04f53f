/*
 * search.h - the search of one chunk of lines.
 */
#ifndef MSCAN_TASK_SEARCH_H
#define MSCAN_TASK_SEARCH_H

#include "kernels/kernels.h"
#include "match/condition.h"
#include "output/output.h"
#include "output/printer.h"

#include <stdbool.h>
#include <stdint.h>

/* What is shown of a line that is too long. */
enum preview {
    PREVIEW_NONE,  /* only how long it is, and how many matches are in it */
    PREVIEW_START, /* its beginning */
    PREVIEW_MATCH, /* what is around its first match */
};

struct replacement;

/* What is wanted to know. */
enum search_mode {
    SEARCH_LINES,         /* the selected lines, printed */
    SEARCH_COUNT,         /* how many there are */
    SEARCH_COUNT_MATCHES, /* how many matches there are in them */
    SEARCH_EXISTS,        /* whether there is one */
    SEARCH_BOUNDS,        /* how many there are, and where the first begins and the last ends */
};

/* Read only; the same for all threads. */
struct search {
    const struct condition *condition;
    const struct printer *printer;
    const struct kernels *kernels;
    enum search_mode mode;
    bool invert;        /* -v: lines that do not match are selected */
    bool only_matching; /* -o */
    unsigned group;     /* of each match only this group, unless 0: --only-matching=NUM */
    bool text;          /* -a: lines are printed whatever they hold */
    bool text_only;     /* -I: lines that are not text are not selected */
    bool unicode;       /* a line that is not valid UTF-8 is binary */
    bool limited;       /* -m */
    bool skips;         /* --skip-matches: of the lines that would be selected, the file's first are not */
    bool crlf;          /* --crlf: what -o prints ends as its line does */
    bool null_lines;    /* -z: lines end in NUL */
    bool count_matches; /* --stats: the result's `matches` is wanted in every mode */
    /* --replace: what stands in the place of matches in selected lines; NULL: they stay. */
    const struct replacement *replacement;
    uint64_t max_columns; /* --max-columns: longer lines and matches are not printed whole; 0: all are */
    enum preview preview;
    /* With SEARCH_LINES, the lines around the selected ones. */
    bool context;                /* -A, -B or -C, even of no lines: the output comes in groups */
    bool passthru;               /* --passthru: all other lines are context, and known without a lead */
    uint64_t before, after;      /* lines of context */
    const char *group_separator; /* between groups, on a line of its own; NULL: none */
};

/* The number of line ends in a text. */
static inline uint64_t search_count_lines(const struct search *search, const char *begin, const char *end)
{
    const struct kernels *kernels = search->kernels;
    return (search->null_lines ? kernels->count_nuls : kernels->count_newlines)(begin, (size_t)(end - begin));
}

/* A line that PCRE2 gave up. */
struct search_trouble {
    uint64_t offset; /* of the line, from where the search of the file begins */
    int error;       /* for matcher_error_message() */
};

/* How far a file has been printed, with context. */
struct search_place {
    uint64_t printed_to; /* offset after the last line printed, from where the search of the file begins, or */
    uint64_t owed;       /* so many of the lines behind it are context of the last selected one */
};

#define SEARCH_NOTHING_PRINTED UINT64_MAX

/* What came of a chunk. */
struct search_result {
    uint64_t selected;         /* lines */
    uint64_t matches;          /* non-empty ones; only where they are asked for */
    uint64_t skipped;          /* lines that are not selected because they are to be skipped */
    uint64_t selected_end;     /* offset after the last selected line, likewise; with -m and SEARCH_BOUNDS */
    bool binary;               /* a line was not printed, because it is not text */
    bool ended;                /* nothing more of the file is printed: a selected line has a NUL byte */
    bool grouped;              /* with context, but for --passthru: a selected line was printed, */
    uint64_t first;            /* the first of them at this offset (with SEARCH_BOUNDS, the first selected), */
    struct search_place place; /* and after the chunk the printing stood here */
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
    /* With --skip-matches: whether there is something to skip, as far as is known now, */
    bool (*skipping)(void *context);
    /* and how much there is when it is the chunk's turn; waits for that. */
    uint64_t (*lines_to_skip)(void *context);
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

/*
 * With context: prints what a chunk has to show before its first selected line, at the offset *first, or, where that is
 * NULL, in all of it.  `before` is text that ends where the chunk begins, whole lines, at least as many as are context
 * unless the file begins there.  *place is where the file's printing stood before the chunk, and is moved on;
 * *grouped, whether anything has been printed yet, of any file, is set when the first selected line is.  Of the result,
 * which is overwritten, only `binary` is set.
 */
void searcher_lead(struct searcher *searcher, const struct search_chunk *chunk, struct span before,
                   const uint64_t *first, struct search_place *place, bool *grouped, struct output *output,
                   struct search_result *result);

#endif
