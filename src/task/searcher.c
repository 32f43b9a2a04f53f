#include "task/searcher.h"

#include "base/alloc.h"
#include "task/binary.h"
#include "task/matches.h"
#include "task/shown-lines.h"

#include <stdlib.h>
#include <string.h>

struct searcher {
    const struct query *query;
    struct condition_state *condition;
    struct shown_lines *shown;
    char line_end;
    /* The chunk in hand. */
    const struct chunk_text *chunk;
    const struct quota *quota;
    struct span text; /* what is searched of it */
    struct output *output;
    struct search_result *result;
    /* What is done with it: as the search says, or only counting. */
    enum query_mode mode;
    bool limited, count_matches;
    uint64_t to_skip; /* lines that are still not to be selected */
    uint64_t wanted;  /* lines that may still be selected */
    bool asked;       /* whether `wanted` is known */
};

/* Where a line begins of which what is searched begins there. */
static const char *line_of_text(const struct searcher *searcher, const char *text)
{
    return text == searcher->text.begin ? searcher->chunk->begin : text;
}

static void note_given_up(void *context, const char *line, int error)
{
    struct searcher *searcher = context;
    search_given_up_add(&searcher->result->given_up, chunk_text_offset(searcher->chunk, line_of_text(searcher, line)),
                        error);
}

struct searcher *searcher_create(const struct query *query)
{
    struct searcher *searcher = xcalloc(1, sizeof *searcher);
    const struct given_up_sink given_up = {note_given_up, searcher};
    searcher->query = query;
    searcher->line_end = query_line_end(query);
    searcher->condition = condition_state_create(query->condition, &given_up);
    searcher->shown = shown_lines_create(query, searcher->condition);
    return searcher;
}

void searcher_free(struct searcher *searcher)
{
    if (!searcher)
        return;
    shown_lines_free(searcher->shown);
    condition_state_free(searcher->condition);
    free(searcher);
}

/* The matches in a selected line, none when it is selected because it has none. */
static uint64_t count_matches(struct searcher *searcher, struct span line)
{
    uint64_t count = 0;
    if (searcher->query->invert)
        return 0;
    const struct span text = query_text(searcher->query, searcher->chunk, line);
    struct matches matches = matches_begin(searcher->condition, text, false);
    struct span match;
    while (matches_next(&matches, &match))
        count++;
    return count;
}

/* Notes selected lines, given whole. */
static void note_selected(struct searcher *searcher, struct span lines, uint64_t count)
{
    struct search_result *result = searcher->result;
    if (searcher->mode == QUERY_BOUNDS && result->selected == 0)
        result->first = chunk_text_offset(searcher->chunk, lines.begin);
    result->selected_end = chunk_text_offset(searcher->chunk, lines.end);
    result->selected += count;
}

/* One selected line, without its newline.  False when the chunk ends here. */
static bool select_line(struct searcher *searcher, struct span line)
{
    const struct query *query = searcher->query;
    if (query->text_only && binary_find(query, line) != BINARY_NOT)
        return true;
    if (searcher->to_skip > 0) {
        searcher->to_skip--;
        searcher->result->skipped++;
        return true;
    }
    if (searcher->limited) {
        if (!searcher->asked) {
            searcher->wanted = quota_wanted(searcher->quota, searcher->chunk);
            searcher->asked = true;
        }
        if (searcher->wanted == 0)
            return false;
        searcher->wanted--;
    }
    note_selected(searcher, (struct span){line.begin, line.end < searcher->chunk->end ? line.end + 1 : line.end}, 1);
    if (searcher->mode == QUERY_COUNT_MATCHES || searcher->count_matches)
        searcher->result->matches += count_matches(searcher, line);
    switch (searcher->mode) {
    case QUERY_LINES:
        if (!shown_lines_add(searcher->shown, line))
            return false;
        break;
    case QUERY_EXISTS:
        return false;
    case QUERY_COUNT:
    case QUERY_COUNT_MATCHES:
    case QUERY_BOUNDS:
        break;
    }
    return !searcher->limited || searcher->wanted > 0;
}

/* Several selected lines at once, where what comes of them is one piece of text or a number.  False when it is not so.
 */
static bool select_run(struct searcher *searcher, struct span run)
{
    const struct query *query = searcher->query;
    if (searcher->limited || searcher->to_skip > 0 || searcher->mode == QUERY_COUNT_MATCHES ||
        (searcher->count_matches && !query->invert))
        return false;
    if (query->text_only && binary_find(query, run) != BINARY_NOT)
        return false;
    if (searcher->mode == QUERY_LINES && !shown_lines_add_run(searcher->shown, run))
        return false;
    bool unfinished = run.end[-1] != searcher->line_end;
    note_selected(searcher, run, query_count_lines(searcher->query, run.begin, run.end) + unfinished);
    return true;
}

/* Whether each line that the matcher finds is selected, and nothing is wanted of it. */
static bool is_simple(const struct searcher *searcher)
{
    return !searcher->limited && !searcher->count_matches && !searcher->query->text_only && searcher->to_skip == 0;
}

