#include "cli/options.h"

#include "base/alloc.h"
#include "base/content.h"
#include "base/diag.h"
#include "base/number.h"
#include "base/utf8.h"
#include "cli/modes.h"
#include "cli/option-mistake.h"
#include "cli/option-parser.h"
#include "cli/option-setters.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <stdnoreturn.h>
#include <string.h>
#include <unistd.h>

/* --- setters --- */

/* An option that changes nothing. */
static void set_nothing(struct arguments *a, const struct option_row *row, const char *argument)
{
    (void)a, (void)row, (void)argument;
}

/* A limit of PCRE2's. */
static void set_limit(struct arguments *a, const struct option_row *row, const char *argument)
{
    uint64_t value;
    if (!number_parse(argument, true, &value) || value == 0)
        option_bad_argument(row, argument, "expected the number of values");
    *(uint32_t *)((char *)a + row->target) = value < UINT32_MAX ? (uint32_t)value : UINT32_MAX;
}

static void set_pattern(struct arguments *a, const struct option_row *row, const char *argument)
{
    (void)row;
    a->patterns_given = true;
    pattern_list_add(&a->patterns, argument, strlen(argument));
}

static void set_wanted(struct arguments *a, const struct option_row *row, const char *argument)
{
    (void)row;
    a->wanted = xreallocarray(a->wanted, a->wanted_count + 1, sizeof *a->wanted);
    a->wanted[a->wanted_count] = (struct pattern_list){NULL, 0, 0};
    pattern_list_add(&a->wanted[a->wanted_count++], argument, strlen(argument));
}

static void set_unwanted(struct arguments *a, const struct option_row *row, const char *argument)
{
    (void)row;
    pattern_list_add(&a->unwanted, argument, strlen(argument));
}

static void set_record_start(struct arguments *a, const struct option_row *row, const char *argument)
{
    (void)row;
    pattern_list_add(&a->record_starts, argument, strlen(argument));
}

/* Reads a whole file, but for the byte-order mark that it may begin with; "-" is standard input. */
static char *read_file(const char *name, size_t *length)
{
    int fd = strcmp(name, "-") == 0 ? STDIN_FILENO : content_open(name);
    char *content = fd >= 0 ? content_read(fd, length) : NULL;
    if (!content) {
        diag_file(name, "%s", strerror(errno));
        exit(EXIT_STATUS_ERROR);
    }
    if (fd != STDIN_FILENO)
        close(fd);
    size_t mark = utf8_mark_length(content, *length);
    *length -= mark;
    memmove(content, content + mark, *length);
    return content;
}

static void set_pattern_file(struct arguments *a, const struct option_row *row, const char *argument)
{
    (void)row;
    size_t length;
    char *content = read_file(argument, &length);
    a->patterns_given = true;
    pattern_list_add_file(&a->patterns, argument, content, length);
    free(content);
}

static void set_max_count(struct arguments *a, const struct option_row *row, const char *argument)
{
    uint64_t value;
    bool negative = *argument == '-'; /* no limit, as in grep */
    if (!number_parse(argument + (negative || *argument == '+'), true, &value))
        option_bad_argument(row, argument, "expected a number");
    a->max_count = negative ? UINT64_MAX : value;
}

static void set_only_matching(struct arguments *a, const struct option_row *row, const char *argument)
{
    uint64_t value = 0;
    if (argument && !number_parse(argument, false, &value))
        option_bad_argument(row, argument, "expected the number of a group");
    a->only_matching = true;
    a->group = value < UINT_MAX ? (unsigned)value : UINT_MAX;
}

static void set_tally(struct arguments *a, const struct option_row *row, const char *argument)
{
    a->tally = true;
    a->tally_most = UINT64_MAX;
    if (argument && !number_parse(argument, false, &a->tally_most))
        option_bad_argument(row, argument, "expected the number of values");
}

