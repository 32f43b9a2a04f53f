#include "task/wc-lines.h"

#include "base/alloc.h"
#include "base/number.h"
#include "base/quote.h"
#include "base/visible.h"
#include "output/json-value.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Both the result of a chunk and the sum of a file are a struct count_result. */

static unsigned needs(const void *plan)
{
    const struct wc_lines *lines = plan;
    return count_is_size(&lines->count) ? TASK_SIZES : 0;
}

/* --- counting --- */

static size_t seam(const void *plan, const struct task_file *file, const char *text, size_t length)
{
    const struct wc_lines *lines = plan;
    (void)file;
    return count_seam(&lines->count, text, length);
}

static size_t cut(const void *plan, const char *bytes, size_t from, size_t length)
{
    const struct wc_lines *lines = plan;
    (void)from;
    return count_cut(&lines->count, bytes, length);
}

static void *state_create(const void *plan)
{
    const struct wc_lines *lines = plan;
    return counter_create(&lines->count);
}

static void state_free(void *state)
{
    counter_free(state);
}

static enum task_verdict run(void *state, const struct chunk_text *text, struct output *output, void *result)
{
    (void)output;
    counter_run(state, text->begin, (size_t)(text->end - text->begin), result);
    return TASK_GOES_ON;
}

static void pass_over(void *sum, uint64_t bytes)
{
    struct count_result *counts = sum;
    counts->bytes += bytes;
}

static bool join(void *turn, const struct chunk_text *text, const void *result)
{
    (void)turn;
    count_join(text->file->sum, result);
    return true;
}

/* wc leaves standard input where it is when that is behind the end. */
static uint64_t position(const void *plan, const struct task_file *file)
{
    (void)plan;
    return file->start > file->size ? TASK_POSITION_KEPT : TASK_POSITION_END;
}

/* --- printing --- */

static const char *const names[COUNT_KINDS] = {"lines", "words", "characters", "bytes", "longest"};

struct turn {
    const struct wc_lines *plan;
    struct wc_total *total;
};

static void *turn_create(const void *plan, void *total)
{
    struct turn *turn = xmalloc(sizeof *turn);
    *turn = (struct turn){plan, total};
    return turn;
}

static void turn_free(void *turn)
{
    free(turn);
}

static void print_numbers(const struct wc_lines *plan, const uint64_t *values, struct output *output)
{
    const char *space = "";
    for (int kind = 0; kind < COUNT_KINDS; kind++) {
        if (!plan->count.wanted[kind])
            continue;
        char digits[NUMBER_DIGITS_MAX];
        char *end = digits + NUMBER_DIGITS_MAX, *begin = number_format(end, values[kind]);
        output_bytes(output, space, strlen(space));
        for (size_t length = (size_t)(end - begin); length < plan->width; length++)
            output_byte(output, ' ');
        output_bytes(output, begin, (size_t)(end - begin));
        space = " ";
    }
}

static void print_line(const struct wc_lines *plan, const uint64_t *values, const char *name, struct output *output)
{
    print_numbers(plan, values, output);
    if (name) {
        output_byte(output, ' ');
        output_bytes(output, name, strlen(name));
    }
    output_byte(output, '\n');
}

/* With --json: of a file or, without a name, of all. */
static void print_object(const struct wc_lines *plan, const uint64_t *values, const char *name, struct output *output)
{
    static const char *const keys[COUNT_KINDS] = {
        "\"lines\":", "\"words\":", "\"chars\":", "\"bytes\":", "\"max_line_length\":"};
    struct json_writer writer;
    json_begin(&writer, output);
    json_print(&writer, name ? "{\"type\":\"count\",\"data\":{" : "{\"type\":\"total\",\"data\":{");
    if (name)
        json_data(&writer, "\"path\":", (struct span){name, name + strlen(name)});
    bool first = !name;
    for (int kind = 0; kind < COUNT_KINDS; kind++) {
        if (!plan->count.wanted[kind])
            continue;
        json_print(&writer, first ? "" : ",");
        json_number(&writer, keys[kind], values[kind]);
        first = false;
    }
    json_print(&writer, "}}\n");
    json_flush(&writer);
}

static void add_up(const struct wc_lines *plan, struct wc_total *total, const uint64_t *values)
{
    for (int kind = 0; kind < COUNT_LONGEST; kind++)
        total->overflow[kind] |=
            plan->count.wanted[kind] && __builtin_add_overflow(total->values[kind], values[kind], &total->values[kind]);
    if (values[COUNT_LONGEST] > total->values[COUNT_LONGEST])
        total->values[COUNT_LONGEST] = values[COUNT_LONGEST];
}

/* A name that would take more than a line is quoted everywhere. */
static bool needs_quotes(const struct wc_lines *plan, const char *name)
{
    size_t size, length = strlen(name);
    return strchr(name, '\n') || (plan->escape && visible_length(name, length, &size) < length);
}

