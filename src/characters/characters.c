#include "characters/characters.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/alloc.h"

#include <stdio.h>
#include <stdlib.h>

struct characters {
    pcre2_code *code;
    pcre2_match_data *match_data;
    const unsigned char *tables; /* of the locale, or NULL */
    uint32_t match_options;
};

static uint32_t flags_of(enum characters_mode mode)
{
    switch (mode) {
    case CHARACTERS_BYTES:
    case CHARACTERS_LOCALE:
        break;
    case CHARACTERS_UNICODE:
        return PCRE2_UTF | PCRE2_UCP;
    case CHARACTERS_MAYBE_UNICODE:
        return PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF;
    }
    return 0;
}

static pcre2_code *compile(const char *pattern, size_t length, uint32_t flags, const unsigned char *tables)
{
    pcre2_compile_context *context = xnonnull(pcre2_compile_context_create(NULL));
    if (tables)
        pcre2_set_character_tables(context, tables);
    int error;
    PCRE2_SIZE offset;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern, length, flags, &error, &offset, context);
    pcre2_compile_context_free(context);
    return code;
}

struct characters *characters_create(const char *pattern, size_t length, enum characters_mode mode, bool caseless)
{
    struct characters *characters = xcalloc(1, sizeof *characters);
    if (mode == CHARACTERS_LOCALE)
        characters->tables = pcre2_maketables(NULL);
    characters->match_options = mode == CHARACTERS_UNICODE ? PCRE2_NO_UTF_CHECK : 0;
    characters->code = compile(pattern, length, flags_of(mode) | (caseless ? PCRE2_CASELESS : 0), characters->tables);
    characters->match_data = xnonnull(pcre2_match_data_create(1, NULL));
    if (characters->code)
        return characters;
    characters_free(characters);
    return NULL;
}

void characters_free(struct characters *characters)
{
    if (!characters)
        return;
    pcre2_match_data_free(characters->match_data);
    pcre2_code_free(characters->code);
    if (characters->tables)
        pcre2_maketables_free(NULL, characters->tables);
    free(characters);
}

int characters_find(struct characters *characters, const char *text, size_t length, size_t from, size_t *begin,
                    size_t *end)
{
    int found = pcre2_match(characters->code, (PCRE2_SPTR)text, length, from, characters->match_options,
                            characters->match_data, NULL);
    if (found < 0)
        return found == PCRE2_ERROR_NOMATCH ? 0 : -1;
    const size_t *bounds = pcre2_get_ovector_pointer(characters->match_data);
    *begin = bounds[0];
    *end = bounds[1];
    return 1;
}

const uint8_t *characters_first_bytes(const struct characters *characters)
{
    const uint8_t *bits = NULL;
    pcre2_pattern_info(characters->code, PCRE2_INFO_FIRSTBITMAP, &bits);
    return bits;
}

bool characters_since(int major, int minor)
{
    char version[64];
    int has_major, has_minor;
    if (pcre2_config(PCRE2_CONFIG_VERSION, version) < 0 || sscanf(version, "%d.%d", &has_major, &has_minor) != 2)
        return false;
    return has_major > major || (has_major == major && has_minor >= minor);
}
