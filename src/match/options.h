/*
 * options.h - what a matcher is to look for, and how.
 */
#ifndef MSCAN_MATCH_OPTIONS_H
#define MSCAN_MATCH_OPTIONS_H

#include "engine/options.h"
#include "kernels/kernels.h"
#include "pattern/posix.h"
#include "syntax/dialect.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct matcher_options {
    struct dialect dialect;
    bool lines_only;        /* matcher_find() will not be called: what only that needs may be left out */
    bool groups;            /* matcher_captures() will be called */
    bool letters_of_locale; /* what letters are in bytes depends on the locale that is set, which is not "C" */
    bool interpreted;       /* --no-jit: PCRE2 matches by its interpreter, not by code from its JIT compiler */
    /* PCRE2's limits for one line; 0: the defaults of this program, which matcher.c gives. */
    uint32_t match_limit, depth_limit;
    uint32_t heap_limit;     /* KiB */
    enum engine_kind engine; /* --engine */
    const struct kernels *kernels;
    posix_warning *warn; /* takes warnings about patterns of -G and -E, with a context of NULL; may be NULL */
};

#endif
