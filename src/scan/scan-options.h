/*
 * scan-options.h - what a scan is to do, and what it came to.
 */
#ifndef MSCAN_SCAN_SCAN_OPTIONS_H
#define MSCAN_SCAN_SCAN_OPTIONS_H

#include "input/input.h"
#include "input/walk.h"
#include "scan/tally.h"
#include "task/searcher.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* -l and -L: names instead of lines. */
enum list_mode { LIST_NONE, LIST_MATCHING, LIST_WITHOUT_MATCH };

/* More threads than this are taken for a mistake. */
#define THREADS_MAX 1024

struct scan_options {
    struct walk_options walk;   /* the inputs */
    const char *stdin_name;     /* how standard input is shown */
    struct input_options input; /* its pool and wake_fd are the scan's and set there */
    size_t block_size;
    bool fill_blocks;          /* --block-buffered */
    const struct tally *tally; /* what is counted, or NULL: then it is a search */
    struct query query;
    enum list_mode list;
    uint64_t max_count;        /* -m: selected lines in each file; UINT64_MAX: all */
    uint64_t skip;             /* --skip-matches: lines in each file that come first and are not selected */
    uint64_t last;             /* --last: of a file's selected lines only these count; UINT64_MAX: all */
    enum query_mode last_mode; /* what is done with them, where the search's mode is QUERY_BOUNDS */
    enum total_when total;     /* --total: with QUERY_COUNT and QUERY_COUNT_MATCHES */
    bool quiet;                /* -q: the first selected line ends it all, and nothing is printed */
    bool no_messages; /* -s: nothing is said about files that cannot be opened or read; what was lost inside one is said
                       */
    bool count_lines; /* the outcome's `lines` is wanted */
    unsigned threads;
    size_t chunk_size; /* of mapped files, bytes */
};

/* What it came to. */
struct scan_outcome {
    bool selected;    /* some line was */
    bool failed;      /* something went wrong; it has been reported */
    bool closed;      /* nobody reads the output any more */
    unsigned threads; /* that OpenMP gave */
    uint64_t files, mapped, read;
    uint64_t bytes, lines, selected_lines, matches;
    uint64_t huge_bytes; /* of mappings and blocks, in huge pages; with count_lines */
};

/* Whether a search counts its lines or matches, instead of printing lines or finding out whether there are any. */
bool scan_counts(const struct scan_options *options);

/* Whether a search prints lines. */
bool scan_prints_lines(const struct scan_options *options);

#endif
