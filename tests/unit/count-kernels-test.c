/*
 * count-kernels-test.c - the counting kernels that this processor has, against counting one character at a time.
 */
#include "kernels/kernels.h"

#include "../plain-wc.h"
#include "test.h"

#include <locale.h>

#define BLOCK 64

/* Pieces that texts are made of: every kind of character, and every kind of mistake. */
static const char *const pieces[] = {
    "a",
    "b",
    " ",
    "\n",
    "\t",
    "\r",
    "\f",
    "\v",
    "\x01",
    "\x7f",
    "xyz",
    "  ",
    "\xd0\xb6",
    "\xd1\x8f",
    "\xce\xb1",
    "\xc3\xa9",
    "\xcc\x81",
    "\xc2\x85",
    "\xc2\xad",
    "\xc2\xa0",
    "\xd6\xb0",
    "\xdf\xbf", /* two bytes */
    "\xe1\x9a\x80",
    "\xe2\x80\x80",
    "\xe2\x80\x86",
    "\xe2\x80\x87",
    "\xe2\x80\x8a",
    "\xe2\x80\x8b",
    "\xe2\x80\x94",
    "\xe2\x80\xa7",
    "\xe2\x80\xa8",
    "\xe2\x80\xa9",
    "\xe2\x80\xaa",
    "\xe2\x80\xaf",
    "\xe2\x81\x9e",
    "\xe2\x81\x9f",
    "\xe2\x81\xa0",
    "\xe2\x81\xa1",
    "\xe3\x80\x80",
    "\xe3\x80\x81",
    "\xe4\xbd\xa0",
    "\xe5\xa5\xbd",
    "\xed\x9f\xbf",
    "\xee\x80\x80",
    "\xef\xbf\xbf",
    "\xe0\xa0\x80",
    "\xef\xbb\xbf",
    "\xe1\xa0\x8e", /* three */
    "\xf0\x9f\x98\x80",
    "\xf0\x90\x80\x80",
    "\xf4\x8f\xbf\xbf",
    "\xf4\x90\x80\x80",
    "\xf7\xbf\xbf\xbf", /* four */
    "\xf8\x88\x80\x80\x80",
    "\xfb\xbf\xbf\xbf\xbf",
    "\xfc\x84\x80\x80\x80\x80",
    "\xfd\xbf\xbf\xbf\xbf\xbf",
    "\x80",
    "\xbf",
    "\xc0",
    "\xc1",
    "\xc0\x80",
    "\xc1\xbf",
    "\xff",
    "\xfe",
    "\xe0\x9f\xbf",
    "\xed\xa0\x80",
    "\xed\xbf\xbf",
    "\xf0\x8f\xbf\xbf",
    "\xf8\x87\xbf\xbf\xbf",
    "\xfc\x83\xbf\xbf\xbf\xbf", /* mistakes */
    "\xe2",
    "\xe2\x80",
    "\xf0\x9f",
    "\xf0\x9f\x98",
    "\xfc\x84\x80",
    "\xc2",
    "\xa0",
    "\x85",
};

/* What a text is mostly made of decides how it is counted: ASCII, two bytes, or anything. */
static const struct {
    size_t first, last;
    unsigned strange; /* one piece in so many comes from all */
} mixtures[] = {{0, 11, 1000}, {0, 21, 60}, {12, 15, 20}, {0, 2, 3},
                {22, 41, 10},  {0, 78, 1},  {40, 48, 30}, {53, 75, 2}};

static size_t make_text(struct dice *dice, char *to, size_t room)
{
    size_t used = 0, mixture = dice_below(dice, COUNT(mixtures));
    size_t first = mixtures[mixture].first, last = mixtures[mixture].last;
    for (;;) {
        bool strange = dice_below(dice, mixtures[mixture].strange) == 0;
        const char *piece =
            pieces[strange ? dice_below(dice, COUNT(pieces)) : first + dice_below(dice, last - first + 1)];
        size_t length = strlen(piece);
        if (length > room - used)
            break;
        memcpy(to + used, piece, length);
        used += length;
    }
    return used;
}

