#include "task/search.h"

#include "base/alloc.h"
#include "task/chunk-head.h"
#include "task/file-kind.h"
#include "task/last-lines.h"
#include "task/lines.h"
#include "task/outside.h"
#include "task/search-files.h"
#include "task/search-merge.h"
#include "task/searcher.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* What the chunks of a file come to. */
struct sum {
    struct quota quota;
    uint64_t selected, matches;
    uint64_t selected_end; /* offset after the last selected line */
    bool binary;           /* a line was not printed, because it is not text */
    struct printed printed;
    struct last_lines last;
    struct {
        bool begun;             /* the part begins with context of a line before it */
        uint64_t due;           /* so many lines at the end of the part may be context of a line behind it */
        struct span text;       /* that ends with the part, where it stays */
        uint64_t offset, lines; /* where the last chunk ended; with line numbers, the lines up to there */
    } edge;
    uint64_t began;           /* nanoseconds of the clock; 0: it was not opened */
    bool ended;               /* a selected line has a NUL byte: nothing more is printed */
    uint64_t lines_printed;   /* bytes of lines that have been printed */
    bool announced;           /* the format has been told that something is printed */
    struct printer_sums sums; /* what the format was told in the end */
};

/* What goes through the chunks in their order. */
struct turn {
    const struct search *search;
    struct search_total *total;
    struct head_printer *heads; /* NULL until there is one */
    struct last_printer *last;  /* likewise */
    bool compression_said;      /* that a file is compressed */
    uint64_t began;             /* nanoseconds of the clock */
    struct output *output;      /* for what stands before all lines of a file */
};

static uint64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

/* --- what is wanted --- */

/* Whether the last lines have to be found before they are printed, or their matches counted. */
static bool finds_last(const struct search *search)
{
    return search->query.mode == QUERY_BOUNDS;
}

static unsigned needs(const void *plan)
{
    const struct search *search = plan;
    const struct query *query = &search->query;
    bool prints = search_final_mode(search) == QUERY_LINES;
    return (prints && query->printer->line_number ? TASK_NUMBERS_LINES : 0) |
           (prints && search->max_count > 1 ? TASK_PRINTS_LINES : 0) |
           (chunk_head_is_wanted(query) || finds_last(search) ? TASK_KEEPS_TEXT : 0);
}

static bool is_blank(const void *plan, const char *from, const char *end, const char *text_end)
{
    const struct search *search = plan;
    return condition_is_blank(search->query.condition, from, end, text_end);
}

static bool has_lines(const void *plan, const struct chunk_text *text)
{
    const struct search *search = plan;
    struct span searched = query_text(&search->query, text, (struct span){text->begin, text->end});
    return searched.begin < searched.end;
}

/* --- one chunk --- */

struct state {
    const struct search *search;
    struct searcher *searcher;
};

static void *state_create(const void *plan)
{
    const struct search *search = plan;
    struct state *state = xmalloc(sizeof *state);
    *state = (struct state){search, searcher_create(&search->query)};
    return state;
}

static void state_free(void *context)
{
    struct state *state = context;
    searcher_free(state->searcher);
    free(state);
}

static enum task_verdict run(void *context, const struct chunk_text *text, struct output *output, void *of_chunk)
{
    struct state *state = context;
    struct search_result *result = of_chunk;
    const struct search *search = state->search;
    const struct query *query = &search->query;
    const struct sum *sum = text->file->sum;
    searcher_run(state->searcher, text, &sum->quota, output, result);
    if (text->file->start + text->offset == 0 && !query->text && !query->text_only)
        result->kind = file_kind_of((struct span){text->begin, text->end});
    if (result->kind && result->kind->compressed && search->decompresses)
        result->kind = NULL; /* it was compressed twice */
    if (query->mode != QUERY_EXISTS || result->selected == 0)
        return TASK_GOES_ON;
    return search->quiet ? TASK_DECIDED : TASK_FILE_DECIDED;
}

static void result_clear(void *result)
{
    search_result_clear(result);
}

static bool result_is_heavy(const void *of_chunk)
{
    const struct search_result *result = of_chunk;
    return result->given_up.count > 0;
}

/* --- the sum of a file --- */

/* With -m, --skip-matches and --last only lines in the part are counted, and have context. */
static bool looks_outside(const struct search *search, const struct task_file *file)
{
    const struct query *query = &search->query;
    const struct task_outside *outside = file->outside;
    return outside && outside->begin < outside->end && chunk_head_is_wanted(query) && !query->limited && !query->skips;
}

