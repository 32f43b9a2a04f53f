/*
 * settings.h - the arguments, decided: everything a run needs, and never changed after it has begun.
 */
#ifndef MSCAN_CLI_SETTINGS_H
#define MSCAN_CLI_SETTINGS_H

#include "cli/arguments.h"
#include "output/color.h"
#include "output/printer.h"
#include "scan/scan.h"
#include "task/record-search.h"
#include "task/search.h"
#include "task/tally.h"
#include "task/wc-lines.h"

struct settings {
    struct scan_options scan;
    struct scan_progress progress;
    struct printer printer;
    struct condition *condition;
    struct replacement *replacement; /* or NULL */
    struct search search;
    struct tally tally;      /* its store is NULL: none is made */
    struct records *records; /* NULL: lines are searched; else by this plan: */
    struct record_search record_search;
    struct search_total found;
    struct wc_lines wc;
    struct wc_total counted;
    const char **names; /* of --files0-from, with their text; or NULL */
    char *names_text;
    bool selects_nothing; /* no line can be selected and no file listed: as in grep, nothing is even opened */
    const char *encoding; /* what text is decoded from; NULL: nothing, but with `marks` what a byte-order mark says */
    bool marks;
    bool ignore_case;
    bool unicode;
    const char *unicode_reason; /* why text is UTF-8 or bytes, static text */
    const char *threads_reason; /* why that many threads */
};

/* A variable of the environment; NULL when it is not set, or empty. */
const char *settings_environment(const char *name);

/* Whether colours are printed, as --color says it and the output is. */
bool settings_wants_color(enum when when);

void settings_free(struct settings *settings);

#endif
