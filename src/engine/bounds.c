#include "engine/bounds.h"

#include "base/utf8.h"

void bounds_release(struct bounds *bounds)
{
    word_characters_free(bounds->characters);
    bounds->characters = NULL;
}

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

/* The character that ends at `at`, a byte beyond ASCII being before it; 0 bytes: there is none. */
static struct span character_before(struct span text, const char *at)
{
    const char *begin = at - 1;
    while (begin > text.begin && at - begin < UTF8_MAX && is_continuation(*begin))
        begin--;
    return (struct span){begin, utf8_is_valid(begin, (size_t)(at - begin)) ? at : begin};
}

/* The one that begins at `at`, with a byte beyond ASCII. */
static struct span character_after(struct span text, const char *at)
{
    const char *end = at + 1;
    while (end < text.end && end - at < UTF8_MAX && is_continuation(*end))
        end++;
    unsigned char first = (unsigned char)*at;
    ptrdiff_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    bool valid = end - at >= length && utf8_is_valid(at, (size_t)length);
    return (struct span){at, valid ? at + length : at};
}

static enum needle_side side_of_character(struct bounds *bounds, struct span character, struct span place)
{
    /* A literal that is not valid UTF-8 is matched among bytes. */
    if (character.begin == character.end || !utf8_is_valid(place.begin, (size_t)(place.end - place.begin)))
        return SIDE_OPEN;
    if (bounds->dialect->boundary == BOUNDS_LINE)
        return SIDE_SPOILS;
    if (!bounds->characters)
        bounds->characters = word_characters_create(!dialect_is_perl(bounds->dialect), bounds->dialect->caseless);
    size_t length = (size_t)(character.end - character.begin);
    return word_characters_have(bounds->characters, character.begin, length) ? SIDE_SPOILS : SIDE_FITS;
}

static enum needle_side side_of_byte(const struct bounds *bounds, unsigned char byte)
{
    unsigned char lower = byte | 0x20;
    bool word = (lower >= 'a' && lower <= 'z' && byte < 0x80) || (byte >= '0' && byte <= '9') || byte == '_';
    return bounds->dialect->boundary == BOUNDS_LINE || word ? SIDE_SPOILS : SIDE_FITS;
}

static enum needle_side side_before(struct bounds *bounds, struct span text, struct span place)
{
    if (place.begin == text.begin || place.begin[-1] == '\n')
        return SIDE_FITS;
    unsigned char byte = (unsigned char)place.begin[-1];
    if (bounds->dialect->unicode && byte >= 0x80)
        return side_of_character(bounds, character_before(text, place.begin), place);
    return side_of_byte(bounds, byte);
}

static enum needle_side side_after(struct bounds *bounds, struct span text, struct span place)
{
    const char *at = place.end;
    if (bounds->crlf && at < text.end && *at == '\r')
        at++;
    if (at == text.end || *at == '\n')
        return SIDE_FITS;
    unsigned char byte = (unsigned char)*place.end;
    if (bounds->dialect->unicode && byte >= 0x80)
        return side_of_character(bounds, character_after(text, place.end), place);
    return side_of_byte(bounds, byte);
}

enum needle_side bounds_around(struct bounds *bounds, struct span text, struct span place)
{
    if (bounds->dialect->boundary == BOUNDS_NONE)
        return SIDE_FITS;
    enum needle_side before = side_before(bounds, text, place);
    if (before == SIDE_SPOILS)
        return before;
    enum needle_side after = side_after(bounds, text, place);
    return before > after ? before : after;
}

enum needle_side bounds_side(const struct bounds *bounds, unsigned char byte)
{
    if (bounds->dialect->boundary == BOUNDS_NONE || byte == '\n')
        return SIDE_FITS;
    if ((bounds->dialect->unicode && byte >= 0x80) || (bounds->crlf && byte == '\r'))
        return SIDE_OPEN;
    return side_of_byte(bounds, byte);
}