static void look_outside(const struct search *search, const struct task_file *file)
{
    const struct query *query = &search->query;
    struct sum *sum = file->sum;
    if (!looks_outside(search, file))
        return;
    const uint64_t owed = outside_owed(query, file);
    if (owed > 0) {
        sum->printed.place = (struct search_place){file->outside->begin, owed};
        sum->edge.begun = true;
    }
    sum->edge.due = outside_due(query, file);
}

static void sum_begin(const void *plan, const struct task_file *file)
{
    const struct search *search = plan;
    struct sum *sum = file->sum;
    atomic_init(&sum->quota.wanted, search->max_count);
    atomic_init(&sum->quota.to_skip, search->skip);
    sum->printed.place.printed_to = SEARCH_NOTHING_PRINTED;
    look_outside(search, file);
    sum->began = now();
}

static void sum_clear(void *context)
{
    struct sum *sum = context;
    printed_free(&sum->printed);
    last_lines_free(&sum->last);
}

static void *turn_create(const void *plan, void *total)
{
    struct turn *turn = xcalloc(1, sizeof *turn);
    turn->search = plan;
    turn->total = total;
    turn->began = now();
    turn->output = output_create();
    return turn;
}

static void turn_free(void *context)
{
    struct turn *turn = context;
    last_printer_free(turn->last);
    head_printer_free(turn->heads);
    output_free(turn->output);
    free(turn);
}

static struct head_printer *heads_of(struct turn *turn)
{
    if (!turn->heads)
        turn->heads = head_printer_create(&turn->search->query);
    return turn->heads;
}

static bool write_announcement(void *context, struct output *output)
{
    const struct chunk_text *text = context;
    return text->ties->write(text->context, output);
}

/* Before anything is printed of a file. */
static void announce(struct turn *turn, struct chunk_text text)
{
    const struct printer *printer = turn->search->query.printer;
    struct sum *sum = text.file->sum;
    if (sum->announced || !printer->format->file_begin)
        return;
    sum->announced = true;
    output_begin(turn->output, false, 0, write_announcement, &text);
    printer->format->file_begin(printer, turn->output, text.file->name);
    output_flush_now(turn->output);
}

static bool head(void *context, const struct chunk_text *text, const void *of_chunk)
{
    struct turn *turn = context;
    struct sum *sum = text->file->sum;
    const struct search_result *result = of_chunk;
    if (turn->search->query.mode == QUERY_LINES &&
        (result->selected > 0 || turn->search->query.passthru || sum->edge.begun))
        announce(turn, *text);
    if (!chunk_head_is_wanted(&turn->search->query))
        return true;
    if (sum->edge.begun)
        head_printer_set_grouped(heads_of(turn));
    struct span before = printed_before(&sum->printed, text);
    return head_printer_run(heads_of(turn), text, before, of_chunk, &sum->printed, &sum->binary);
}

/* Of compressed files one is enough to say how their text is searched. */
static void say_compressed(struct turn *turn, const struct chunk_text *text, const struct file_kind *kind)
{
    char message[100];
    if (turn->compression_said)
        return;
    turn->compression_said = true;
    snprintf(message, sizeof message,
             "warning: compressed by %s, and searched as it is; --decompress searches its text", kind->name);
    text->ties->say(text->context, false, message);
}

/* A search in such a file may well find nothing. */
static void say_kind(struct turn *turn, const struct chunk_text *text, const struct file_kind *kind)
{
    char message[100];
    if (!kind)
        return;
    if (kind->compressed) {
        say_compressed(turn, text, kind);
        return;
    }
    snprintf(message, sizeof message, "warning: the text is %s, by its byte-order mark, and is searched as bytes",
             kind->name);
    text->ties->say(text->context, false, message);
}

static void add_up(struct sum *sum, const struct query *query, const struct search_result *result)
{
    sum->selected += result->selected;
    sum->matches += result->matches;
    sum->binary |= result->binary;
    if (query->skips)
        atomic_fetch_sub(&sum->quota.to_skip, result->skipped);
    if (query->limited)
        atomic_fetch_sub(&sum->quota.wanted, result->selected);
    if (result->selected)
        sum->selected_end = result->selected_end;
}

