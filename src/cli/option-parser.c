#include "cli/option-parser.h"

#include "base/alloc.h"
#include "cli/option-mistake.h"
#include "cli/share.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

/* Values that getopt_long() returns for long options: above any letter. */
#define LONG_BASE 256

/*
 * The row that stands for a row's meaning: the first with the same.  Then getopt_long() finds an abbreviation of
 * --color and --colour not ambiguous.
 */
static size_t first_alike(const struct option_table *table, size_t index)
{
    size_t first = 0;
    while (option_row_is_heading(&table->rows[first]) || table->rows[first].set != table->rows[index].set ||
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
        .has_arg = !row->argument                ? no_argument
                   : option_row_is_optional(row) ? optional_argument
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
        if (option_row_is_heading(row))
            continue;
        if (row->letter) {
            *letters++ = row->letter;
            if (row->argument && !option_row_is_optional(row))
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

void option_parser_run(const struct option_table *table, struct arguments *arguments, int argc, char **argv)
{
    option_table_begin(table);
    char *letters = xcalloc(2 * table->row_count + 2, 1);
    struct option *longs = xcalloc(table->row_count + table->abbreviation_count + 1, sizeof *longs);
    make_getopt(table, letters, longs);
    arguments->given = xcalloc(table->row_count, sizeof *arguments->given);
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
            option_mistake_say(value, optopt >= LONG_BASE ? find_row(table, optopt) : NULL, argv[optind - 1]);
            option_usage_error();
        }
        arguments->given[row - table->rows] = true;
        share_note_option(arguments, row, optarg);
        row->set(arguments, row, optarg);
        arguments->joined_to = optind == word ? row : NULL; /* there are more letters in it */
    }
    free(letters);
    free(longs);
}
