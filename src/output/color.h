/*
 * color.h - colours, as GREP_COLORS defines them.  Source: grep(1), "ENVIRONMENT".
 */
#ifndef MSCAN_OUTPUT_COLOR_H
#define MSCAN_OUTPUT_COLOR_H

#include <stdbool.h>

/* Select Graphic Rendition parameters ("01;31"), "" for none; each is a string of its own. */
struct colors {
    bool enabled;
    char *selected_match; /* ms */
    char *context_match;  /* mc */
    char *selected_line;  /* sl */
    char *context_line;   /* cx */
    char *file_name;      /* fn */
    char *line_number;    /* ln */
    char *byte_offset;    /* bn */
    char *separator;      /* se */
    bool reverse;         /* rv: with -v, sl and cx change places */
    bool no_erase;        /* ne: no "erase to the end of the line" after a colour */
};

/* grep's defaults, changed by `capabilities` (GREP_COLORS' value; NULL: none); what is wrong there is passed over. */
void colors_init(struct colors *colors, const char *capabilities);
void colors_free(struct colors *colors);

#endif