/* Keeps what print_due() needs. */
static void keep_edge(struct sum *sum, const struct query *query, const struct chunk_text *text)
{
    if (sum->edge.due == 0)
        return;
    if (text->stays)
        sum->edge.text = (struct span){text->before, text->end};
    sum->edge.offset = chunk_text_offset(text, text->end);
    if (query->printer->line_number)
        sum->edge.lines = chunk_text_lines_before(text) + query_count_lines(query, text->begin, text->end);
}

static bool join(void *context, const struct chunk_text *text, const void *of_chunk)
{
    struct turn *turn = context;
    const struct search *search = turn->search;
    const struct query *query = &search->query;
    const struct search_result *result = of_chunk;
    struct sum *sum = text->file->sum;
    say_kind(turn, text, result->kind);
    search_given_up_report(&result->given_up, "line", text);
    if (text->begin < text->end) {
        if (finds_last(search))
            last_lines_keep(&sum->last, query, search->last, text, printed_before(&sum->printed, text), result);
        printed_keep(&sum->printed, query, text, result);
        keep_edge(sum, query, text);
    }
    if (result->ended)
        sum->edge.due = 0;
    sum->ended |= result->ended;
    add_up(sum, query, result);
    atomic_fetch_add_explicit(&turn->total->so_far, result->selected, memory_order_relaxed);
    turn->total->used |= result->used;
    bool owes = query->passthru || last_lines_owe(&sum->last) || sum->printed.place.owed > 0;
    return !result->ended && !(query->limited && sum->quota.wanted == 0 && !owes) &&
           !(query->mode == QUERY_EXISTS && result->selected);
}

/* --- files --- */

/* How much of a file was searched. */
static uint64_t searched(const struct search *search, const struct chunk_text *end)
{
    const struct sum *sum = end->file->sum;
    const struct search_place *place = &sum->printed.place;
    if (!search->query.limited || sum->quota.wanted > 0)
        return end->offset - (end->file->outside ? end->file->outside->begin : 0);
    bool further = place->printed_to != SEARCH_NOTHING_PRINTED && place->printed_to > sum->selected_end;
    return further ? place->printed_to : sum->selected_end;
}

/* Prints lines at the end of a part that are context of a selected line behind it. */
static void print_due(struct turn *turn, const struct chunk_text *end)
{
    const struct query *query = &turn->search->query;
    struct sum *sum = end->file->sum;
    struct span before = sum->edge.text;
    if (sum->edge.due == 0 || sum->edge.offset != end->file->outside->end)
        return;
    if (!before.end)
        before = (struct span){sum->printed.tail.bytes, sum->printed.tail.bytes + sum->printed.tail.length};
    before.begin = lines_back(before.begin, before.end, query_line_end(query), &sum->edge.due);
    if (before.begin == before.end)
        return;
    struct chunk_text text = *end;
    text.begin = text.end = before.end;
    text.before = before.begin;
    text.stays = sum->edge.text.end != NULL;
    text.known = (struct matcher_seam){before.end, before.end};
    text.offset = sum->edge.offset;
    text.lines = &sum->edge.lines;
    const struct search_result next = {.grouped = true, .first = text.offset};
    announce(turn, text);
    const bool first = !sum->printed.begun;
    head_printer_run(heads_of(turn), &text, before, &next, &sum->printed, &sum->binary);
    if (first) /* of a selected line that lies further on, fewer lines are context here */
        sum->printed.missing = sum->edge.due;
}

/* What the format says of a file in the end, if anything. */
static void conclude(struct turn *turn, const struct chunk_text *end, struct output *output)
{
    const struct printer *printer = turn->search->query.printer;
    struct sum *sum = end->file->sum;
    struct printer_sums *total = &turn->total->sums;
    if (!printer->format->file_end || sum->began == 0)
        return;
    const struct printer_sums sums = {
        .files = 1,
        .files_selected = sum->selected > 0,
        .bytes_searched = searched(turn->search, end),
        .bytes_printed = end->file->printed,
        .lines = sum->selected,
        .matches = sum->matches,
        .nanoseconds = now() - sum->began,
    };
    sum->sums = sums;
    printer_sums_add(total, &sums);
    if (sum->announced)
        printer->format->file_end(printer, output, end->file->name, &sums);
}

