/*
 * tally.h - the task of counting how often each value occurs among the matches: --tally.
 *
 * A value is what -o would print: a match, a group of it, or what replaces it; with file names, the name and a colon
 * stand before it.  Each chunk is counted into a table of its own; one whose turn has come is merged by whichever
 * thread begins with a chunk next.
 */
#ifndef MSCAN_TASK_TALLY_H
#define MSCAN_TASK_TALLY_H

#include "task/search-plan.h"
#include "task/tally-store.h"

/* The plan.  Its total is a struct search_total; `lines` and `matches` are those of the values. */
struct tally {
    const struct search *search; /* which lines are selected, and what is a value of their matches */
    struct tally_store *store;
    enum tally_order order;
    uint64_t most; /* values that are printed; UINT64_MAX: all */
    bool part;     /* of a part of a file, which is merged later: all values are printed, and as text */
    bool json;     /* JSON Lines: {"type":"tally","data":{"value":{"text":...},"count":...}} */
};

extern const struct task tally_task;

#endif
