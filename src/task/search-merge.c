#include "task/search-merge.h"

#include "base/number.h"

#include <string.h>

static uint64_t get(const struct part *part, const char *name)
{
    return part_state_get(&part->state, name);
}

/*
 * Whether a separator stands before what a part prints, after another that printed the group before: not where the
 * group has begun in that one, or begins where the other ends.
 */
static bool is_apart(const struct part *part, const struct part *last)
{
    return get(part, "grouped") && !get(part, "goes_on") && get(part, "group_first") != get(last, "group_end");
}

static const char *merge_lines(const struct part *parts, size_t count, struct output *output)
{
    const struct part *grouped = NULL, *binary = NULL;
    bool ended = false;
    for (const struct part *part = parts; part < parts + count; part++) {
        const uint64_t length = get(part, "lines_bytes");
        if (length > part->bytes)
            return "there is less output than its manifest says";
        if (ended) /* a line before has a NUL byte, and nothing is printed after it */
            break;
        if (grouped && is_apart(part, grouped))
            output_bytes(output, part->state.text, part->state.length);
        output_text(output, part->output, (size_t)length);
        if (get(part, "grouped"))
            grouped = part;
        if (get(part, "binary"))
            binary = part;
        ended = get(part, "ended");
    }
    if (binary) { /* all such parts end with the same message */
        const size_t lines = (size_t)get(binary, "lines_bytes");
        output_bytes(output, binary->output + lines, binary->bytes - lines);
    }
    return NULL;
}

/* A part has printed its own count; what stands before that is the same in all of them. */
static const char *merge_counts(const struct part *parts, size_t count, struct output *output)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += get(&parts[i], "count");
    char digits[NUMBER_DIGITS_MAX + 1];
    char *const end = digits + NUMBER_DIGITS_MAX;
    char *begin = number_format(end, get(&parts[0], "count"));
    *end = '\n';
    const size_t length = (size_t)(end + 1 - begin);
    if (parts[0].bytes < length || memcmp(parts[0].output + parts[0].bytes - length, begin, length) != 0)
        return "the output is not the count that its manifest says";
    output_bytes(output, parts[0].output, parts[0].bytes - length);
    begin = number_format(end, sum);
    output_bytes(output, begin, (size_t)(end + 1 - begin));
    return NULL;
}

const char *search_merge(const struct part *parts, size_t count, struct output *output, struct part_outcome *outcome)
{
    const char *kind = parts[0].state.kind;
    const struct part *with = NULL;
    for (size_t i = 0; i < count && !with; i++)
        if (get(&parts[i], "selected"))
            with = &parts[i];
    outcome->selected = with != NULL;
    if (strcmp(kind, SEARCH_KIND_COUNT) == 0)
        return merge_counts(parts, count, output);
    if (strcmp(kind, SEARCH_KIND_LINES) == 0)
        return merge_lines(parts, count, output);
    if (strcmp(kind, SEARCH_KIND_NAMES) == 0 && with)
        output_bytes(output, with->output, with->bytes);
    if (strcmp(kind, SEARCH_KIND_OTHERS) == 0 && !with)
        output_bytes(output, parts[0].output, parts[0].bytes);
    return NULL;
}
