/*
 * explain.h - tells how an engine finds lines.
 */
#ifndef MSCAN_ENGINE_EXPLAIN_H
#define MSCAN_ENGINE_EXPLAIN_H

#include "engine/engine.h"
#include "literal/literals.h"

#include <stdbool.h>
#include <stdio.h>

/* Writes lines for --explain. */
void engine_explain(const struct engine *engine, FILE *out);

/* Which of the lines that it finds match for certain; PCRE2 decides the others. */
enum engine_certainty { ENGINE_CERTAIN, ENGINE_CERTAIN_IN_ASCII, ENGINE_UNCERTAIN };

/* What finds lines, to be told in a sentence. */
struct engine_role {
    const struct literals *literals; /* NULL: none */
    bool automaton;
    bool pcre2;          /* PCRE2 may search by itself */
    const char *refusal; /* why nothing else can search, static text; NULL: something can */
    enum engine_certainty certainty;
};

struct engine_role engine_role(const struct engine *engine);

#endif
