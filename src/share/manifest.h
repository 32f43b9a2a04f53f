/*
 * manifest.h - what a run on a part of a file came to, in a JSON file beside its output: --manifest.
 *
 * Names and texts are percent-encoded, as JSON has no other bytes than those of UTF-8.  The manifest is written after
 * the output, and put in place when it is whole.
 */
#ifndef MSCAN_SHARE_MANIFEST_H
#define MSCAN_SHARE_MANIFEST_H

#include "base/compiler.h"
#include "input/range.h"
#include "task/part.h"

#include <stdbool.h>
#include <stdint.h>

/* All strings are owned. */
struct manifest {
    char *path;                                 /* of the manifest */
    char *task;                                 /* its name */
    char *version;                              /* of mscan and PCRE2 */
    char *options;                              /* a digest of those that change what is printed */
    char *name;                                 /* of the file that was searched, as the user gave it */
    uint64_t size, inode, seconds, nanoseconds; /* and of its modification time */
    struct range range;
    uint64_t first, end; /* offsets of its first line, and behind its last */
    uint64_t lines;
    char *output; /* from where the manifest is, unless it begins with a slash */
    uint64_t bytes, checksum;
    struct part_state state; /* the names of its numbers are owned, too */
};

/* Whether this program has been built with what manifests need; else nothing below can be used. */
bool manifest_is_supported(void);

/* The directory of the manifest and the name: a path for what a manifest calls so.  Owned by the caller. */
char *manifest_path_of(const char *manifest, const char *name);

/* Writes it to its path.  Returns 0 or an errno. */
int manifest_write(const struct manifest *manifest) MUST_CHECK;

/* Reads one.  NULL, or static text that says what is wrong, or strerror()'s. */
const char *manifest_read(struct manifest *manifest, const char *path) MUST_CHECK;

void manifest_free(struct manifest *manifest);

/* Checksums, XXH3 of 64 bits: of bytes, after what `seed` is the checksum of; and of all of an open file. */
uint64_t manifest_checksum(uint64_t seed, const void *bytes, size_t length);
int manifest_checksum_file(int fd, uint64_t *bytes, uint64_t *checksum) MUST_CHECK;

#endif
