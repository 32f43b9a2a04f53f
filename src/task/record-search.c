#include "task/record-search.h"

#include "base/alloc.h"
#include "sys/memory.h"
#include "task/record-printer.h"
#include "task/search-files.h"
#include "task/search-merge.h"
#include "task/search-result.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- what is wanted --- */

/* Whether what becomes of a record depends on those before it. */
static bool goes_in_order(const struct search *search)
{
    const struct query *query = &search->query;
    const bool prints = search_final_mode(search) == QUERY_LINES;
    return query->limited || query->skips || search->last != UINT64_MAX ||
           (prints && (query->context || query->printer->line_number));
}

static unsigned needs(const void *plan)
{
    const struct search *search = ((const struct record_search *)plan)->search;
    const bool prints = search_final_mode(search) == QUERY_LINES;
    return (prints && search->query.printer->line_number ? TASK_NUMBERS_LINES : 0) |
           (prints && search->max_count > 1 ? TASK_PRINTS_LINES : 0) | (goes_in_order(search) ? TASK_KEEPS_TEXT : 0);
}

/* --- where chunks end --- */

/* A copy of a record. */
struct kept {
    char *bytes;
    struct record record;
    uint64_t number; /* of records before it in the file */
    uint64_t matches;
    bool selected;
};

/* Copies of consecutive records, some of which may be missing between two; items[first..count). */
struct kept_list {
    struct kept *items;
    size_t first, count, room;
};

/* What a file's chunks come to. */
struct sum {
    /* Of a record longer than chunks the end is found once: no record begins in [blank, blank_end). */
    pthread_mutex_t lock;
    const char *blank, *blank_end;
    /* All that follows is looked at in turn. */
    bool begun;
    uint64_t lines;  /* newlines before the next record; with line numbers */
    uint64_t number; /* of records so far */
    uint64_t to_skip, wanted;
    uint64_t selected, matches;
    uint64_t selected_end; /* offset after the last selected record */
    uint64_t owed;         /* so many records that come next are context */
    uint64_t printed;      /* of records up to the last one printed; 0: none */
    struct kept_list before, last;
    bool binary, ended;
    uint64_t printed_bytes; /* of records */
};

static size_t seam(const void *plan, const struct task_file *file, const char *text, size_t length)
{
    struct sum *sum = file->sum;
    pthread_mutex_lock(&sum->lock);
    const bool known = sum->blank && text > sum->blank && text <= sum->blank_end;
    const char *end = sum->blank_end;
    pthread_mutex_unlock(&sum->lock);
    if (known && (size_t)(end - text) <= length)
        return (size_t)(end - text);
    const size_t found = records_seam(((const struct record_search *)plan)->records, text, length);
    pthread_mutex_lock(&sum->lock);
    if (found > (size_t)(sum->blank_end - sum->blank) || text > sum->blank_end) {
        sum->blank = text;
        sum->blank_end = text + found;
    }
    pthread_mutex_unlock(&sum->lock);
    return found;
}

static size_t cut(const void *plan, const char *bytes, size_t from, size_t length)
{
    return records_last(((const struct record_search *)plan)->records, bytes, from, length);
}

/* --- one chunk --- */

struct item {
    uint64_t end; /* of the record, from the start of the chunk */
    uint64_t matches;
    bool selected;
};

struct result {
    uint64_t selected, matches, selected_end;
    bool binary, ended;
    unsigned used;
    struct item *items; /* all records, where they are looked at in turn */
    size_t count, room;
    struct search_given_up_list given_up;
};

/* A thread's. */
struct state {
    const struct search *search;
    struct condition_state *condition;
    struct record_walk *walk;
    struct record_printer *printer;
    /* The chunk in hand. */
    const struct chunk_text *text;
    struct result *result;
    struct span record; /* the one in hand; none while the walk looks for its end */
};

static void add_given_up(struct state *state, const char *line, int error)
{
    search_given_up_add(&state->result->given_up, chunk_text_offset(state->text, line), error);
}

/* A first line that was given up begins no record. */
static void note_line_given_up(void *context, const char *line, int error)
{
    add_given_up(context, line, error);
}

