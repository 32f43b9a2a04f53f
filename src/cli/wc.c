#include "cli/wc.h"

#include "base/alloc.h"
#include "base/content.h"
#include "base/diag.h"
#include "base/quote.h"
#include "cli/count-locale.h"
#include "cli/modes.h"
#include "cli/option-mistake.h"
#include "cli/option-parser.h"
#include "cli/option-setters.h"
#include "cli/settings-resolve.h"

#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <locale.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A larger list of file names, or one that comes from a pipe, is not looked through for the width of the columns. */
#define NAMES_SIZE_MAX (10 << 20)

/* The width of numbers that are not aligned to sizes, as those of pipes are not known: wc's. */
#define WIDTH_UNKNOWN 7

/*
 * For each so many bytes there is a thread, if there is a processor.  "mwc -lwm --mmap" on log lines that are cached,
 * in milliseconds with one and with two threads, the least of 41 runs on a machine with other work: 2 MiB 1.3 and 1.4,
 * 8 MiB 2.1 and 2.1, 16 MiB 3.6 and 4.0; where the other processor is busy, waiting for the second thread costs more.
 */
#define THREAD_BYTES ((uint64_t)16 << 20)

/* --- options --- */

static option_setter show_help;

static const struct option_row rows[] = {
    HEADING("Counts, printed in this order"),
    {'l', "lines", NULL, "newlines", FLAG(wc.wanted[COUNT_LINES], true)},
    {'w', "words", NULL, "words", FLAG(wc.wanted[COUNT_WORDS], true)},
    {'m', "chars", NULL, "characters", FLAG(wc.wanted[COUNT_CHARACTERS], true)},
    {'c', "bytes", NULL, "bytes", FLAG(wc.wanted[COUNT_BYTES], true)},
    {'L', "max-line-length", NULL, "columns of the longest line", FLAG(wc.wanted[COUNT_LONGEST], true)},
    HEADING("Files"),
    {0, "files0-from", "FILE", "count the files named in FILE, separated by NULs", STRING(wc.files_from)},
    DECOMPRESS_ROW,
    {0, "total", "WHEN", "print a total: auto, always, only or never",
     WORDS(option_set_total, "auto always only never")},
    {0, "json", NULL, "print an object of JSON for each line", FLAG(json, true)},
    HEADING("Shares of a file"),
    SHARE_ROWS,
    HEADING("Running"),
    RUNNING_ROWS,
    {0, "help", NULL, "print this help", SETTER(show_help)},
    {0, "version", NULL, "print the version", SETTER(option_show_version)},
};

/* wc's. */
static const struct option_abbreviation abbreviations[] = {
    {"b", "bytes"},  {"by", "bytes"}, {"byt", "bytes"},         {"byte", "bytes"},         {"c", "chars"},
    {"ch", "chars"}, {"h", "help"},   {"m", "max-line-length"}, {"ma", "max-line-length"}, {"t", "total"},
    {"w", "words"},
};

static struct option_table table = {
    .name = "mwc",
    .rows = rows,
    .row_count = sizeof rows / sizeof *rows,
    .abbreviations = abbreviations,
    .abbreviation_count = sizeof abbreviations / sizeof *abbreviations,
    .error_status = WC_STATUS_ERROR,
};

static noreturn void show_help(struct arguments *a, const struct option_row *row, const char *argument)
{
    (void)a, (void)row, (void)argument;
    printf("Usage: %s [OPTION]... [FILE]...\n"
           "Count lines, words and bytes of each FILE, or standard input, with all\n"
           "processors.\n"
           "Numbers, columns and messages are those of GNU wc.\n"
           "Example: %s -lm big.log\n",
           table.command, table.command);
    option_table_print_help(&table);
    puts("\nExit status is 0, or 1 if an error occurred.\n"
         "See mwc(1) for the whole description.");
    int status = diag_flush_output(EXIT_SUCCESS);
    exit(status == EXIT_SUCCESS ? status : WC_STATUS_ERROR);
}

void wc_parse(struct arguments *arguments, int argc, char **argv, const char *command)
{
    *arguments = (struct arguments){.advice = ADVICE_SEQUENTIAL | ADVICE_WILLNEED};
    table.command = command;
    option_parser_run(&table, arguments, argc, argv);
    modes_check(&table, arguments);
    arguments->files = (const char *const *)&argv[optind];
    arguments->file_count = (size_t)(argc - optind);
    if (arguments->wc.files_from && arguments->file_count) {
        char *name = quote_name(arguments->files[0], true);
        diag("extra operand %s", name);
        free(name);
        fputs("file operands cannot be combined with --files0-from\n", stderr);
        option_usage_error();
    }
    bool *wanted = arguments->wc.wanted;
    if (!wanted[COUNT_LINES] && !wanted[COUNT_WORDS] && !wanted[COUNT_CHARACTERS] && !wanted[COUNT_BYTES] &&
        !wanted[COUNT_LONGEST])
        wanted[COUNT_LINES] = wanted[COUNT_WORDS] = wanted[COUNT_BYTES] = true;
}

/* --- the files --- */

static void split_names(struct settings *settings, size_t length)
{
    size_t count = 0, i = 0;
    for (size_t at = 0; at < length; at++)
        count += settings->names_text[at] == '\0' || at + 1 == length;
    settings->names = xcalloc(count + 1, sizeof *settings->names);
    for (const char *name = settings->names_text; i < count; name += strlen(name) + 1)
        settings->names[i++] = name;
    settings->scan.walk.names = settings->names;
    settings->scan.walk.name_count = count;
}

