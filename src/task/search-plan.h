/*
 * search-plan.h - what is asked of a search, be it for lines or for records, and what it comes to.
 */
#ifndef MSCAN_TASK_SEARCH_PLAN_H
#define MSCAN_TASK_SEARCH_PLAN_H

#include "task/query.h"
#include "task/task.h"

#include <stdbool.h>
#include <stdint.h>

/* -l and -L: names instead of lines. */
enum list_mode { LIST_NONE, LIST_MATCHING, LIST_WITHOUT_MATCH };

/* The plan.  Read only. */
struct search {
    struct query query;
    enum list_mode list;
    uint64_t max_count;        /* -m: selected lines in each file; UINT64_MAX: all */
    uint64_t skip;             /* --skip-matches: lines in each file that come first and are not selected */
    uint64_t last;             /* --last: of a file's selected lines only these count; UINT64_MAX: all */
    enum query_mode last_mode; /* what is done with them, where the query's mode is QUERY_BOUNDS */
    bool decompresses;         /* what is compressed has been decoded before */
    enum total_when total;     /* --total: with QUERY_COUNT and QUERY_COUNT_MATCHES */
    bool quiet;                /* -q: the first selected line ends it all, and nothing is printed */
};

/* The total. */
struct search_total {
    _Atomic uint64_t so_far;  /* lines of the chunks that have been joined; any thread reads it */
    bool selected;            /* some line was */
    uint64_t lines;           /* selected ones */
    uint64_t matches;         /* non-empty ones in them; only where they are asked for */
    unsigned used;            /* what found the lines, a union of enum way_used (engine/engine.h) */
    uint64_t counts_shown;    /* files whose count has been printed */
    struct printer_sums sums; /* for the format of the printer */
};

#endif