static void set_tally_order(struct arguments *a, const struct option_row *row, const char *argument)
{
    static const char *const words[] = {"count", "value", "first", NULL};
    static const enum tally_order orders[] = {TALLY_BY_COUNT, TALLY_BY_VALUE, TALLY_BY_FIRST};
    a->tally_order = orders[option_parse_word(row, argument, words, "expected count, value or first")];
}

static void set_max_memory(struct arguments *a, const struct option_row *row, const char *argument)
{
    if (!number_parse(argument, true, &a->max_memory) || a->max_memory == 0)
        option_bad_argument(row, argument, "expected a positive size");
}

static void set_max_columns(struct arguments *a, const struct option_row *row, const char *argument)
{
    if (!number_parse(argument, true, &a->max_columns))
        option_bad_argument(row, argument, "expected a number of bytes");
}

static void set_preview(struct arguments *a, const struct option_row *row, const char *argument)
{
    static const char *const words[] = {"start", "match", NULL};
    bool match = argument && option_parse_word(row, argument, words, "expected start or match") == 1;
    a->preview = match ? PREVIEW_MATCH : PREVIEW_START;
}

/* A number of lines; more than any file has are as good as all. */
static void set_lines(struct arguments *a, const struct option_row *row, const char *argument)
{
    uint64_t value;
    if (!number_parse(argument, true, &value))
        option_bad_argument(row, argument, "expected a number of lines");
    *(uint64_t *)((char *)a + row->target) = value < INT64_MAX ? value : INT64_MAX;
}

static void set_line_base(struct arguments *a, const struct option_row *row, const char *argument)
{
    a->counts_base = strcmp(argument, "count") == 0;
    a->line_base = 0;
    if (!a->counts_base && !number_parse(argument, true, &a->line_base))
        option_bad_argument(row, argument, "expected a number of lines, or count");
}

/* A digit of -NUM: directly behind another one it goes on with the number. */
static void set_digit(struct arguments *a, const struct option_row *row, const char *argument)
{
    (void)argument;
    uint64_t digit = (uint64_t)(row->letter - '0');
    bool first = !a->joined_to || a->joined_to->set != set_digit;
    if (first)
        a->context = digit;
    else
        a->context = a->context < INT64_MAX / 10 ? 10 * a->context + digit : INT64_MAX;
}

static void set_binary_files(struct arguments *a, const struct option_row *row, const char *argument)
{
    static const char *const words[] = {"binary", "text", "without-match", NULL};
    a->binary_files =
        (enum binary_files)option_parse_word(row, argument, words, "expected binary, text or without-match");
}

static void set_no_separator(struct arguments *a, const struct option_row *row, const char *argument)
{
    (void)row, (void)argument;
    a->group_separator = NULL;
}

static void set_recursive(struct arguments *a, const struct option_row *row, const char *argument)
{
    (void)argument;
    a->directories = DIRECTORIES_RECURSE;
    a->follow |= row->value; /* -r after -R does not undo it, as in grep */
}

/* As in grep, an action may be cut short. */
static void set_directories(struct arguments *a, const struct option_row *row, const char *argument)
{
    static const char *const words[] = {"read", "skip", "recurse", NULL};
    const char *word = strcmp(argument, "r") == 0 || strcmp(argument, "re") == 0 ? "" : argument;
    for (unsigned i = 0; words[i] && *word; i++)
        if (strncmp(words[i], word, strlen(word)) == 0)
            word = words[i];
    static const enum directory_action actions[] = {DIRECTORIES_READ, DIRECTORIES_SKIP, DIRECTORIES_RECURSE};
    a->directories = actions[option_parse_word(row, *word ? word : argument, words, "expected read, skip or recurse")];
}

static void set_devices(struct arguments *a, const struct option_row *row, const char *argument)
{
    static const char *const words[] = {"read", "skip", NULL};
    a->devices = option_parse_word(row, argument, words, "expected read or skip") ? DEVICES_SKIP : DEVICES_READ;
}

