#include "task/matches.h"

struct matches matches_begin(struct condition_state *condition, struct span line)
{
    condition_set_line(condition, line);
    return (struct matches){.condition = condition, .line = line, .from = line.begin};
}

bool matches_next(struct matches *matches, struct span *match)
{
    const char *end = matches->line.end;
    while (matches->from < end && condition_find(matches->condition, matches->from, match)) {
        /* \K in a group that a lookbehind calls can move the start before the place where the search began. */
        if (match->begin < matches->from)
            match->begin = matches->from;
        if (match->begin == end)
            return false;
        if (match->begin < match->end) {
            matches->from = match->end;
            return true;
        }
        matches->from = condition_step(matches->condition, match->begin);
    }
    return false;
}
