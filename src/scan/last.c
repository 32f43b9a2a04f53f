#include "scan/last.h"

#include "base/alloc.h"
#include "scan/write.h"
#include "task/lines.h"

#include <stdlib.h>
#include <string.h>

bool last_is_wanted(const struct scan_options *options)
{
    return !options->tally && options->query.mode == QUERY_BOUNDS;
}

/* --- keeping --- */

static void piece_free(struct last_piece *piece)
{
    free(piece->copy);
    *piece = (struct last_piece){0};
}

static struct last_piece *add_piece(struct file_last *last)
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
static void drop_pieces(struct file_last *last, uint64_t lines)
{
    while (last->first < last->count && last->selected - last->pieces[last->first].selected >= lines) {
        last->selected -= last->pieces[last->first].selected;
        piece_free(&last->pieces[last->first++]);
    }
}

/* Copies what a stream's piece needs: `before`, the piece, and what follows it in the chunk. */
static void copy_piece(struct last_piece *piece, struct span earlier, struct span text)
{
    size_t head = (size_t)(earlier.end - earlier.begin), body = (size_t)(text.end - text.begin);
    piece->copy = xmalloc(head + body + 1);
    if (head)
        memcpy(piece->copy, earlier.begin, head);
    memcpy(piece->copy + head, text.begin, body);
    piece->copy_length = head + body;
}

/* Gives a piece the lines of the next chunk that are context of its last line. */
static void extend_piece(struct last_piece *piece, const struct lead_chunk *chunk)
{
    if (piece->owed == 0)
        return;
    const char *end =
        lines_on(chunk->text, chunk->text + (chunk->end - chunk->begin), chunk->file->line_end, &piece->owed);
    size_t more = (size_t)(end - chunk->text);
    piece->after += more;
    if (!piece->copy || more == 0)
        return;
    piece->copy = xreallocarray(piece->copy, piece->copy_length + more, 1);
    memcpy(piece->copy + piece->copy_length, chunk->text, more);
    piece->copy_length += more;
}

void last_keep(struct scan *scan, const struct lead_chunk *chunk)
{
    struct file *file = chunk->file;
    struct file_last *last = &file->last;
    const struct query *query = &scan->options->query;
    const struct search_result *found = chunk->result;
    if (last->count > last->first)
        extend_piece(&last->pieces[last->count - 1], chunk);
    if (found->selected == 0)
        return;
    uint64_t offset = chunk->begin - file->start, before = query->before;
    const char *text_end = chunk->text + (chunk->end - chunk->begin);
    struct span lines = {chunk->text + (found->first - offset), chunk->text + (found->selected_end - offset)};
    struct span around = {lines_back(chunk->text, lines.begin, file->line_end, &before), NULL};
    struct span earlier = {chunk->before.end, chunk->before.end};
    earlier.begin = lines_back(chunk->before.begin, earlier.end, file->line_end, &before);
    struct last_piece *piece = add_piece(last);
    piece->owed = query->after;
    around.end = lines_on(lines.end, text_end, file->line_end, &piece->owed);
    piece->selected = found->selected;
    piece->begin = chunk->begin + (uint64_t)(lines.begin - chunk->text);
    piece->end = chunk->begin + (uint64_t)(lines.end - chunk->text);
    piece->before = (uint64_t)(lines.begin - around.begin) + (uint64_t)(earlier.end - earlier.begin);
    piece->after = (uint64_t)(around.end - lines.end);
    if (scan->counts_lines) {
        piece->lines = lead_lines_before(scan, chunk);
        piece->lines += query_count_lines(query, chunk->text, lines.begin);
    }
    if (!input_has_ranges(&file->input))
        copy_piece(piece, earlier, around);
    last->selected += found->selected;
    drop_pieces(last, scan->options->last);
}

bool last_owes(const struct file *file)
{
    const struct file_last *last = &file->last;
    return last->count > last->first && last->pieces[last->count - 1].owed > 0;
}

/* --- printing --- */

/* A piece while it is printed. */
struct printing {
    struct scan *scan;
    const struct lead_chunk *chunk;
    struct search_result result;
    uint64_t to_skip;
    bool led, failed;
};

static uint64_t lines_before(void *context)
{
    const struct printing *printing = context;
    return *printing->chunk->lines;
}

static bool skipping(void *context)
{
    const struct printing *printing = context;
    return printing->to_skip > 0;
}