static void set_glob(struct arguments *a, const struct option_row *row, const char *argument)
{
    filter_add(&a->included, argument, strlen(argument), row->value);
}

static void set_folder_glob(struct arguments *a, const struct option_row *row, const char *argument)
{
    (void)row;
    size_t length = strlen(argument);
    while (length > 1 && argument[length - 1] == '/')
        length--;
    filter_add(&a->folders, argument, length, false);
}

/* One glob a line; white space at its end does not belong to it, and empty lines are passed over, as in grep. */
static void set_glob_file(struct arguments *a, const struct option_row *row, const char *argument)
{
    (void)row;
    size_t length;
    char *content = read_file(argument, &length);
    for (size_t at = 0, end; at < length; at = end + 1) {
        const char *newline = memchr(content + at, '\n', length - at);
        end = newline ? (size_t)(newline - content) : length;
        size_t size = end - at;
        while (size && memchr(" \t\n\v\f\r", content[at + size - 1], 6))
            size--;
        if (size)
            filter_add(&a->included, content + at, size, false);
    }
    free(content);
}

static void set_color(struct arguments *a, const struct option_row *row, const char *argument)
{
    static const char *const words[] = {"never", "no", "none", "auto", "tty", "if-tty", "always", "yes", "force", NULL};
    unsigned word = argument ? option_parse_word(row, argument, words, "expected always, never or auto") : 3;
    a->color = word < 3 ? WHEN_NEVER : word < 6 ? WHEN_AUTO : WHEN_ALWAYS;
}

static void set_sanitize(struct arguments *a, const struct option_row *row, const char *argument)
{
    static const char *const words[] = {"never", "auto", "always", NULL};
    static const enum when whens[] = {WHEN_NEVER, WHEN_AUTO, WHEN_ALWAYS};
    a->sanitize =
        argument ? whens[option_parse_word(row, argument, words, "expected always, never or auto")] : WHEN_AUTO;
}

static void set_engine(struct arguments *a, const struct option_row *row, const char *argument)
{
    static const char *const words[] = {"auto", "pcre2", "literal", "dfa", NULL};
    static const enum engine_kind kinds[] = {ENGINE_AUTO, ENGINE_PCRE2, ENGINE_LITERAL, ENGINE_DFA};
    a->engine = kinds[option_parse_word(row, argument, words, "expected auto, pcre2, literal or dfa")];
}

static noreturn void show_help(struct arguments *a, const struct option_row *row, const char *argument)
{
    (void)a, (void)row, (void)argument;
    options_print_help();
    exit(diag_flush_output(EXIT_SUCCESS));
}

/* --- the table --- */

/* clang-format off */
#define LIMIT(field) set_limit, offsetof(struct arguments, field), 0, NULL
#define LINES(field) set_lines, offsetof(struct arguments, field), 0, NULL
#define DIGIT(digit) {digit, NULL, NULL, NULL, SETTER(set_digit)}
/* clang-format on */

