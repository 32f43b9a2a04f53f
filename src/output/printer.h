/*
 * printer.h - what prints lines: a format, which is a table of functions, and how it is used.
 *
 * A line is printed by begin(), one or more of segment(), and end().  The formats are grep's (grep-format.h) and JSON
 * Lines (json-format.h).
 */
#ifndef MSCAN_OUTPUT_PRINTER_H
#define MSCAN_OUTPUT_PRINTER_H

#include "base/number.h"
#include "base/span.h"
#include "output/color.h"
#include "output/output.h"

#include <stdbool.h>
#include <stdint.h>

struct printer_format;

/* Read only while printing; the same for all threads.  A format looks at what it has a use for. */
struct printer {
    const struct printer_format *format;
    bool with_name;     /* -H */
    bool line_number;   /* -n */
    bool column;        /* --column */
    bool byte_offset;   /* -b */
    bool line_buffered; /* each line is written at once */
    bool initial_tab;   /* -T: numbers are padded, and a tab stands before text that has a prefix */
    bool null_names;    /* -Z: a NUL byte behind names, in the place of the separator or newline */
    bool null_lines;    /* -z: lines end in NUL */
    bool escape_names;  /* control characters in names are escaped, as on a terminal */
    bool sanitize;      /* --sanitize: those in the text, too */
    bool inverted;      /* -v: lines without matches are selected */
    struct colors colors;
};

/* Where a line or a match is. */
struct place {
    const char *name;     /* the file's, as shown */
    struct span line;     /* its text, with its newline but without a byte-order mark before it */
    uint64_t line_number; /* from 1; looked at only with -n */
    uint64_t column;      /* from 1, bytes; 0: none; looked at only with --column */
    uint64_t byte_offset; /* from where the scan of the file begins */
    unsigned width;       /* to which numbers are padded, at most NUMBER_DIGITS_MAX */
    bool empty;           /* what follows is; looked at only with -T */
    bool context;         /* it is around a selected line */
};

enum segment_kind {
    SEGMENT_PLAIN,  /* text before a match */
    SEGMENT_MATCH,  /* a match, or what replaces it; it may be empty */
    SEGMENT_REST,   /* text behind the last match, or all of the line */
    SEGMENT_ALONE,  /* a match that is printed instead of its line: -o */
    SEGMENT_BARE,   /* bytes at an end of the line that are printed with it, but are no part of its text */
    SEGMENT_REMARK, /* no text of the file: something about what is left out */
};

/* A match in a line. */
struct printer_match {
    struct span text;
    uint64_t start; /* where it begins, in bytes from the line's start */
    uint64_t index; /* the number of matches before it in the line */
    bool replaced;  /* what is printed is something else */
};

/* A part of a line. */
struct printer_segment {
    enum segment_kind kind;
    struct span text;
    bool stays;                        /* the text stays until the output has been written; else it is copied */
    bool context;                      /* the line is around a selected one */
    const struct printer_match *match; /* of a match that is printed in all of its line; else NULL */
};

/* What came of a file, or of all files. */
struct printer_sums {
    uint64_t files, files_selected; /* that were searched, and in which a line was selected */
    uint64_t bytes_searched, bytes_printed;
    uint64_t lines, matches; /* selected lines, and the matches in them */
    uint64_t nanoseconds;
};

static inline void printer_sums_add(struct printer_sums *to, const struct printer_sums *sums)
{
    to->files += sums->files;
    to->files_selected += sums->files_selected;
    to->bytes_searched += sums->bytes_searched;
    to->bytes_printed += sums->bytes_printed;
    to->lines += sums->lines;
    to->matches += sums->matches;
    to->nanoseconds += sums->nanoseconds;
}

struct printer_format {
    /* A file of which something is printed, before that and at its end, and the end of all; NULL: nothing is printed.
     */
    void (*file_begin)(const struct printer *printer, struct output *output, const char *name);
    void (*file_end)(const struct printer *printer, struct output *output, const char *name,
                     const struct printer_sums *sums);
    void (*end_all)(const struct printer *printer, struct output *output, const struct printer_sums *sums,
                    uint64_t nanoseconds);

    /* Empty matches are shown, too, and all are counted. */
    bool all_matches;

    /* Whether lines are printed as they are in the file, so that consecutive ones are one piece of text. */
    bool (*is_plain)(const struct printer *printer);
    /* Whether a line takes not much more room than in its file. */
    bool (*keeps_size)(const struct printer *printer);
    /* Whether it makes a difference where the matches of a line are; else all of a line is one segment. */
    bool (*shows_matches)(const struct printer *printer, bool context);

    void (*begin)(const struct printer *printer, struct output *output, const struct place *place);
    void (*segment)(const struct printer *printer, struct output *output, const struct printer_segment *segment);
    /* With --line-buffered, it lets the output be written. */
    void (*end)(const struct printer *printer, struct output *output);

    /* What stands between two groups of lines. */
    void (*separator)(const struct printer *printer, struct output *output, const char *text);

    /* A file that is listed; one with its count (without a name: the total); and one in which a line was not printed
     * because it is not text. */
    void (*name)(const struct printer *printer, struct output *output, const char *name);
    void (*count)(const struct printer *printer, struct output *output, const char *name, uint64_t count);
    void (*binary)(const struct printer *printer, struct output *output, const char *name);
};

#endif
