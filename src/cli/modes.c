#include "cli/modes.h"

#include "base/diag.h"
#include "cli/option-mistake.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The options that are modes, in the order of the letters below. */
static const char *const modes[] = {
    "json", "byte-range", "shard", "manifest", "decompress", "record-start", "tally",
};

enum { mode_count = sizeof modes / sizeof *modes };

/* What an option is beside a mode. */
enum fit {
    WORKS = 'w',   /* it does what it does without the mode, or what the manual says of both */
    IGNORED = 'i', /* it has no effect */
    REFUSED = 'r',
};

/* clang-format off */
static const struct {
    const char *option;         /* its name */
    char fits[mode_count + 1];  /* a letter for each mode */
} rows[] = {
    {"regexp",                "wwwwwww"},
    {"file",                  "wwwwwww"},
    {"and",                   "wwwwwww"},
    {"not",                   "wwwwwww"},
    {"fixed-strings",         "wwwwwww"},
    {"extended-regexp",       "wwwwwww"},
    {"basic-regexp",          "wwwwwww"},
    {"perl-regexp",           "wwwwwww"},
    {"ignore-case",           "wwwwwww"},
    {"no-ignore-case",        "wwwwwww"},
    {"smart-case",            "wwwwwww"},
    {"invert-match",          "wwwwwwr"},
    {"word-regexp",           "wwwwwww"},
    {"line-regexp",           "wwwwwww"},
    {"null-data",             "wwwwwrr"},
    {"record-start",          "rwwwwwr"},
    {"crlf",                  "wwwwwrw"},
    {"encoding",              "wrrrwww"},
    {"no-unicode",            "wwwwwww"},
    {"match-limit",           "wwwwwww"},
    {"depth-limit",           "wwwwwww"},
    {"heap-limit",            "wwwwwww"},
    {"no-jit",                "wwwwwww"},
    {"engine",                "wwwwwww"},
    {"count",                 "rwwwwwr"},
    {"count-matches",         "rwwwwwr"},
    {"tally",                 "wwwwwrw"},
    {"tally-order",           "wwwwwrw"},
    {"total",                 "rwwrwwr"},
    {"files-with-matches",    "rwwwwwr"},
    {"files-without-match",   "rwwwwwr"},
    {"quiet",                 "wwwrwwr"},
    {"no-messages",           "wwwwwww"},
    {"max-count",             "wwwrwww"},
    {"skip-matches",          "wwwrwwr"},
    {"last",                  "wwwrwwr"},
    {"only-matching",         "iwwwwww"},
    {"replace",               "wwwwwrw"},
    {"max-columns",           "iwwwwrr"},
    {"max-columns-preview",   "iwwwwrr"},
    {"line-number",           "iwwwwwr"},
    {"byte-offset",           "iwwwwwr"},
    {"column",                "iwwwwrr"},
    {"with-filename",         "iwwwwww"},
    {"no-filename",           "iwwwwww"},
    {"initial-tab",           "iwwwwwr"},
    {"null",                  "iwwwwwr"},
    {"label",                 "wwwwwww"},
    {"color",                 "iwwwwwi"},
    {"sanitize",              "iwwwwwi"},
    {"text",                  "iwwwwwi"},
    {"binary-files",          "wwwwwww"},
    {"binary",                "wwwwwww"},
    {"line-buffered",         "wwwwwwi"},
    {"block-buffered",        "wwwwwwi"},
    {"after-context",         "wwwwwwr"},
    {"before-context",        "wwwwwwr"},
    {"context",               "wwwwwwr"},
    {"group-separator",       "iwwwwwi"},
    {"no-group-separator",    "iwwwwwi"},
    {"passthru",              "wwwwwrr"},
    {"json",                  "wwwwwrw"},
    {"recursive",             "wwwrwww"},
    {"dereference-recursive", "wwwrwww"},
    {"directories",           "wwwwwww"},
    {"devices",               "wwwwwww"},
    {"files0-from",           "wwwrwww"},
    {"include",               "wwwwwww"},
    {"exclude",               "wwwwwww"},
    {"exclude-from",          "wwwwwww"},
    {"exclude-dir",           "wwwwwww"},
    {"decompress",            "wrrrwww"},
    {"byte-range",            "wwrwrww"},
    {"shard",                 "wrwwrww"},
    {"line-base",             "wwwwwwi"},
    {"expect-size",           "wwwwwww"},
    {"output",                "wwwwwww"},
    {"manifest",              "wwwwrww"},
    {"no-match-ok",           "wwwwwww"},
    {"max-memory",            "wwwwwww"},
    {"threads",               "wwwwwww"},
    {"mmap",                  "wwwwwww"},
    {"no-mmap",               "wwwwwww"},
    {"huge-pages",            "wwwwwww"},
    {"madvise",               "wwwwwww"},
    {"cache",                 "wwwwwww"},
    {"progress",              "wwwwwww"},
    {"stats",                 "wwwwwww"},
    {"explain",               "wwwwwww"},
    {"help",                  "wwwwwww"},
    {"version",               "wwwwwww"},
};
/* clang-format on */

static bool is_given(const struct option_table *table, const struct arguments *arguments, const char *name)
{
    for (size_t i = 0; i < table->row_count; i++)
        if (arguments->given[i] && table->rows[i].name && strcmp(table->rows[i].name, name) == 0)
            return true;
    return false;
}

void modes_check(const struct option_table *table, const struct arguments *arguments)
{
    for (size_t mode = 0; mode < mode_count; mode++) {
        if (!is_given(table, arguments, modes[mode]))
            continue;
        /* What counts as wc does has an object for each line that it prints, whatever the options are. */
        if (strcmp(modes[mode], "json") == 0 && !table->pattern_first)
            continue;
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
            if (rows[i].fits[mode] == REFUSED && is_given(table, arguments, rows[i].option)) {
                diag("options '--%s' and '--%s' exclude each other", modes[mode], rows[i].option);
                option_usage_error();
            }
    }
}

static const char *fit_word(char fit)
{
    return fit == WORKS ? "works" : fit == IGNORED ? "ignored" : fit == REFUSED ? "refused" : "missing";
}

noreturn void option_show_modes(struct arguments *a, const struct option_row *row, const char *argument)
{
    (void)a, (void)row, (void)argument;
    for (size_t mode = 0; mode < mode_count; mode++)
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
            printf("%s %s %s\n", rows[i].option, modes[mode], fit_word(rows[i].fits[mode]));
    exit(diag_flush_output(EXIT_SUCCESS));
}
