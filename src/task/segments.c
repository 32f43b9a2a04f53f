#include "task/segments.h"

struct segments segments_begin(struct condition_state *condition, struct span line, enum segments_matches searched,
                               const struct replacement *replacement, struct text *replaced)
{
    struct segments segments = {
        .line = line, .replacement = replacement, .replaced = replaced, .searched = searched, .done = line.begin};
    if (searched != SEGMENTS_WHOLE)
        segments.matches = matches_begin(condition, line, searched == SEGMENTS_ALL);
    return segments;
}

static struct segment match_segment(struct segments *segments)
{
    segments->at_match = false;
    segments->done = segments->match.end;
    if (!segments->replacement)
        return (struct segment){.text = segments->match, .found = segments->match, .match = true};
    struct text *text = segments->replaced;
    text_cut(text, 0);
    text_append(text, "", 0);
    replacement_expand(segments->replacement, segments->matches.condition, segments->match, text);
    return (struct segment){
        .text = {text->bytes, text->bytes + text->length},
        .found = segments->match,
        .match = true,
        .replaced = true,
    };
}

bool segments_next(struct segments *segments, struct segment *segment)
{
    if (segments->over)
        return false;
    if (segments->at_match) {
        *segment = match_segment(segments);
        return true;
    }
    segments->at_match = segments->searched != SEGMENTS_WHOLE && matches_next(&segments->matches, &segments->match);
    segments->over = !segments->at_match;
    *segment = (struct segment){
        .text = {segments->done, segments->over ? segments->line.end : segments->match.begin},
        .rest = segments->over,
    };
    return true;
}
