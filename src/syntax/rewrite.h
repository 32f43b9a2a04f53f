/*
 * rewrite.h - a pattern's text, written so that PCRE2 gives it the meaning that its tree has, whatever the release.
 */
#ifndef MSCAN_SYNTAX_REWRITE_H
#define MSCAN_SYNTAX_REWRITE_H

#include "syntax/syntax.h"

/*
 * The pattern with each class of one case rewritten where case is ignored, see cased.h; it has *new_length bytes, and
 * the caller frees it.  NULL, and nothing is set, when there is none.  The pattern need not be one that syntax_parse()
 * understands, nor right: PCRE2 says so of the text as it was.
 */
char *rewrite_cased(const char *pattern, size_t length, const struct dialect *dialect, size_t *new_length);

#endif
