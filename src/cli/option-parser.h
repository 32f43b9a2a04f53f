/*
 * option-parser.h - parses a command line by its table of options.
 */
#ifndef MSCAN_CLI_OPTION_PARSER_H
#define MSCAN_CLI_OPTION_PARSER_H

#include "cli/arguments.h"
#include "cli/option-table.h"

/*
 * Calls the setters of all options; operands are left from argv[optind] on.  Ends the process, with a message, when an
 * option is wrong.
 */
void option_parser_run(const struct option_table *table, struct arguments *arguments, int argc, char **argv);

#endif