/* Of the record, as its parts between NUL bytes are none of a user's concern. */
static void note_record_given_up(void *context, const char *part, int error)
{
    struct state *state = context;
    (void)part;
    add_given_up(state, state->record.begin, error);
}

static void *state_create(const void *plan)
{
    const struct record_search *search = plan;
    struct state *state = xcalloc(1, sizeof *state);
    state->search = search->search;
    state->condition =
        condition_state_create(search->search->query.condition, &(struct given_up_sink){note_record_given_up, state});
    state->walk = record_walk_create(search->records, &(struct given_up_sink){note_line_given_up, state});
    state->printer = record_printer_create(&search->search->query, state->condition);
    return state;
}

static void state_free(void *context)
{
    struct state *state = context;
    record_printer_free(state->printer);
    record_walk_free(state->walk);
    condition_state_free(state->condition);
    free(state);
}

/* What is searched of a record. */
static struct span text_of(const struct query *query, const struct chunk_text *chunk, struct span record)
{
    struct span text = query_text(query, chunk, record);
    if (text.begin < text.end && text.end[-1] == '\n')
        text.end--;
    return text;
}

/* Whether the condition holds for a record, that is, for a part of it between NUL bytes. */
static bool holds(struct condition_state *condition, struct span text)
{
    static const char empty[1 + MEMORY_SLACK];
    struct span part;
    if (text.begin == text.end) /* a NUL byte ends what is empty, too */
        condition_begin(condition, empty, empty + 1);
    else
        condition_begin(condition, text.begin, text.end);
    return condition_next(condition, &part);
}

static bool is_selected(struct state *state, struct span record)
{
    const struct query *query = &state->search->query;
    const struct span text = text_of(query, state->text, record);
    if (query->text_only && binary_find(query, record) != BINARY_NOT)
        return false;
    const bool all = condition_matches_all(query->condition);
    return (all || holds(state->condition, text)) != query->invert;
}

static uint64_t count_matches(struct state *state, struct span record)
{
    const struct query *query = &state->search->query;
    if (query->invert || !(query->count_matches || search_counts_matches(state->search)))
        return 0;
    return record_count_matches(state->condition, text_of(query, state->text, record));
}

static void add_item(struct result *result, const struct item *item)
{
    if (result->count == result->room) {
        result->room = 2 * result->room + 64;
        result->items = xreallocarray(result->items, result->room, sizeof *result->items);
    }
    result->items[result->count++] = *item;
}

/* A selected record whose turn does not matter.  False when nothing more of the chunk is wanted. */
static bool take(struct state *state, struct span lines, uint64_t matches, struct output *output)
{
    const struct query *query = &state->search->query;
    struct result *result = state->result;
    result->selected++;
    result->matches += matches;
    result->selected_end = chunk_text_offset(state->text, lines.end);
    if (query->mode == QUERY_EXISTS)
        return false;
    if (query->mode != QUERY_LINES)
        return true;
    const struct record record = {.lines = lines,
                                  .text = text_of(query, state->text, lines),
                                  .offset = chunk_text_offset(state->text, lines.begin)};
    enum binary binary = record_printer_print(state->printer, state->text->file, &record, true, output);
    result->binary |= binary != BINARY_NOT;
    result->ended = binary == BINARY_NUL;
    return !result->ended;
}

static enum task_verdict run(void *context, const struct chunk_text *text, struct output *output, void *of_chunk)
{
    struct state *state = context;
    struct result *result = of_chunk;
    const struct search *search = state->search;
    const bool in_order = goes_in_order(search);
    struct span all = query_text(&search->query, text, (struct span){text->begin, text->end});
    state->text = text;
    state->result = result;
    if (all.begin == all.end) /* a byte-order mark is no record */
        return TASK_GOES_ON;
    record_walk_begin(state->walk, (struct span){text->begin, text->end});
    while (!chunk_text_is_stopped(text) && record_walk_next(state->walk, &state->record)) {
        struct item item = {.end = (uint64_t)(state->record.end - text->begin)};
        item.selected = is_selected(state, state->record);
        item.matches = item.selected ? count_matches(state, state->record) : 0;
        if (in_order)
            add_item(result, &item);
        else if (item.selected && !take(state, state->record, item.matches, output))
            break;
    }
    result->used = condition_used(state->condition);
    if (in_order || search->query.mode != QUERY_EXISTS || result->selected == 0)
        return TASK_GOES_ON;
    return search->quiet ? TASK_DECIDED : TASK_FILE_DECIDED;
}

