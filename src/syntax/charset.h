/*
 * charset.h - sets of characters, as the parts of a pattern describe them.
 *
 * Source of the meanings: pcre2pattern(3), "Generic character types", "Posix
 * character classes", "Unicode character properties".
 */
#ifndef MSCAN_SYNTAX_CHARSET_H
#define MSCAN_SYNTAX_CHARSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A set of characters.  Without Unicode, characters are bytes and `bits` holds
 * all 256; `beyond` is false.  With Unicode, `bits` holds code points 0 to 127
 * exactly, bits 128 and up are zero, and `beyond` says that the set may hold
 * some character beyond ASCII (true whenever that is not certain to be false).
 * Case folding (caseless matching) has been applied already.
 */
struct charset {
    uint64_t bits[4];
    bool beyond;
};

/* The only characters beyond ASCII that have an ASCII letter as another case, s and k; and how UTF-8 writes them. */
enum { LONG_S = 0x17F, KELVIN_SIGN = 0x212A };
#define LONG_S_UTF8 "\xc5\xbf"
#define KELVIN_SIGN_UTF8 "\xe2\x84\xaa"

/* How characters are understood where a set stands in a pattern, which may change what its dialect says. */
struct charset_mode {
    bool caseless, unicode;
};

static inline bool charset_has(const struct charset *set, unsigned character)
{
    return set->bits[character / 64] >> character % 64 & 1;
}

/* Number of characters in `bits`. */
unsigned charset_count(const struct charset *set);

/* Adds the code points (without Unicode: bytes) `first` to `last` and, when caseless, their other cases. */
void charset_add(struct charset *set, uint32_t first, uint32_t last, struct charset_mode mode);

/* Adds all that `other` holds. */
void charset_unite(struct charset *set, const struct charset *other);

/* Turns the set into all characters that are not in it; `beyond` becomes true with Unicode. */
void charset_negate(struct charset *set, bool unicode);

/* Sets `*set` to what \d, \w, \s, \h, \v or \N matches, or its negation; false when `letter` is none of them. */
bool charset_of_escape(char letter, bool unicode, struct charset *set);

/*
 * Sets `*set` to what the POSIX class of that name matches, e.g. "alpha" for [:alpha:];
 * false when there is no such class.
 */
bool charset_of_posix(const char *name, size_t length, bool negated, struct charset_mode mode, struct charset *set);

/*
 * Sets `*set` to what the `length` bytes of `pattern`, which match exactly one character, e.g.
 * \p{L}, mean to the PCRE2 that runs: for what differs between its releases.  Costs some
 * microseconds.  False when PCRE2 does not compile it.
 */
bool charset_of_pattern(const char *pattern, size_t length, struct charset_mode mode, struct charset *set);

#endif
