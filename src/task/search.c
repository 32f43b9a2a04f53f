#include "task/search.h"

#include "base/alloc.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

struct searcher {
    const struct search *search;
    struct matcher_state *matcher;
    char line_end;
    size_t (*count_lines)(const char *text, size_t length); /* the kernel for that end */
    /* The chunk in hand. */
    const struct search_chunk *chunk;
    struct output *output;
    struct search_result *result;
    uint64_t wanted;      /* lines that may still be selected */
    bool asked;           /* whether `wanted` is known */
    bool numbered;        /* whether `line_number` is known */
    uint64_t line_number; /* of the line at `numbered_to` */
    const char *numbered_to;
};

void search_result_clear(struct search_result *result)
{
    free(result->troubles);
    *result = (struct search_result){0};
}

static void on_trouble(void *context, const char *line, int error)
{
    struct searcher *searcher = context;
    struct search_result *result = searcher->result;
    if (result->trouble_count == result->trouble_room) {
        result->trouble_room = 2 * result->trouble_room + 4;
        result->troubles = xreallocarray(result->troubles, result->trouble_room, sizeof *result->troubles);
    }
    result->troubles[result->trouble_count++] = (struct search_trouble){
        .offset = searcher->chunk->offset + (uint64_t)(line - searcher->chunk->begin),
        .error = error,
    };
}

struct searcher *searcher_create(const struct search *search)
{
    struct searcher *searcher = xcalloc(1, sizeof *searcher);
    searcher->search = search;
    searcher->line_end = search->null_lines ? '\0' : '\n';
    searcher->count_lines = search->null_lines ? search->kernels->count_nuls : search->kernels->count_newlines;
    searcher->matcher = matcher_state_create(search->matcher, on_trouble, searcher);
    return searcher;
}

void searcher_free(struct searcher *searcher)
{
    if (!searcher)
        return;
    matcher_state_free(searcher->matcher);
    free(searcher);
}

static uint64_t offset_of(const struct searcher *searcher, const char *at)
{
    return searcher->chunk->offset + (uint64_t)(at - searcher->chunk->begin);
}

static uint64_t line_number_of(struct searcher *searcher, const char *line)
{
    if (!searcher->numbered) {
        searcher->numbered = true;
        searcher->line_number = searcher->chunk->lines_before(searcher->chunk->context) + 1;
        searcher->numbered_to = searcher->chunk->begin;
    }
    searcher->line_number += searcher->count_lines(searcher->numbered_to, (size_t)(line - searcher->numbered_to));
    searcher->numbered_to = line;
    return searcher->line_number;
}

static struct place place_of(struct searcher *searcher, struct span line, const char *at)
{
    const struct printer *printer = searcher->search->printer;
    return (struct place){
        .name = searcher->chunk->name,
        .width = searcher->chunk->number_width,
        .empty = line.begin == line.end,
        .line_number = printer->line_number ? line_number_of(searcher, line.begin) : 0,
        .byte_offset = offset_of(searcher, at),
    };
}

/* Whether text is printed as it is: -a, or neither NUL bytes nor encoding errors. */
static bool printable(const struct search *search, struct span text)
{
    if (search->text)
        return true;
    size_t length = (size_t)(text.end - text.begin);
    unsigned found = search->kernels->classify(text.begin, length);
    bool nul = found & TEXT_NUL && !search->null_lines; /* with -z, between lines only */
    return !nul && (!(found & TEXT_HIGH) || !search->unicode || utf8_is_valid(text.begin, length));
}

static bool has_nul(const struct search *search, struct span text)
{
    return !search->text && !search->null_lines &&
           (search->kernels->classify(text.begin, (size_t)(text.end - text.begin)) & TEXT_NUL);
}

