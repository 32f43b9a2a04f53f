#include "cli/option-mistake.h"

#include "base/alloc.h"
#include "base/diag.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* No name is longer, and no word that is was meant to be one. */
#define NAME_MAX_LENGTH 40

static size_t least(size_t a, size_t b, size_t c)
{
    size_t less = a < b ? a : b;
    return less < c ? less : c;
}

/*
 * How many characters have to be put in, taken out, replaced, or changed with the next one, to make a word of another:
 * the optimal string alignment distance.
 */
static size_t distance(const char *a, size_t length_a, const char *b, size_t length_b)
{
    size_t rows[3][NAME_MAX_LENGTH + 1], *above = rows[0], *row = rows[1], *two_above = rows[2];
    for (size_t j = 0; j <= length_b; j++)
        row[j] = j;
    for (size_t i = 1; i <= length_a; i++) {
        size_t *spare = two_above;
        two_above = above;
        above = row;
        row = spare;
        row[0] = i;
        for (size_t j = 1; j <= length_b; j++) {
            row[j] = least(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], row[j], two_above[j - 2] + 1);
        }
    }
    return row[length_b];
}

/* The shown option whose name is nearest to a word: no more than a third of its characters are wrong.  NULL: none is.
 */
static const char *nearest_name(const struct option_table *table, const char *word, size_t length)
{
    struct option_description option;
    const char *nearest = NULL;
    if (length > NAME_MAX_LENGTH)
        return NULL;
    size_t limit = length / 3;
    for (size_t i = 0; option_table_describe(table, i, &option); i++) {
        size_t far = distance(word, length, option.name, strlen(option.name));
        if (far < limit || (far == limit && limit > 0 && !nearest)) {
            nearest = option.name;
            limit = far;
        }
    }
    return nearest;
}

/* The shown options that a word may be short for, each with quotes and a blank before; the caller frees them. */
static char *possibilities(const struct option_table *table, const char *word, size_t length)
{
    struct option_description option;
    char *list;
    size_t size;
    FILE *stream = xnonnull(open_memstream(&list, &size));
    for (size_t i = 0; option_table_describe(table, i, &option); i++)
        if (strncmp(option.name, word, length) == 0)
            fprintf(stream, " '--%s'", option.name);
    fclose(stream);
    return xnonnull(list);
}

static void say_unknown(const struct option_table *table, const char *word)
{
    const char *name = word + 2;
    size_t length = strcspn(name, "=");
    char *meant = possibilities(table, name, length);
    const char *nearest = nearest_name(table, name, length);
    if (*meant)
        diag("option '%s' is ambiguous; possibilities:%s", word, meant);
    else if (nearest)
        diag("unrecognized option '%s'; did you mean '--%s'?", word, nearest);
    else
        diag("unrecognized option '%s'", word);
    free(meant);
}

void option_mistake_say(int value, const struct option_row *row, const char *word)
{
    if (row && value == ':')
        diag("option '--%s' requires an argument", row->name);
    else if (row)
        diag("option '--%s' doesn't allow an argument", row->name);
    else if (value == ':')
        diag("option requires an argument -- '%c'", optopt);
    else if (optopt)
        diag("invalid option -- '%c'", optopt);
    else
        say_unknown(option_table_parsed(), word);
}

noreturn void option_usage_error(void)
{
    const struct option_table *table = option_table_parsed();
    if (table->usage)
        fprintf(stderr, "%s\n", table->usage);
    fprintf(stderr, "Try '%s --help' for more information.\n", table->command);
    exit(table->error_status);
}

noreturn void option_bad_argument(const struct option_row *row, const char *argument, const char *expected)
{
    diag("option '--%s': invalid argument '%s': %s", row->name, argument, expected);
    option_usage_error();
}
