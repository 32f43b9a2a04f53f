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

/* The character that ends at `at`, after a byte beyond ASCII; 0 bytes: there is none. */
static struct span character_before(struct span text, const char *at)
{
    const char *begin = at - 1;
    while (begin > text.begin && at - begin < UTF8_MAX && is_continuation(*begin))
        begin--;
    return (struct span){begin, utf8_is_valid(begin, (size_t)(at - begin)) ? at : begin};
}

/* The character that begins at `at`, with a byte beyond ASCII. */
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

static enum verdict side_of_character(struct bounds *bounds, struct span character, struct span place)
{
    /* A literal that is not valid UTF-8 is matched among bytes. */
    if (character.begin == character.end || !utf8_is_valid(place.begin, (size_t)(place.end - place.begin)))
        return VERDICT_OPEN;
    if (bounds->dialect->boundary == BOUNDS_LINE)
        return VERDICT_NO;
    if (!bounds->characters)
        bounds->characters = word_characters_create(!dialect_is_perl(bounds->dialect), bounds->dialect->caseless);
    size_t length = (size_t)(character.end - character.begin);
    return word_characters_have(bounds->characters, character.begin, length) ? VERDICT_NO : VERDICT_YES;
}

static enum verdict side_of_byte(const struct bounds *bounds, unsigned char byte)
{
    unsigned char lower = byte | 0x20;
    bool word = (lower >= 'a' && lower <= 'z' && byte < 0x80) || (byte >= '0' && byte <= '9') || byte == '_';
    return bounds->dialect->boundary == BOUNDS_LINE || word ? VERDICT_NO : VERDICT_YES;
}

static enum verdict side_before(struct bounds *bounds, struct span text, struct span place)
{
    if (place.begin == text.begin || place.begin[-1] == '\n')
        return VERDICT_YES;
    unsigned char byte = (unsigned char)place.begin[-1];
    if (bounds->dialect->unicode && byte >= 0x80)
        return side_of_character(bounds, character_before(text, place.begin), place);
    return side_of_byte(bounds, byte);
}

static enum verdict side_after(struct bounds *bounds, struct span text, struct span place)
{
    const char *at = place.end;
    if (bounds->crlf && at < text.end && *at == '\r')
        at++;
    if (at == text.end || *at == '\n')
        return VERDICT_YES;
    unsigned char byte = (unsigned char)*place.end;
    if (bounds->dialect->unicode && byte >= 0x80)
        return side_of_character(bounds, character_after(text, place.end), place);
    return side_of_byte(bounds, byte);
}

enum verdict bounds_around(struct bounds *bounds, struct span text, struct span place)
{
    if (bounds->dialect->boundary == BOUNDS_NONE)
        return VERDICT_YES;
    enum verdict before = side_before(bounds, text, place);
    if (before == VERDICT_NO)
        return before;
    enum verdict after = side_after(bounds, text, place);
    return verdict_both(before, after);
}

enum verdict bounds_side(const struct bounds *bounds, unsigned char byte)
{
    if (bounds->dialect->boundary == BOUNDS_NONE || byte == '\n')
        return VERDICT_YES;
    if ((bounds->dialect->unicode && byte >= 0x80) || (bounds->crlf && byte == '\r'))
        return VERDICT_OPEN;
    return side_of_byte(bounds, byte);
}
