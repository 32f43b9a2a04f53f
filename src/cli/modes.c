#include "cli/modes.h"

#include "base/diag.h"
#include "cli/option-mistake.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The options that are modes, in the order of the letters below. */
static const char *const modes[] = {
    "json", "byte-range", "shard", "manifest", "decompress",
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
    {"regexp",                "wwwww"},
    {"file",                  "wwwww"},
    {"and",                   "wwwww"},
    {"not",                   "wwwww"},
    {"fixed-strings",         "wwwww"},
    {"extended-regexp",       "wwwww"},
    {"basic-regexp",          "wwwww"},
    {"perl-regexp",           "wwwww"},
    {"ignore-case",           "wwwww"},
    {"no-ignore-case",        "wwwww"},
    {"smart-case",            "wwwww"},
    {"invert-match",          "wwwww"},
    {"word-regexp",           "wwwww"},
    {"line-regexp",           "wwwww"},
    {"null-data",             "wwwww"},
    {"crlf",                  "wwwww"},
    {"encoding",              "wrrrw"},
    {"no-unicode",            "wwwww"},
    {"match-limit",           "wwwww"},
    {"depth-limit",           "wwwww"},
    {"heap-limit",            "wwwww"},
    {"no-jit",                "wwwww"},
    {"engine",                "wwwww"},
    {"count",                 "rwwww"},
    {"count-matches",         "rwwww"},
    {"total",                 "rwwrw"},
    {"files-with-matches",    "rwwww"},
    {"files-without-match",   "rwwww"},
    {"quiet",                 "wwwrw"},
    {"no-messages",           "wwwww"},
    {"max-count",             "wwwrw"},
    {"skip-matches",          "wwwrw"},
    {"last",                  "wwwrw"},
    {"only-matching",         "iwwww"},
    {"replace",               "wwwww"},
    {"max-columns",           "iwwww"},
    {"max-columns-preview",   "iwwww"},
    {"line-number",           "iwwww"},
    {"byte-offset",           "iwwww"},
    {"column",                "iwwww"},
    {"with-filename",         "iwwww"},
    {"no-filename",           "iwwww"},
    {"initial-tab",           "iwwww"},
    {"null",                  "iwwww"},
    {"label",                 "wwwww"},
    {"color",                 "iwwww"},
    {"sanitize",              "iwwww"},
    {"text",                  "iwwww"},
    {"binary-files",          "wwwww"},
    {"binary",                "wwwww"},
    {"line-buffered",         "wwwww"},
    {"block-buffered",        "wwwww"},
    {"after-context",         "wwwww"},
    {"before-context",        "wwwww"},
    {"context",               "wwwww"},
    {"group-separator",       "iwwww"},
    {"no-group-separator",    "iwwww"},
    {"passthru",              "wwwww"},
    {"json",                  "wwwww"},
    {"recursive",             "wwwrw"},
    {"dereference-recursive", "wwwrw"},
    {"directories",           "wwwww"},
    {"devices",               "wwwww"},
    {"files0-from",           "wwwrw"},
    {"include",               "wwwww"},
    {"exclude",               "wwwww"},
    {"exclude-from",          "wwwww"},
    {"exclude-dir",           "wwwww"},
    {"decompress",            "wrrrw"},
    {"byte-range",            "wwrwr"},
    {"shard",                 "wrwwr"},
    {"line-base",             "wwwww"},
    {"expect-size",           "wwwww"},
    {"output",                "wwwww"},
    {"manifest",              "wwwwr"},
    {"no-match-ok",           "wwwww"},
    {"threads",               "wwwww"},
    {"mmap",                  "wwwww"},
    {"no-mmap",               "wwwww"},
    {"huge-pages",            "wwwww"},
    {"madvise",               "wwwww"},
    {"cache",                 "wwwww"},
    {"progress",              "wwwww"},
    {"stats",                 "wwwww"},
    {"explain",               "wwwww"},
    {"help",                  "wwwww"},
    {"version",               "wwwww"},
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
