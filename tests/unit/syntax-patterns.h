/*
 * syntax-patterns.h - how the parser's tests read patterns, and a table of patterns and their trees.
 */
#ifndef MSCAN_TEST_SYNTAX_PATTERNS_H
#define MSCAN_TEST_SYNTAX_PATTERNS_H

#include "syntax/charset.h"
#include "syntax/syntax.h"

#include "../cased-compile.h"
#include "test.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum { BYTES = 0, UNICODE = 1, CASELESS = 2, LITERAL = 4, OPTIMIZED = 8 };

static inline struct dialect options_of(unsigned mode)
{
    return (struct dialect){.caseless = mode & CASELESS, .unicode = mode & UNICODE, .fixed = mode & LITERAL};
}

static inline pcre2_code *try_compile(const char *pattern, size_t length, unsigned mode, int *error)
{
    /*
     * Without optimizations, some of which change the meaning in 10.42: with auto-possessification
     * \P{L}?\P{N} does not match "-", and \R?\s no newline.
     */
    uint32_t options = mode & LITERAL ? PCRE2_LITERAL : PCRE2_NO_AUTO_POSSESS | PCRE2_NO_DOTSTAR_ANCHOR;
    options = mode & OPTIMIZED ? 0 : options | PCRE2_NO_START_OPTIMIZE;
    options |= mode & UNICODE ? PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF : 0;
    options |= (mode & CASELESS ? PCRE2_CASELESS : 0);
    PCRE2_SIZE offset;
    return cased_compile(pattern, length, options, error, &offset, NULL);
}

static inline pcre2_code *compile(const char *pattern, size_t length, unsigned mode)
{
    int error;
    return try_compile(pattern, length, mode, &error);
}

static inline struct syntax *parse(const char *pattern, size_t length, unsigned mode)
{
    struct dialect options = options_of(mode);
    return syntax_parse(pattern, length, &options);
}