/* Consecutive selected lines: whole, with their newlines.  False when the chunk ends here. */
static bool select_lines(struct searcher *searcher, struct span run)
{
    if (run.begin == run.end)
        return true;
    if (searcher->mode == QUERY_EXISTS && is_simple(searcher)) {
        const char *newline = memchr(run.begin, searcher->line_end, (size_t)(run.end - run.begin));
        note_selected(searcher, (struct span){run.begin, newline ? newline + 1 : run.end}, 1);
        return false;
    }
    if (select_run(searcher, run))
        return true;
    while (run.begin < run.end) {
        const char *newline = memchr(run.begin, searcher->line_end, (size_t)(run.end - run.begin));
        struct span line = {run.begin, newline ? newline : run.end};
        if (!select_line(searcher, line))
            return false;
        run.begin = newline ? newline + 1 : run.end;
    }
    return true;
}

/* Runs are handed over in pieces, so that what nobody wants any more is noticed, and the output bounded. */
#define RUN_SIZE ((size_t)256 << 10)

static bool select_pieces(struct searcher *searcher, struct span run)
{
    while (run.begin < run.end) {
        struct span piece = run;
        if ((size_t)(run.end - run.begin) > RUN_SIZE) {
            const char *newline =
                memchr(run.begin + RUN_SIZE, searcher->line_end, (size_t)(run.end - run.begin) - RUN_SIZE);
            piece.end = newline ? newline + 1 : run.end;
        }
        if (!select_lines(searcher, piece) || chunk_text_is_stopped(searcher->chunk))
            return false;
        run.begin = piece.end;
    }
    return true;
}

static const char *later(const char *a, const char *b)
{
    return a > b ? a : b;
}

static void begin_condition(struct searcher *searcher)
{
    const struct span text = searcher->text;
    const struct matcher_seam *known = &searcher->chunk->known;
    const struct matcher_seam of_text = {later(text.begin, known->seam), later(text.begin, known->blank_end)};
    condition_begin_known(searcher->condition, text.begin, text.end, &of_text);
}

/* The next line for which the condition holds, whole. */
static bool next_line(struct searcher *searcher, struct span *line)
{
    if (!condition_next(searcher->condition, line))
        return false;
    line->begin = line_of_text(searcher, line->begin);
    return true;
}

static void select_matching(struct searcher *searcher)
{
    const struct chunk_text *chunk = searcher->chunk;
    struct span line;
    begin_condition(searcher);
    if (searcher->mode == QUERY_COUNT && is_simple(searcher)) {
        searcher->result->selected += condition_count(searcher->condition);
        return;
    }
    while (next_line(searcher, &line))
        if (!select_line(searcher, line) || chunk_text_is_stopped(chunk))
            return;
}

static void select_others(struct searcher *searcher)
{
    const struct chunk_text *chunk = searcher->chunk;
    const char *done = chunk->begin;
    struct span line;
    begin_condition(searcher);
    while (next_line(searcher, &line)) {
        if (!select_pieces(searcher, (struct span){done, line.begin}) || chunk_text_is_stopped(chunk))
            return;
        done = line.end < chunk->end ? line.end + 1 : line.end;
    }
    select_pieces(searcher, (struct span){done, chunk->end});
}

static void select_all(struct searcher *searcher)
{
    const struct chunk_text *chunk = searcher->chunk;
    bool all = condition_matches_all(searcher->query->condition), invert = searcher->query->invert;
    if (all && !invert)
        select_pieces(searcher, (struct span){chunk->begin, chunk->end});
    else if (!all && invert)
        select_others(searcher);
    else if (!all)
        select_matching(searcher);
}

static void begin(struct searcher *searcher, const struct chunk_text *chunk, struct output *output,
                  struct search_result *result)
{
    const struct query *query = searcher->query;
    *result = (struct search_result){0};
    searcher->chunk = chunk;
    searcher->text = query_text(query, chunk, (struct span){chunk->begin, chunk->end});
    searcher->output = output;
    searcher->result = result;
    searcher->mode = query->mode;
    searcher->limited = query->limited;
    searcher->count_matches = query->count_matches;
    searcher->to_skip = 0;
    searcher->asked = false;
    shown_lines_begin(searcher->shown, chunk, output, result);
}

/*
 * While lines are skipped, chunks are counted by all threads; only the one in which the skipping ends has to be
 * searched again.  True when all of the chunk is skipped.
 */
static bool skip_chunk(struct searcher *searcher)
{
    const struct chunk_text *chunk = searcher->chunk;
    struct search_result *result = searcher->result;
    searcher->mode = QUERY_COUNT;
    searcher->limited = searcher->count_matches = false;
    select_all(searcher);
    uint64_t to_skip = quota_to_skip(searcher->quota, chunk), count = result->selected;
    if (count <= to_skip) {
        result->selected = 0;
        result->skipped = count;
        return true;
    }
    search_result_clear(result); /* PCRE2 gives lines up once more */
    begin(searcher, chunk, searcher->output, result);
    searcher->to_skip = to_skip;
    return false;
}

void searcher_run(struct searcher *searcher, const struct chunk_text *chunk, const struct quota *quota,
                  struct output *output, struct search_result *result)
{
    searcher->quota = quota;
    begin(searcher, chunk, output, result);
    if (searcher->text.begin == searcher->text.end)
        return;
    bool skipped = searcher->query->skips && quota_is_skipping(quota) && skip_chunk(searcher);
    if (!skipped)
        select_all(searcher);
    shown_lines_end(searcher->shown);
    result->used = condition_used(searcher->condition);
}

void searcher_print_head(struct searcher *searcher, const struct chunk_text *chunk, struct span before,
                         const uint64_t *first, struct search_place *place, bool *grouped, struct output *output,
                         struct search_result *result)
{
    begin(searcher, chunk, output, result);
    shown_lines_print_head(searcher->shown, before, first, place, grouped);
}
