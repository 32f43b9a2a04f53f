#include "base/budget.h"

#include <stdatomic.h>

static uint64_t size = UINT64_MAX;
static _Atomic uint64_t taken;

void budget_set(uint64_t bytes)
{
    size = bytes;
}

uint64_t budget_size(void)
{
    return size;
}

bool budget_take(uint64_t bytes)
{
    return atomic_fetch_add_explicit(&taken, bytes, memory_order_relaxed) + bytes <= size;
}

void budget_give(uint64_t bytes)
{
    atomic_fetch_sub_explicit(&taken, bytes, memory_order_relaxed);
}
