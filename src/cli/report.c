#include "cli/report.h"

#include "base/diag.h"
#include "base/quote.h"
#include "engine/engine.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* `shown` is the file's name as it is to be shown. */
static bool explain_input(const struct settings *settings, const char *name, const char *shown)
{
    const struct scan_options *scan = &settings->scan;
    struct input_options options = scan->input;
    bool is_stdin = strcmp(name, "-") == 0;
    struct stat status = {.st_mode = 0};
    if (!is_stdin && stat(name, &status) == 0 && S_ISFIFO(status.st_mode)) {
        /* Opened and closed, it would lose its writer. */
        printf("file: %s: read (a pipe), in blocks of %zu bytes\n", shown, scan->block_size);
        return true;
    }
    if (scan->walk.directories == DIRECTORIES_RECURSE && S_ISDIR(status.st_mode)) {
        printf("file: %s: a directory, and each file below it\n", shown);
        return true;
    }
    struct block_pool *pool = block_pool_create(options.huge);
    options.stream =
        (struct stream_options){.pool = pool, .block_size = scan->block_size, .null_lines = scan->line_end == '\0'};
    struct input input;
    struct input_error error;
    const struct input_source source = {
        .standard_input = is_stdin, .descriptor = STDIN_FILENO, .directory = AT_FDCWD, .name = name};
    bool opened = input_open(&input, &source, &options, &error);
    if (opened && input_has_ranges(&input))
        printf("file: %s: mapped (%s), %" PRIu64 " bytes in chunks of %zu, %" PRIu64 " bytes in huge pages so far\n",
               shown, input.path_reason, input.end - input.start, scan->chunk_size, input_huge_bytes(&input));
    else if (opened)
        printf("file: %s: read (%s), in blocks of %zu bytes\n", shown, input.path_reason, scan->block_size);
    else
        diag_file(shown, "%s", error.reason ? error.reason : strerror(error.error));
    if (opened)
        input_close(&input);
    block_pool_free(pool);
    return opened;
}

static bool explain_file(const struct settings *settings, const char *name)
{
    const char *label = strcmp(name, "-") == 0 ? settings->scan.stdin_name : name;
    char *shown = quote_controls(label, strlen(label));
    bool opened = explain_input(settings, name, shown);
    free(shown);
    return opened;
}

/* What a file of patterns that was written on Windows looks like. */
static void explain_returns(const struct pattern_list *patterns)
{
    size_t count = 0;
    for (size_t i = 0; i < patterns->count; i++)
        count += pattern_has_return(&patterns->items[i]);
    if (count > 0)
        printf("patterns: %zu of %zu end in a carriage return, as their file has it; --crlf drops it\n", count,
               patterns->count);
}

int report_plan(const struct settings *settings, const struct arguments *arguments)
{
    const struct scan_options *scan = &settings->scan;
    static const char *const syntaxes[] = {
        [SYNTAX_PERL] = "PCRE2",
        [SYNTAX_FIXED] = "fixed strings",
        [SYNTAX_BASIC] = "basic regular expressions, as PCRE2",
        [SYNTAX_EXTENDED] = "extended regular expressions, as PCRE2",
    };
    condition_summarize(settings->condition, stdout);
    if (settings->records)
        records_summarize(settings->records, stdout);
    printf("syntax: %s%s\n", syntaxes[arguments->syntax], settings->ignore_case ? ", ignoring case" : "");
    printf("text: %s (%s)\n", settings->unicode ? "UTF-8" : "bytes", settings->unicode_reason);
    explain_returns(&arguments->patterns);
    char *engines = condition_explain(settings->condition);
    fputs(engines, stdout);
    free(engines);
    printf("kernels: %s\n", scan->kernels->name);
    printf("threads: %u (%s)\n", scan->threads, settings->threads_reason);
    if (scan->walk.names_file) {
        char *shown = quote_controls(scan->walk.names_file, strlen(scan->walk.names_file));
        printf("files: those that %s names\n", shown);
        free(shown);
    }
    int status = EXIT_SUCCESS;
    for (size_t i = 0; i < scan->walk.name_count; i++)
        if (!explain_file(settings, scan->walk.names[i]))
            status = EXIT_STATUS_ERROR;
    return diag_flush_output(status);
}

static double percent(uint64_t part, uint64_t whole)
{
    return whole > 0 ? 100 * (double)part / (double)whole : 0;
}

/* What found the lines, e.g. "literals and PCRE2". */
static void report_engine(unsigned used)
{
    static const struct {
        unsigned way;
        const char *name;
    } ways[] = {{USED_LITERALS, "literals"}, {USED_AUTOMATON, "automaton"}, {USED_PCRE2, "PCRE2"}};
    const char *before = "engine: ";
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (used & ways[i].way) {
            fprintf(stderr, "%s%s", before, ways[i].name);
            before = " and ";
        }
    fputs(used ? "\n" : "engine: none\n", stderr);
}

static void report_search(const struct settings *settings, const struct scan_outcome *outcome)
{
    const struct search_total *found = &settings->found;
    if (settings->records)
        fprintf(stderr, "records selected: %" PRIu64 "\nmatches: %" PRIu64 "\n", found->lines, found->matches);
    else
        fprintf(stderr, "lines: %" PRIu64 "\nlines selected: %" PRIu64 " (%.2f %%)\nmatches: %" PRIu64 "\n",
                outcome->lines, found->lines, percent(found->lines, outcome->lines), found->matches);
    report_engine(found->used);
}

void report_stats(const struct settings *settings, const struct scan_outcome *outcome, double seconds)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    double rate = seconds > 0 ? (double)outcome->bytes / seconds / 1e9 : 0;
    fprintf(stderr, "files: %" PRIu64 "\nbytes: %" PRIu64 " (%.1f MB)\n", outcome->files, outcome->bytes,
            (double)outcome->bytes / 1e6);
    if (settings->condition)
        report_search(settings, outcome);
    fprintf(stderr,
            "seconds: %.6f\n"
            "GB/s: %.3f\n"
            "path: %" PRIu64 " mapped, %" PRIu64 " read\n"
            "bytes in huge pages: %" PRIu64 "\n"
            "page faults: %ld minor, %ld major\n"
            "threads: %u\n",
            seconds, rate, outcome->mapped, outcome->read, outcome->huge_bytes, usage.ru_minflt, usage.ru_majflt,
            outcome->threads);
}
