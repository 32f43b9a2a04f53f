/*
 * budget.h - how much memory the process may use for what grows with its input: --max-memory.
 *
 * Whoever needs such memory takes it from the budget before, and gives it back when it is freed.  What is refused is
 * done in another way, such as by temporary files.  Any thread.
 */
#ifndef MSCAN_BASE_BUDGET_H
#define MSCAN_BASE_BUDGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Sets it, in bytes, once and before the first use. */
void budget_set(uint64_t bytes);

uint64_t budget_size(void);

/* Takes bytes, even if there are not so many; false when there are less than none left. */
bool budget_take(uint64_t bytes);

void budget_give(uint64_t bytes);

#endif
