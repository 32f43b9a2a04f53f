/*
 * pattern.h - the list of patterns that -e, -f and the first operand give.
 */
#ifndef MSCAN_PATTERN_PATTERN_H
#define MSCAN_PATTERN_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

struct pattern {
    char *text; /* may hold NUL bytes; a NUL follows */
    size_t length;
    const char *file; /* where it was read; not owned.  NULL: the command line */
    size_t line;      /* its number there, from 1 */
};

struct pattern_list {
    struct pattern *items;
    size_t count, room;
};

/*
 * Whether no byte means anything but itself, in PCRE2's syntax as in POSIX's two, and without options in the pattern.
 * With `unicode`, what is not valid UTF-8 is not.
 */
bool pattern_is_plain(const struct pattern *pattern, bool unicode);

/*
 * Whether the pattern speaks of the byte-order mark of UTF-8 by itself: as a character or, unless it is a `fixed`
 * string, as an escape such as \x{FEFF}.  What merely does not rule it out, such as a dot, does not.
 */
bool pattern_names_mark(const struct pattern *pattern, bool fixed);

/* Whether the pattern was read from a file, and ends in a carriage return. */
bool pattern_has_return(const struct pattern *pattern);

/* Adds each line of `text` (`length` bytes) as a pattern; no line at all is one empty pattern. */
void pattern_list_add(struct pattern_list *list, const char *text, size_t length);

/*
 * Adds each line of a file's content: a newline at its end begins no further pattern, and
 * an empty file adds none.  The patterns keep `name`, which has to stay.
 */
void pattern_list_add_file(struct pattern_list *list, const char *name, const char *content, size_t length);

/* Removes the carriage return at the end of patterns that were read from files. */
void pattern_list_drop_returns(struct pattern_list *list);

/* Adds a pattern, whose text the list owns from then on. */
void pattern_list_append(struct pattern_list *list, const struct pattern *pattern);

/* Removes patterns that stand earlier in the list too; the order of the rest stays. */
void pattern_list_unique(struct pattern_list *list);

/* Puts longer patterns before shorter ones. */
void pattern_list_sort(struct pattern_list *list);

void pattern_list_free(struct pattern_list *list);

#endif
