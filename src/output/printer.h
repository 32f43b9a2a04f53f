/*
 * printer.h - how lines look: prefixes, separators, colours.  The format is GNU grep's.
 */
#ifndef MSCAN_OUTPUT_PRINTER_H
#define MSCAN_OUTPUT_PRINTER_H

#include "base/number.h"
#include "output/color.h"
#include "output/output.h"

#include <stdbool.h>
#include <stdint.h>

/* Read only while printing; the same for all threads. */
struct printer {
    bool with_name;     /* -H */
    bool line_number;   /* -n */
    bool column;        /* --column */
    bool byte_offset;   /* -b */
    bool line_buffered; /* each line is written at once */
    bool initial_tab;   /* -T: numbers are padded, and a tab stands before text that has a prefix */
    bool null_names;    /* -Z: a NUL byte behind names, in the place of the separator or newline */
    bool null_lines;    /* -z: lines end in NUL */
    struct colors colors;
};

/* Where a line or a match is, for its prefix. */
struct place {
    const char *name;     /* the file's, as shown */
    uint64_t line_number; /* from 1; looked at only with -n */
    uint64_t column;      /* from 1, bytes; 0: none; looked at only with --column */
    uint64_t byte_offset; /* looked at only with -b */
    unsigned width;       /* to which numbers are padded, at most NUMBER_DIGITS_MAX */
    bool empty;           /* what follows the prefix is; looked at only with -T */
    bool context;         /* it is around a selected line */
};

/* Whether lines get nothing before them, so that consecutive lines are one piece of text. */
bool printer_is_plain(const struct printer *printer);

/* Prefix, with ':' as the separator, in context '-'. */
void printer_prefix(const struct printer *printer, struct output *output, const struct place *place);

/* Something about the text, in the separators' colour. */
void printer_remark(const struct printer *printer, struct output *output, const char *remark);

/* The line between two groups of lines. */
void printer_group_separator(const struct printer *printer, struct output *output, const char *text);

/* The file's name in its colour. */
void printer_name(const struct printer *printer, struct output *output, const char *name);

/* What stands behind a name that something else follows: ':' in the separators' colour, or NUL. */
void printer_end_name(const struct printer *printer, struct output *output);

/* The start of a colour; nothing for "". */
void printer_color_start(const struct printer *printer, struct output *output, const char *color);

/* The end of a colour, which printer_color_start() began; nothing for "". */
void printer_color_end(const struct printer *printer, struct output *output, const char *color);

/* Text between the start and the end of a colour; `color` "" : the text alone. */
void printer_colored(const struct printer *printer, struct output *output, const char *color, const char *text,
                     size_t length);

/* The end of a line: a newline or NUL, and with --line-buffered the write. */
void printer_end_line(const struct printer *printer, struct output *output);

#endif
