#include "task/tally.h"

#include "base/alloc.h"
#include "base/text.h"
#include "output/json-value.h"
#include "task/binary.h"
#include "task/matches.h"
#include "task/quota.h"
#include "task/replacement.h"
#include "task/search-result.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned needs(const void *plan)
{
    (void)plan;
    return 0;
}

static bool is_blank(const void *plan, const char *from, const char *end, const char *text_end)
{
    return condition_is_blank(((const struct tally *)plan)->search->query.condition, from, end, text_end);
}

/* --- one chunk --- */

struct result {
    struct tally_table table;
    uint64_t selected, values;
    unsigned used;
    struct search_given_up_list given_up;
};

struct state {
    const struct tally *tally;
    struct condition_state *condition;
    struct text replaced, named; /* a value, and one with the file's name */
    /* The chunk in hand. */
    const struct chunk_text *text;
    struct result *result;
};

static void note_given_up(void *context, const char *line, int error)
{
    struct state *state = context;
    search_given_up_add(&state->result->given_up, chunk_text_offset(state->text, line), error);
}

static void *state_create(const void *plan)
{
    struct state *state = xcalloc(1, sizeof *state);
    state->tally = plan;
    state->condition =
        condition_state_create(state->tally->search->query.condition, &(struct given_up_sink){note_given_up, state});
    return state;
}

static void state_free(void *context)
{
    struct state *state = context;
    condition_state_free(state->condition);
    free(state->replaced.bytes);
    free(state->named.bytes);
    free(state);
}

/* What of a match is its value; false: nothing. */
static bool value_of(struct state *state, struct span match, struct span *value)
{
    const struct query *query = &state->tally->search->query;
    *value = match;
    if (query->replacement) {
        text_cut(&state->replaced, 0);
        replacement_expand(query->replacement, state->condition, match, &state->replaced);
        *value = (struct span){state->replaced.bytes, state->replaced.bytes + state->replaced.length};
    } else if (query->group && !captures_number(condition_captures(state->condition), query->group, value)) {
        return false;
    }
    return value->begin < value->end;
}

static void add_value(struct state *state, struct span value)
{
    if (state->tally->search->query.printer->with_name) {
        const char *name = state->text->file->name;
        text_cut(&state->named, 0);
        text_append(&state->named, name, strlen(name));
        text_append(&state->named, ":", 1);
        text_append(&state->named, value.begin, (size_t)(value.end - value.begin));
        value = (struct span){state->named.bytes, state->named.bytes + state->named.length};
    }
    if ((uint64_t)(value.end - value.begin) > UINT32_MAX)
        value.end = value.begin + UINT32_MAX;
    tally_table_add(&state->result->table, value, tally_hash(value), 1, state->result->values++);
}

static void add_line(struct state *state, struct span line)
{
    const struct query *query = &state->tally->search->query;
    struct matches matches = matches_begin(state->condition, line, query->group || query->replacement);
    struct span match, value;
    while (matches_next(&matches, &match))
        if (value_of(state, match, &value))
            add_value(state, value);
}

static enum task_verdict run(void *context, const struct chunk_text *text, struct output *output, void *of_chunk)
{
    struct state *state = context;
    const struct query *query = &state->tally->search->query;
    const struct quota *quota = text->file->sum;
    const struct span all = query_text(query, text, (struct span){text->begin, text->end});
    struct span line;
    uint64_t wanted = UINT64_MAX;
    bool asked = !query->limited;
    (void)output;
    tally_store_merge(state->tally->store, 2);
    state->text = text;
    state->result = of_chunk;
    if (all.begin == all.end)
        return TASK_GOES_ON;
    const char *seam = text->known.seam > all.begin ? text->known.seam : all.begin;
    const char *blank = text->known.blank_end > all.begin ? text->known.blank_end : all.begin;
    condition_begin_known(state->condition, all.begin, all.end, &(struct matcher_seam){seam, blank});
    while (!chunk_text_is_stopped(text) && condition_next(state->condition, &line)) {
        if (query->text_only && binary_find(query, line) != BINARY_NOT)
            continue;
        if (!asked)
            wanted = quota_wanted(quota, text);
        asked = true;
        if (wanted == 0)
            break;
        wanted--;
        state->result->selected++;
        add_line(state, line);
    }
    state->result->used = condition_used(state->condition);
    return TASK_GOES_ON;
}

static void result_clear(void *of_chunk)
{
    struct result *result = of_chunk;
    tally_table_free(&result->table);
    search_given_up_free(&result->given_up);
    *result = (struct result){.selected = 0};
}

static bool result_is_heavy(const void *of_chunk)
{
    const struct result *result = of_chunk;
    return result->table.count > 0 || result->given_up.count > 0;
}

/* --- in turn; the sum of a file is its quota --- */

static void sum_begin(const void *plan, const struct task_file *file)
{
    struct quota *quota = file->sum;
    atomic_init(&quota->wanted, ((const struct tally *)plan)->search->max_count);
    atomic_init(&quota->to_skip, 0);
}

struct turn {
    const struct tally *tally;
    struct search_total *total;
    uint64_t values; /* of all chunks so far */
};

