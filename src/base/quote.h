/*
 * quote.h - names in messages and reports.
 */
#ifndef MSCAN_BASE_QUOTE_H
#define MSCAN_BASE_QUOTE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * A name as GNU programs show it in messages: as it is, or, where a shell would not take it as it is or it has a
 * colon or if `always`, in quotes, with $'...' for what does not print in the locale.  The caller frees it.
 */
char *quote_name(const char *name, bool always);

/* The text with each control character escaped (visible.h), and a NUL byte after it.  The caller frees it. */
char *quote_controls(const char *text, size_t length);

#endif
