/*
 * completion.h - programs for shells that complete options and their arguments, made from a table of options.
 */
#ifndef MSCAN_CLI_COMPLETION_H
#define MSCAN_CLI_COMPLETION_H

#include <stdbool.h>

struct option_table;

/* Prints the one for "bash", "zsh" or "fish" to standard output; false for another name. */
bool completion_print(const char *shell, const struct option_table *table);

#endif
