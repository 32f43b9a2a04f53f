#include "task/search-files.h"

enum query_mode search_final_mode(const struct search *search)
{
    return search->query.mode == QUERY_BOUNDS ? search->last_mode : search->query.mode;
}

bool search_counts(const struct search *search)
{
    enum query_mode mode = search_final_mode(search);
    return search->list == LIST_NONE && (mode == QUERY_COUNT || mode == QUERY_COUNT_MATCHES);
}

bool search_counts_matches(const struct search *search)
{
    return search_final_mode(search) == QUERY_COUNT_MATCHES && !search->query.invert;
}

void search_print_file(const struct search *search, struct search_total *total, const char *name,
                       const struct search_found *found, struct output *output)
{
    const struct printer *printer = search->query.printer;
    if (search->list != LIST_NONE) {
        if (search->quiet || (search->list == LIST_MATCHING) != (found->selected > 0))
            return;
        printer->format->name(printer, output, name);
    } else if (search_counts(search)) {
        if (search->total == TOTAL_ONLY)
            return;
        total->counts_shown++;
        printer->format->count(printer, output, name, search_counts_matches(search) ? found->matches : found->selected);
    } else if (found->binary) {
        printer->format->binary(printer, output, name);
    }
}

void search_print_total(const struct search *search, const struct search_total *total, struct output *output)
{
    const struct printer *printer = search->query.printer;
    if (!search_counts(search) || search->total == TOTAL_NEVER ||
        (search->total == TOTAL_AUTO && total->counts_shown < 2))
        return;
    printer->format->count(printer, output, search->total == TOTAL_ONLY ? NULL : "total",
                           search_counts_matches(search) ? total->matches : total->lines);
}