static void result_clear(void *of_chunk)
{
    struct result *result = of_chunk;
    free(result->items);
    search_given_up_free(&result->given_up);
    *result = (struct result){0};
}

static bool result_is_heavy(const void *of_chunk)
{
    const struct result *result = of_chunk;
    return result->count > 0 || result->given_up.count > 0;
}

/* --- records that are kept --- */

static void keep(struct kept_list *list, const struct record *record, uint64_t number, bool selected, uint64_t matches)
{
    if (list->first > 0 && list->first >= list->count / 2) { /* the dropped ones make room */
        memmove(list->items, list->items + list->first, (list->count - list->first) * sizeof *list->items);
        list->count -= list->first;
        list->first = 0;
    }
    if (list->count == list->room) {
        list->room = 2 * list->room + 4;
        list->items = xreallocarray(list->items, list->room, sizeof *list->items);
    }
    const size_t length = (size_t)(record->lines.end - record->lines.begin);
    struct kept *kept = &list->items[list->count++];
    *kept = (struct kept){.bytes = xmalloc(length + MEMORY_SLACK),
                          .record = *record,
                          .number = number,
                          .selected = selected,
                          .matches = matches};
    memcpy(kept->bytes, record->lines.begin, length);
    memset(kept->bytes + length, 0, MEMORY_SLACK);
    kept->record.lines = (struct span){kept->bytes, kept->bytes + length};
    kept->record.text.begin = kept->bytes + (record->text.begin - record->lines.begin);
    kept->record.text.end = kept->bytes + (record->text.end - record->lines.begin);
}

static void drop_first(struct kept_list *list)
{
    free(list->items[list->first++].bytes);
}

static void kept_list_free(struct kept_list *list)
{
    while (list->first < list->count)
        drop_first(list);
    free(list->items);
}

/* --- in turn --- */

struct turn {
    const struct search *search;
    struct search_total *total;
    struct condition_state *condition;
    struct record_printer *printer;
    struct output *output;
    bool grouped; /* something has been printed, of any file */
    /* While a chunk is joined, or a file ended. */
    const struct chunk_text *text;
    bool failed; /* nothing more can be written */
};

/* What PCRE2 gives up while matches are shown has been found before. */
static void ignore(void *context, const char *line, int error)
{
    (void)context, (void)line, (void)error;
}

static void *turn_create(const void *plan, void *total)
{
    struct turn *turn = xcalloc(1, sizeof *turn);
    turn->search = ((const struct record_search *)plan)->search;
    turn->total = total;
    turn->condition = condition_state_create(turn->search->query.condition, &(struct given_up_sink){ignore, NULL});
    turn->printer = record_printer_create(&turn->search->query, turn->condition);
    turn->output = output_create();
    return turn;
}

static void turn_free(void *context)
{
    struct turn *turn = context;
    record_printer_free(turn->printer);
    condition_state_free(turn->condition);
    output_free(turn->output);
    free(turn);
}

static bool flush(void *context, struct output *output)
{
    struct turn *turn = context;
    const struct chunk_text *text = turn->text;
    if (!turn->failed && text->begin)
        turn->failed = !text->ties->is_right(text->context, chunk_text_offset(text, text->end));
    if (!turn->failed)
        turn->failed = !text->ties->write(text->context, output);
    return !turn->failed;
}

static void print(struct turn *turn, struct sum *sum, const struct record *record, uint64_t number, bool selected)
{
    const struct query *query = &turn->search->query;
    if (query->context && query->group_separator && turn->grouped && (sum->printed == 0 || sum->printed != number))
        query->printer->format->separator(query->printer, turn->output, query->group_separator);
    enum binary binary = record_printer_print(turn->printer, turn->text->file, record, selected, turn->output);
    if (binary == BINARY_NOT) {
        turn->grouped = true;
        sum->printed = number + 1;
        return;
    }
    sum->binary |= selected || !query->text_only;
    sum->ended |= selected && binary == BINARY_NUL;
    sum->owed = 0; /* as in grep, what is not text ends the context */
}

