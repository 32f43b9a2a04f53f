/*
 * tally.h - the counts of files: a line for each, and their total, as wc(1) prints them.
 */
#ifndef MSCAN_SCAN_TALLY_H
#define MSCAN_SCAN_TALLY_H

#include "output/output.h"
#include "scan/region.h"
#include "task/count.h"

/* --total */
enum total_when { TOTAL_AUTO, TOTAL_ALWAYS, TOTAL_ONLY, TOTAL_NEVER };

/* Read only. */
struct tally {
    struct count count;
    unsigned width; /* the least, of each number */
    enum total_when total;
    bool unnamed;           /* no file was named: standard input is counted, and its line has no name */
    const char *names_from; /* --files0-from, or NULL */
};

/* What files add up to; the longest line is the longest of all. */
struct tally_total {
    uint64_t values[COUNT_KINDS];
    bool overflow[COUNT_KINDS];
};

/* Whether a name stands for no file; then *file says why. */
bool tally_refuses(const struct tally *tally, struct file *file, const char *name);

/*
 * For a file of which only the size is wanted, opened to be read: counts what need not be read.  True when nothing is
 * left to read; else the position is behind what has been counted.
 */
bool tally_take_size(struct file *file);

/* The cut of stream_options, for the charset. */
size_t tally_cut_bytes(const char *text, size_t from, size_t length);
size_t tally_cut_utf8(const char *text, size_t from, size_t length);

/*
 * The part of a chunk that is counted with it, absolute, in a lease of all of the file; nothing at or after `limit` is
 * taken.
 */
struct region tally_region(const struct tally *tally, const struct file *file, const struct lease *lease,
                           const struct chunk *chunk, uint64_t limit);

/* Adds a file to the total, and prints its line unless only the total is wanted. */
void tally_end_file(const struct tally *tally, struct tally_total *total, const struct file *file,
                    struct output *output);

/* Prints the total of so many files, if it is wanted.  False when it is too large a number; that has been said. */
bool tally_end(const struct tally *tally, const struct tally_total *total, uint64_t files, struct output *output);

/* Says why a file could not be counted, or not all of it. */
void tally_say_error(const struct tally *tally, const struct file *file);

#endif
