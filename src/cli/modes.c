#include "cli/modes.h"

#include "base/diag.h"
#include "cli/option-mistake.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The options that are modes, in the order of the letters below. */
static const char *const modes[] = {
    "json",
    "byte-range",
    "shard",
    "manifest",
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
    {"regexp",                "wwww"},
    {"file",                  "wwww"},
    {"and",                   "wwww"},
    {"not",                   "wwww"},
    {"fixed-strings",         "wwww"},
    {"extended-regexp",       "wwww"},
    {"basic-regexp",          "wwww"},
    {"perl-regexp",           "wwww"},
    {"ignore-case",           "wwww"},
    {"no-ignore-case",        "wwww"},
    {"smart-case",            "wwww"},
    {"invert-match",          "wwww"},
    {"word-regexp",           "wwww"},
    {"line-regexp",           "wwww"},
    {"null-data",             "wwww"},
    {"crlf",                  "wwww"},
    {"encoding",              "wrrr"},
    {"no-unicode",            "wwww"},
    {"match-limit",           "wwww"},
    {"depth-limit",           "wwww"},
    {"heap-limit",            "wwww"},
    {"no-jit",                "wwww"},
    {"engine",                "wwww"},
    {"count",                 "rwww"},
    {"count-matches",         "rwww"},
    {"total",                 "rwwr"},
    {"files-with-matches",    "rwww"},
    {"files-without-match",   "rwww"},
    {"quiet",                 "wwwr"},
    {"no-messages",           "wwww"},
    {"max-count",             "wwwr"},
    {"skip-matches",          "wwwr"},
    {"last",                  "wwwr"},
    {"only-matching",         "iwww"},
    {"replace",               "wwww"},
    {"max-columns",           "iwww"},
    {"max-columns-preview",   "iwww"},
    {"line-number",           "iwww"},
    {"byte-offset",           "iwww"},
    {"column",                "iwww"},
    {"with-filename",         "iwww"},
    {"no-filename",           "iwww"},
    {"initial-tab",           "iwww"},
    {"null",                  "iwww"},
    {"label",                 "wwww"},
    {"color",                 "iwww"},
    {"sanitize",              "iwww"},
    {"text",                  "iwww"},
    {"binary-files",          "wwww"},
    {"binary",                "wwww"},
    {"line-buffered",         "wwww"},
    {"block-buffered",        "wwww"},
    {"after-context",         "wwww"},
    {"before-context",        "wwww"},
    {"context",               "wwww"},
    {"group-separator",       "iwww"},
    {"no-group-separator",    "iwww"},
    {"passthru",              "wwww"},
    {"json",                  "wwww"},
    {"recursive",             "wwwr"},
    {"dereference-recursive", "wwwr"},
    {"directories",           "wwww"},
    {"devices",               "wwww"},
    {"files0-from",           "wwwr"},
    {"include",               "wwww"},
    {"exclude",               "wwww"},
    {"exclude-from",          "wwww"},
    {"exclude-dir",           "wwww"},
    {"byte-range",            "wwrw"},
    {"shard",                 "wrww"},
    {"line-base",             "wwww"},
    {"expect-size",           "wwww"},
    {"output",                "wwww"},
    {"manifest",              "wwww"},
    {"no-match-ok",           "wwww"},
    {"threads",               "wwww"},
    {"mmap",                  "wwww"},
    {"no-mmap",               "wwww"},
    {"huge-pages",            "wwww"},
    {"madvise",               "wwww"},
    {"cache",                 "wwww"},
    {"progress",              "wwww"},
    {"stats",                 "wwww"},
    {"explain",               "wwww"},
    {"help",                  "wwww"},
    {"version",               "wwww"},
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