/* Leaves so many selected records as are wanted at last; those before them stay as far as they are context. */
static void drop_early(const struct search *search, struct kept_list *last, uint64_t selected)
{
    for (size_t next = last->first; selected > search->last; selected--) {
        while (!last->items[next].selected)
            next++;
        last->items[next].selected = false;
        last->items[next].matches = 0;
        while (!last->items[next].selected)
            next++;
        while (last->items[next].number - last->items[last->first].number > search->query.before)
            drop_first(last);
    }
}

static void show(struct turn *turn, struct sum *sum, const struct record *record, uint64_t number, bool selected,
                 uint64_t matches)
{
    const struct search *search = turn->search;
    if (search->last == UINT64_MAX) {
        if (search->query.mode == QUERY_LINES)
            print(turn, sum, record, number, selected);
        return;
    }
    keep(&sum->last, record, number, selected, matches);
    if (!selected)
        return;
    drop_early(search, &sum->last, sum->selected);
    if (sum->selected > search->last)
        sum->selected = search->last;
}

/* Whether a record that could be selected is. */
static bool is_allowed(const struct search *search, struct sum *sum)
{
    if (sum->to_skip > 0) {
        sum->to_skip--;
        return false;
    }
    return !search->query.limited || sum->wanted > 0;
}

/* A record, in turn.  False when nothing more of its file is wanted. */
static bool pass(struct turn *turn, struct sum *sum, const struct record *record, bool selected, uint64_t matches)
{
    const struct search *search = turn->search;
    const struct query *query = &search->query;
    const uint64_t number = sum->number++;
    if (selected && is_allowed(search, sum)) {
        sum->wanted -= query->limited;
        sum->selected++;
        sum->matches += matches;
        sum->selected_end = record->offset + (uint64_t)(record->lines.end - record->lines.begin);
        for (; sum->before.first < sum->before.count && !sum->ended; drop_first(&sum->before)) {
            const struct kept *kept = &sum->before.items[sum->before.first];
            show(turn, sum, &kept->record, kept->number, false, 0);
        }
        sum->owed = query->after;
        show(turn, sum, record, number, true, matches);
    } else if (sum->owed > 0) {
        sum->owed--;
        show(turn, sum, record, number, false, 0);
    } else if (query->before > 0) {
        keep(&sum->before, record, number, false, 0);
        if (sum->before.count - sum->before.first > query->before)
            drop_first(&sum->before);
    }
    const bool enough =
        (query->limited && sum->wanted == 0 && sum->owed == 0) || (query->mode == QUERY_EXISTS && sum->selected > 0);
    return !sum->ended && !enough && !turn->failed;
}

/* Records of a chunk, in turn. */
static bool pass_all(struct turn *turn, struct sum *sum, const struct chunk_text *text, const struct result *result)
{
    const struct query *query = &turn->search->query;
    const char *begin = text->begin;
    bool more = true;
    output_begin(turn->output, false, 0, flush, turn);
    for (size_t i = 0; i < result->count && more; i++) {
        const struct item *item = &result->items[i];
        const struct span lines = {begin, text->begin + item->end};
        const struct record record = {.lines = lines,
                                      .text = text_of(query, text, lines),
                                      .offset = chunk_text_offset(text, begin),
                                      .line_number = sum->lines + 1};
        more = pass(turn, sum, &record, item->selected, item->matches);
        if (query->printer->line_number)
            sum->lines += query_count_lines(query, lines.begin, lines.end);
        begin = lines.end;
    }
    output_flush_now(turn->output);
    return more && !turn->failed;
}

static bool join(void *context, const struct chunk_text *text, const void *of_chunk)
{
    struct turn *turn = context;
    const struct search *search = turn->search;
    const struct result *result = of_chunk;
    struct sum *sum = text->file->sum;
    if (!sum->begun && (needs(&(struct record_search){.search = search}) & TASK_NUMBERS_LINES))
        sum->lines = chunk_text_lines_before(text);
    sum->begun = true;
    search_given_up_report(&result->given_up, "record", text);
    turn->total->used |= result->used;
    if (goes_in_order(search)) {
        turn->text = text;
        return text->begin == text->end || pass_all(turn, sum, text, result);
    }
    sum->selected += result->selected;
    sum->matches += result->matches;
    if (result->selected)
        sum->selected_end = result->selected_end;
    sum->binary |= result->binary;
    sum->ended |= result->ended;
    atomic_fetch_add_explicit(&turn->total->so_far, result->selected, memory_order_relaxed);
    return !result->ended && !(search->query.mode == QUERY_EXISTS && result->selected);
}

