/*
 * wc-lines.h - the task of counting: a line of counts for each file, and their total, as wc(1) prints them.
 */
#ifndef MSCAN_TASK_WC_LINES_H
#define MSCAN_TASK_WC_LINES_H

#include "task/count.h"
#include "task/task.h"

#include <stdbool.h>
#include <stdint.h>

/* The plan.  Read only. */
struct wc_lines {
    struct count count;
    unsigned width; /* the least, of each number */
    enum total_when total;
    uint64_t files; /* that are named */
    bool json;      /* an object for each file and for the total, instead of a line */
    bool escape;    /* names with control characters are quoted, as on a terminal */
    bool unnamed;   /* none is: standard input is counted, and its line has no name */
};

/* The total; the longest line is the longest of all. */
struct wc_total {
    uint64_t values[COUNT_KINDS];
    bool overflow[COUNT_KINDS];
};

extern const struct task wc_lines_task;

#endif
