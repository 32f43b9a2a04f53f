/*
 * options.h - the command line of mscan: one table of all options.
 *
 * The parser, --help and the completions for shells read the table, and a test holds the man page and the completions
 * against --help.
 */
#ifndef MSCAN_CLI_OPTIONS_H
#define MSCAN_CLI_OPTIONS_H

#include "cli/arguments.h"

/*
 * Parses the command line; ends the process for --help and --version, and, with a message and status 2, when
 * it is wrong.
 */
void options_parse(struct arguments *arguments, int argc, char **argv);

/* The help text, made from the table. */
void options_print_help(void);

#endif
