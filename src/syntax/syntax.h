/*
 * syntax.h - PCRE2 pattern syntax, parsed into a small tree.
 *
 * The tree says what a pattern can match, for the analyses that decide where
 * PCRE2 has to look.  It never decides a match itself.  A pattern that the
 * parser does not understand completely is refused with the reason, and the
 * caller gives it to PCRE2 alone: slower, never wrong.
 *
 * Source of the syntax: pcre2pattern(3) and pcre2syntax(3).
 */
#ifndef MSCAN_SYNTAX_SYNTAX_H
#define MSCAN_SYNTAX_SYNTAX_H

#include "syntax/dialect.h"
#include "syntax/tree.h"

#include <stddef.h>

/*
 * Parses `length` bytes of `pattern`, in PCRE2's syntax or, with dialect->fixed, a string.  PCRE2 has compiled it
 * without error, caseless and for Unicode (PCRE2_UTF | PCRE2_UCP) as the dialect says, with newlines being LF and its
 * built-in tables.  Never fails: what
 * is not understood yields root == NULL and a reason.  Takes time linear in `length`.
 * The result belongs to the caller: syntax_free().  The tree means what rewrite_cased() makes
 * of the pattern.
 *
 * Where releases of PCRE2 from 10.34 on give the same text different meanings, the
 * pattern is refused.  The tree is at most 4 * 251 nodes deep, so that recursion over
 * it is safe; a node may have any number of children.
 */
struct syntax *syntax_parse(const char *pattern, size_t length, const struct dialect *dialect);

/* Frees a parsed pattern; NULL is allowed. */
void syntax_free(struct syntax *syntax);

/*
 * Writes the tree as one line of text, for --explain and for tests, into a
 * string that the caller frees.  "(not understood: REASON at OFFSET)" when
 * there is no tree.
 */
char *syntax_describe(const struct syntax *syntax);

#endif
