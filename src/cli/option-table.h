/*
 * option-table.h - what the command lines of mscan and mwc share: a table of options, its parser, its help, what the
 * completions for shells are made from, and the setters that both use.
 */
#ifndef MSCAN_CLI_OPTION_TABLE_H
#define MSCAN_CLI_OPTION_TABLE_H

#include "cli/options.h"

#include <stdnoreturn.h>

struct option_row;

/* Takes an option's argument, NULL when it has none. */
typedef void option_setter(struct arguments *arguments, const struct option_row *row, const char *argument);

struct option_row {
    char letter;          /* 0: none */
    const char *name;     /* "": a heading, which `argument` holds; NULL: none, and a letter only */
    const char *argument; /* its name in the help; NULL: takes none; "[=X]": optional, for the name only */
    const char *help;     /* NULL: not shown */
    option_setter *set;
    size_t target;     /* for the setters that many rows share: the offset of a field in struct arguments, */
    int value;         /* and what it is set to */
    const char *words; /* what the argument may be, with blanks between; NULL: anything */
};

/* The short form of a long option that the peer's users know, and that would be ambiguous here. */
struct option_abbreviation {
    const char *form, *name;
};

struct option_table {
    const char *name;    /* of the command whose options these are */
    const char *command; /* how it is called */
    const struct option_row *rows;
    size_t row_count;
    const struct option_abbreviation *abbreviations;
    size_t abbreviation_count;
    const char *usage;  /* the first line of what is said about a mistake, or NULL */
    int error_status;   /* of the process that ends with one */
    bool pattern_first; /* the first operand is a pattern, unless options gave some; all others are files */
};

/* clang-format off */
#define HEADING(text) {.name = "", .argument = text}

/* The end of a row: a setter and its target. */
#define FLAG(field, value) option_set_flag, offsetof(struct arguments, field), value, NULL
#define CHOICE(field, value) option_set_choice, offsetof(struct arguments, field), value, NULL
#define STRING(field) option_set_string, offsetof(struct arguments, field), 0, NULL
#define SETTER(function) function, 0, 0, NULL
#define SETTER_VALUE(function, value) function, 0, value, NULL
#define WORDS(function, words) function, 0, 0, words

/* The rows on how to run, which both have. */
#define RUNNING_ROWS \
    {'j', "threads", "NUM", "use NUM threads; 0 is one for each processor", SETTER(option_set_threads)}, \
    {0, "mmap", NULL, "map regular files, small ones too", CHOICE(map, MAP_PREFER)}, \
    {0, "no-mmap", NULL, "read all files", CHOICE(map, MAP_REFUSE)}, \
    {0, "huge-pages", "WHEN", "use huge pages: auto, always (or fail) or never", \
    WORDS(option_set_huge, "auto always never")}, \
    {0, "madvise", "LIST", "none, sequential, willneed, random or populate", \
    WORDS(option_set_advice, "sequential willneed random populate none")}, \
    {0, "chunk-size", "SIZE", NULL, SETTER(option_set_chunk_size)}, \
    {0, "completions", "SHELL", NULL, WORDS(option_show_completions, "bash zsh fish")}, \
    {0, "stats", NULL, "print statistics to standard error", FLAG(stats, true)}
/* clang-format on */

option_setter option_set_flag;   /* a bool */
option_setter option_set_choice; /* one of an enumeration */
option_setter option_set_string; /* the argument itself */
option_setter option_set_threads, option_set_huge, option_set_advice, option_set_chunk_size;
option_setter option_set_total; /* when the total is printed */
option_setter option_show_version, option_show_completions;

/* Ends the process with the usage, or with a message and the usage. */
noreturn void option_usage_error(void);
noreturn void option_bad_argument(const struct option_row *row, const char *argument, const char *expected);

/* The index of a word in a NULL-ended list; else option_bad_argument() with what is `expected`. */
unsigned option_parse_word(const struct option_row *row, const char *argument, const char *const *words,
                           const char *expected);

/* Calls the setters of all options; operands are left from argv[optind] on. */
void option_table_parse(const struct option_table *table, struct arguments *arguments, int argc, char **argv);

/* The rows and headings, for the help. */
void option_table_print_help(const struct option_table *table);

/* What the table says of an option that is shown. */
struct option_description {
    char letter;       /* 0: none */
    const char *name;  /* without dashes */
    char argument[16]; /* its name, "FILE" for a file's; "": the option takes none */
    bool optional;     /* the argument is, and only the name takes it */
    const char *help;
    const char *words; /* what the argument may be, with blanks between; NULL: anything */
};

/* The option number `index`, from 0, of those that the help shows; false after the last. */
bool option_table_describe(const struct option_table *table, size_t index, struct option_description *description);

#endif
