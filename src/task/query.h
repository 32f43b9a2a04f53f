/*
 * query.h - what is asked of lines: which are selected, and how they are shown.
 */
#ifndef MSCAN_TASK_QUERY_H
#define MSCAN_TASK_QUERY_H

#include "kernels/kernels.h"
#include "match/condition.h"
#include "output/printer.h"
#include "task/chunk-text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is shown of a line that is too long. */
enum preview {
    PREVIEW_NONE,  /* only how long it is, and how many matches are in it */
    PREVIEW_START, /* its beginning */
    PREVIEW_MATCH, /* what is around its first match */
};

struct replacement;

/* What is wanted to know. */
enum query_mode {
    QUERY_LINES,         /* the selected lines, printed */
    QUERY_COUNT,         /* how many there are */
    QUERY_COUNT_MATCHES, /* how many matches there are in them */
    QUERY_EXISTS,        /* whether there is one */
    QUERY_BOUNDS,        /* how many there are, and where the first begins and the last ends */
};

/* Read only; the same for all threads. */
struct query {
    const struct condition *condition;
    const struct printer *printer;
    const struct kernels *kernels;
    enum query_mode mode;
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
    bool skips_mark;    /* the byte-order mark that a file begins with is no part of its first line's text */
    bool count_matches; /* --stats: the result's `matches` is wanted in every mode */
    /* --replace: what stands in the place of matches in selected lines; NULL: they stay. */
    const struct replacement *replacement;
    uint64_t max_columns; /* --max-columns: longer lines and matches are not printed whole; 0: all are */
    enum preview preview;
    /* With QUERY_LINES, the lines around the selected ones. */
    bool context;                /* -A, -B or -C, even of no lines: the output comes in groups */
    bool passthru;               /* --passthru: all other lines are context, and known without a lead */
    uint64_t before, after;      /* lines of context */
    const char *group_separator; /* between groups, on a line of its own; NULL: none */
};

/*
 * What is searched of lines of a chunk: all of them, but for the byte-order mark before the first line of a file.  The
 * mark is printed with its line, but patterns do not see it and columns are counted behind it.  A file that is a mark
 * alone has no line.
 */
struct span query_text(const struct query *query, const struct chunk_text *chunk, struct span lines);

/* What lines end in. */
static inline char query_line_end(const struct query *query)
{
    return query->null_lines ? '\0' : '\n';
}

/* The number of line ends in a text. */
static inline uint64_t query_count_lines(const struct query *query, const char *begin, const char *end)
{
    const struct kernels *kernels = query->kernels;
    return (query->null_lines ? kernels->count_nuls : kernels->count_newlines)(begin, (size_t)(end - begin));
}

#endif