static void check_sums(const struct kernels *kernels, const char *text, size_t length, bool utf8, bool no_break)
{
    struct count_rules rules = {.no_break = no_break};
    struct plain_counts plain = plain_count(text, length, no_break);
    struct count_sums sums = {0}, words = {0}, characters = {0};
    if (utf8) {
        kernels->count_utf8(text, length, &rules, &sums);
        kernels->count_utf8_words(text, length, &rules, &words);
        kernels->count_utf8_characters(text, length, &rules, &characters);
    } else {
        kernels->count_bytes(text, length, &rules, &sums);
        words = characters = sums;
    }
    if (sums.lines != plain.lines || sums.words != plain.words || sums.characters != plain.characters ||
        words.lines != plain.lines || words.words != plain.words || words.in_word != sums.in_word ||
        (utf8 && (words.characters != 0 || characters.words != 0)) || characters.lines != plain.lines ||
        characters.characters != plain.characters) {
        for (size_t i = 0; i < length && i < 400; i++)
            print_message("\\x%02x", (unsigned char)text[i]);
        fail_msg(
            "%s: utf8 %d, no-break %d, %zu bytes at %p: %ld %ld %ld (words alone %ld %ld, characters %ld %ld), not "
            "%ld %ld %ld",
            kernels->name, utf8, no_break, length, (const void *)text, (long)sums.lines, (long)sums.words,
            (long)sums.characters, (long)words.lines, (long)words.words, (long)characters.lines,
            (long)characters.characters, (long)plain.lines, (long)plain.words, (long)plain.characters);
    }
    /* Behind a word, the first word is one less, unless a space comes first. */
    if (length) {
        struct count_sums behind = {.in_word = true};
        (utf8 ? kernels->count_utf8 : kernels->count_bytes)(text, length, &rules, &behind);
        struct plain_step first =
            utf8 ? plain_step_wide(text, length, no_break) : plain_step_byte((unsigned char)*text, no_break);
        assert_int_equal(behind.words, plain.words - !first.space);
        assert_int_equal(behind.in_word, sums.in_word);
    }
}

/* The columns of all that the kernel is willing to do, and of the rest by characters. */
static void check_columns(const struct kernels *kernels, const char *text, size_t length, bool utf8)
{
    struct count_rules rules = {.narrow = true};
    struct count_columns columns = {0};
    size_t done = length;
    if (utf8)
        done = kernels->count_columns_utf8(text, length, &rules, &columns);
    else
        kernels->count_columns_bytes(text, length, &columns);
    struct plain_counts plain = plain_count(text, done, false);
    uint64_t longest = columns.longest, first = columns.closed ? columns.first : columns.column;
    uint64_t head = columns.tabbed ? (columns.lead / 8 + 1) * 8 + first : first;
    longest = longest > head ? longest : head;
    if (columns.closed)
        longest = longest > columns.column ? longest : columns.column;
    if (longest != plain.longest) {
        for (size_t i = 0; i < done && i < 400; i++)
            print_message("\\x%02x", (unsigned char)text[i]);
        fail_msg("%s: utf8 %d, %zu of %zu bytes: longest %ld, not %ld", kernels->name, utf8, done, length,
                 (long)longest, (long)plain.longest);
    }
}

static void check_all(const char *text, size_t length, bool utf8)
{
    const struct kernels *kernels;
    for (size_t k = 0; (kernels = kernels_get(k)); k++) {
        check_sums(kernels, text, length, utf8, true);
        check_sums(kernels, text, length, utf8, false);
        check_columns(kernels, text, length, utf8);
    }
}

static bool set_charset(bool utf8)
{
    return setlocale(LC_CTYPE, utf8 ? "C.UTF-8" : "C") != NULL;
}

/* Every alignment of blocks, and every length, ending before a page that cannot be read, or beginning behind one. */
static void test_random_texts(void **state)
{
    (void)state;
    struct fence fence = fence_create(8192);
    struct dice dice = {11};
    char text[4096];
    for (int utf8 = 0; utf8 < 2; utf8++) {
        if (!set_charset(utf8))
            skip();
        for (size_t round = 0; round < 3000; round += quick_step(11)) {
            size_t length = make_text(&dice, text, 1 + dice_below(&dice, round % 8 ? 400 : sizeof text));
            size_t room = (size_t)(fence.end - fence.begin) - length;
            size_t at = round % 4 == 0 ? 0 : round % 4 == 1 ? room : dice_below(&dice, room + 1);
            memset(fence.begin, round % 3 ? ' ' : 0xe2, 8192);
            memcpy(fence.begin + at, text, length);
            check_all(fence.begin + at, length, utf8);
        }
    }
    fence_free(fence);
}

static void test_short_texts(void **state)
{
    (void)state;
    struct fence fence = fence_create(4096);
    struct dice dice = {12};
    for (int utf8 = 0; utf8 < 2; utf8++) {
        if (!set_charset(utf8))
            skip();
        for (size_t alignment = 0; alignment < BLOCK; alignment += quick_step(9))
            for (size_t length = 0; length <= 3 * BLOCK; length += 1 + (length > 80) * dice_below(&dice, 7)) {
                char *text = fence.begin + alignment;
                memset(fence.begin, 'x', 4096);
                for (size_t i = 0; i < length; i += make_text(&dice, text + i, length - i) + 1)
                    text[i] = 'y';
                check_all(text, length, utf8);
            }
    }
    fence_free(fence);
}

