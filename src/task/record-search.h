/*
 * record-search.h - the task of searching for records instead of lines: --record-start.
 *
 * A record belongs to the chunk in which it begins.  Chunks are searched by all threads; what depends on the records
 * before, such as context, line numbers and -m, is decided, and printed, in their turn.
 */
#ifndef MSCAN_TASK_RECORD_SEARCH_H
#define MSCAN_TASK_RECORD_SEARCH_H

#include "task/records.h"
#include "task/search-plan.h"
#include "task/task.h"

/* The plan.  Its total is a struct search_total. */
struct record_search {
    const struct search *search; /* where "line" means a record; its condition knows that newlines are within one */
    struct records *records;
};

extern const struct task record_search_task;

#endif