static const struct option_row rows[] = {
    HEADING("Patterns"),
    {'e', "regexp", "PATTERNS", "search for PATTERNS; may be given many times", SETTER(set_pattern)},
    {'f', "file", "FILE", "take patterns from FILE, one per line; - is stdin", SETTER(set_pattern_file)},
    {0, "and", "PATTERNS", "select only lines that match PATTERNS, too", SETTER(set_wanted)},
    {0, "not", "PATTERNS", "select only lines that do not match PATTERNS", SETTER(set_unwanted)},
    {'E', "extended-regexp", NULL, "patterns are extended regular expressions", CHOICE(syntax, SYNTAX_EXTENDED)},
    {'F', "fixed-strings", NULL, "patterns are strings", CHOICE(syntax, SYNTAX_FIXED)},
    {'G', "basic-regexp", NULL, "patterns are basic regular expressions", CHOICE(syntax, SYNTAX_BASIC)},
    {'P', "perl-regexp", NULL, "patterns are Perl's, by PCRE2 (default)", CHOICE(syntax, SYNTAX_PERL)},
    {'i', "ignore-case", NULL, "upper and lower case are the same", CHOICE(letter_case, CASE_IGNORED)},
    {0, "no-ignore-case", NULL, "upper and lower case are distinct (default)", CHOICE(letter_case, CASE_DISTINCT)},
    {'S', "smart-case", NULL, "as -i, unless a pattern has an upper case letter", CHOICE(letter_case, CASE_SMART)},
    {'y', NULL, NULL, NULL, CHOICE(letter_case, CASE_IGNORED)},
    {'v', "invert-match", NULL, "select lines that do not match", FLAG(invert, true)},
    {'w', "word-regexp", NULL, "match whole words only", FLAG(word, true)},
    {'x', "line-regexp", NULL, "match whole lines only", FLAG(line, true)},
    {'z', "null-data", NULL, "lines end in NUL, in the input and the output", FLAG(null_lines, true)},
    {0, "record-start", "PATTERNS", "search records, which begin at lines that match", SETTER(set_record_start)},
    {0, "crlf", NULL, "lines may end in CR LF; patterns see no CR", FLAG(crlf, true)},
    {0, "encoding", "NAME", "decode text: auto (by its mark), none, utf-16 ...", STRING(encoding)},
    {0, "no-unicode", NULL, "text is bytes, not UTF-8", FLAG(no_unicode, true)},
    {0, "match-limit", "NUM", "the most matching steps for a line", LIMIT(match_limit)},
    {0, "depth-limit", "NUM", "the deepest backtracking for a line", LIMIT(depth_limit)},
    {0, "heap-limit", "NUM", "the most memory for matching a line, in KiB", LIMIT(heap_limit)},
    {0, "no-jit", NULL, "match by PCRE2's interpreter, without its JIT", FLAG(interpreted, true)},
    {0, "engine", "NAME", "find lines by auto, pcre2, literal or dfa", WORDS(set_engine, "auto pcre2 literal dfa")},
    HEADING("Output"),
    {'c', "count", NULL, "print only the count of selected lines per file", FLAG(count, true)},
    {0, "count-matches", NULL, "print only the number of matches of each file", FLAG(count_matches, true)},
    {0, "tally", "[=NUM]", "count how often each match occurs; show NUM", SETTER(set_tally)},
    {0, "tally-order", "ORDER", "order them by count (default), value or first",
     WORDS(set_tally_order, "count value first")},
    {0, "total", "WHEN", "count; total: auto, always, only or never",
     WORDS(option_set_total, "auto always only never")},
    {'l', "files-with-matches", NULL, "print only names of files with selected lines", CHOICE(list, LIST_MATCHING)},
    {'L', "files-without-match", NULL, "print only names of files without selected lines",
     CHOICE(list, LIST_WITHOUT_MATCH)},
    {'q', "quiet", NULL, "print nothing; end at the first selected line", FLAG(quiet, true)},
    {0, "silent", NULL, NULL, FLAG(quiet, true)},
    {'s', "no-messages", NULL, "print no message when a file cannot be read", FLAG(no_messages, true)},
    {'m', "max-count", "NUM", "stop after NUM selected lines of each file", SETTER(set_max_count)},
    {0, "skip-matches", "NUM", "skip the first NUM selected lines of each file", LINES(skip)},
    {0, "last", "NUM", "only the last NUM selected lines of each file", LINES(last)},
    {'o', "only-matching", "[=NUM]", "print only matches, or group NUM of each", SETTER(set_only_matching)},
    {0, "replace", "TEXT", "replace each match with TEXT; $1, ${name}: groups", STRING(replacement)},
    {0, "max-columns", "NUM", "replace lines longer than NUM bytes by a note", SETTER(set_max_columns)},
    {0, "max-columns-preview", "[=PART]", "but show NUM bytes: start, or around a match",
     WORDS(set_preview, "start match")},
    {'n', "line-number", NULL, "print the line's number before it", FLAG(line_number, true)},
    {'b', "byte-offset", NULL, "print the line's offset in bytes before it", FLAG(byte_offset, true)},
    {0, "column", NULL, "print line number and column of the first match", FLAG(column, true)},
    {'H', "with-filename", NULL, "print the file's name before each line", CHOICE(name, NAME_ALWAYS)},
    {'h', "no-filename", NULL, "print no file names", CHOICE(name, NAME_NEVER)},
    {'T', "initial-tab", NULL, "put a tab before the text, and pad numbers", FLAG(initial_tab, true)},
    {'Z', "null", NULL, "write a NUL byte after each file name", FLAG(null_names, true)},
    {0, "label", "LABEL", "print LABEL as the name of standard input", STRING(label)},
    {0, "color", "[=WHEN]", "color matches: always, never or auto (default)", WORDS(set_color, "always never auto")},
    {0, "colour", "[=WHEN]", NULL, SETTER(set_color)},
    {0, "sanitize", "[=WHEN]", "escape control characters: auto, always or never",
     WORDS(set_sanitize, "auto always never")},
    {'a', "text", NULL, "print lines that are not text, too", CHOICE(binary_files, BINARY_FILES_TEXT)},
    {'I', NULL, NULL, NULL, CHOICE(binary_files, BINARY_FILES_PASSED_OVER)},
    {0, "binary-files", "TYPE", "binary, text (as -a) or without-match (as -I)",
     WORDS(set_binary_files, "binary text without-match")},
    {'U', "binary", NULL, "accepted for grep's sake, without effect", SETTER(set_nothing)},
    {0, "line-buffered", NULL, "write each line at once", CHOICE(buffering, BUFFER_LINE)},
    {0, "block-buffered", NULL, "wait for full blocks of input", CHOICE(buffering, BUFFER_BLOCK)},
    HEADING("Context"),
    {'A', "after-context", "NUM", "print NUM lines after each selected line", LINES(after)},
    {'B', "before-context", "NUM", "print NUM lines before each selected line", LINES(before)},
    {'C', "context", "NUM", "print NUM lines before and after; also -NUM", LINES(context)},
    DIGIT('0'),
    DIGIT('1'),
    DIGIT('2'),
    DIGIT('3'),
    DIGIT('4'),
    DIGIT('5'),
    DIGIT('6'),
    DIGIT('7'),
    DIGIT('8'),
    DIGIT('9'),
    {0, "group-separator", "SEP", "print SEP between groups of lines (default --)", STRING(group_separator)},
    {0, "no-group-separator", NULL, "print nothing between groups of lines", SETTER(set_no_separator)},
    {0, "passthru", NULL, "print all other lines as context", FLAG(passthru, true)},
    {0, "json", NULL, "print JSON Lines, in the form of ripgrep", FLAG(json, true)},
    HEADING("Files"),
    {'r', "recursive", NULL, "search all files below directories", SETTER_VALUE(set_recursive, false)},
    {'R', "dereference-recursive", NULL, "as -r, and follow all symbolic links", SETTER_VALUE(set_recursive, true)},
    {'d', "directories", "ACTION", "read (fails), skip or recurse into directories",
     WORDS(set_directories, "read skip recurse")},
    {'D', "devices", "ACTION", "read devices, FIFOs and sockets, or skip them", WORDS(set_devices, "read skip")},
    {0, "files0-from", "FILE", "search the files named in FILE, separated by NULs", STRING(names_file)},
    {0, "include", "GLOB", "search only files whose names match GLOB", SETTER_VALUE(set_glob, true)},
    {0, "exclude", "GLOB", "skip files whose names match GLOB", SETTER_VALUE(set_glob, false)},
    {0, "exclude-from", "FILE", "skip files that match a glob in FILE", SETTER(set_glob_file)},
    {0, "exclude-dir", "GLOB", "skip directories whose names match GLOB", SETTER(set_folder_glob)},
    DECOMPRESS_ROW,
    HEADING("Shares of a file"),
    SHARE_ROWS,
    {0, "line-base", "NUM", "lines before the part; count: they are counted", SETTER(set_line_base)},
    {0, "no-match-ok", NULL, "exit with 0 where no line is selected", FLAG(no_match_ok, true)},
    HEADING("Running"),
    {0, "max-memory", "SIZE", "memory for what grows with the input", SETTER(set_max_memory)},
    RUNNING_ROWS,
    {0, "modes", NULL, NULL, SETTER(option_show_modes)},
    {0, "explain", NULL, "explain how the search would run; do not search", FLAG(explain, true)},
    {0, "help", NULL, "print this help", SETTER(show_help)},
    {'V', "version", NULL, "print the version", SETTER(option_show_version)},
};

