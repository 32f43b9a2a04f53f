#include "kernels/run.h"

#include <stdint.h>
#include <string.h>

bool run_make(struct run *run, const bool has[256])
{
    uint16_t kinds[RUN_GROUPS];
    unsigned count = 0;
    *run = (struct run){.low = {0}};
    memcpy(run->has, has, sizeof run->has);
    for (unsigned top = 0; top < 16; top++) {
        uint16_t column = 0;
        unsigned kind = 0;
        for (unsigned low = 0; low < 16; low++)
            column |= (uint16_t)(has[top << 4 | low] << low);
        if (!column)
            continue;
        while (kind < count && kinds[kind] != column)
            kind++;
        if (kind == RUN_GROUPS)
            return false;
        if (kind == count)
            kinds[count++] = column;
        run->top[top] = (unsigned char)(1u << kind);
    }
    for (unsigned low = 0; low < 16; low++)
        for (unsigned kind = 0; kind < count; kind++)
            run->low[low] |= (unsigned char)((kinds[kind] >> low & 1u) << kind);
    return true;
}
