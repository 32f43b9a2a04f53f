#include "input/lease.h"

void lease_init(void)
{
    map_guard_install();
}

void lease_open(struct lease *lease, struct input *input, uint64_t begin, uint64_t end)
{
    *lease = (struct lease){.input = input, .bytes = map_at(input->map, begin), .begin = begin, .end = end};
    map_guard_enter(&lease->guard, input->map);
}

void lease_open_block(struct lease *lease, struct input *input, const char *bytes, uint64_t begin, uint64_t end)
{
    *lease = (struct lease){.input = input, .bytes = bytes, .begin = begin, .end = end};
}

void lease_close(struct lease *lease)
{
    if (lease->guard.map)
        map_guard_leave(&lease->guard);
}

void lease_advance(const struct lease *lease, uint64_t offset)
{
    if (lease->guard.map)
        map_advance(lease->guard.map, offset);
}

uint64_t lease_good_end(const struct lease *lease)
{
    input_check(lease->input);
    return input_good_end(lease->input);
}