static void values_of(const struct wc_lines *plan, const struct count_result *counts, uint64_t *values)
{
    values[COUNT_LINES] = counts->lines;
    values[COUNT_WORDS] = counts->words;
    values[COUNT_CHARACTERS] = plan->count.charset == COUNT_AS_UTF8 ? counts->characters : counts->bytes;
    values[COUNT_BYTES] = counts->bytes;
    values[COUNT_LONGEST] = count_longest(counts);
}

static void file_end(void *context, const struct chunk_text *end, struct output *output)
{
    const struct turn *turn = context;
    const struct wc_lines *plan = turn->plan;
    uint64_t values[COUNT_KINDS];
    values_of(plan, end->file->sum, values);
    add_up(plan, turn->total, values);
    if (plan->total == TOTAL_ONLY)
        return;
    const char *name = end->file->name;
    if (plan->json) {
        print_object(plan, values, name, output);
        return;
    }
    char *quoted = !plan->unnamed && needs_quotes(plan, name) ? quote_name(name, false) : NULL;
    print_line(plan, values, plan->unnamed ? NULL : quoted ? quoted : name, output);
    free(quoted);
}

static void end(void *context, const struct chunk_text *end, struct output *output)
{
    const struct turn *turn = context;
    const struct wc_lines *plan = turn->plan;
    if (plan->total == TOTAL_NEVER || (plan->total == TOTAL_AUTO && plan->files < 2))
        return;
    struct wc_total shown = *turn->total;
    for (int kind = 0; kind < COUNT_LONGEST; kind++)
        if (shown.overflow[kind]) {
            char message[100];
            snprintf(message, sizeof message, "total %s: %s", names[kind], strerror(EOVERFLOW));
            end->ties->say(end->context, true, message);
            shown.values[kind] = UINT64_MAX;
        }
    if (plan->json)
        print_object(plan, shown.values, NULL, output);
    else
        print_line(plan, shown.values, plan->total == TOTAL_ONLY ? NULL : "total", output);
}

/* --- parts of a file --- */

static const char kind_json[] = "JSON counts";

/* Parts begin and end where lines do, so that no word and no line goes on from one to the next. */
static void state_of(const void *plan, const struct task_file *file, struct part_state *state)
{
    const struct wc_lines *lines = plan;
    uint64_t values[COUNT_KINDS];
    values_of(lines, file->sum, values);
    state->kind = lines->json ? kind_json : "counts";
    for (int kind = 0; kind < COUNT_KINDS; kind++)
        if (lines->count.wanted[kind])
            part_state_add(state, names[kind], values[kind]);
    part_state_add(state, "width", lines->width);
}

/* The plan of which a part is, as far as it is printed. */
static void plan_of(const struct part_state *state, struct wc_lines *plan, uint64_t *values)
{
    *plan = (struct wc_lines){.width = (unsigned)part_state_get(state, "width")};
    for (int kind = 0; kind < COUNT_KINDS; kind++) {
        values[kind] = part_state_get(state, names[kind]);
        for (size_t i = 0; i < state->count; i++)
            plan->count.wanted[kind] |= strcmp(state->numbers[i].name, names[kind]) == 0;
    }
}

/* A part has printed its own numbers; what follows them is the same in all of them. */
static const char *merge_line(const struct wc_lines *plan, const struct part *part, const uint64_t *own,
                              const uint64_t *sums, struct output *output)
{
    size_t length;
    struct output *line = output_create();
    output_begin(line, false, 0, NULL, NULL);
    print_numbers(plan, own, line);
    const char *numbers = output_copied(line, &length);
    bool same = length <= part->bytes && memcmp(numbers, part->output, length) == 0;
    output_free(line);
    if (!same)
        return "the output has not the numbers that its manifest says";
    print_numbers(plan, sums, output);
    output_bytes(output, part->output + length, part->bytes - length);
    return NULL;
}

static const char *merge(const struct part *parts, size_t count, struct output *output, struct part_outcome *outcome)
{
    struct wc_lines plan;
    uint64_t first[COUNT_KINDS], sums[COUNT_KINDS] = {0};
    outcome->selected = true;
    plan_of(&parts[0].state, &plan, first);
    for (size_t i = 0; i < count; i++)
        for (int kind = 0; kind < COUNT_KINDS; kind++) {
            uint64_t value = part_state_get(&parts[i].state, names[kind]);
            if (kind != COUNT_LONGEST)
                sums[kind] += value;
            else if (value > sums[kind])
                sums[kind] = value;
        }
    if (strcmp(parts[0].state.kind, kind_json) != 0)
        return merge_line(&plan, &parts[0], first, sums, output);
    print_object(&plan, sums, parts[0].name, output);
    return NULL;
}

const struct task wc_lines_task = {
    .name = "wc",
    .result_size = sizeof(struct count_result),
    .sum_size = sizeof(struct count_result),
    .needs = needs,
    .seam = seam,
    .cut = cut,
    .state_create = state_create,
    .state_free = state_free,
    .run = run,
    .pass_over = pass_over,
    .turn_create = turn_create,
    .turn_free = turn_free,
    .join = join,
    .file_end = file_end,
    .position = position,
    .end = end,
    .state = state_of,
    .merge = merge,
};
