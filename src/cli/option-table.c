#include "cli/option-table.h"

#include "base/alloc.h"
#include "base/diag.h"
#include "base/number.h"
#include "cli/completion.h"
#include "cli/option-mistake.h"
#include "cli/version.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The table of the command line that is parsed: what messages about it need. */
static const struct option_table *parsed;

noreturn void option_usage_error(void)
{
    if (parsed->usage)
        fprintf(stderr, "%s\n", parsed->usage);
    fprintf(stderr, "Try '%s --help' for more information.\n", parsed->command);
    exit(parsed->error_status);
}

noreturn void option_bad_argument(const struct option_row *row, const char *argument, const char *expected)
{
    diag("option '--%s': invalid argument '%s': %s", row->name, argument, expected);
    option_usage_error();
}

/* --- setters --- */

void option_set_flag(struct arguments *a, const struct option_row *row, const char *argument)
{
    (void)argument;
    *(bool *)((char *)a + row->target) = row->value;
}

/* One of an enumeration. */
void option_set_choice(struct arguments *a, const struct option_row *row, const char *argument)
{
    (void)argument;
    memcpy((char *)a + row->target, &row->value, sizeof row->value);
}

void option_set_string(struct arguments *a, const struct option_row *row, const char *argument)
{
    memcpy((char *)a + row->target, &argument, sizeof argument);
}

/* The index of a word in a NULL-ended list, or the message that lists them. */
unsigned option_parse_word(const struct option_row *row, const char *argument, const char *const *words,
                           const char *expected)
{
    for (unsigned i = 0; words[i]; i++)
        if (strcmp(words[i], argument) == 0)
            return i;
    option_bad_argument(row, argument, expected);
}

void option_set_threads(struct arguments *a, const struct option_row *row, const char *argument)
{
    uint64_t value;
    if (!number_parse(argument, false, &value))
        option_bad_argument(row, argument, "expected a number");
    a->threads = value < THREADS_MAX ? (unsigned)value : THREADS_MAX;
}

void option_set_huge(struct arguments *a, const struct option_row *row, const char *argument)
{
    static const char *const words[] = {"auto", "always", "never", NULL};
    static const enum huge_policy policies[] = {HUGE_AUTO, HUGE_ALWAYS, HUGE_NEVER};
    a->huge = policies[option_parse_word(row, argument, words, "expected auto, always or never")];
}

void option_set_advice(struct arguments *a, const struct option_row *row, const char *argument)
{
    static const char *const words[] = {"none", "sequential", "willneed", "random", "populate", NULL};
    static const unsigned advice[] = {ADVICE_NONE, ADVICE_SEQUENTIAL, ADVICE_WILLNEED, ADVICE_RANDOM, ADVICE_POPULATE};
    char *list = xstrdup(argument), *rest = list, *word;
    a->advice = ADVICE_NONE;
    while ((word = strsep(&rest, ",")))
        a->advice |= advice[option_parse_word(row, word, words,
                                              "expected a list of sequential, willneed, random, populate or none")];
    free(list);
}

void option_set_chunk_size(struct arguments *a, const struct option_row *row, const char *argument)
{
    if (!number_parse(argument, true, &a->chunk_size) || a->chunk_size == 0 || a->chunk_size > SIZE_MAX / 4)
        option_bad_argument(row, argument, "expected a positive size");
}

/* May be cut short, as wc allows it. */
void option_set_total(struct arguments *a, const struct option_row *row, const char *argument)
{
    static const char *const words[] = {"auto", "always", "only", "never", NULL};
    unsigned found = 0, count = 0;
    for (unsigned i = 0; words[i]; i++) {
        if (strncmp(words[i], argument, strlen(argument)) != 0)
            continue;
        found = i;
        count++;
    }
    if (count != 1)
        option_bad_argument(row, argument, "expected auto, always, only or never");
    a->total = (enum total_when)found;
}

noreturn void option_show_version(struct arguments *a, const struct option_row *row, const char *argument)
{
    (void)a, (void)row, (void)argument;
    version_print();
    exit(diag_flush_output(EXIT_SUCCESS));
}

noreturn void option_show_completions(struct arguments *a, const struct option_row *row, const char *argument)
{
    (void)a;
    if (!completion_print(argument, parsed))
        option_bad_argument(row, argument, "expected bash, zsh or fish");
    exit(diag_flush_output(EXIT_SUCCESS));
}

/* Values that getopt_long() returns for long options: above any letter. */
#define LONG_BASE 256

static bool is_heading(const struct option_row *row)
{
    return row->name && !*row->name;
}

static bool is_optional(const struct option_row *row)
{
    return row->argument && *row->argument == '[';
}

