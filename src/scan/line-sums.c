#include "scan/line-sums.h"

#include <stddef.h>

bool line_sums_add(struct line_sums *sums, uint64_t committed, uint64_t chunk, uint64_t lines)
{
    if (chunk - committed >= LINE_SUMS_AHEAD - 1)
        return false;
    sums->in[chunk % LINE_SUMS_AHEAD] = lines;
    sums->known[chunk % LINE_SUMS_AHEAD] = true;
    while (sums->known[sums->counted % LINE_SUMS_AHEAD]) {
        uint64_t slot = sums->counted % LINE_SUMS_AHEAD, next = (sums->counted + 1) % LINE_SUMS_AHEAD;
        sums->before[next] = sums->before[slot] + sums->in[slot];
        sums->known[slot] = false;
        sums->counted++;
    }
    return true;
}

bool line_sums_before(const struct line_sums *sums, uint64_t chunk, uint64_t *lines)
{
    *lines = 0;
    if (chunk == 0)
        return true;
    if (!sums || chunk > sums->counted)
        return false;
    *lines = sums->before[chunk % LINE_SUMS_AHEAD];
    return true;
}
