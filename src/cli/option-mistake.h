/*
 * option-mistake.h - what is said about an option that is not understood.
 */
#ifndef MSCAN_CLI_OPTION_MISTAKE_H
#define MSCAN_CLI_OPTION_MISTAKE_H

#include "cli/option-table.h"

/*
 * Says why getopt_long() has returned `value`, '?' or ':', for the word of the command line before `optind`.  `row` is
 * the long option whose argument is too much or missing; NULL: it is another mistake, or a letter's.
 */
void option_mistake_say(const struct option_table *table, int value, const struct option_row *row, const char *word);

#endif