static void file_end(void *context, const struct chunk_text *end, struct output *output)
{
    struct turn *turn = context;
    struct search_total *total = turn->total;
    const struct search *search = turn->search;
    struct sum *sum = end->file->sum;
    if (finds_last(search)) {
        struct query query = search->query;
        query.mode = search->last_mode;
        if (!turn->last)
            turn->last = last_printer_create(&query, heads_of(turn));
        if (query.mode == QUERY_LINES && sum->selected > 0)
            announce(turn, *end);
        last_printer_run(turn->last, &sum->last, search->last, end, &sum->printed, &sum->matches, &sum->binary);
    }
    print_due(turn, end);
    if (sum->selected > search->last)
        sum->selected = search->last;
    total->selected |= sum->selected > 0;
    total->lines += sum->selected;
    total->matches += sum->matches;
    sum->lines_printed = end->file->printed;
    search_print_file(search, total, end->file->name, &(struct search_found){sum->selected, sum->matches, sum->binary},
                      output);
    conclude(turn, end, output);
}

/* Standard input is left at its end or, where the search ended early, after the last selected line. */
static uint64_t position(const void *plan, const struct task_file *file)
{
    const struct search *search = plan;
    const struct sum *sum = file->sum;
    const struct query *query = &search->query;
    bool enough = (query->limited && sum->quota.wanted == 0) || (query->mode == QUERY_EXISTS && sum->selected > 0);
    return enough ? file->start + sum->selected_end : TASK_POSITION_END;
}

/* Prints the total of the counts, if it is wanted. */
static void end(void *context, const struct chunk_text *none, struct output *output)
{
    const struct turn *turn = context;
    const struct search *search = turn->search;
    const struct search_total *total = turn->total;
    const struct printer *printer = search->query.printer;
    (void)none;
    if (printer->format->end_all && !search->quiet)
        printer->format->end_all(printer, output, &total->sums, now() - turn->began);
    search_print_total(search, total, output);
}

/* --- parts of a file --- */

static void set_separator(const struct query *query, struct part_state *state)
{
    size_t length;
    if (!query->group_separator)
        return;
    struct output *output = output_create();
    output_begin(output, false, 0, NULL, NULL);
    query->printer->format->separator(query->printer, output, query->group_separator);
    const char *bytes = output_copied(output, &length);
    state->text = xmemdup0(bytes, length);
    state->length = length;
    output_free(output);
}

static void state_of(const void *plan, const struct task_file *file, struct part_state *state)
{
    const struct search *search = plan;
    const struct sum *sum = file->sum;
    const struct printed *printed = &sum->printed;
    state->kind = search->list == LIST_WITHOUT_MATCH        ? SEARCH_KIND_OTHERS
                  : search->list == LIST_MATCHING           ? SEARCH_KIND_NAMES
                  : search_counts(search)                   ? SEARCH_KIND_COUNT
                  : search->query.printer->format->file_end ? SEARCH_KIND_JSON
                                                            : SEARCH_KIND_LINES;
    part_state_add(state, "selected", sum->selected);
    part_state_add(state, "matches", sum->matches);
    part_state_add(state, "count", search_counts_matches(search) ? sum->matches : sum->selected);
    part_state_add(state, "binary", sum->binary);
    part_state_add(state, "ended", sum->ended);
    part_state_add(state, "lines_bytes", sum->lines_printed);
    part_state_add(state, "searched", sum->sums.bytes_searched);
    part_state_add(state, "nanoseconds", sum->sums.nanoseconds);
    if (!chunk_head_is_wanted(&search->query))
        return;
    const uint64_t begin = file->outside ? file->outside->begin : 0;
    set_separator(&search->query, state);
    part_state_add(state, "grouped", sum->edge.begun || printed->begun);
    part_state_add(state, "goes_on",
                   sum->edge.begun || (printed->begun && printed->first == begin && printed->missing > 0));
    part_state_add(state, "group_first", sum->edge.begun ? begin : printed->first);
    part_state_add(state, "group_end", printed->place.printed_to);
}

const struct task search_task = {
    .name = "search",
    .result_size = sizeof(struct search_result),
    .sum_size = sizeof(struct sum),
    .needs = needs,
    .is_blank = is_blank,
    .has_lines = has_lines,
    .state_create = state_create,
    .state_free = state_free,
    .run = run,
    .result_clear = result_clear,
    .result_is_heavy = result_is_heavy,
    .sum_begin = sum_begin,
    .sum_clear = sum_clear,
    .turn_create = turn_create,
    .turn_free = turn_free,
    .head = head,
    .join = join,
    .file_end = file_end,
    .position = position,
    .end = end,
    .state = state_of,
    .merge = search_merge,
};
