/*
 * posix-programs.h - POSIX patterns as the tests write them, translated, and compiled by PCRE2.
 */
#ifndef MSCAN_TEST_POSIX_PROGRAMS_H
#define MSCAN_TEST_POSIX_PROGRAMS_H

#include "pattern/posix.h"

#include "test.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* A mode is one of the first two, and what else is wanted. */
enum { BASIC = POSIX_BASIC, EXTENDED = POSIX_EXTENDED, FOLD = 4, UNICODE = 8 };

static inline struct dialect options_of(unsigned mode)
{
    return (struct dialect){.posix = (enum posix_syntax)(mode & 3), .caseless = mode & FOLD, .unicode = mode & UNICODE};
}

/* The caller frees its text. */
static inline struct posix_translation translate(const char *pattern, unsigned mode)
{
    const struct dialect options = options_of(mode);
    struct posix_translation translation;
    posix_translate(&translation, pattern, strlen(pattern), &options, false, NULL, NULL);
    return translation;
}

/* The pattern is a right one; the caller frees the code. */
static inline pcre2_code *compile(const char *pattern, unsigned mode)
{
    struct posix_translation translation = translate(pattern, mode);
    assert_non_null(translation.text);
    int error;
    size_t offset;
    uint32_t flags = (mode & FOLD ? PCRE2_CASELESS : 0) | (mode & UNICODE ? PCRE2_UTF | PCRE2_UCP : 0);
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)translation.text, translation.length, flags, &error, &offset, NULL);
    if (!code)
        fail_msg("PCRE2 refuses %s for %s", translation.text, pattern);
    free(translation.text);
    return code;
}

#endif
