#include "task/chunk-head.h"

#include "base/alloc.h"
#include "task/lines.h"
#include "task/searcher.h"

#include <stdlib.h>
#include <string.h>

bool chunk_head_is_wanted(const struct query *query)
{
    return query->mode == QUERY_LINES && query->context && !query->passthru;
}

/* --- how far a file has been printed --- */

void printed_free(struct printed *printed)
{
    free(printed->tail.bytes);
}

struct span printed_before(const struct printed *printed, const struct chunk_text *text)
{
    if (text->stays)
        return (struct span){text->before, text->begin};
    return (struct span){printed->tail.bytes, printed->tail.bytes + printed->tail.length};
}

/* Puts a text's last lines behind those that are kept, of which so many stay as are still of use. */
static void keep_tail(struct printed *printed, const char *text, size_t length, char line_end, uint64_t lines)
{
    uint64_t rest = lines;
    const char *end = text + length, *kept = lines_back(text, end, line_end, &rest);
    size_t more = (size_t)(end - kept);
    if (more < length) /* so many lines that no earlier one is among them */
        printed->tail.length = 0;
    if (printed->tail.length + more > printed->tail.room) {
        printed->tail.room = 2 * (printed->tail.length + more);
        printed->tail.bytes = xreallocarray(printed->tail.bytes, printed->tail.room, 1);
    }
    if (more)
        memcpy(printed->tail.bytes + printed->tail.length, kept, more);
    printed->tail.length += more;
    /* With few lines in each block the tail would grow for ever. */
    if (printed->tail.length > more && printed->tail.length > 2 * printed->tail.needed) {
        rest = lines;
        end = printed->tail.bytes + printed->tail.length;
        kept = lines_back(printed->tail.bytes, end, line_end, &rest);
        printed->tail.length = printed->tail.needed = (size_t)(end - kept);
        memmove(printed->tail.bytes, kept, printed->tail.length);
    }
}

void printed_keep(struct printed *printed, const struct query *query, const struct chunk_text *text,
                  const struct search_result *result)
{
    if (result->grouped)
        printed->place = result->place;
    if (text->stays || query->before == 0)
        return;
    /* What has been printed is not printed again. */
    const char *from = text->begin;
    if (printed->place.printed_to != SEARCH_NOTHING_PRINTED && printed->place.printed_to > text->offset) {
        from = chunk_text_at(text, printed->place.printed_to);
        printed->tail.length = 0;
    }
    keep_tail(printed, from, (size_t)(text->end - from), query_line_end(query), query->before);
}

/* --- printing --- */

struct head_printer {
    struct searcher *searcher;
    struct output *output;
    bool grouped; /* a group of lines has been printed */
};

struct head_printer *head_printer_create(const struct query *query)
{
    struct head_printer *printer = xcalloc(1, sizeof *printer);
    printer->searcher = searcher_create(query);
    printer->output = output_create();
    output_set_line_end(printer->output, query_line_end(query));
    return printer;
}

void head_printer_free(struct head_printer *printer)
{
    if (!printer)
        return;
    searcher_free(printer->searcher);
    output_free(printer->output);
    free(printer);
}

void head_printer_set_grouped(struct head_printer *printer)
{
    printer->grouped = true;
}

/* A head while it is printed. */
struct head {
    const struct chunk_text *text;
    bool failed;
};

/* What was read only counts when it was there. */
static void check_text(struct head *head)
{
    const struct chunk_text *text = head->text;
    head->failed |= !text->ties->is_right(text->context, chunk_text_offset(text, text->end));
}

static bool flush(void *context, struct output *output)
{
    struct head *head = context;
    check_text(head);
    if (!head->failed)
        head->failed = !head->text->ties->write(head->text->context, output);
    return !head->failed;
}

bool head_printer_run(struct head_printer *printer, const struct chunk_text *text, struct span before,
                      const struct search_result *found, struct printed *printed, bool *binary)
{
    struct head head = {.text = text};
    struct search_result result;
    output_begin(printer->output, false, 0, flush, &head);
    searcher_print_head(printer->searcher, text, before, found->grouped ? &found->first : NULL, &printed->place,
                        &printer->grouped, printer->output, &result);
    output_flush_now(printer->output);
    check_text(&head);
    if (found->grouped && !printed->begun) {
        printed->begun = true;
        printed->first = result.first;
        printed->missing = result.place.owed;
    }
    *binary |= result.binary && !head.failed;
    search_result_clear(&result);
    return !head.failed;
}
