#include "task/part.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void part_state_free(struct part_state *state)
{
    free(state->text);
    *state = (struct part_state){.kind = NULL};
}

void part_state_add(struct part_state *state, const char *name, uint64_t value)
{
    assert(state->count < PART_NUMBERS_MAX);
    state->numbers[state->count++] = (struct part_number){name, value};
}

uint64_t part_state_get(const struct part_state *state, const char *name)
{
    for (size_t i = 0; i < state->count; i++)
        if (strcmp(state->numbers[i].name, name) == 0)
            return state->numbers[i].value;
    return 0;
}
