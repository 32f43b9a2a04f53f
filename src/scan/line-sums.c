#include "scan/line-sums.h"

#include "base/alloc.h"

struct slot {
    uint64_t before, in;
    bool known; /* `in`, and not yet added up */
};

struct line_sums {
    uint64_t counted; /* chunks counted so far without a gap: the sums before them, and the next, are known */
    size_t count;
    struct slot slots[]; /* by chunk, modulo */
};

static struct slot *slot_of(struct line_sums *sums, uint64_t chunk)
{
    return &sums->slots[chunk % sums->count];
}

struct line_sums *line_sums_create(size_t ahead)
{
    const size_t count = ahead + 2; /* the one that is committed next, and the sum behind the last */
    struct line_sums *sums = xcalloc(1, sizeof *sums + count * sizeof *sums->slots);
    sums->count = count;
    return sums;
}

void line_sums_add(struct line_sums *sums, uint64_t chunk, uint64_t lines)
{
    struct slot *slot = slot_of(sums, chunk);
    slot->in = lines;
    slot->known = true;
    while ((slot = slot_of(sums, sums->counted))->known) {
        slot->known = false;
        sums->counted++;
        slot_of(sums, sums->counted)->before = slot->before + slot->in;
    }
}

bool line_sums_before(const struct line_sums *sums, uint64_t chunk, uint64_t *lines)
{
    *lines = 0;
    if (chunk == 0)
        return true;
    if (!sums || chunk > sums->counted)
        return false;
    *lines = sums->slots[chunk % sums->count].before;
    return true;
}
