#include "letters.h"

#include <ctype.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* With what stands beside others in tables and trees: k and s, which have a case beyond ASCII; syntax; space. */
static const char *const ascii_letters[] = {
    "a", "b", "c", "d", "e", "k", "s", "K", "S", "A", "B", "Z", "x", "i", "I",  "0", "1", "2",  "9",
    "_", " ", "-", ".", ":", "=", "/", "(", "[", "#", "&", "@", "~", "^", "\\", "$", "|", "\t", "\r",
};

static const struct {
    const char *text;
    uint32_t code;
} wide_letters[] = {
    {"\xc3\xa9", 0xe9},
    {"\xc3\x89", 0xc9},
    {"\xd0\xb6", 0x436},
    {"\xd0\x96", 0x416},
    {"\xd1\x8f", 0x44f},
    {"\xd0\xaf", 0x42f},
    {"\xd0\x8f", 0x40f}, /* has bytes of both of these */
    {"\xd0\xbe", 0x43e},
    {"\xd1\x82", 0x442},
    {"\xe1\xb2\x82", 0x1c82}, /* of the one before the last, in either case */
    {"\xe1\xb2\x84", 0x1c84}, /* and these two of the last */
    {"\xe1\xb2\x85", 0x1c85},
    {"\xc3\x9f", 0xdf},
    {"\xe1\xba\x9e", 0x1e9e},
    {"\xc5\xbf", 0x17f},
    {"\xe2\x84\xaa", 0x212a},
    {"\xc3\xbf", 0xff},
    {"\xc5\xb8", 0x178},
    {"\xc2\xb5", 0xb5},
    {"\xce\xbc", 0x3bc},
    {"\xce\x9c", 0x39c},
    {"\xcf\x83", 0x3c3},
    {"\xcf\x82", 0x3c2},
    {"\xce\xa3", 0x3a3},
    {"\xc7\x85", 0x1c5},
    {"\xc7\x86", 0x1c6},
    {"\xc4\xb1", 0x131},
    {"\xc4\xb0", 0x130},
    {"\xe6\x97\xa5", 0x65e5},
    {"\xe6\x9c\xac", 0x672c},
    {"\xd9\xa3", 0x663},
    {"\xc2\xa0", 0xa0},
    {"\xc2\x85", 0x85},
    {"\xe2\x80\xa8", 0x2028},
    {"\xcc\x81", 0x301},
    {"\xe2\x82\xac", 0x20ac},
    {"\xef\xbf\xbf", 0xffff},
    {"\xf0\x90\x90\x80", 0x10400},
    {"\xf0\x90\x90\xa8", 0x10428},
    {"\xf0\x9f\x98\x80", 0x1f600},
    {"\xf4\x8f\xbf\xbf", 0x10ffff},
    {"\xdf\xbf", 0x7ff},
    {"\xe0\xa0\x80", 0x800},
    {"\xc2\xaa", 0xaa},
    {"\xe2\x85\xa3", 0x2163},
    {"\xc2\xb2", 0xb2},
    {"\xc2\x80", 0x80},
};

/* Truncated, overlong, surrogate, too large, and single bytes that never begin a character. */
static const struct {
    const char *text;
    size_t length;
} broken_letters[] = {
    {"\xff", 1},     {"\x80", 1},         {"\xbf", 1},         {"\xc3", 1},
    {"\xe2\x82", 2}, {"\xe6", 1},         {"\xf0\x90", 2},     {"\xf0\x90\x90", 3},
    {"\xc0\xaf", 2}, {"\xe0\x80\x80", 3}, {"\xed\xa0\x80", 3}, {"\xf4\x90\x80\x80", 4},
    {"\xf8", 1},     {"\xd0", 1},         {"\xc1", 1},         {"\xa9", 1},
    {"\0", 1},       {"\xfe", 1},
};

static struct letter ascii_letter(struct dice *dice)
{
    const char *text = ascii_letters[dice_below(dice, COUNT(ascii_letters))];
    return (struct letter){text, 1, (unsigned char)*text};
}

