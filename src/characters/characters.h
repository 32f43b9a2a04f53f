/*
 * characters.h - asks the PCRE2 that runs about characters, whose tables differ from release to release.
 *
 * A question is a pattern that matches exactly one character; the answers are the characters of a text that match it.
 */
#ifndef MSCAN_CHARACTERS_CHARACTERS_H
#define MSCAN_CHARACTERS_CHARACTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The characters that a pattern matches. */
struct characters;

/* How pattern and text are read. */
enum characters_mode {
    CHARACTERS_BYTES,         /* characters are bytes, letters those of ASCII */
    CHARACTERS_LOCALE,        /* characters are bytes, letters those of the C library's locale */
    CHARACTERS_UNICODE,       /* the text is valid UTF-8; \w, \d and their like mean Unicode's characters */
    CHARACTERS_MAYBE_UNICODE, /* the same, and the text may have invalid bytes, which match nothing */
};

/* NULL when PCRE2 does not compile the `length` bytes of the pattern.  Costs some microseconds. */
struct characters *characters_create(const char *pattern, size_t length, enum characters_mode mode, bool caseless);

/* NULL is allowed. */
void characters_free(struct characters *characters);

/*
 * Looks for the first of them in the `length` bytes of a text, from offset `from` on: 1 with its offset in *begin and
 * the offset after it in *end, 0 when there is none, -1 when PCRE2 fails.  Not for several threads at once.
 */
int characters_find(struct characters *characters, const char *text, size_t length, size_t from, size_t *begin,
                    size_t *end);

/* A bit for each byte with which one of them may begin; lives as long as they do.  NULL when PCRE2 does not know. */
const uint8_t *characters_first_bytes(const struct characters *characters);

/* Whether the PCRE2 that runs is that release or a later one. */
bool characters_since(int major, int minor);

#endif
