/*
 * json-format.h - lines as JSON Lines, in ripgrep's schema: an object for each file's begin and end, each line, and the
 * end of all.
 *
 * Text that is not valid UTF-8 is given in base64, as "bytes" instead of "text".
 */
#ifndef MSCAN_OUTPUT_JSON_FORMAT_H
#define MSCAN_OUTPUT_JSON_FORMAT_H

#include "output/printer.h"

extern const struct printer_format json_format;

#endif
