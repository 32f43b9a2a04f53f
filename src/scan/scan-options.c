#include "scan/scan-options.h"

bool scan_counts(const struct scan_options *options)
{
    enum query_mode mode = options->query.mode == QUERY_BOUNDS ? options->last_mode : options->query.mode;
    return !options->tally && (mode == QUERY_COUNT || mode == QUERY_COUNT_MATCHES);
}

bool scan_prints_lines(const struct scan_options *options)
{
    return !options->tally && !scan_counts(options) && options->query.mode != QUERY_EXISTS;
}
