#include "cli/modes.h"

#include "base/diag.h"
#include "cli/option-mistake.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The options that are modes, in the order of the letters below. */
static const char *const modes[] = {
    "json", "byte-range", "shard", "manifest", "decompress", "record-start",
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
    {"regexp",                "wwwwww"},
    {"file",                  "wwwwww"},
    {"and",                   "wwwwww"},
    {"not",                   "wwwwww"},
    {"fixed-strings",         "wwwwww"},
    {"extended-regexp",       "wwwwww"},
    {"basic-regexp",          "wwwwww"},
    {"perl-regexp",           "wwwwww"},
    {"ignore-case",           "wwwwww"},
    {"no-ignore-case",        "wwwwww"},
    {"smart-case",            "wwwwww"},
    {"invert-match",          "wwwwww"},
    {"word-regexp",           "wwwwww"},
    {"line-regexp",           "wwwwww"},
    {"null-data",             "wwwwwr"},
    {"record-start",          "rwwwww"},
    {"crlf",                  "wwwwwr"},
    {"encoding",              "wrrrww"},
    {"no-unicode",            "wwwwww"},
    {"match-limit",           "wwwwww"},
    {"depth-limit",           "wwwwww"},
    {"heap-limit",            "wwwwww"},
    {"no-jit",                "wwwwww"},
    {"engine",                "wwwwww"},
    {"count",                 "rwwwww"},
    {"count-matches",         "rwwwww"},
    {"total",                 "rwwrww"},
    {"files-with-matches",    "rwwwww"},
    {"files-without-match",   "rwwwww"},
    {"quiet",                 "wwwrww"},
    {"no-messages",           "wwwwww"},
    {"max-count",             "wwwrww"},
    {"skip-matches",          "wwwrww"},
    {"last",                  "wwwrww"},
    {"only-matching",         "iwwwww"},
    {"replace",               "wwwwwr"},
    {"max-columns",           "iwwwwr"},
    {"max-columns-preview",   "iwwwwr"},
    {"line-number",           "iwwwww"},
    {"byte-offset",           "iwwwww"},
    {"column",                "iwwwwr"},
    {"with-filename",         "iwwwww"},
    {"no-filename",           "iwwwww"},
    {"initial-tab",           "iwwwww"},
    {"null",                  "iwwwww"},
    {"label",                 "wwwwww"},
    {"color",                 "iwwwww"},
    {"sanitize",              "iwwwww"},
    {"text",                  "iwwwww"},
    {"binary-files",          "wwwwww"},
    {"binary",                "wwwwww"},
    {"line-buffered",         "wwwwww"},
    {"block-buffered",        "wwwwww"},
    {"after-context",         "wwwwww"},
    {"before-context",        "wwwwww"},
    {"context",               "wwwwww"},
    {"group-separator",       "iwwwww"},
    {"no-group-separator",    "iwwwww"},
    {"passthru",              "wwwwwr"},
    {"json",                  "wwwwwr"},
    {"recursive",             "wwwrww"},
    {"dereference-recursive", "wwwrww"},
    {"directories",           "wwwwww"},
    {"devices",               "wwwwww"},
    {"files0-from",           "wwwrww"},
    {"include",               "wwwwww"},
    {"exclude",               "wwwwww"},
    {"exclude-from",          "wwwwww"},
    {"exclude-dir",           "wwwwww"},
    {"decompress",            "wrrrww"},
    {"byte-range",            "wwrwrw"},
    {"shard",                 "wrwwrw"},
    {"line-base",             "wwwwww"},
    {"expect-size",           "wwwwww"},
    {"output",                "wwwwww"},
    {"manifest",              "wwwwrw"},
    {"no-match-ok",           "wwwwww"},
    {"threads",               "wwwwww"},
    {"mmap",                  "wwwwww"},
    {"no-mmap",               "wwwwww"},
    {"huge-pages",            "wwwwww"},
    {"madvise",               "wwwwww"},
    {"cache",                 "wwwwww"},
    {"progress",              "wwwwww"},
    {"stats",                 "wwwwww"},
    {"explain",               "wwwwww"},
    {"help",                  "wwwwww"},
    {"version",               "wwwwww"},
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
