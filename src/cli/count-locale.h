/*
 * count-locale.h - how the locale wants text to be counted.
 */
#ifndef MSCAN_CLI_COUNT_LOCALE_H
#define MSCAN_CLI_COUNT_LOCALE_H

#include "task/count.h"

/*
 * Sets the charset, the rules, the classes and the widths of *count by the locale of characters that is set (LC_CTYPE);
 * `no_break`: the no-break spaces are spaces.  A charset of several bytes that is not UTF-8 is counted as bytes.
 */
void count_locale_ask(struct count *count, bool no_break);

#endif
