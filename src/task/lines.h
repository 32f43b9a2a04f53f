/*
 * lines.h - steps over whole lines of a text, which end in '\n' or '\0'.
 */
#ifndef MSCAN_TASK_LINES_H
#define MSCAN_TASK_LINES_H

#include <stdint.h>

/* The end of the text's first lines, at most *lines, which are subtracted; the last may lack its end. */
const char *lines_on(const char *from, const char *end, char line_end, uint64_t *lines);

/* The start of the last lines in [begin, from), at most *lines, which are subtracted.  `from` is where a line begins.
 */
const char *lines_back(const char *begin, const char *from, char line_end, uint64_t *lines);

#endif
