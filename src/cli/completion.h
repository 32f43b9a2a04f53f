/*
 * completion.h - programs for shells that complete options and their arguments, made from the option table.
 */
#ifndef MSCAN_CLI_COMPLETION_H
#define MSCAN_CLI_COMPLETION_H

#include <stdbool.h>

/* Prints the one for "bash", "zsh" or "fish" to standard output; false for another name. */
bool completion_print(const char *shell);

#endif