/* --- files --- */

static void sum_begin(const void *plan, const struct task_file *file)
{
    const struct search *search = ((const struct record_search *)plan)->search;
    struct sum *sum = file->sum;
    pthread_mutex_init(&sum->lock, NULL);
    sum->to_skip = search->skip;
    sum->wanted = search->max_count;
}

static void sum_clear(void *context)
{
    struct sum *sum = context;
    kept_list_free(&sum->before);
    kept_list_free(&sum->last);
}

/* The last selected records, with what is around them. */
static void print_last(struct turn *turn, struct sum *sum, struct output *output)
{
    const bool prints = search_final_mode(turn->search) == QUERY_LINES;
    struct output *own = turn->output;
    turn->output = output;
    sum->matches = 0;
    for (; sum->last.first < sum->last.count && !sum->ended && !turn->failed; drop_first(&sum->last)) {
        const struct kept *kept = &sum->last.items[sum->last.first];
        sum->matches += kept->matches;
        if (prints)
            print(turn, sum, &kept->record, kept->number, kept->selected);
    }
    turn->output = own;
}

static void file_end(void *context, const struct chunk_text *end, struct output *output)
{
    struct turn *turn = context;
    struct sum *sum = end->file->sum;
    turn->text = end;
    if (turn->search->last != UINT64_MAX)
        print_last(turn, sum, output);
    turn->total->selected |= sum->selected > 0;
    turn->total->lines += sum->selected;
    turn->total->matches += sum->matches;
    sum->printed_bytes = end->file->printed;
    search_print_file(turn->search, turn->total, end->file->name,
                      &(struct search_found){sum->selected, sum->matches, sum->binary}, output);
}

/* Standard input is left behind the last selected record where the search ended early. */
static uint64_t position(const void *plan, const struct task_file *file)
{
    const struct query *query = &((const struct record_search *)plan)->search->query;
    const struct sum *sum = file->sum;
    bool enough = (query->limited && sum->wanted == 0) || (query->mode == QUERY_EXISTS && sum->selected > 0);
    return enough ? file->start + sum->selected_end : TASK_POSITION_END;
}

static void end(void *context, const struct chunk_text *none, struct output *output)
{
    const struct turn *turn = context;
    (void)none;
    search_print_total(turn->search, turn->total, output);
}

/* Of a part without context, which is merged as one of lines is. */
static void state_of(const void *plan, const struct task_file *file, struct part_state *state)
{
    const struct search *search = ((const struct record_search *)plan)->search;
    const struct sum *sum = file->sum;
    state->kind = search->list == LIST_WITHOUT_MATCH ? SEARCH_KIND_OTHERS
                  : search->list == LIST_MATCHING    ? SEARCH_KIND_NAMES
                  : search_counts(search)            ? SEARCH_KIND_COUNT
                                                     : SEARCH_KIND_LINES;
    part_state_add(state, "selected", sum->selected);
    part_state_add(state, "matches", sum->matches);
    part_state_add(state, "count", search_counts_matches(search) ? sum->matches : sum->selected);
    part_state_add(state, "binary", sum->binary);
    part_state_add(state, "ended", sum->ended);
    part_state_add(state, "lines_bytes", sum->printed_bytes);
}

const struct task record_search_task = {
    .name = "records",
    .result_size = sizeof(struct result),
    .sum_size = sizeof(struct sum),
    .needs = needs,
    .seam = seam,
    .cut = cut,
    .state_create = state_create,
    .state_free = state_free,
    .run = run,
    .result_clear = result_clear,
    .result_is_heavy = result_is_heavy,
    .sum_begin = sum_begin,
    .sum_clear = sum_clear,
    .turn_create = turn_create,
    .turn_free = turn_free,
    .join = join,
    .file_end = file_end,
    .position = position,
    .end = end,
    .state = state_of,
    .merge = search_merge,
};
