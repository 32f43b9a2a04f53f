#include "syntax/charset.h"

#include "characters/characters.h"

#include <string.h>

static const struct charset_mode AS_WRITTEN = {.caseless = false, .unicode = false};

static unsigned universe(bool unicode)
{
    return unicode ? 128 : 256;
}

static void add_bit(struct charset *set, unsigned character)
{
    set->bits[character / 64] |= UINT64_C(1) << character % 64;
}

static bool is_letter(unsigned character)
{
    unsigned lower = character | 0x20;
    return lower >= 'a' && lower <= 'z' && character < 128;
}

unsigned charset_count(const struct charset *set)
{
    unsigned count = 0;
    for (unsigned word = 0; word < 4; word++)
        count += (unsigned)__builtin_popcountll(set->bits[word]);
    return count;
}

void charset_add(struct charset *set, uint32_t first, uint32_t last, struct charset_mode mode)
{
    uint32_t end = last < universe(mode.unicode) ? last + 1 : universe(mode.unicode);
    for (unsigned character = first; character < end; character++) {
        add_bit(set, character);
        if (mode.caseless && is_letter(character)) {
            add_bit(set, character ^ 0x20);
            unsigned lower = character | 0x20;
            if (mode.unicode && (lower == 'k' || lower == 's'))
                set->beyond = true;
        }
    }
    if (!mode.unicode || last < 128)
        return;
    set->beyond = true;
    if (mode.caseless && first <= LONG_S && last >= LONG_S) {
        add_bit(set, 's');
        add_bit(set, 'S');
    }
    if (mode.caseless && first <= KELVIN_SIGN && last >= KELVIN_SIGN) {
        add_bit(set, 'k');
        add_bit(set, 'K');
    }
}

void charset_unite(struct charset *set, const struct charset *other)
{
    for (unsigned word = 0; word < 4; word++)
        set->bits[word] |= other->bits[word];
    set->beyond |= other->beyond;
}

void charset_negate(struct charset *set, bool unicode)
{
    for (unsigned word = 0; word < universe(unicode) / 64; word++)
        set->bits[word] = ~set->bits[word];
    set->beyond = unicode;
}

static void add_pairs(struct charset *set, const char *pairs)
{
    for (; *pairs; pairs += 2)
        charset_add(set, (unsigned char)pairs[0], (unsigned char)pairs[1], AS_WRITTEN);
}

bool charset_of_escape(char letter, bool unicode, struct charset *set)
{
    /* Pairs of first and last; those of \h and \v beyond ASCII count where characters are bytes. */
    static const struct {
        char letter, negation;
        const char *ascii, *high;
    } escapes[] = {
        {'d', 'D', "09", ""},           {'w', 'W', "09AZaz__", ""},
        {'s', 'S', "\t\r  ", ""},       {'h', 'H', "\t\t  ", "\xA0\xA0"},
        {'v', 'V', "\n\r", "\x85\x85"}, {0, 'N', "\n\n", ""},
    };
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
        if (letter != escapes[i].letter && letter != escapes[i].negation)
            continue;
        *set = (struct charset){.beyond = unicode};
        add_pairs(set, escapes[i].ascii);
        if (!unicode)
            add_pairs(set, escapes[i].high);
        if (letter == escapes[i].negation)
            charset_negate(set, unicode);
        return true;
    }
    return false;
}

bool charset_of_posix(const char *name, size_t length, bool negated, struct charset_mode mode, struct charset *set)
{
    static const struct {
        const char *name, *pairs;
    } classes[] = {
        {"alpha", "AZaz"},
        {"lower", "az"},
        {"upper", "AZ"},
        {"alnum", "09AZaz"},
        {"ascii", "\1\x7F"},
        {"blank", "\t\t  "},
        {"cntrl", "\1\x1F\x7F\x7F"},
        {"digit", "09"},
        {"graph", "!~"},
        {"print", " ~"},
        {"punct", "!/:@[`{~"},
        {"space", "\t\r  "},
        {"word", "09AZaz__"},
        {"xdigit", "09AFaf"},
    };
    enum { ALPHA = 0, LOWER = 1, UPPER = 2, ASCII = 4, CNTRL = 6 };
    size_t count = sizeof classes / sizeof *classes, row = 0;
    while (row < count && (strlen(classes[row].name) != length || memcmp(classes[row].name, name, length) != 0))
        row++;
    if (row == count)
        return false;

    /* With Unicode, those beyond ASCII that have a case: cased.h. */
    if (mode.caseless && (row == LOWER || row == UPPER))
        row = ALPHA;
    *set = (struct charset){.beyond = mode.unicode && row != ASCII};
    add_pairs(set, classes[row].pairs);
    if (row == ASCII || row == CNTRL)
        add_bit(set, 0);
    if (negated)
        charset_negate(set, mode.unicode);
    return true;
}

bool charset_of_pattern(const char *pattern, size_t length, struct charset_mode mode, struct charset *set)
{
    struct characters *characters =
        characters_create(pattern, length, mode.unicode ? CHARACTERS_UNICODE : CHARACTERS_BYTES, mode.caseless);
    bool good = characters != NULL;
    *set = (struct charset){.beyond = mode.unicode};
    for (unsigned character = 0; good && character < universe(mode.unicode); character++) {
        const char subject = (char)character;
        size_t begin, end;
        int found = characters_find(characters, &subject, 1, 0, &begin, &end);
        if (found > 0)
            add_bit(set, character);
        good = found >= 0;
    }
    characters_free(characters);
    return good;
}
