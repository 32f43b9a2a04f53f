/*
 * settings.h - the arguments, decided: everything a run needs, and never changed after it has begun.
 */
#ifndef MSCAN_CLI_SETTINGS_H
#define MSCAN_CLI_SETTINGS_H

#include "cli/options.h"
#include "output/color.h"
#include "output/printer.h"
#include "scan/scan.h"
#include "task/search.h"
#include "task/wc-lines.h"

struct settings {
    struct scan_options scan;
    struct printer printer;
    struct condition *condition;
    struct replacement *replacement; /* or NULL */
    struct search search;
    struct search_total found;
    struct wc_lines wc;
    struct wc_total counted;
    const char **names; /* of --files0-from, with their text; or NULL */
    char *names_text;
    bool selects_nothing; /* no line can be selected and no file listed: as in grep, nothing is even opened */
    bool ignore_case;
    bool unicode;
    const char *unicode_reason; /* why text is UTF-8 or bytes, static text */
    const char *threads_reason; /* why that many threads */
};

/* Ends the process with a message and status 2 when something cannot be had, a right pattern for instance. */
void settings_resolve(struct settings *settings, struct arguments *arguments);
/* What searching and counting share: how input is read, and the threads.  The names must be set. */
void settings_resolve_scan(struct settings *settings, const struct arguments *arguments);
const struct kernels *settings_kernels(void);

void settings_free(struct settings *settings);

#endif
