/*
 * decoder-test.c - text in other encodings, fed in pieces of all sizes.
 */
#include "input/decoder.h"

#include "test.h"

/* What comes of a text that is fed and taken in pieces. */
static size_t decode(const char *encoding, const char *text, size_t length, size_t fed, size_t taken, char *to)
{
    struct decoder *decoder = decoder_create(encoding);
    assert_non_null(decoder);
    size_t done = 0, at = 0;
    while (!decoder_has_ended(decoder)) {
        size_t got = decoder_take(decoder, to + done, taken), room;
        done += got;
        if (got > 0)
            continue;
        char *raw = decoder_room(decoder, &room);
        size_t piece = length - at < fed ? length - at : fed;
        piece = piece < room ? piece : room;
        memcpy(raw, text + at, piece);
        decoder_feed(decoder, piece);
        at += piece;
    }
    decoder_free(decoder);
    return done;
}

static void check(const char *encoding, const char *text, size_t length, const char *expected)
{
    char got[100];
    for (size_t fed = 1; fed <= length + 1; fed++)
        for (size_t taken = 1; taken <= 9; taken++) {
            size_t done = decode(encoding, text, length, fed, taken, got);
            assert_int_equal(done, strlen(expected));
            assert_memory_equal(got, expected, done);
        }
}
#define CHECK(encoding, text, expected) check(encoding, text, sizeof(text) - 1, expected)

static void test_text(void **state)
{
    (void)state;
    CHECK("UTF-16LE", "a\0\xfc\0-N=\xd8\0\xde", "a\u00fc\u4e2d\U0001f600");
    CHECK("UTF-16BE", "\0a\0\xfcN-\xd8=\xde\0", "a\u00fc\u4e2d\U0001f600");
    CHECK("UTF-32LE", "a\0\0\0\0\xf6\1\0", "a\U0001f600");
    CHECK("latin1", "a\xfc", "a\u00fc");
    CHECK("UTF-16LE", "", "");
}

static void test_marks(void **state)
{
    (void)state;
    CHECK("UTF-16LE",
          "\xff\xfe"
          "a\0",
          "a");
    CHECK("UTF-16",
          "\xff\xfe"
          "a\0",
          "a");
    CHECK("utf-16", "\xfe\xff\0a", "a");
    CHECK("UTF-16", "a\0", "a");
    CHECK("UTF-16", "a\0\xff\xfe", "a\ufeff"); /* it is no mark there */
    CHECK("UTF-32", "\0\0\xfe\xff\0\0\0a", "a");
    CHECK("UTF-32", "a\0\0\0", "a");
    assert_string_equal(decoder_marked("\xff\xfe"
                                       "a\0",
                                       4),
                        "UTF-16LE");
    assert_string_equal(decoder_marked("\xff\xfe\0\0", 4), "UTF-32LE");
    assert_string_equal(decoder_marked("\xff\xfe", 2), "UTF-16LE");
    assert_null(decoder_marked("\xff", 1));
    assert_null(decoder_marked("\xef\xbb\xbf"
                               "a",
                               4));
    assert_true(decoder_may_be_marked("\xff", 1));
    assert_true(decoder_may_be_marked("\xff\xfe\0", 3));
    assert_false(decoder_may_be_marked("a", 1));
    assert_false(decoder_may_be_marked("\xff\xfe"
                                       "a",
                                       3));
}

static void test_wrong(void **state)
{
    (void)state;
    CHECK("UTF-16LE",
          "\0\xdc"
          "a\0",
          "\xff"
          "a"); /* the second half of a pair */
    CHECK("UTF-16LE",
          "\0\xd8"
          "a\0",
          "\xff"
          "a");                              /* the first */
    CHECK("UTF-16LE", "a\0b", "a\xff");      /* half a unit at the end */
    CHECK("UTF-16LE", "a\0\0\xd8", "a\xff"); /* half a pair there */
    CHECK("UTF-32LE",
          "\0\0\x11\0"
          "a\0\0\0",
          "\xff"
          "a"); /* beyond the last character */
    assert_null(decoder_create("no such encoding"));
}

/* More than the pieces that it works by, with characters across their ends. */
static void test_long(void **state)
{
    (void)state;
    const size_t count = 100001;
    char *text = malloc(3 * count), *got = malloc(4 * count);
    assert_non_null(text);
    assert_non_null(got);
    for (size_t i = 0; i < count; i++)
        memcpy(text + 2 * i, i % 2 ? "-N" : "a\0", 2);
    size_t done = decode("UTF-16LE", text, 2 * count, 70001, 300001, got);
    assert_int_equal(done, count / 2 * 4 + 1);
    for (size_t i = 0; i + 4 <= done; i += 4)
        assert_memory_equal(got + i, "a\u4e2d", 4);
    free(text);
    free(got);
}

int main(void)
{
    watch();
    struct decoder *decoder = decoder_create("UTF-16LE");
    if (!decoder) {
        puts("skipped: iconv knows no UTF-16 here");
        return 77;
    }
    decoder_free(decoder);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_wrong),
        cmocka_unit_test(test_long),
    };
    return cmocka_run_group_tests_name("decoder", tests, NULL, NULL);
}