/* grep's. */
static const struct option_abbreviation abbreviations[] = {
    {"a", "after-context"},  {"by", "byte-offset"},    {"byt", "byte-offset"},
    {"byte", "byte-offset"}, {"byte-", "byte-offset"}, {"col", "color"},
    {"cou", "count"},        {"coun", "count"},        {"h", "help"},
    {"he", "help"},          {"la", "label"},          {"line-b", "line-buffered"},
    {"m", "max-count"},      {"ma", "max-count"},      {"max", "max-count"},
    {"max-", "max-count"},   {"max-c", "max-count"},   {"max-co", "max-count"},
    {"no-m", "no-messages"}, {"o", "only-matching"},   {"p", "perl-regexp"},
    {"rec", "recursive"},    {"s", "silent"},          {"t", "text"},
};

static const struct option_table table = {
    .name = "mscan",
    .command = "mscan",
    .rows = rows,
    .row_count = sizeof rows / sizeof *rows,
    .abbreviations = abbreviations,
    .abbreviation_count = sizeof abbreviations / sizeof *abbreviations,
    .usage = "Usage: mscan [OPTION]... PATTERN [FILE]...",
    .error_status = EXIT_STATUS_ERROR,
    .pattern_first = true,
};

void options_parse(struct arguments *arguments, int argc, char **argv)
{
    *arguments = (struct arguments){
        .max_count = UINT64_MAX,
        .last = UINT64_MAX,
        .line_base = UINT64_MAX,
        .total = TOTAL_NEVER,
        .before = UINT64_MAX,
        .after = UINT64_MAX,
        .context = UINT64_MAX,
        .group_separator = "--",
        .color = WHEN_AUTO,
        .label = "(standard input)",
        .advice = ADVICE_SEQUENTIAL | ADVICE_WILLNEED,
    };
    option_parser_run(&table, arguments, argc, argv);
    modes_check(&table, arguments);
    if (!arguments->patterns_given) {
        if (optind >= argc) {
            diag("no pattern given");
            option_usage_error();
        }
        pattern_list_add(&arguments->patterns, argv[optind], strlen(argv[optind]));
        optind++;
    }
    arguments->files = (const char *const *)&argv[optind];
    arguments->file_count = (size_t)(argc - optind);
    if (arguments->names_file && arguments->file_count) {
        diag("option '--files0-from' leaves no place for the file '%s'", arguments->files[0]);
        option_usage_error();
    }
}

void options_print_help(void)
{
    puts("Usage: mscan [OPTION]... PATTERN [FILE]...\n"
         "Search for PATTERN in each FILE, or standard input, with all processors.\n"
         "PATTERN is a Perl-compatible regular expression; lines of it are alternatives.\n"
         "Example: mscan -c 'timeout|refused' big.log");
    option_table_print_help(&table);
    puts("\nExit status is 0 if a line is selected, 1 if none is, 2 if an error occurred.\n"
         "See mscan(1) for the whole description; mwc(1) is about 'mscan --wc', which\n"
         "counts as wc does.");
}
