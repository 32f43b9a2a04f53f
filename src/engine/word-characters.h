/*
 * word-characters.h - which characters beyond ASCII belong to words, for -w.  It asks PCRE2 about each that turns up.
 */
#ifndef MSCAN_ENGINE_WORD_CHARACTERS_H
#define MSCAN_ENGINE_WORD_CHARACTERS_H

#include <stdbool.h>
#include <stddef.h>

/* One thread's; it remembers what it has asked. */
struct word_characters;

/* With `library`, words are those of the C library, as for -F, -G and -E; otherwise, they are what \w matches. */
struct word_characters *word_characters_create(bool library, bool caseless);
void word_characters_free(struct word_characters *characters);

/* Whether the character of `length` bytes, valid UTF-8, belongs to a word. */
bool word_characters_have(struct word_characters *characters, const char *at, size_t length);

#endif
