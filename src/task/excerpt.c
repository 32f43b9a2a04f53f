#include "task/excerpt.h"

#include "base/utf8.h"

#include <inttypes.h>
#include <stdio.h>

struct extent extent_measure(struct segments *segments)
{
    struct extent extent = {.length = 0};
    struct segment segment;
    while (segments_next(segments, &segment)) {
        uint64_t begin = extent.length;
        extent.length += (uint64_t)(segment.text.end - segment.text.begin);
        if (segment.match && extent.matches++ == 0) {
            extent.first_begin = begin;
            extent.first_end = extent.length;
        }
    }
    return extent;
}

struct excerpt excerpt_choose(const struct query *query, const struct extent *extent)
{
    const uint64_t limit = query->max_columns, match = extent->first_end - extent->first_begin;
    uint64_t begin = 0;
    if (query->preview == PREVIEW_MATCH && extent->matches > 0) {
        uint64_t before = match < limit ? (limit - match) / 2 : 0;
        begin = extent->first_begin > before ? extent->first_begin - before : 0;
        if (extent->length - begin < limit)
            begin = extent->length - limit;
    }
    return (struct excerpt){.begin = begin, .end = begin + limit, .unicode = query->unicode};
}

bool excerpt_goes_on(const struct excerpt *excerpt)
{
    return excerpt->position < excerpt->end;
}

/* The start of the character that the byte at a place in a text belongs to; the place where there is none. */
static const char *character_start(struct span text, const char *at)
{
    const char *start = at;
    while (start > text.begin && at - start < UTF8_MAX - 1 && ((unsigned char)*start & 0xc0) == 0x80)
        start--;
    size_t length = utf8_sequence_length(*start);
    bool inside = at - start < (ptrdiff_t)length && text.end - start >= (ptrdiff_t)length;
    return inside && utf8_is_valid(start, length) ? start : at;
}

/* Takes away what is before the excerpt, where that begins in the segment. */
static void cut_begin(struct excerpt *excerpt, struct segment *segment, uint64_t position)
{
    const struct span whole = segment->text;
    const char *begin = whole.begin + (excerpt->begin - position);
    const char *start = excerpt->unicode ? character_start(whole, begin) : begin;
    segment->text.begin = start < begin ? start + utf8_sequence_length(*start) : begin;
    excerpt->begin = position + (uint64_t)(segment->text.begin - whole.begin);
}

/* Takes away what is behind it, where it ends in the segment, which began at `begin`. */
static void cut_end(struct excerpt *excerpt, struct segment *segment, const char *begin, uint64_t position)
{
    const struct span whole = {begin, segment->text.end};
    const char *end = begin + (excerpt->end - position);
    if (excerpt->unicode)
        end = character_start(whole, end);
    segment->text.end = end > segment->text.begin ? end : segment->text.begin;
    segment->rest = !segment->match;
    excerpt->end = position + (uint64_t)(segment->text.end - begin);
}

bool excerpt_cut(struct excerpt *excerpt, struct segment *segment)
{
    const char *begin = segment->text.begin;
    const uint64_t position = excerpt->position, length = (uint64_t)(segment->text.end - begin);
    excerpt->position += length;
    if (position < excerpt->begin && excerpt->begin < excerpt->position)
        cut_begin(excerpt, segment, position);
    else if (position < excerpt->begin)
        segment->text.begin = segment->text.end;
    if (excerpt->position > excerpt->end)
        cut_end(excerpt, segment, begin, position);
    bool left = segment->text.begin < segment->text.end;
    excerpt->matches += segment->match && (left || length == 0);
    return left;
}

static void plural(char *text, size_t size, uint64_t count, const char *one, const char *many)
{
    snprintf(text, size, "%" PRIu64 " %s", count, count == 1 ? one : many);
}

void excerpt_remark_whole(char *remark, const char *what, uint64_t length, uint64_t matches)
{
    char bytes[40], count[40] = "";
    plural(bytes, sizeof bytes, length, "byte", "bytes");
    if (matches)
        plural(count, sizeof count, matches, "match", "matches");
    snprintf(remark, EXCERPT_REMARK_SIZE, "[%s of %s%s%s]", what, bytes, matches ? ", " : "", count);
}

void excerpt_remark_before(char *remark, uint64_t length)
{
    char bytes[40];
    plural(bytes, sizeof bytes, length, "byte", "bytes");
    snprintf(remark, EXCERPT_REMARK_SIZE, "[... %s] ", bytes);
}

void excerpt_remark_behind(char *remark, uint64_t length, uint64_t matches)
{
    char bytes[40], count[40] = "";
    plural(bytes, sizeof bytes, length, "byte", "bytes");
    if (matches)
        plural(count, sizeof count, matches, "more match", "more matches");
    snprintf(remark, EXCERPT_REMARK_SIZE, " [... %s%s%s]", bytes, matches ? ", " : "", count);
}
