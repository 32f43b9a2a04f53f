/*
 * driver.h - what the fuzzers share: their command line, and how they show a case that fails.
 */
#ifndef MSCAN_FUZZ_DRIVER_H
#define MSCAN_FUZZ_DRIVER_H

#include "trial.h"

struct driver {
    uint64_t seed, cases, seconds, jobs, failures;
    bool single;     /* --case */
    uint64_t number; /* its number */
};

/* For so long a case is made smaller. */
#define DRIVER_SHRINK_SECONDS 90

#define DRIVER_JOBS 64

/* Reads --seed=N and the like over the defaults in *driver; ends the program when one is not right. */
void driver_parse(struct driver *driver, char **arguments);

/* A name and bytes, escaped and cut, as a line on standard output. */
void driver_show(const char *name, const char *text, size_t length);

void driver_write_file(const char *name, const struct bytes *content);

/* Writes a trial's patterns and text into two files, whose names it gives. */
void driver_write_trial(const struct trial *trial, char name[2][64]);

#endif
