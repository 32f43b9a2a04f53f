/*
 * source-pattern.h - one pattern of the list, on its way to a program.
 */
#ifndef MSCAN_PCRE2_SOURCE_PATTERN_H
#define MSCAN_PCRE2_SOURCE_PATTERN_H

#include "pattern/pattern.h"
#include "pattern/posix.h"

#include <stdbool.h>
#include <stddef.h>

struct source_pattern {
    char *text; /* in PCRE2's syntax, `length` bytes; owned */
    size_t length;
    /* The text as it was given, `written_length` bytes, owned, to say what is wrong with it; NULL: `text` is that. */
    char *written;
    size_t written_length;
    /*
     * Another text for bytes, `narrow_length` bytes, owned, which in ASCII finds what `text` does for Unicode; NULL:
     * what `text` is for bytes is found out.  Both are such as posix_translate() makes.
     */
    char *narrow;
    size_t narrow_length;
    struct syntax *syntax;       /* the tree of `text`, owned; NULL of strings, and where several are joined */
    struct pattern_facts *facts; /* of `text`, owned; NULL: program_compile() finds them */
    bool back_references;        /* of a POSIX pattern */
    bool joinable;
    bool apart;        /* the engine cannot look for it, since the parser does not understand it */
    bool line_by_line; /* programs that see one line at a time are kept apart from those that see many */
    bool bytes_only;   /* a literal whose characters are bytes: without Unicode, or when it is not valid UTF-8 */
};

struct source_pattern_options {
    const struct dialect *dialect;
    bool groups; /* those of POSIX patterns are kept, and no source is joinable */
    bool alone;  /* there is no other to join it with */
    posix_warning *warn;
};

/* Makes the source of a pattern.  False with *mistake for a POSIX pattern that is wrong; PCRE2 finds other mistakes. */
bool source_pattern_make(struct source_pattern *source, const struct pattern *pattern,
                         const struct source_pattern_options *options, struct mistake *mistake);
void source_pattern_release(struct source_pattern *source);

/* Puts strings in an order in which the first that matches at a place is the longest. */
void source_pattern_sort_literals(struct source_pattern *sources, size_t count);

bool source_pattern_may_join(const struct source_pattern *a, const struct source_pattern *b);

/* The sources [first, last) as one alternation; source_pattern_release() frees it. */
struct source_pattern source_pattern_join(const struct source_pattern *sources, size_t first, size_t last);

#endif