/* The next match in a line that is not empty, from `*from` on, which moves behind it; as grep looks for them. */
static bool next_match(struct searcher *searcher, struct span line, const char **from, struct span *match)
{
    while (*from < line.end && matcher_find(searcher->matcher, *from, match)) {
        /* \K in a group that a lookbehind calls can move the start before the place where the search began. */
        if (match->begin < *from)
            match->begin = *from;
        if (match->begin == line.end)
            return false;
        if (match->begin < match->end) {
            *from = match->end;
            return true;
        }
        *from = matcher_step(searcher->matcher, match->begin);
    }
    return false;
}

/* Each match on a line of its own.  False when the chunk ends here. */
static bool print_matches(struct searcher *searcher, struct span line)
{
    const struct search *search = searcher->search;
    const struct printer *printer = search->printer;
    if (search->invert)
        return true;
    if (has_nul(search, line)) {
        searcher->result->binary = true;
        return false;
    }
    const char *from = line.begin;
    struct span match;
    matcher_set_line(searcher->matcher, line);
    while (next_match(searcher, line, &from, &match)) {
        if (!printable(search, match)) {
            searcher->result->binary = true;
            return false;
        }
        struct place place = place_of(searcher, line, match.begin);
        printer_prefix(printer, searcher->output, &place);
        printer_colored(printer, searcher->output, printer->colors.selected_match, match.begin,
                        (size_t)(match.end - match.begin));
        printer_end_line(printer, searcher->output);
    }
    return true;
}

/* A line whose matches, and what is between them, have colours. */
static void print_colored(struct searcher *searcher, struct span line)
{
    const struct search *search = searcher->search;
    const struct printer *printer = search->printer;
    const struct colors *colors = &printer->colors;
    const char *line_color = search->invert && colors->reverse ? colors->context_line : colors->selected_line;
    const char *done = line.begin, *from = line.begin;
    struct span match;
    if (!search->invert && *colors->selected_match) {
        matcher_set_line(searcher->matcher, line);
        while (next_match(searcher, line, &from, &match)) {
            /* As in grep, a match ends the line's colour by beginning its own. */
            printer_color_start(printer, searcher->output, line_color);
            output_text(searcher->output, done, (size_t)(match.begin - done));
            printer_colored(printer, searcher->output, colors->selected_match, match.begin,
                            (size_t)(match.end - match.begin));
            done = match.end;
        }
    }
    /* A carriage return stays outside the colour, so that terminals do not paint over the line. */
    const char *end = *line_color && line.end > done && line.end[-1] == '\r' ? line.end - 1 : line.end;
    if (end > done)
        printer_colored(printer, searcher->output, line_color, done, (size_t)(end - done));
    output_bytes(searcher->output, end, (size_t)(line.end - end));
    printer_end_line(printer, searcher->output);
}

static bool print_line(struct searcher *searcher, struct span line)
{
    const struct search *search = searcher->search;
    if (search->only_matching)
        return print_matches(searcher, line);
    if (!printable(search, line)) {
        searcher->result->binary = true;
        return false;
    }
    struct place place = place_of(searcher, line, line.begin);
    printer_prefix(search->printer, searcher->output, &place);
    if (search->printer->colors.enabled) {
        print_colored(searcher, line);
    } else {
        output_text(searcher->output, line.begin, (size_t)(line.end - line.begin));
        printer_end_line(search->printer, searcher->output);
    }
    return true;
}

/* The matches in a selected line, none when it is selected because it has none. */
static uint64_t count_matches(struct searcher *searcher, struct span line)
{
    uint64_t count = 0;
    if (searcher->search->invert)
        return 0;
    const char *from = line.begin;
    struct span match;
    matcher_set_line(searcher->matcher, line);
    while (next_match(searcher, line, &from, &match))
        count++;
    return count;
}