/*
 * The row that stands for a row's meaning: the first with the same.  Then getopt_long() finds an abbreviation of
 * --color and --colour not ambiguous.
 */
static size_t first_alike(const struct option_table *table, size_t index)
{
    size_t first = 0;
    while (is_heading(&table->rows[first]) || table->rows[first].set != table->rows[index].set ||
           table->rows[first].target != table->rows[index].target ||
           table->rows[first].value != table->rows[index].value)
        first++;
    return first;
}

static struct option long_option(const struct option_table *table, size_t index, const char *name)
{
    const struct option_row *row = &table->rows[index];
    return (struct option){
        .name = name,
        .has_arg = !row->argument     ? no_argument
                   : is_optional(row) ? optional_argument
                                      : required_argument,
        .val = LONG_BASE + (int)first_alike(table, index),
    };
}

/* getopt_long()'s tables, from ours. */
static void make_getopt(const struct option_table *table, char *letters, struct option *longs)
{
    *letters++ = ':'; /* the messages are ours */
    for (size_t i = 0; i < table->row_count; i++) {
        const struct option_row *row = &table->rows[i];
        if (is_heading(row))
            continue;
        if (row->letter) {
            *letters++ = row->letter;
            if (row->argument && !is_optional(row))
                *letters++ = ':';
        }
        if (!row->name)
            continue;
        *longs++ = long_option(table, i, row->name);
        for (size_t j = 0; j < table->abbreviation_count; j++)
            if (strcmp(table->abbreviations[j].name, row->name) == 0)
                *longs++ = long_option(table, i, table->abbreviations[j].form);
    }
    *letters = '\0';
    *longs = (struct option){.name = NULL};
}

static const struct option_row *find_row(const struct option_table *table, int value)
{
    if (value >= LONG_BASE)
        return &table->rows[value - LONG_BASE];
    for (size_t i = 0; i < table->row_count; i++)
        if (table->rows[i].letter == value)
            return &table->rows[i];
    return NULL;
}

static bool is_option(const char *word)
{
    return word[0] == '-' && word[1] != '\0';
}

void option_table_parse(const struct option_table *table, struct arguments *arguments, int argc, char **argv)
{
    parsed = table;
    char *letters = xcalloc(2 * table->row_count + 2, 1);
    struct option *longs = xcalloc(table->row_count + table->abbreviation_count + 1, sizeof *longs);
    make_getopt(table, letters, longs);
    int word = 0; /* the index of the argument in hand */
    for (;;) {
        if (!arguments->joined_to)
            for (word = optind; word < argc && !is_option(argv[word]);)
                word++;
        int value = getopt_long(argc, argv, letters, longs, NULL);
        if (value == -1)
            break;
        const struct option_row *row = find_row(table, value);
        if (!row) {
            option_mistake_say(table, value, optopt >= LONG_BASE ? find_row(table, optopt) : NULL, argv[optind - 1]);
            option_usage_error();
        }
        row->set(arguments, row, optarg);
        arguments->joined_to = optind == word ? row : NULL; /* there are more letters in it */
    }
    free(letters);
    free(longs);
}

/* How wide the options are in the help; a longer one has its text on the next line. */
#define HELP_COLUMN 28

void option_table_print_help(const struct option_table *table)
{
    for (size_t i = 0; i < table->row_count; i++) {
        const struct option_row *row = &table->rows[i];
        if (is_heading(row)) {
            printf("\n%s:\n", row->argument);
            continue;
        }
        if (!row->help)
            continue;
        char spelled[64];
        snprintf(spelled, sizeof spelled, "%c%c%s --%s%s%s", row->letter ? '-' : ' ', row->letter ? row->letter : ' ',
                 row->letter ? "," : " ", row->name, row->argument && !is_optional(row) ? "=" : "",
                 row->argument ? row->argument : "");
        bool fits = strlen(spelled) <= HELP_COLUMN;
        printf("  %-*s%s%*s %s\n", HELP_COLUMN, spelled, fits ? "" : "\n", fits ? 0 : HELP_COLUMN + 2, "", row->help);
    }
}

bool option_table_describe(const struct option_table *table, size_t index, struct option_description *description)
{
    for (size_t i = 0; i < table->row_count; i++) {
        const struct option_row *row = &table->rows[i];
        if (is_heading(row) || !row->help || index-- > 0)
            continue;
        *description = (struct option_description){
            .letter = row->letter,
            .name = row->name,
            .optional = is_optional(row),
            .help = row->help,
            .words = row->words,
        };
        if (row->argument) /* "NAME" or "[=NAME]" */
            snprintf(description->argument, sizeof description->argument, "%.*s",
                     (int)strcspn(row->argument + 2 * is_optional(row), "]"), row->argument + 2 * is_optional(row));
        return true;
    }
    return false;
}
