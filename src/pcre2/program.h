/*
 * program.h - one pattern, or several joined by |, compiled by PCRE2.
 *
 * With Unicode there are up to two forms: `wide` for text with characters beyond ASCII, and
 * `narrow`, without UTF and UCP and several times as fast, for text where it is known to
 * find the same.
 */
#ifndef MSCAN_PCRE2_PROGRAM_H
#define MSCAN_PCRE2_PROGRAM_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/mistake.h"
#include "pcre2/program-options.h"
#include "pcre2/source-pattern.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* One compiled form. */
struct form {
    pcre2_code *code; /* NULL: there is no such form */
    bool jit;         /* else the interpreter */
};

struct program {
    struct form narrow;      /* for bytes */
    struct form wide;        /* for UTF-8; none without Unicode, and where `narrow` does for every text */
    bool by_window;          /* many lines at a time; else line by line */
    const char *reason;      /* why it is by_window or not, static text */
    bool dot_star;           /* begins with .* or the like, so that PCRE2 tries it once in a line of `wide` */
    bool from_start;         /* it has \G: what it finds depends on where the search starts */
    unsigned remedies;       /* as in struct pattern_facts */
    uint32_t min_length;     /* no line of fewer bytes can match */
    struct longest *longest; /* finds the longest of the matches at a place; NULL: the first one counts */
    size_t order;            /* among the programs of a matcher; set by program-list.c */
    char *text;              /* what PCRE2 was given, for --explain */
    size_t length;
};

/*
 * What is put around a pattern for -w and -x; see pcre2pattern(3).  The suffix closes the prefix.  The second pair is
 * for a source's narrow text.
 */
struct wrapping {
    const char *prefix, *suffix;
    const char *narrow_prefix, *narrow_suffix;
};

/*
 * Compiles a source with `wrapping` around it.  False with *mistake, whose offset is one in the source's text, as it
 * was written.  program_free() frees what is in *program.
 */
bool program_compile(struct program *program, const struct source_pattern *source, const struct wrapping *wrapping,
                     const struct program_options *options, struct mistake *mistake);
void program_free(struct program *program);

/* Writes lines for --explain. */
void program_explain(const struct program *program, FILE *out);

#endif
