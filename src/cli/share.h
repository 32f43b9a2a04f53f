/*
 * share.h - the run on a part of a file as a share of a larger one: what it writes about itself, --manifest.
 */
#ifndef MSCAN_CLI_SHARE_H
#define MSCAN_CLI_SHARE_H

#include "cli/arguments.h"
#include "cli/option-table.h"
#include "cli/settings.h"
#include "share/manifest.h"

#include <stdbool.h>

/* What becomes the manifest. */
struct share {
    struct settings *settings;
    const struct arguments *arguments;
    struct manifest manifest;
    bool searched; /* the file has been, without an error */
};

/* Notes an option for the digest of those that change what is printed; while they are parsed. */
void share_note_option(struct arguments *arguments, const struct option_row *row, const char *argument);

/*
 * Begins with a share, with --manifest: sets what the scan is to tell.  Ends the process with a message and the status
 * when a manifest of this run could not be merged with others.
 */
void share_begin(struct share *share, struct settings *settings, const struct arguments *arguments, int error_status);

/* The output is whole, and still open. */
bool share_take_output(struct share *share, int fd);

/* The output is in its place, after `lines` lines.  False when the manifest could not be written, which has been said.
 */
bool share_end(struct share *share, uint64_t lines);

void share_free(struct share *share);

#endif
