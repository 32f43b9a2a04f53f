/*
 * settings-text.h - what text is: UTF-8 or bytes, by the options, the locale and the environment, and what it is
 * decoded from.
 */
#ifndef MSCAN_CLI_SETTINGS_TEXT_H
#define MSCAN_CLI_SETTINGS_TEXT_H

#include "cli/settings.h"

/* Decides whether text is UTF-8, which is `refused` by --no-unicode, and sets the locale of characters to match. */
void settings_resolve_text(struct settings *settings, bool refused);

/* After that: decides what text is decoded from. */
void settings_resolve_encoding(struct settings *settings, const struct arguments *arguments);

#endif
