/*
 * seeker.h - PCRE2 at work in one thread with all programs of a reserve: the lines that they match, and the matches.
 */
#ifndef MSCAN_PCRE2_SEEKER_H
#define MSCAN_PCRE2_SEEKER_H

#include "base/span.h"
#include "kernels/kernels.h"

#include <stdbool.h>
#include <stddef.h>

/* Called when PCRE2 gives a line up for a program; it may be called several times for a line. */
typedef void seeker_trouble(void *context, const char *line, int error);

struct reserve;
struct arbiter_limits;
struct captures;

struct seeker_options {
    struct reserve *reserve;
    const struct arbiter_limits *limits;
    const struct kernels *kernels;
    char line_ending;
    bool crlf;     /* the carriage return at the end of a line is not shown to PCRE2 */
    bool longest;  /* of the matches at a place the longest is wanted, not that of the first program */
    bool groups;   /* seeker_captures() is going to be called */
    bool lengthen; /* and PCRE2 does not find it by itself: POSIX */
    seeker_trouble *trouble;
    void *context;
};

struct seeker;

struct seeker *seeker_create(const struct seeker_options *options);
void seeker_free(struct seeker *seeker);

/*
 * Forgets the text: what comes next may be another one in the same place.  Comes before the first text, too.
 */
void seeker_begin(struct seeker *seeker);

/* Begins with a window of the text: whole lines, but for an ending of the last. */
void seeker_open(struct seeker *seeker, struct span window);

/* The next line of the window that matches, from `from` on, which is the start of a line or the window's end. */
bool seeker_next(struct seeker *seeker, const char *from, struct span *line);

/* Whether one line matches. It takes the window's place. */
bool seeker_confirm(struct seeker *seeker, struct span line);

/* What of a line is shown to PCRE2. */
struct span seeker_subject(const struct seeker *seeker, struct span line);

/* Sets the line in which seeker_find() looks, already as it is shown to PCRE2; does not disturb seeker_next(). */
void seeker_set_line(struct seeker *seeker, struct span line);

/* A match of one of the programs. */
struct seeker_match {
    struct span span;
    const char *attempt; /* where it was found: the start of the span, unless \K has moved that */
    size_t order;        /* that of its program */
};

/* Finds a match as matcher_find() does, among those of the programs. */
bool seeker_find(struct seeker *seeker, const char *from, struct seeker_match *match);

/* What the groups matched in the match that seeker_find() has just found, as matcher_captures() says. */
const struct captures *seeker_captures(struct seeker *seeker);

#endif
