#include "match/word-characters.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/alloc.h"
#include "match/posix.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Code points below are remembered: all characters of up to three bytes. */
#define REMEMBERED 0x10000

struct word_characters {
    pcre2_code *code;
    pcre2_match_data *match_data;
    /* A bit for each code point. */
    uint64_t asked[REMEMBERED / 64], yes[REMEMBERED / 64];
};

struct word_characters *word_characters_create(bool library, bool caseless)
{
    struct word_characters *characters = xcalloc(1, sizeof *characters);
    char pattern[256] = "\\w";
    int error;
    size_t offset;
    if (library)
        snprintf(pattern, sizeof pattern, "[%s]", posix_word_members(true));
    /* As programs with -w are compiled. */
    uint32_t flags = PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF | (caseless ? PCRE2_CASELESS : 0);
    characters->code =
        xnonnull(pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, flags, &error, &offset, NULL));
    characters->match_data = xnonnull(pcre2_match_data_create(1, NULL));
    return characters;
}

void word_characters_free(struct word_characters *characters)
{
    if (!characters)
        return;
    pcre2_match_data_free(characters->match_data);
    pcre2_code_free(characters->code);
    free(characters);
}

static bool ask(const struct word_characters *characters, const char *at, size_t length)
{
    return pcre2_match(characters->code, (PCRE2_SPTR)at, length, 0, 0, characters->match_data, NULL) >= 0;
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
