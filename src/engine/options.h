/*
 * options.h - what an engine is asked to be.
 */
#ifndef MSCAN_ENGINE_OPTIONS_H
#define MSCAN_ENGINE_OPTIONS_H

#include "kernels/kernels.h"
#include "syntax/dialect.h"

#include <stdbool.h>

/* Which engine --engine names.  PCRE2 takes the patterns for which there is no such engine. */
enum engine_kind {
    ENGINE_AUTO,
    ENGINE_PCRE2,
    ENGINE_LITERAL,
    ENGINE_DFA,
};

struct engine_options {
    enum engine_kind kind;         /* not ENGINE_PCRE2 */
    const struct dialect *dialect; /* must outlive the engine.  With crlf, a candidate's line has its carriage return */
    bool strings;                  /* all characters of the patterns mean themselves */
    bool ordered;                  /* where several patterns match at a place, the first of the list counts */
    const struct kernels *kernels;
};

#endif
