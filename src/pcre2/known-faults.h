/*
 * known-faults.h - where releases of PCRE2 are known to answer wrongly, and what keeps them from it.
 *
 * A remedy is for the affected patterns only.  Without its start optimizations PCRE2's JIT takes, for one line of 8,000
 * letters, 48 ms instead of 3 us for "[^ ]*x[0-9]" and 22 ms instead of 4 us for "(\w+) \1", growing with the square;
 * 20,000 lines of 100 letters take mscan 0.72 s with "(*NO_START_OPT)(.*)\1[0-9]" and 0.004 s without.
 *
 * No other module knows what a release does wrong.  For each row, tests/unit/known-faults-test.c has examples that the
 * library by itself gets wrong, in just the releases that the row names.
 */
#ifndef MSCAN_PCRE2_KNOWN_FAULTS_H
#define MSCAN_PCRE2_KNOWN_FAULTS_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "syntax/syntax.h"

#include <stdbool.h>
#include <stddef.h>

/* What keeps a pattern from a fault; a sum. */
enum remedy {
    REMEDY_NO_START = 1,           /* PCRE2_NO_START_OPTIMIZE */
    REMEDY_CHECK_START = 2,        /* the same, where known_faults_in_start() says so */
    REMEDY_NO_AUTO_POSSESS = 4,    /* PCRE2_NO_AUTO_POSSESS */
    REMEDY_INTERPRET_BYTES = 8,    /* the interpreter runs the form for bytes, not the JIT */
    REMEDY_INTERPRET_UNICODE = 16, /* the interpreter runs the form for Unicode */
    REMEDY_INTERPRET = REMEDY_INTERPRET_BYTES | REMEDY_INTERPRET_UNICODE,
};

/* A release is 1042 for 10.42. */
#define RELEASE_NONE 9999u

struct known_fault {
    const char *name;       /* in one line */
    unsigned first, mended; /* the first release that has it, and the first that no longer has */
    unsigned remedies;
    /* Whether a pattern may be affected; the tree's root is NULL where it is not understood. */
    bool (*affects)(const struct syntax *syntax, const char *pattern, size_t length);
};

/* The table; *count receives its size. */
const struct known_fault *known_faults(size_t *count);

/* The release of the library that is in use. */
unsigned known_faults_release(void);

/* What a pattern needs with that library: a sum of remedies. */
unsigned known_faults_remedies(const struct syntax *syntax, const char *pattern, size_t length);

/* Whether what PCRE2 noted of a pattern's start contradicts itself; for patterns that need REMEDY_CHECK_START. */
bool known_faults_in_start(const pcre2_code *code);

#endif
