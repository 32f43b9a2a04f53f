#include "task/matches.h"

struct matches matches_begin(struct condition_state *condition, struct span line, bool with_empty)
{
    condition_set_line(condition, line);
    return (struct matches){.condition = condition, .line = line, .with_empty = with_empty, .from = line.begin};
}

/* Whether there is a place where a match that counts may begin. */
static bool may_go_on(const struct matches *matches)
{
    return matches->from && (matches->from < matches->line.end || matches->with_empty);
}

bool matches_next(struct matches *matches, struct span *match)
{
    const char *end = matches->line.end;
    while (may_go_on(matches) && condition_find(matches->condition, matches->from, match)) {
        /* \K in a group that a lookbehind calls can move the start before the place where the search began. */
        if (match->begin < matches->from)
            match->begin = matches->from;
        if (match->begin < match->end) {
            matches->from = matches->last = match->end;
            return true;
        }
        matches->from = match->begin < end ? condition_step(matches->condition, match->begin) : NULL;
        if (matches->with_empty && match->begin != matches->last)
            return true;
    }
    return false;
}
