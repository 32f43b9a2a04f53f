#include "task/last-lines.h"

#include "base/alloc.h"
#include "task/lines.h"
#include "task/searcher.h"

#include <stdlib.h>
#include <string.h>

struct last_piece {
    uint64_t begin, end;    /* offsets of the selected lines and what lies between */
    uint64_t before, after; /* bytes of the lines around, as far as they are known */
    uint64_t owed;          /* lines behind it that are context, too, and have not been seen yet */
    uint64_t lines;         /* before it in the file; with -n */
    uint64_t selected;      /* lines in it */
    const char *text;       /* of `begin`, with that around */
    char *copy;             /* of text that does not stay; owned */
    size_t copy_length;
};

/* --- keeping --- */

static void piece_free(struct last_piece *piece)
{
    free(piece->copy);
    *piece = (struct last_piece){0};
}

void last_lines_free(struct last_lines *last)
{
    for (size_t i = last->first; i < last->count; i++)
        piece_free(&last->pieces[i]);
    free(last->pieces);
}

static struct last_piece *add_piece(struct last_lines *last)
{
    if (last->first > 0 && last->first == last->count / 2) { /* the dropped ones make room */
        memmove(last->pieces, last->pieces + last->first, (last->count - last->first) * sizeof *last->pieces);
        last->count -= last->first;
        last->first = 0;
    }
    if (last->count == last->room) {
        last->room = 2 * last->room + 4;
        last->pieces = xreallocarray(last->pieces, last->room, sizeof *last->pieces);
    }
    last->pieces[last->count] = (struct last_piece){0};
    return &last->pieces[last->count++];
}

/* Drops pieces that the last lines do not reach. */
static void drop_pieces(struct last_lines *last, uint64_t wanted)
{
    while (last->first < last->count && last->selected - last->pieces[last->first].selected >= wanted) {
        last->selected -= last->pieces[last->first].selected;
        piece_free(&last->pieces[last->first++]);
    }
}

/* Copies what a piece needs: the lines before it in earlier chunks, and its own with those around in this one. */
static void copy_piece(struct last_piece *piece, struct span earlier, struct span text)
{
    size_t head = (size_t)(earlier.end - earlier.begin), body = (size_t)(text.end - text.begin);
    piece->copy = xmalloc(head + body + 1);
    if (head)
        memcpy(piece->copy, earlier.begin, head);
    memcpy(piece->copy + head, text.begin, body);
    piece->copy_length = head + body;
    piece->text = piece->copy + piece->before;
}

/* Gives a piece the lines of the next chunk that are context of its last line. */
static void extend_piece(struct last_piece *piece, const struct chunk_text *text, char line_end)
{
    if (piece->owed == 0)
        return;
    const char *end = lines_on(text->begin, text->end, line_end, &piece->owed);
    size_t more = (size_t)(end - text->begin);
    piece->after += more;
    if (!piece->copy || more == 0)
        return;
    piece->copy = xreallocarray(piece->copy, piece->copy_length + more, 1);
    memcpy(piece->copy + piece->copy_length, text->begin, more);
    piece->copy_length += more;
    piece->text = piece->copy + piece->before;
}

void last_lines_keep(struct last_lines *last, const struct query *query, uint64_t wanted, const struct chunk_text *text,
                     struct span before, const struct search_result *found)
{
    const char line_end = query_line_end(query);
    if (last->count > last->first)
        extend_piece(&last->pieces[last->count - 1], text, line_end);
    if (found->selected == 0)
        return;
    uint64_t lines_before = query->before;
    struct span lines = {chunk_text_at(text, found->first), chunk_text_at(text, found->selected_end)};
    struct span around = {lines_back(text->begin, lines.begin, line_end, &lines_before), NULL};
    struct span earlier = {before.end, before.end};
    earlier.begin = lines_back(before.begin, earlier.end, line_end, &lines_before);
    struct last_piece *piece = add_piece(last);
    piece->owed = query->after;
    around.end = lines_on(lines.end, text->end, line_end, &piece->owed);
    piece->selected = found->selected;
    piece->begin = found->first;
    piece->end = found->selected_end;
    piece->before = (uint64_t)(lines.begin - around.begin) + (uint64_t)(earlier.end - earlier.begin);
    piece->after = (uint64_t)(around.end - lines.end);
    if (query->printer->line_number)
        piece->lines = chunk_text_lines_before(text) + query_count_lines(query, text->begin, lines.begin);
    if (text->stays)
        piece->text = lines.begin;
    else
        copy_piece(piece, earlier, around);
    last->selected += found->selected;
    drop_pieces(last, wanted);
}

bool last_lines_owe(const struct last_lines *last)
{
    return last->count > last->first && last->pieces[last->count - 1].owed > 0;
}

/* --- printing --- */

