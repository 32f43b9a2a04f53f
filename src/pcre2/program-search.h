/*
 * program-search.h - one thread's search with all programs of a list: the lines that PCRE2 says match, and their
 * matches.
 */
#ifndef MSCAN_PCRE2_PROGRAM_SEARCH_H
#define MSCAN_PCRE2_PROGRAM_SEARCH_H

#include "base/span.h"
#include "kernels/kernels.h"

#include <stdbool.h>
#include <stddef.h>

struct lazy_programs;
struct match_limits;
struct captures;
struct given_up_sink;

struct program_search_options {
    struct lazy_programs *lazy_programs;
    const struct match_limits *limits;
    const struct kernels *kernels;
    char line_ending;
    bool crlf;     /* PCRE2 does not see the carriage return at the end of a line */
    bool longest;  /* of the matches at a place the longest counts, not that of the first program */
    bool groups;   /* program_search_captures() will be called */
    bool lengthen; /* POSIX: PCRE2 does not find the longest by itself */
};

struct program_search;

struct program_search *program_search_create(const struct program_search_options *options);
void program_search_free(struct program_search *search);

/*
 * Forgets the text: another one may come at the same address.  Call it before the first text, too.
 */
void program_search_begin(struct program_search *search);

/* Begins with a window of the text: whole lines, the last of which may lack its ending. */
void program_search_open(struct program_search *search, struct span window);

/* The next line of the window that matches, from `from` on, which is the start of a line or the window's end. */
bool program_search_next(struct program_search *search, const char *from, const struct given_up_sink *sink,
                         struct span *line);

/* Whether one line matches.  It replaces the window. */
bool program_search_confirm(struct program_search *search, struct span line, const struct given_up_sink *sink);

/* The part of a line that PCRE2 sees. */
struct span program_search_subject(const struct program_search *search, struct span line);

/* Sets the line in which program_search_find() looks, as PCRE2 sees it.  The window stays as it is. */
void program_search_set_line(struct program_search *search, struct span line);

/* A match of one of the programs. */
struct program_search_match {
    struct span span;
    const char *attempt; /* where it was found: the start of the span, unless \K has moved that */
    size_t order;        /* that of its program */
};

/* Finds a match as matcher_find() does, among those of the programs. */
bool program_search_find(struct program_search *search, const char *from, const struct given_up_sink *sink,
                         struct program_search_match *match);

/* What the groups matched in the match that program_search_find() has just found, as matcher_captures() says. */
const struct captures *program_search_captures(struct program_search *search, const struct given_up_sink *sink);

#endif
