#include "engine/word-characters.h"

#include "base/alloc.h"
#include "characters/characters.h"
#include "pattern/posix-class.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Code points below are remembered: all characters of up to three bytes. */
#define REMEMBERED 0x10000

struct word_characters {
    struct characters *members;
    /* A bit for each code point. */
    uint64_t asked[REMEMBERED / 64], yes[REMEMBERED / 64];
};

struct word_characters *word_characters_create(bool library, bool caseless)
{
    struct word_characters *characters = xcalloc(1, sizeof *characters);
    char pattern[256] = "\\w";
    if (library)
        snprintf(pattern, sizeof pattern, "[%s]", posix_word_members(true));
    characters->members = xnonnull(characters_create(pattern, strlen(pattern), CHARACTERS_MAYBE_UNICODE, caseless));
    return characters;
}

void word_characters_free(struct word_characters *characters)
{
    if (!characters)
        return;
    characters_free(characters->members);
    free(characters);
}

static bool ask(const struct word_characters *characters, const char *at, size_t length)
{
    size_t begin, end;
    return characters_find(characters->members, at, length, 0, &begin, &end) > 0;
}

bool word_characters_have(struct word_characters *characters, const char *at, size_t length)
{
    if (length > 3)
        return ask(characters, at, length);
    const unsigned char *bytes = (const unsigned char *)at;
    uint32_t code = bytes[0];
    if (length == 2)
        code = (bytes[0] & 0x1fu) << 6 | (bytes[1] & 0x3fu);
    else if (length == 3)
        code = (bytes[0] & 0x0fu) << 12 | (bytes[1] & 0x3fu) << 6 | (bytes[2] & 0x3fu);
    const uint64_t bit = UINT64_C(1) << code % 64;
    if (!(characters->asked[code / 64] & bit)) {
        characters->asked[code / 64] |= bit;
        characters->yes[code / 64] |= ask(characters, at, length) ? bit : 0;
    }
    return characters->yes[code / 64] & bit;
}