static struct letter wide_letter(struct dice *dice)
{
    size_t index = dice_below(dice, COUNT(wide_letters));
    return (struct letter){wide_letters[index].text, strlen(wide_letters[index].text), wide_letters[index].code};
}

static struct letter broken_letter(struct dice *dice)
{
    size_t index = dice_below(dice, COUNT(broken_letters));
    return (struct letter){broken_letters[index].text, broken_letters[index].length, NOT_A_CHARACTER};
}

struct letter letters_any(struct dice *dice, bool ascii)
{
    return ascii || dice_chance(dice, 60) ? ascii_letter(dice) : wide_letter(dice);
}

static struct letter choose(struct dice *dice, enum letters_kind kind)
{
    if (kind == LETTERS_ASCII || dice_chance(dice, 50))
        return ascii_letter(dice);
    return kind == LETTERS_BROKEN_EVERY && dice_chance(dice, 40) ? broken_letter(dice) : wide_letter(dice);
}

void letters_choose(struct letters *letters, struct dice *dice, enum letters_kind kind)
{
    *letters = (struct letters){.ascii = kind == LETTERS_ASCII};
    letters->pattern_count = dice_between(dice, 1, dice_chance(dice, 70) ? 4 : COUNT(letters->pattern));
    for (size_t i = 0; i < letters->pattern_count; i++)
        letters->pattern[i] = letters->text[i] = choose(dice, kind);
    letters->text_count = letters->pattern_count;
    size_t more = dice_below(dice, 6);
    for (size_t i = 0; i < more; i++)
        letters->text[letters->text_count++] = choose(dice, kind);
    if (kind >= LETTERS_BROKEN)
        letters->text[letters->text_count++] = broken_letter(dice);
    else if (dice_chance(dice, 3))
        letters->text[letters->text_count++] = (struct letter){"", 1, 0};
}

struct letter letters_of_pattern(const struct letters *letters, struct dice *dice)
{
    return letters->pattern[dice_below(dice, letters->pattern_count)];
}

struct letter letters_of_text(const struct letters *letters, struct dice *dice)
{
    return letters->text[dice_below(dice, letters->text_count)];
}

/* Characters that are equal without case; the first of a row is ASCII or not. */
static const char *const cases[][4] = {
    {"k", "K", "\xe2\x84\xaa", NULL},
    {"s", "S", "\xc5\xbf", NULL},
    {"\xc3\xa9", "\xc3\x89", NULL, NULL},
    {"\xd0\xb6", "\xd0\x96", NULL, NULL},
    {"\xc3\x9f", "\xe1\xba\x9e", NULL, NULL},
    {"\xc3\xbf", "\xc5\xb8", NULL, NULL},
    {"\xc2\xb5", "\xce\xbc", "\xce\x9c", NULL},
    {"\xcf\x83", "\xcf\x82", "\xce\xa3", NULL},
    {"\xc7\x85", "\xc7\x86", "\xc7\x84", NULL},
    {"\xf0\x90\x90\x80", "\xf0\x90\x90\xa8", NULL, NULL},
    {"\xd1\x8f", "\xd0\xaf", NULL, NULL},
    {"\xd0\xbe", "\xd0\x9e", "\xe1\xb2\x82", NULL},
    {"\xd1\x82", "\xd0\xa2", "\xe1\xb2\x84", "\xe1\xb2\x85"},
    {"i", "I", "\xc4\xb1", "\xc4\xb0"}, /* the last two are not equal to the first: nearly is wanted too */
};

bool letters_change_case(struct bytes *bytes, size_t at, struct dice *dice)
{
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (size_t j = 0; j < 4 && cases[i][j]; j++) {
            size_t length = strlen(cases[i][j]);
            if (bytes->length - at < length || memcmp(bytes->text + at, cases[i][j], length) != 0)
                continue;
            const char *other = cases[i][dice_below(dice, 4)];
            if (!other || other == cases[i][j])
                return false;
            bytes_remove(bytes, at, length);
            bytes_insert(bytes, at, other, strlen(other));
            return true;
        }
    }
    unsigned char c = (unsigned char)bytes->text[at];
    if (c >= 0x80 || !isalpha(c))
        return false;
    bytes->text[at] = (char)(c ^ 0x20);
    return true;
}
