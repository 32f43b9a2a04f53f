/*
 * grep-format.h - how GNU grep prints lines: prefixes, separators, colours.
 */
#ifndef MSCAN_OUTPUT_GREP_FORMAT_H
#define MSCAN_OUTPUT_GREP_FORMAT_H

#include "output/printer.h"

extern const struct printer_format grep_format;

#endif
