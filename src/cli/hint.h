/*
 * hint.h - why patterns may have found nothing.
 */
#ifndef MSCAN_CLI_HINT_H
#define MSCAN_CLI_HINT_H

#include "cli/arguments.h"

/* A sentence about the first pattern that means another thing than its writer may think, static text; or NULL. */
const char *hint_find(const struct arguments *arguments);

/* Says it on standard error, if that is a terminal and messages are wanted, after a search that selected no line. */
void hint_say(const struct arguments *arguments);

#endif
