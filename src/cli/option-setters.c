#include "cli/option-setters.h"

#include "base/alloc.h"
#include "base/diag.h"
#include "base/number.h"
#include "cli/completion.h"
#include "cli/option-mistake.h"
#include "cli/version.h"

#include <stdlib.h>
#include <stdnoreturn.h>
#include <string.h>

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

void option_set_cache(struct arguments *a, const struct option_row *row, const char *argument)
{
    static const char *const words[] = {"keep", "drop", NULL};
    a->drop_cache = option_parse_word(row, argument, words, "expected keep or drop") == 1;
}

void option_set_chunk_size(struct arguments *a, const struct option_row *row, const char *argument)
{
    if (!number_parse(argument, true, &a->chunk_size) || a->chunk_size == 0 || a->chunk_size > SIZE_MAX / 4)
        option_bad_argument(row, argument, "expected a positive size");
}

/* A part of a file is given once. */
void option_set_byte_range(struct arguments *a, const struct option_row *row, const char *argument)
{
    struct range range = {.kind = RANGE_BYTES, .length = UINT64_MAX};
    char *offset = xstrdup(argument), *comma = strchr(offset, ',');
    if (comma)
        *comma = '\0';
    if (!number_parse(offset, true, &range.offset) || (comma && !number_parse(comma + 1, true, &range.length)))
        option_bad_argument(row, argument, "expected an offset, or an offset, a comma and a length");
    free(offset);
    a->range = range;
}

void option_set_shard(struct arguments *a, const struct option_row *row, const char *argument)
{
    struct range range = {.kind = RANGE_SHARD};
    char *index = xstrdup(argument), *slash = strchr(index, '/');
    if (slash)
        *slash = '\0';
    if (!slash || !number_parse(index, false, &range.index) || !number_parse(slash + 1, false, &range.count) ||
        range.index >= range.count)
        option_bad_argument(row, argument, "expected K/N, a part from 0 to N-1 and their number");
    free(index);
    a->range = range;
}

void option_set_expect_size(struct arguments *a, const struct option_row *row, const char *argument)
{
    a->sized = true;
    if (!number_parse(argument, true, &a->size))
        option_bad_argument(row, argument, "expected a number of bytes");
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
    if (!completion_print(argument, option_table_parsed()))
        option_bad_argument(row, argument, "expected bash, zsh or fish");
    exit(diag_flush_output(EXIT_SUCCESS));
}
