/*
 * search.h - the task of searching: lines are selected, and printed or counted, or files are listed by them.
 */
#ifndef MSCAN_TASK_SEARCH_H
#define MSCAN_TASK_SEARCH_H

#include "task/search-plan.h"
#include "task/task.h"

extern const struct task search_task;

#endif