/* One selected line, without its newline.  False when the chunk ends here. */
static bool select_line(struct searcher *searcher, struct span line)
{
    const struct search *search = searcher->search;
    if (search->limited) {
        if (!searcher->asked) {
            searcher->wanted = searcher->chunk->lines_wanted(searcher->chunk->context);
            searcher->asked = true;
        }
        if (searcher->wanted == 0)
            return false;
        searcher->wanted--;
        const char *after = line.end < searcher->chunk->end ? line.end + 1 : line.end;
        searcher->result->selected_end = offset_of(searcher, after);
    }
    searcher->result->selected++;
    if (search->mode == SEARCH_COUNT_MATCHES || search->count_matches)
        searcher->result->matches += count_matches(searcher, line);
    switch (search->mode) {
    case SEARCH_LINES:
        if (!print_line(searcher, line))
            return false;
        break;
    case SEARCH_EXISTS:
        return false;
    case SEARCH_COUNT:
    case SEARCH_COUNT_MATCHES:
        break;
    }
    return !search->limited || searcher->wanted > 0;
}

/* Several selected lines at once, where what comes of them is one piece of text or a number.  False when it is not so.
 */
static bool select_run(struct searcher *searcher, struct span run)
{
    const struct search *search = searcher->search;
    if (search->limited || search->mode == SEARCH_COUNT_MATCHES || (search->count_matches && !search->invert))
        return false;
    bool unfinished = run.end[-1] != searcher->line_end;
    if (search->mode == SEARCH_LINES) {
        if (search->only_matching || search->printer->colors.enabled || !printer_is_plain(search->printer) ||
            !printable(search, run))
            return false;
        output_text(searcher->output, run.begin, (size_t)(run.end - run.begin));
        if (unfinished)
            output_byte(searcher->output, searcher->line_end);
    }
    searcher->result->selected +=
        searcher->count_lines(run.begin, (size_t)(run.end - run.begin)) + (unfinished ? 1 : 0);
    return true;
}

/* Consecutive selected lines: whole, with their newlines.  False when the chunk ends here. */
static bool select_lines(struct searcher *searcher, struct span run)
{
    if (run.begin == run.end)
        return true;
    if (searcher->search->mode == SEARCH_EXISTS && !searcher->search->limited && !searcher->search->count_matches) {
        searcher->result->selected++;
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
        if (!select_lines(searcher, piece) || searcher->chunk->stopped(searcher->chunk->context))
            return false;
        run.begin = piece.end;
    }
    return true;
}

static void select_matching(struct searcher *searcher)
{
    const struct search_chunk *chunk = searcher->chunk;
    const struct search *search = searcher->search;
    struct span line;
    matcher_begin_known(searcher->matcher, chunk->begin, chunk->end, &chunk->known);
    if (search->mode == SEARCH_COUNT && !search->limited && !search->count_matches) {
        searcher->result->selected += matcher_count(searcher->matcher);
        return;
    }
    while (matcher_next(searcher->matcher, &line))
        if (!select_line(searcher, line) || chunk->stopped(chunk->context))
            return;
}

static void select_others(struct searcher *searcher)
{
    const struct search_chunk *chunk = searcher->chunk;
    const char *done = chunk->begin;
    struct span line;
    matcher_begin_known(searcher->matcher, chunk->begin, chunk->end, &chunk->known);
    while (matcher_next(searcher->matcher, &line)) {
        if (!select_pieces(searcher, (struct span){done, line.begin}) || chunk->stopped(chunk->context))
            return;
        done = line.end < chunk->end ? line.end + 1 : line.end;
    }
    select_pieces(searcher, (struct span){done, chunk->end});
}

void searcher_run(struct searcher *searcher, const struct search_chunk *chunk, struct output *output,
                  struct search_result *result)
{
    const struct search *search = searcher->search;
    *result = (struct search_result){0};
    searcher->chunk = chunk;
    searcher->output = output;
    searcher->result = result;
    searcher->asked = searcher->numbered = false;
    bool all = matcher_matches_all(search->matcher);
    if (all && search->invert)
        return;
    if (all)
        select_pieces(searcher, (struct span){chunk->begin, chunk->end});
    else if (search->invert)
        select_others(searcher);
    else
        select_matching(searcher);
}
