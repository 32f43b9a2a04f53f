/*
 * option-table.h - the table of options that a command has, which its parser, its help and the completions for shells
 * are made from.
 */
#ifndef MSCAN_CLI_OPTION_TABLE_H
#define MSCAN_CLI_OPTION_TABLE_H

#include <stdbool.h>
#include <stddef.h>

struct arguments;
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

/* The table of the command line that is parsed, which messages about it need. */
void option_table_begin(const struct option_table *table);
const struct option_table *option_table_parsed(void);

/* The rows and headings, for the help. */
void option_table_print_help(const struct option_table *table);

static inline bool option_row_is_heading(const struct option_row *row)
{
    return row->name && !*row->name;
}

/* Whether its argument may be missing. */
static inline bool option_row_is_optional(const struct option_row *row)
{
    return row->argument && *row->argument == '[';
}

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