static uint64_t lines_to_skip(void *context)
{
    const struct printing *printing = context;
    return printing->to_skip;
}

static bool stopped(void *context)
{
    const struct printing *printing = context;
    return printing->failed;
}

static bool flush(void *context, struct output *output)
{
    struct printing *printing = context;
    struct file *file = printing->chunk->file;
    input_check(&file->input);
    printing->failed |= input_good_end(&file->input) < printing->chunk->end;
    if (!printing->failed && !printing->led && printing->scan->printing.context && !printing->scan->printing.passthru)
        printing->failed = !lead_print(printing->scan, printing->chunk);
    printing->led = true;
    if (!printing->failed && !output_is_empty(output))
        printing->failed = !write_output(printing->scan, file, output);
    return !printing->failed;
}

/* The text of a piece from `offset` on, absolute; the lease is of all of a file that has ranges. */
static const char *text_of(const struct lease *lease, const struct last_piece *piece, uint64_t offset)
{
    return piece->copy ? piece->copy + (offset - (piece->begin - piece->before)) : lease_at(lease, offset);
}

/* Prints the context behind a piece, up to the next one. */
static bool print_after(struct scan *scan, struct file *file, const struct lease *lease, const struct last_piece *piece,
                        uint64_t end)
{
    struct search_result none = {0};
    const char *text = text_of(lease, piece, piece->end);
    uint64_t lines = piece->lines;
    if (scan->counts_lines)
        lines += query_count_lines(&scan->printing, text_of(lease, piece, piece->begin), text);
    const struct lead_chunk after = {
        .file = file,
        .begin = piece->end,
        .end = end < piece->end + piece->after ? end : piece->end + piece->after,
        .text = text,
        .before = {text, text},
        .lines = &lines,
        .result = &none,
    };
    return after.begin == after.end || lead_print(scan, &after);
}

static bool print_piece(struct scan *scan, struct file *file, const struct lease *lease, const struct last_piece *piece,
                        uint64_t to_skip)
{
    struct printing printing = {.scan = scan, .to_skip = to_skip};
    const char *text = text_of(lease, piece, piece->begin);
    const struct lead_chunk chunk = {
        .file = file,
        .begin = piece->begin,
        .end = piece->end,
        .text = text,
        .before = {text - piece->before, text},
        .lines = &piece->lines,
        .result = &printing.result,
    };
    const struct chunk_text lines = {
        .name = file->name,
        .begin = text,
        .end = text + (piece->end - piece->begin),
        .known = {text + (piece->end - piece->begin), text + (piece->end - piece->begin)},
        .offset = piece->begin - file->start,
        .from_start = file->start == 0,
        .number_width = file->number_width,
        .context = &printing,
        .lines_before = lines_before,
        .skipping = skipping,
        .lines_to_skip = lines_to_skip,
        .stopped = stopped,
    };
    printing.chunk = &chunk;
    struct output *output = write_take_output(scan);
    output_begin(output, false, 0, flush, &printing);
    searcher_run(scan->printer, &lines, output, &printing.result);
    flush(&printing, output);
    write_give_output(scan, output);
    if (printing.result.grouped)
        file->place = printing.result.place;
    file->matches += printing.result.matches;
    file->binary |= printing.result.binary && !printing.failed;
    bool ended = printing.result.ended;
    search_result_clear(&printing.result); /* whose troubles have been said when the lines were found */
    return !printing.failed && !ended;
}

void last_print(struct scan *scan, struct file *file)
{
    struct file_last *last = &file->last;
    bool leased = input_has_ranges(&file->input);
    struct lease lease;
    uint64_t wanted = scan->options->last;
    uint64_t to_skip = last->selected > wanted ? last->selected - wanted : 0;
    if (!scan->printer)
        scan->printer = searcher_create(&scan->printing);
    if (leased)
        lease_open(&lease, &file->input, file->start, file->end);
    for (size_t i = last->first; i < last->count && !scan_is_stopped(scan); i++) {
        const struct last_piece *piece = &last->pieces[i];
        uint64_t next = i + 1 < last->count ? last->pieces[i + 1].begin : UINT64_MAX;
        if (!print_piece(scan, file, &lease, piece, to_skip) ||
            (scan->printing.context && !scan->printing.passthru && !print_after(scan, file, &lease, piece, next)))
            break;
        to_skip = 0; /* the first piece has more lines than are skipped */
    }
    if (leased)
        lease_close(&lease);
}
