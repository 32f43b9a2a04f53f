#include "pcre2/errors.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <stdio.h>

void error_message(int code, char *message, size_t size)
{
    if (pcre2_get_error_message(code, (PCRE2_UCHAR *)message, size) < 0)
        snprintf(message, size, "PCRE2 error %d", code);
}

bool error_is_size(int code)
{
    return code == PCRE2_ERROR_PATTERN_TOO_LARGE;
}
