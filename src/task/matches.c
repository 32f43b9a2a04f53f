#include "task/matches.h"

struct matches matches_begin(struct matcher_state *matcher, struct span line)
{
    matcher_set_line(matcher, line);
    return (struct matches){.matcher = matcher, .line = line, .from = line.begin};
}

bool matches_next(struct matches *matches, struct span *match)
{
    const char *end = matches->line.end;
    while (matches->from < end && matcher_find(matches->matcher, matches->from, match)) {
        /* \K in a group that a lookbehind calls can move the start before the place where the search began. */
        if (match->begin < matches->from)
            match->begin = matches->from;
        if (match->begin == end)
            return false;
        if (match->begin < match->end) {
            matches->from = match->end;
            return true;
        }
        matches->from = matcher_step(matches->matcher, match->begin);
    }
    return false;
}
