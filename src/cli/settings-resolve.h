/*
 * settings-resolve.h - decides the settings by the arguments.
 */
#ifndef MSCAN_CLI_SETTINGS_RESOLVE_H
#define MSCAN_CLI_SETTINGS_RESOLVE_H

#include "cli/settings.h"

/* Ends the process with a message and status 2 when something cannot be had, a right pattern for instance. */
void settings_resolve(struct settings *settings, struct arguments *arguments);
/* What searching and counting share: how input is read, and the threads.  The names must be set. */
void settings_resolve_scan(struct settings *settings, const struct arguments *arguments);
const struct kernels *settings_kernels(void);

#endif
