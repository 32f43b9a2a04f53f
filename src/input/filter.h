/*
 * filter.h - which files are passed over by their names: --include, --exclude and --exclude-dir.
 *
 * The meaning is that of GNU grep 3.8, found by trying it; tests/recursion.py compares the two.
 */
#ifndef MSCAN_INPUT_FILTER_H
#define MSCAN_INPUT_FILTER_H

#include <stdbool.h>
#include <stddef.h>

/* One --include or --exclude. */
struct filter_glob {
    char *glob;
    bool include;
    bool wild; /* it has wildcards; else `glob` is the name, without backslashes */
};

/* A list of globs in the order of the command line; all zero is an empty one, which passes nothing over. */
struct filter {
    struct filter_glob *globs;
    size_t count;
};

/* Adds a glob of `length` bytes, which are copied. */
void filter_add(struct filter *filter, const char *glob, size_t length, bool include);
void filter_free(struct filter *filter);

/*
 * Whether a file is passed over.  The last glob that matches decides; where none does, a file is passed over when the
 * first glob is an --include.  A glob matches the whole `name`, and in a `named` one, which is as the user gave it,
 * also what follows any slash.
 */
bool filter_excludes(const struct filter *filter, const char *name, bool named);

#endif
