/*
 * cased-compile.h - PCRE2 as tests ask it: with what -i means for classes of one case, whatever its release.
 */
#ifndef MSCAN_CASED_COMPILE_H
#define MSCAN_CASED_COMPILE_H

#include "syntax/rewrite.h"

#include <stdlib.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* As pcre2_compile(), whose errors are those of the pattern as it is written. */
static inline pcre2_code *cased_compile(const char *pattern, size_t length, uint32_t flags, int *error, size_t *offset,
                                        pcre2_compile_context *context)
{
    const struct dialect options = {
        .caseless = flags & PCRE2_CASELESS,
        .unicode = flags & PCRE2_UCP,
        .fixed = flags & PCRE2_LITERAL,
    };
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern, length, flags, error, offset, context);
    char *cased = code ? rewrite_cased(pattern, length, &options, &length) : NULL;
    if (cased) {
        pcre2_code_free(code);
        code = pcre2_compile((PCRE2_SPTR)cased, length, flags, error, offset, context);
        free(cased);
    }
    return code;
}

#endif