/* Each piece behind each other at every place of a block, in text that is counted in each of the ways. */
static void test_pieces_at_every_place(void **state)
{
    (void)state;
    static const char *const fillers[] = {"a", "\xd0\xb6", "\xe4\xbd\xa0", "\xf0\x9f\x98\x80"};
    _Alignas(BLOCK) char text[6 * BLOCK];
    if (!set_charset(true))
        skip();
    for (size_t f = 0; f < COUNT(fillers); f++)
        for (size_t p = 0; p < COUNT(pieces); p++)
            for (size_t q = 0; q < COUNT(pieces); q += (1 + (p + f) % 3) * quick_step(31))
                for (size_t at = BLOCK - 8; at <= 3 * BLOCK + 1; at += at == BLOCK + 1 ? 2 * BLOCK - 9 : 1) {
                    /* Behind the first block, which is copied, and behind the third. */
                    size_t used = 0;
                    if (at % 2)
                        text[used++] = 'a';
                    while (used < at) {
                        memcpy(text + used, fillers[f], strlen(fillers[f]));
                        used += strlen(fillers[f]);
                    }
                    memcpy(text + used, pieces[p], strlen(pieces[p]));
                    used += strlen(pieces[p]);
                    memcpy(text + used, pieces[q], strlen(pieces[q]));
                    used += strlen(pieces[q]);
                    while (used < 5 * BLOCK) {
                        memcpy(text + used, fillers[f], strlen(fillers[f]));
                        used += strlen(fillers[f]);
                    }
                    const struct kernels *kernels;
                    for (size_t k = 0; (kernels = kernels_get(k)); k++)
                        check_sums(kernels, text, used, true, (p + q) % 4 != 0);
                }
}

/* The spaces are those of the C library and the no-break spaces; a character is what mbrtowc() takes for one. */
static void test_every_character(void **state)
{
    (void)state;
    if (!set_charset(true))
        skip();
    const struct kernels *kernels = kernels_get(0);
    struct count_rules rules = {.no_break = false};
    for (uint32_t c = 0x80; c < 0x110000; c += c < 0x3100 ? 1 : (uint32_t)quick_step(1009)) {
        char text[8] = "a", *p = text + 1;
        if (c >= 0xd800 && c < 0xe000)
            continue;
        if (c < 0x800) {
            *p++ = (char)(0xc0 | c >> 6);
        } else if (c < 0x10000) {
            *p++ = (char)(0xe0 | c >> 12);
            *p++ = (char)(0x80 | (c >> 6 & 63));
        } else {
            *p++ = (char)(0xf0 | c >> 18);
            *p++ = (char)(0x80 | (c >> 12 & 63));
            *p++ = (char)(0x80 | (c >> 6 & 63));
        }
        *p++ = (char)(0x80 | (c & 63));
        *p++ = 'b';
        struct count_sums sums = {0};
        kernels->count_utf8(text, (size_t)(p - text), &rules, &sums);
        if (sums.words != (iswspace(c) ? 2 : 1) || sums.characters != 3)
            fail_msg("U+%04X: %ld words, %ld characters", c, (long)sums.words, (long)sums.characters);
        if (iswspace(c) || plain_is_no_break(c))
            for (size_t k = 0; (kernels = kernels_get(k)); k++) {
                check_sums(kernels, text, (size_t)(p - text), true, true);
                check_sums(kernels, text, (size_t)(p - text), true, false);
            }
        kernels = kernels_get(0);
    }
    /* Every first and second byte, with what may follow. */
    for (unsigned first = 0x80; first < 256; first++)
        for (unsigned second = 0; second < 256; second++)
            for (size_t length = 1; length <= 6; length++) {
                char text[8] = {(char)first, (char)second, '\x80', '\xbf', '\x9f', '\xa0'};
                for (size_t k = 0; (kernels = kernels_get(k)); k++)
                    check_sums(kernels, text, length, true, true);
            }
}

/* What `narrow` says of some letters must be so, or the column kernels would not be used for them. */
static void test_narrow_letters(void **state)
{
    (void)state;
    if (!set_charset(true))
        skip();
    for (wchar_t c = 0xc0; c < 0x480; c++)
        if ((c < 0x300 || c >= 0x384) && c != 0x38b && c != 0x38d && c != 0x3a2)
            assert_int_equal(wcwidth(c), 1);
    /* The kernels do all these, and nothing with a letter that is not there or combines. */
    char text[600];
    for (uint32_t c = 0xc0; c < 0x500; c++) {
        size_t length = 0;
        while (length < 300)
            text[length++] = 'a';
        text[100] = (char)(0xc0 | c >> 6);
        text[101] = (char)(0x80 | (c & 63));
        struct count_rules rules = {.narrow = true};
        const struct kernels *kernels;
        for (size_t k = 0; (kernels = kernels_get(k)); k++) {
            struct count_columns columns = {0};
            size_t done = kernels->count_columns_utf8(text, length, &rules, &columns);
            bool known = c < 0x300 || (c >= 0x384 && c < 0x480 && c != 0x38b && c != 0x38d && c != 0x3a2);
            assert_int_equal(done == length, known);
            if (known)
                assert_int_equal(columns.column, 299);
            check_columns(kernels, text, length, true);
        }
    }
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_short_texts),           cmocka_unit_test(test_random_texts),
        cmocka_unit_test(test_pieces_at_every_place), cmocka_unit_test(test_every_character),
        cmocka_unit_test(test_narrow_letters),
    };
    return cmocka_run_group_tests_name("count kernels", tests, NULL, NULL);
}