/* The file names of --files0-from.  False when their number was not to be known beforehand. */
static bool read_names(struct settings *settings, const char *from)
{
    int fd = strcmp(from, "-") == 0 ? STDIN_FILENO : content_open(from);
    if (fd < 0) {
        int saved = errno;
        char *name = quote_name(from, true);
        diag("cannot open %s for reading: %s", name, strerror(saved));
        free(name);
        exit(WC_STATUS_ERROR);
    }
    struct stat status;
    bool known = fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_size <= NAMES_SIZE_MAX;
    size_t length;
    settings->names_text = content_read(fd, &length);
    if (!settings->names_text) {
        int saved = errno;
        char *name = quote_name(from, false);
        diag("%s: read error: %s", name, strerror(saved));
        free(name);
        exit(WC_STATUS_ERROR);
    }
    if (fd != STDIN_FILENO)
        close(fd);
    split_names(settings, length);
    return known;
}

/* What the sizes of the files say beforehand. */
struct survey {
    uint64_t bytes; /* of the regular ones */
    bool irregular; /* some file is not a regular one */
};

static struct survey survey_files(const struct scan_options *scan)
{
    struct survey survey = {.bytes = 0};
    for (size_t i = 0; i < scan->walk.name_count; i++) {
        struct stat status;
        const char *name = scan->walk.names[i];
        if ((strcmp(name, "-") == 0 ? fstat(STDIN_FILENO, &status) : stat(name, &status)) != 0)
            continue;
        if (!S_ISREG(status.st_mode))
            survey.irregular = true;
        else if (__builtin_add_overflow(survey.bytes, (uint64_t)status.st_size, &survey.bytes))
            survey.bytes = UINT64_MAX;
    }
    return survey;
}

/* The width of the columns, as wc decides it: that of the sum of the sizes, whatever is counted. */
static unsigned number_width(const struct survey *survey)
{
    unsigned width = 1;
    for (uint64_t rest = survey->bytes; rest >= 10; rest /= 10)
        width++;
    return survey->irregular && width < WIDTH_UNKNOWN ? WIDTH_UNKNOWN : width;
}

/* Leaves out threads that would take longer to start than they save, unless their number was given. */
static void limit_threads(struct settings *settings, const struct arguments *arguments, const struct survey *survey)
{
    unsigned *threads = &settings->scan.threads;
    if (count_is_size(&settings->wc.count) && !arguments->decompress) {
        *threads = 1; /* there is next to nothing to read */
    } else if (!arguments->threads && !arguments->decompress && survey && !survey->irregular &&
               survey->bytes / THREAD_BYTES < *threads) {
        *threads = (unsigned)(survey->bytes / THREAD_BYTES);
        if (*threads == 0)
            *threads = 1;
    }
}

/* --- messages --- */

/* Why a name stands for no file; `from` is --files0-from, or NULL. */
static const char *refuse_name(const void *from, const char *name)
{
    if (*name == '\0')
        return "invalid zero-length file name";
    if (from && strcmp(from, "-") == 0 && strcmp(name, "-") == 0)
        return "when reading file names from standard input, no file name of '-' allowed";
    return NULL;
}

/* As wc says it: a name that was refused is shown by its place in the list. */
static void say(void *context, const struct scan_message *message)
{
    const struct settings *settings = context;
    const char *from = settings->scan.walk.refuse_context;
    if (!message->name || (message->refused && (*message->name || !from))) {
        diag("%s", message->text);
        return;
    }
    char *name = quote_name(message->refused ? from : settings->wc.unnamed ? "standard input" : message->name, false);
    if (message->refused)
        diag("%s:%" PRIu64 ": %s", name, message->number + 1, message->text);
    else
        diag_file(name, "%s", message->text);
    free(name);
}

void wc_resolve(struct settings *settings, const struct arguments *arguments)
{
    static const char *const standard_input[] = {"-"};
    *settings = (struct settings){.condition = NULL};
    struct scan_options *scan = &settings->scan;
    struct wc_lines *wc = &settings->wc;

    /* By the locale alone; where it is not installed, that is C, as for wc. */
    setlocale(LC_CTYPE, "");
    wc->count.kernels = settings_kernels();
    count_locale_ask(&wc->count, getenv("POSIXLY_CORRECT") == NULL);
    unsigned columns = 0;
    for (int kind = 0; kind < COUNT_KINDS; kind++)
        columns += wc->count.wanted[kind] = arguments->wc.wanted[kind];
    wc->total = arguments->total;
    wc->json = arguments->json;
    const char *names_from = arguments->wc.files_from;
    wc->escape = isatty(STDOUT_FILENO);
    wc->unnamed = !names_from && !arguments->file_count;

    bool known = true;
    scan->walk.names = wc->unnamed ? standard_input : arguments->files;
    scan->walk.name_count = wc->unnamed ? 1 : arguments->file_count;
    if (names_from)
        known = read_names(settings, names_from);
    bool aligned = known && wc->total != TOTAL_ONLY && (scan->walk.name_count != 1 || columns != 1);
    struct survey survey = {.bytes = 0};
    bool surveyed = aligned || scan->walk.name_count == 1;
    if (surveyed)
        survey = survey_files(scan);
    survey.irregular |= arguments->decompress; /* the sizes of texts are not known */
    wc->width = aligned ? number_width(&survey) : 1;

    wc->files = scan->walk.name_count;
    scan->walk.refuse = refuse_name;
    scan->walk.refuse_context = names_from;
    scan->task = &wc_lines_task;
    scan->plan = wc;
    scan->total = &settings->counted;
    scan->line_end = '\n';
    scan->kernels = wc->count.kernels;
    scan->say = say;
    scan->say_context = settings;
    scan->stdin_name = wc->json && wc->unnamed ? "<stdin>" : "-";
    settings_resolve_scan(settings, arguments);
    scan->exit_status = WC_STATUS_ERROR;
    limit_threads(settings, arguments, surveyed ? &survey : NULL);
}