static void *turn_create(const void *plan, void *total)
{
    struct turn *turn = xcalloc(1, sizeof *turn);
    turn->tally = plan;
    turn->total = total;
    return turn;
}

static void turn_free(void *turn)
{
    free(turn);
}

static bool join(void *context, const struct chunk_text *text, const void *of_chunk)
{
    struct turn *turn = context;
    struct result *result = (struct result *)(uintptr_t)of_chunk; /* whose table is handed over */
    struct quota *quota = text->file->sum;
    search_given_up_report(&result->given_up, "line", text);
    turn->total->used |= result->used;
    turn->total->lines += result->selected;
    turn->total->matches += result->values;
    turn->total->selected |= result->values > 0;
    atomic_fetch_add_explicit(&turn->total->so_far, result->selected, memory_order_relaxed);
    if (result->table.count > 0)
        tally_store_submit(turn->tally->store, &result->table, turn->values);
    turn->values += result->values;
    if (!turn->tally->search->query.limited)
        return true;
    atomic_fetch_sub(&quota->wanted, result->selected);
    return quota->wanted > 0;
}

/* --- the end --- */

struct printing {
    bool json;
    struct output *output;
};

static bool print_entry(void *context, const struct tally_entry *entry)
{
    const struct printing *printing = context;
    const struct span value = {entry->value, entry->value + entry->length};
    if (printing->json) {
        struct json_writer writer;
        json_begin(&writer, printing->output);
        json_data(&writer, "{\"type\":\"tally\",\"data\":{\"value\":", value);
        json_number(&writer, ",\"count\":", entry->count);
        json_print(&writer, "}}\n");
        json_flush(&writer);
        return true;
    }
    /* As `uniq -c`. */
    char number[NUMBER_DIGITS_MAX + 8];
    int length = snprintf(number, sizeof number, "%7llu ", (unsigned long long)entry->count);
    output_bytes(printing->output, number, (size_t)length);
    output_text(printing->output, value.begin, entry->length);
    output_byte(printing->output, '\n');
    return true;
}

static void end(void *context, const struct chunk_text *none, struct output *output)
{
    const struct turn *turn = context;
    const struct tally *tally = turn->tally;
    struct printing printing = {tally->json && !tally->part, output};
    int error =
        tally_store_finish(tally->store, tally->order, tally->part ? UINT64_MAX : tally->most, print_entry, &printing);
    char message[200];
    if (!error)
        return;
    snprintf(message, sizeof message, "temporary file: %s", strerror(error));
    none->ties->say(none->context, true, message);
}

/* --- parts of a file --- */

static void state_of(const void *plan, const struct task_file *file, struct part_state *state)
{
    const struct tally *tally = plan;
    (void)file;
    state->kind = "tally";
    part_state_add(state, "order", tally->order);
    part_state_add(state, "most", tally->most);
    part_state_add(state, "json", tally->json);
}

/* Adds what a part has printed: lines of a count and a value, in order. */
static bool add_part(struct tally_table *table, const struct part *part)
{
    const char *at = part->output, *end = at + part->bytes;
    for (uint64_t first = 0; at < end; first++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        uint64_t count = 0;
        while (at < end && *at == ' ')
            at++;
        const char *digits = at;
        for (; at < end && *at >= '0' && *at <= '9'; at++)
            count = 10 * count + (uint64_t)(*at - '0');
        if (!newline || at == digits || *at++ != ' ')
            return false;
        const struct span value = {at, newline};
        tally_table_add(table, value, tally_hash(value), count, first);
        at = newline + 1;
    }
    return true;
}

static const char *merge(const struct part *parts, size_t count, struct output *output, struct part_outcome *outcome)
{
    struct tally_store *store = tally_store_create(NULL); /* there is no budget that could be used up */
    uint64_t first = 0;
    bool good = true;
    for (size_t i = 0; i < count && good; i++) {
        struct tally_table table = {NULL};
        good = add_part(&table, &parts[i]);
        outcome->selected |= table.count > 0;
        const uint64_t before = first;
        first += table.count;
        tally_store_submit(store, &table, before);
    }
    const struct part_state *state = &parts[0].state;
    struct printing printing = {part_state_get(state, "json") != 0, output};
    const char *text = "the output is not a tally";
    if (good) {
        int error = tally_store_finish(store, (enum tally_order)part_state_get(state, "order"),
                                       part_state_get(state, "most"), print_entry, &printing);
        text = error ? strerror(error) : NULL;
    }
    tally_store_free(store);
    return text;
}

const struct task tally_task = {
    .name = "tally",
    .result_size = sizeof(struct result),
    .sum_size = sizeof(struct quota),
    .needs = needs,
    .is_blank = is_blank,
    .state_create = state_create,
    .state_free = state_free,
    .run = run,
    .result_clear = result_clear,
    .result_is_heavy = result_is_heavy,
    .sum_begin = sum_begin,
    .turn_create = turn_create,
    .turn_free = turn_free,
    .join = join,
    .end = end,
    .state = state_of,
    .merge = merge,
};