static const struct {
    const char *pattern;
    unsigned mode;
    const char *description;
} descriptions[] = {
    {"", BYTES, "empty"},
    {"foo", BYTES, "\"foo\""},
    {"a\"b\\\\\n\x01", BYTES, "\"a\\\"b\\\\\\n\\x01\""},
    {"foo[0-9]+\\b", BYTES, "cat(\"foo\", repeat(set[0-9], 1, inf, greedy), assert(\\b))"},
    {"foo-1", CASELESS, "\"foo-1\"i"},
    {"a(?i)bc", BYTES, "cat(\"a\", \"bc\"i)"},
    {"na\xC3\xAFve", UNICODE, "\"na\\xefve\""},
    {"na\xC3\xAFve", BYTES, "\"na\\xc3\\xafve\""},
    {"na\xC3\xAFve", UNICODE | CASELESS, "\"na\\xefve\"i"},
    {"\\x{1F600}", UNICODE, "\"\\x{1f600}\""},
    {"\\x{212A}\\x{17F}", UNICODE | CASELESS, "\"ks\"i"},
    {"\\x{212A}", UNICODE, "\"\\x{212a}\""},
    {"a.c*", LITERAL, "\"a.c*\""},
    {"\\Qa.b\\E+", BYTES, "cat(\"a.\", repeat(\"b\", 1, inf, greedy))"},
    {"\\Qa\\", BYTES, "\"a\\\\\""},
    {"\\E\\Q\\Ea\\Q\\E+\\E+", BYTES, "repeat(\"a\", 1, inf, possessive)"},
    {"\\a\\e\\f\\n\\r\\t\\0\\012\\x41\\x{42}\\o{103}\\cA\\c{", BYTES, "\"\\x07\\x1b\\f\\n\\r\\t\\x00\\nABC\\x01;\""},
    {"\\N{U+E9}\\N", UNICODE, "cat(\"\\xe9\", set[^\\n])"},
    {"\\N{2}", BYTES, "repeat(set[^\\n], 2, 2, greedy)"},
    {"\\d\\D", BYTES, "cat(set[0-9], set[^0-9])"},
    {"\\d\\D\\w", UNICODE, "cat(set[0-9 +beyond], set[^0-9], set[0-9A-Z_a-z +beyond])"},
    {"\\h\\v\\R\\X\\C", BYTES, "cat(set[\\t\\x20\\xa0], set[\\n-\\r\\x85], other(\\R), other(\\X), other(\\C))"},
    {"\\A^\\b\\B\\G\\K$\\Z\\z", BYTES,
     "cat(assert(\\A), assert(^), assert(\\b), assert(\\B), assert(\\G), assert(\\K), assert($), assert(\\Z), "
     "assert(\\z))"},
    {"(?m)^$(?-m)^", BYTES, "cat(assert((?m)^), assert((?m)$), assert(^))"},
    {".(?s).(?s-s:.)", BYTES, "cat(set[^\\n], set[any], group(set[^\\n]))"},
    {"[]a]", BYTES, "set[\\]a]"},
    {"[^]a]", BYTES, "set[^\\]a]"},
    {"[a-c\\d-]", BYTES, "set[\\-0-9a-c]"},
    {"[\\Qa-\\E-z\\]]", BYTES, "set[\\--z]"},
    {"[\\b\\Q^]\\E]", BYTES, "set[\\x08\\]\\^]"},
    {"[[:digit:][:^cntrl:]]", BYTES, "set[^\\x00-\\x1f\\x7f]"},
    {"[[:a[:digit:]b:]]", BYTES, "cat(set[0-:\\[ab], \"]\")"},
    {"[[a-]", BYTES, "set[\\-\\[a]"},
    {"(?xx)[ \t^ a]", BYTES, "set[^a]"},
    {"[k]", UNICODE | CASELESS, "\"k\"i"},
    {"[x\\xe9]", UNICODE, "set[x +beyond]"},
    {"[[:<:]]a[[:>:]]", BYTES,
     "cat(assert(\\b), lookahead(set[0-9A-Z_a-z]), \"a\", assert(\\b), lookbehind(set[0-9A-Z_a-z]))"},
    {"a|b|", BYTES, "alt(\"a\", \"b\", empty)"},
    {"(a(?i)b|c)d", BYTES, "cat(capture(1, alt(cat(\"a\", \"b\"i), \"c\"i)), \"d\")"},
    {"(?i:a)b(?^:c)(?^i)d", BYTES, "cat(group(\"a\"i), \"b\", group(\"c\"), \"d\"i)"},
    {"(?n)(a)(?<n>b)(?-n)(c)", BYTES, "cat(group(\"a\"), capture(1, \"b\"), capture(2, \"c\"))"},
    {"(?U)a*b+?c?+", BYTES,
     "cat(repeat(\"a\", 0, inf, lazy), repeat(\"b\", 1, inf, greedy), repeat(\"c\", 0, 1, possessive))"},
    {"(?x) a b # c)\n + + d", BYTES, "cat(\"a\", repeat(\"b\", 1, inf, possessive), \"d\")"},
    {"(?x:a b)c d", BYTES, "cat(group(\"ab\"), \"c d\")"},
    {"a(?#x(y)+", BYTES, "repeat(\"a\", 1, inf, greedy)"},
    {"a{2}b{2,}c{2,3}?d{0,1}+", BYTES,
     "cat(repeat(\"a\", 2, 2, greedy), repeat(\"b\", 2, inf, greedy), repeat(\"c\", 2, 3, lazy), repeat(\"d\", 0, 1, "
     "possessive))"},
    {"a{,}b{c}d{}e{1,x}", BYTES, "\"a{,}b{c}d{}e{1,x}\""},
    {"(?>a)(?=b)(?!c)(?<=d)(?<!e)", BYTES,
     "cat(atomic(\"a\"), lookahead(\"b\"), not-lookahead(\"c\"), lookbehind(\"d\"), not-lookbehind(\"e\"))"},
    {"(*atomic:a)(*pla:b)(*negative_lookbehind:c)", BYTES,
     "cat(atomic(\"a\"), lookahead(\"b\"), not-lookbehind(\"c\"))"},
    {"(?!a){2}", BYTES, "repeat(not-lookahead(\"a\"), 2, 2, greedy)"},
    {"(?<x>a)(?'y'b)(?P<z>c)\\k<z>\\k'y'\\k{x}\\g{x}(?P=y)", BYTES,
     "cat(capture(1, \"a\"), capture(2, \"b\"), capture(3, \"c\"), backref(3), backref(2), backref(1), backref(1), "
     "backref(2))"},
    {"\\k<x>(?J)(?<x>a)(?<x>b)(?i)\\k<x>", BYTES,
     "cat(backref(?), capture(1, \"a\"), capture(2, \"b\"), backref(?, caseless))"},
    {"(a)\\1\\g1\\g{1}\\g{-1}\\g{+1}(b)", BYTES,
     "cat(capture(1, \"a\"), backref(1), backref(1), backref(1), backref(1), backref(2), capture(2, \"b\"))"},
    {"\\12\\40(a)\\101", BYTES, "cat(\"\\n \", capture(1, \"a\"), \"A\")"},
    {"()()()()()()()()()()\\10\\11\\010", BYTES,
     "cat(capture(1, empty), capture(2, empty), capture(3, empty), capture(4, empty), capture(5, empty), "
     "capture(6, empty), capture(7, empty), capture(8, empty), capture(9, empty), capture(10, empty), backref(10), "
     "\"\\t\\x08\")"},
    {"\\400", UNICODE, "\"\\x{100}\""},
    {"[\\1\\8]", BYTES, "set[\\x018]"},
    {"[\\D\\d]", UNICODE, "set[any]"},
    {"\\p{^L}\\PN", UNICODE, "cat(set[^A-Za-z], set[^0-9])"},
    {"\\p{Greek}", UNICODE, "set[ +beyond]"},
};

#endif
