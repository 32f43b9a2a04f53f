/*
 * options.h - what an engine is asked to be.
 */
#ifndef MSCAN_ENGINE_OPTIONS_H
#define MSCAN_ENGINE_OPTIONS_H

#include "kernels/kernels.h"
#include "syntax/dialect.h"

#include <stdbool.h>

/* Which engine is wanted; one that cannot be had for a pattern gives way to PCRE2. */
enum engine_kind {
    ENGINE_AUTO,
    ENGINE_PCRE2,
    ENGINE_LITERAL,
    ENGINE_DFA,
};

struct engine_options {
    enum engine_kind kind;         /* but ENGINE_PCRE2 */
    const struct dialect *dialect; /* must outlive the engine.  With crlf, a candidate's line has its carriage return */
    bool strings;                  /* no pattern has anything in it that means anything but itself */
    bool ordered;                  /* where several patterns match at a place, the first of the list is what matches */
    const struct kernels *kernels;
};

#endif
