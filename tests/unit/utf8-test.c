/*
 * utf8-test.c - whether bytes are UTF-8, against a decoder that knows only the definition.
 */
#include "base/utf8.h"

#include "test.h"

#include <locale.h>
#include <wchar.h>

static struct fence fence;

/* Decodes one character: its length, 0 when it is none. */
static size_t decode(const unsigned char *p, size_t left)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t ones = 0;
    while (ones < 8 && p[0] >> (7 - ones) & 1)
        ones++;
    if (ones == 0)
        return 1;
    if (ones < 2 || ones > 4 || ones > left)
        return 0;
    uint32_t code_point = p[0] & (0x7fu >> ones);
    for (size_t i = 1; i < ones; i++) {
        if (p[i] >> 6 != 2)
            return 0;
        code_point = code_point << 6 | (p[i] & 0x3fu);
    }
    bool surrogate = code_point >= 0xd800 && code_point <= 0xdfff;
    return code_point < least[ones] || code_point > 0x10ffff || surrogate ? 0 : ones;
}

static bool plain_is_valid(const char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        size_t step = decode((const unsigned char *)text + i, length - i);
        if (step == 0)
            return false;
        i += step;
    }
    return true;
}

/* The bytes end where the readable memory does. */
static void check(const char *bytes, size_t length, size_t before, size_t after)
{
    char *text = fence.end - before - length - after;
    memset(text, 'a', before);
    memcpy(text + before, bytes, length);
    memset(text + before + length, 'z', after);
    bool expected = plain_is_valid(text, before + length + after);
    if (utf8_is_valid(text, before + length + after) != expected)
        fail_msg("%zu bytes %02x %02x %02x %02x after %zu and before %zu: not %s", length, (unsigned char)bytes[0],
                 (unsigned char)bytes[1], (unsigned char)bytes[2], (unsigned char)bytes[3], before, after,
                 expected ? "taken" : "refused");
}

/* At and next to every bound of table 3-7. */
static const char interesting[] = "\x00z\x7f\x80\x8f\x90\x9f\xa0\xbf\xc0\xc1\xc2\xdf\xe0\xe1\xec\xed\xee\xef\xf0\xf1"
                                  "\xf3\xf4\xf5\xf8\xff";
#define INTERESTING (sizeof interesting - 1)

static void test_sequences(void **state)
{
    (void)state;
    fence = fence_create(4096);
    char bytes[4];
    for (size_t i = 0; i < INTERESTING * INTERESTING * INTERESTING * INTERESTING; i++) {
        size_t rest = i;
        for (size_t j = 0; j < 4; j++, rest /= INTERESTING)
            bytes[j] = interesting[rest % INTERESTING];
        check(bytes, 4, 0, 0);
        check(bytes, 4, 1 + i % 8, i % 3 ? 9 : 0);
    }
    /* Shorter ones at every place within and across two words. */
    for (size_t length = 1; length <= 3; length++)
        for (size_t i = 0; i < INTERESTING * INTERESTING * INTERESTING; i++) {
            size_t rest = i;
            for (size_t j = 0; j < 3; j++, rest /= INTERESTING)
                bytes[j] = interesting[rest % INTERESTING];
            bytes[3] = 0;
            for (size_t before = 0; before <= 16; before++)
                check(bytes, length, before, (i + before) % 18);
        }
    fence_free(fence);
}

static void test_all_code_points(void **state)
{
    (void)state;
    fence = fence_create(4096);
    for (uint32_t c = 0x80; c < 0x200000; c++) {
        char bytes[4] = {0};
        size_t length = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        for (size_t i = length; i-- > 1;)
            bytes[i] = (char)(0x80 | (c >> (6 * (length - 1 - i)) & 0x3f));
        bytes[0] = (char)((0xf00 >> length & 0xff) | c >> (6 * (length - 1)));
        char *text = fence.end - length;
        memcpy(text, bytes, length);
        bool valid = c <= 0x10ffff && !(c >= 0xd800 && c <= 0xdfff);
        if (utf8_is_valid(text, length) != valid)
            fail_msg("U+%X is %s", (unsigned)c, valid ? "refused" : "taken");
        if (utf8_is_valid(text, length - 1))
            fail_msg("U+%X cut short is taken", (unsigned)c);
    }
    fence_free(fence);
}

static void test_texts(void **state)
{
    (void)state;
    static const char *const pieces[] = {"a",    "abcdefgh",     "\xd1\x8f", "\xe2\x82\xac", "\xf0\x9f\x98\x80",
                                         "\x80", "\xed\xa0\x80", "\xc3",     "\n",           "abcdefghijklmnopq"};
    struct dice dice = {1};
    size_t good = 0;
    for (unsigned round = 0; round < 100000; round++) {
        char text[128];
        size_t length = 0, kinds = round & 1 ? 5 : COUNT(pieces);
        for (size_t i = dice_below(&dice, 7); i; i--) {
            const char *piece = pieces[dice_below(&dice, kinds)];
            memcpy(text + length, piece, strlen(piece));
            length += strlen(piece);
        }
        bool expected = plain_is_valid(text, length);
        good += expected;
        assert_int_equal(utf8_is_valid(text, length), expected);
    }
    assert_in_range(good, 50000, 90000);
    assert_true(utf8_is_valid("", 0));
}

/* Every first and second byte, with what may follow, as the C library decodes it. */
static void test_decode(void **state)
{
    (void)state;
    if (!setlocale(LC_CTYPE, "C.UTF-8"))
        skip();
    for (unsigned first = 0; first < 256; first++)
        for (unsigned second = 0; second < 256; second++)
            for (size_t length = 1; length <= 7; length++) {
                char text[8] = {(char)first, (char)second, '\x80', '\xbf', '\x9f', '\xa0', 'x'};
                wchar_t wide = L'\0';
                mbstate_t mbstate;
                memset(&mbstate, 0, sizeof mbstate);
                size_t expected = mbrtowc(&wide, text, length, &mbstate);
                if (expected > 6)
                    expected = 0; /* an error, or not the whole */
                else if (expected == 0)
                    expected = 1;
                uint32_t character;
                assert_int_equal(utf8_decode(text, length, &character), expected);
                if (expected) {
                    assert_int_equal(character, wide);
                    assert_int_equal(utf8_sequence_length(text[0]), expected);
                }
            }
}

static void test_mark(void **state)
{
    (void)state;
    static const char text[] = "\xef\xbb\xbf\xef\xbb\xbf";
    fence = fence_create(4096);
    for (size_t length = 0; length <= 6; length++) {
        char *end = memcpy(fence.end - length, text, length);
        assert_int_equal(utf8_mark_length(end, length), length < 3 ? 0 : 3);
    }
    fence_free(fence);
    assert_int_equal(utf8_mark_length("\xef\xbb\xbe", 3), 0);
    assert_int_equal(utf8_mark_length("a\xef\xbb\xbf", 4), 0);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sequences), cmocka_unit_test(test_all_code_points),
        cmocka_unit_test(test_texts),     cmocka_unit_test(test_decode),
        cmocka_unit_test(test_mark),
    };
    return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
