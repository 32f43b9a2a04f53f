/*
 * wc.h - the command line of mwc, and of mscan --wc: wc's.
 */
#ifndef MSCAN_CLI_WC_H
#define MSCAN_CLI_WC_H

#include "cli/arguments.h"
#include "cli/settings.h"

/* The exit status of everything that goes wrong: wc's. */
#define WC_STATUS_ERROR 1

/*
 * Parses the command line; ends the process for --help and --version, and, with a message and status 1, when it is
 * wrong.  argv[0] is the program, and a "--wc" must have been taken out.  `command` is how it is called.
 */
void wc_parse(struct arguments *arguments, int argc, char **argv, const char *command);

/* Ends the process with a message and status 1 when the file names cannot be had. */
void wc_resolve(struct settings *settings, const struct arguments *arguments);

#endif