struct last_printer {
    struct query query;
    struct head_printer *heads; /* for the context, too */
    struct searcher *searcher;
    struct output *output;
};

struct last_printer *last_printer_create(const struct query *query, struct head_printer *heads)
{
    struct last_printer *printer = xcalloc(1, sizeof *printer);
    printer->query = *query;
    printer->query.limited = false;
    printer->query.skips = true;
    printer->heads = heads;
    printer->searcher = searcher_create(&printer->query);
    printer->output = output_create();
    output_set_line_end(printer->output, query_line_end(query));
    return printer;
}

void last_printer_free(struct last_printer *printer)
{
    if (!printer)
        return;
    searcher_free(printer->searcher);
    output_free(printer->output);
    free(printer);
}

/* A file's last lines while they are printed, one piece after the other. */
struct printing {
    struct last_printer *printer;
    struct printed *printed;
    bool *binary;
    /* The piece in hand. */
    const struct chunk_text *text;
    struct span before;
    struct search_result result;
    bool headed, failed;
};

static bool has_context(const struct printing *printing)
{
    return printing->printer->query.context && !printing->printer->query.passthru;
}

static bool flush(void *context, struct output *output)
{
    struct printing *printing = context;
    const struct chunk_text *text = printing->text;
    printing->failed |= !text->ties->is_right(text->context, chunk_text_offset(text, text->end));
    if (!printing->failed && !printing->headed && has_context(printing))
        printing->failed = !head_printer_run(printing->printer->heads, text, printing->before, &printing->result,
                                             printing->printed, printing->binary);
    printing->headed = true;
    if (!printing->failed && !output_is_empty(output))
        printing->failed = !text->ties->write(text->context, output);
    return !printing->failed;
}

/* Text of the file from the offset `begin` on, which is in a piece or around it. */
static struct chunk_text text_of(const struct chunk_text *file_end, const struct last_piece *piece, uint64_t begin,
                                 uint64_t end)
{
    struct chunk_text text = *file_end;
    text.begin = text.before = piece->text + (begin - piece->begin);
    text.end = text.begin + (end - begin);
    text.known = (struct matcher_seam){text.end, text.end};
    text.offset = begin;
    return text;
}

/* Prints the context behind a piece, up to the next one, which begins at `next`. */
static bool print_after(struct printing *printing, const struct chunk_text *file_end, const struct last_piece *piece,
                        uint64_t next)
{
    const struct query *query = &printing->printer->query;
    const uint64_t end = piece->end + piece->after;
    const struct search_result none = {0};
    struct chunk_text after = text_of(file_end, piece, piece->end, next < end ? next : end);
    uint64_t lines = piece->lines;
    if (query->printer->line_number)
        lines += query_count_lines(query, piece->text, after.begin);
    after.lines = &lines;
    return after.begin == after.end ||
           head_printer_run(printing->printer->heads, &after, (struct span){after.begin, after.begin}, &none,
                            printing->printed, printing->binary);
}

static bool print_piece(struct printing *printing, const struct chunk_text *file_end, const struct last_piece *piece,
                        uint64_t to_skip, uint64_t *matches)
{
    const struct quota quota = {UINT64_MAX, to_skip};
    struct chunk_text text = text_of(file_end, piece, piece->begin, piece->end);
    struct search_result *result = &printing->result;
    struct output *output = printing->printer->output;
    text.lines = &piece->lines;
    printing->text = &text;
    printing->before = (struct span){text.begin - piece->before, text.begin};
    printing->headed = false;
    *result = (struct search_result){0};
    output_begin(output, false, 0, flush, printing);
    searcher_run(printing->printer->searcher, &text, &quota, output, result);
    flush(printing, output);
    if (result->grouped)
        printing->printed->place = result->place;
    *matches += result->matches;
    *printing->binary |= result->binary && !printing->failed;
    bool ended = result->ended;
    search_result_clear(result); /* whose lines that PCRE2 gave up have been reported */
    return !printing->failed && !ended;
}

void last_printer_run(struct last_printer *printer, const struct last_lines *last, uint64_t wanted,
                      const struct chunk_text *end, struct printed *printed, uint64_t *matches, bool *binary)
{
    struct printing printing = {.printer = printer, .printed = printed, .binary = binary};
    uint64_t to_skip = last->selected > wanted ? last->selected - wanted : 0;
    for (size_t i = last->first; i < last->count && !chunk_text_is_stopped(end); i++) {
        const struct last_piece *piece = &last->pieces[i];
        uint64_t next = i + 1 < last->count ? last->pieces[i + 1].begin : UINT64_MAX;
        if (!print_piece(&printing, end, piece, to_skip, matches) ||
            (has_context(&printing) && !print_after(&printing, end, piece, next)))
            break;
        to_skip = 0; /* the first piece has more lines than are skipped */
    }
}
