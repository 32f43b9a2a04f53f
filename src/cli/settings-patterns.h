/*
 * settings-patterns.h - the patterns and the replacement, compiled; a mistake in one ends the process with a message
 * that shows it, and status 2.
 */
#ifndef MSCAN_CLI_SETTINGS_PATTERNS_H
#define MSCAN_CLI_SETTINGS_PATTERNS_H

#include "cli/settings.h"

/* --replace; before the patterns. */
void settings_resolve_replacement(struct settings *settings, const struct arguments *arguments);
void settings_resolve_patterns(struct settings *settings, struct arguments *arguments, const struct kernels *kernels);

/* Whether a pattern searches for the byte-order mark, which then is text like any other. */
bool settings_names_mark(const struct arguments *arguments);

#endif
