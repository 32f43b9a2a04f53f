/*
 * letters.h - the few letters that a case is made of, so that its patterns and its text meet.
 */
#ifndef MSCAN_FUZZ_LETTERS_H
#define MSCAN_FUZZ_LETTERS_H

#include "bytes.h"
#include "dice.h"

#include <stdbool.h>
#include <stdint.h>

#define NOT_A_CHARACTER UINT32_MAX

struct letter {
    const char *text; /* UTF-8, or a piece of it that is none */
    size_t length;
    uint32_t code; /* the character, or NOT_A_CHARACTER */
};

struct letters {
    struct letter pattern[12]; /* what patterns are made of; at least one */
    size_t pattern_count;
    struct letter text[20]; /* those, and what only texts hold */
    size_t text_count;
    bool ascii; /* no text letter is beyond ASCII */
};

enum letters_kind {
    LETTERS_ASCII,
    LETTERS_WIDE,         /* characters beyond ASCII in patterns and texts */
    LETTERS_BROKEN,       /* and in texts bytes that are not UTF-8 */
    LETTERS_BROKEN_EVERY, /* and in patterns too: for bytes, and for -F */
};

void letters_choose(struct letters *letters, struct dice *dice, enum letters_kind kind);

/* One of the letters for a pattern, a text. */
struct letter letters_of_pattern(const struct letters *letters, struct dice *dice);
struct letter letters_of_text(const struct letters *letters, struct dice *dice);

/* Any letter at all that is a character, of the given kind. */
struct letter letters_any(struct dice *dice, bool ascii);

/* Changes the case of the character at `at` into another that is equal without case; false when it has none. */
bool letters_change_case(struct bytes *bytes, size_t at, struct dice *dice);

#endif
