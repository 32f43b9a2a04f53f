/*
 * option-mistake.h - what is said about a mistake on the command line that is parsed.
 */
#ifndef MSCAN_CLI_OPTION_MISTAKE_H
#define MSCAN_CLI_OPTION_MISTAKE_H

#include "cli/option-table.h"

#include <stdnoreturn.h>

/*
 * Says why getopt_long() has returned `value`, '?' or ':', for the word of the command line before `optind`.  `row` is
 * the long option whose argument is too much or missing; NULL: it is another mistake, or a letter's.
 */
void option_mistake_say(int value, const struct option_row *row, const char *word);

/* Ends the process with the usage, or with a message and the usage. */
noreturn void option_usage_error(void);
noreturn void option_bad_argument(const struct option_row *row, const char *argument, const char *expected);

#endif
