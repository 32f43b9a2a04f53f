#include "task/search-merge.h"

#include "base/number.h"
#include "output/json-format.h"

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

/* Prints the lines of a part, of which the first tells that the file begins; it is printed once. */
static const char *merge_json_lines(const struct part *part, struct output *output, struct printer_sums *sums)
{
    size_t length = (size_t)get(part, "lines_bytes");
    const char *lines = part->output;
    if (length > part->bytes)
        return "there is less output than its manifest says";
    if (length == 0)
        return NULL;
    if (sums->bytes_printed > 0) {
        const char *newline = memchr(lines, '\n', length);
        if (!newline)
            return "the output is not what its manifest says";
        length -= (size_t)(newline + 1 - lines);
        lines = newline + 1;
    }
    output_text(output, lines, length);
    sums->bytes_printed += length;
    return NULL;
}

/* The times are those of all parts together. */
static const char *merge_json(const struct part *parts, size_t count, struct output *output)
{
    struct printer_sums sums = {.files = 1};
    for (size_t i = 0; i < count; i++) {
        const char *text = merge_json_lines(&parts[i], output, &sums);
        if (text)
            return text;
        sums.files_selected |= get(&parts[i], "selected") > 0;
        sums.bytes_searched += get(&parts[i], "searched");
        sums.lines += get(&parts[i], "selected");
        sums.matches += get(&parts[i], "matches");
        sums.nanoseconds += get(&parts[i], "nanoseconds");
    }
    if (sums.bytes_printed > 0)
        json_format.file_end(NULL, output, parts[0].name, &sums);
    json_format.end_all(NULL, output, &sums, sums.nanoseconds);
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
    if (strcmp(kind, SEARCH_KIND_JSON) == 0)
        return merge_json(parts, count, output);
    if (strcmp(kind, SEARCH_KIND_LINES) == 0)
        return merge_lines(parts, count, output);
    if (strcmp(kind, SEARCH_KIND_NAMES) == 0 && with)
        output_bytes(output, with->output, with->bytes);
    if (strcmp(kind, SEARCH_KIND_OTHERS) == 0 && !with)
        output_bytes(output, parts[0].output, parts[0].bytes);
    return NULL;
}
