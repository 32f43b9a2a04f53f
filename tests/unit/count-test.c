/*
 * count-test.c - counting in pieces of any size, joined in any order, against counting one character at a time.
 */
#include "cli/count-locale.h"
#include "task/count.h"

#include "../plain-wc.h"
#include "base/utf8.h"
#include "test.h"

#include <locale.h>

#define ROOM 3000

static const char *const pieces[] = {
    "a",
    "b ",
    "\n",
    "\t",
    "\r",
    "\f",
    "\v",
    "\x01",
    " ",
    "word",
    "\xd0\xb6",
    "\xcc\x81",
    "\xc2\xa0",
    "\xe2\x80\x83",
    "\xe2\x80\xaf",
    "\xe3\x80\x80",
    "\xe5\xa5\xbd",
    "\xf0\x9f\x98\x80",
    "\xfc\x84\x80\x80\x80\x80",
    "\x80",
    "\xe2\x80",
    "\xbf\xbf\xbf\xbf\xbf\xbf\xbf",
    "\xff",
    "\xf8\x88\x80",
    "\xc3",
    "\xed\xa0\x80",
    "\xa0",
};

static size_t make_text(struct dice *dice, char *to, size_t most)
{
    size_t used = 0, kinds = dice_below(dice, 4) == 0 ? 10 : COUNT(pieces), wanted = dice_below(dice, most + 1);
    for (;;) {
        const char *piece = pieces[dice_below(dice, kinds)];
        size_t length = strlen(piece);
        if (length > wanted - used)
            return used;
        memcpy(to + used, piece, length);
        used += length;
    }
}

/* Where chunks that are cut at these places, regardless of characters, are cut in fact. */
static size_t real_seam(const struct count *count, const char *text, size_t length, size_t seam)
{
    return seam == 0 || seam == length ? seam : seam + count_seam(count, text + seam, length - seam);
}

/* Counts text[from..to) in pieces, joined as a tree of any shape. */
static struct count_result count_pieces(struct counter *counter, const struct count *count, struct dice *dice,
                                        const char *text, size_t length, size_t from, size_t to)
{
    struct count_result result;
    if (to - from <= 1 || dice_below(dice, 4) == 0) {
        size_t begin = real_seam(count, text, length, from), end = real_seam(count, text, length, to);
        counter_run(counter, text + begin, end > begin ? end - begin : 0, &result);
        return result;
    }
    size_t middle = from + dice_below(dice, to - from + 1);
    result = count_pieces(counter, count, dice, text, length, from, middle);
    struct count_result right = count_pieces(counter, count, dice, text, length, middle, to);
    count_join(&result, &right);
    return result;
}

/* Counts as a stream does: what is not cut off goes before what comes next. */
static struct count_result count_stream(struct counter *counter, const struct count *count, struct dice *dice,
                                        const char *text, size_t length)
{
    struct count_result result = {.lines = 0};
    for (size_t begin = 0, end = 0; begin < length;) {
        end += 1 + dice_below(dice, 9);
        size_t cut = length - begin;
        if (end >= length)
            end = length;
        else
            cut = count_cut(count, text + begin, end - begin);
        assert_in_range(end - begin - (end < length ? cut : end - begin), 0, 5);
        struct count_result next;
        counter_run(counter, text + begin, cut, &next);
        count_join(&result, &next);
        begin += cut;
    }
    return result;
}

static void check(const struct count *count, const struct count_result *result, const struct plain_counts *plain,
                  const char *how)
{
    bool same = result->bytes == plain->bytes;
    if (count->wanted[COUNT_LINES])
        same &= result->lines == plain->lines;
    if (count->wanted[COUNT_WORDS])
        same &= result->words == plain->words;
    if (count->wanted[COUNT_CHARACTERS])
        same &= result->characters == plain->characters;
    if (count->wanted[COUNT_LONGEST])
        same &= count_longest(result) == plain->longest;
    if (!same)
        fail_msg("%s, %s, %d: %ld %ld %ld %ld %ld, not %ld %ld %ld %ld %ld", count->kernels->name, how, count->charset,
                 (long)result->lines, (long)result->words, (long)result->characters, (long)result->bytes,
                 (long)count_longest(result), (long)plain->lines, (long)plain->words, (long)plain->characters,
                 (long)plain->bytes, (long)plain->longest);
}

static void test_splits(void **state)
{
    (void)state;
    struct dice dice = {5};
    char text[ROOM];
    for (int utf8 = 0; utf8 < 2; utf8++) {
        if (!setlocale(LC_CTYPE, utf8 ? "C.UTF-8" : "C"))
            skip();
        for (int round = 0; round < 40000; round++) {
            bool no_break = round % 3;
            size_t kernels_count = 0;
            while (kernels_get(kernels_count))
                kernels_count++;
            struct count count;
            memset(&count, 0, sizeof count);
            count.kernels = kernels_get((size_t)round % kernels_count);
            count_locale_ask(&count, no_break);
            for (int kind = 0; kind < COUNT_KINDS; kind++)
                count.wanted[kind] = round % 7 == 0 || dice_below(&dice, 2);
            size_t length = make_text(&dice, text, round % 5 ? 60 : ROOM);
            struct plain_counts plain = plain_count(text, length, no_break);
            struct counter *counter = counter_create(&count);
            struct count_result result;
            counter_run(counter, text, length, &result);
            check(&count, &result, &plain, "whole");
            result = count_pieces(counter, &count, &dice, text, length, 0, length);
            check(&count, &result, &plain, "pieces");
            result = count_stream(counter, &count, &dice, text, length);
            check(&count, &result, &plain, "stream");
            counter_free(counter);
        }
    }
}

/* Longer than the piece in which several kernels take turns. */
static void test_long_text(void **state)
{
    (void)state;
    struct dice dice = {6};
    size_t length = 0, room = 200000;
    char *text = malloc(room);
    if (!setlocale(LC_CTYPE, "C.UTF-8"))
        skip();
    while (room - length > ROOM)
        length += make_text(&dice, text + length, ROOM);
    struct plain_counts plain = plain_count(text, length, true);
    for (size_t k = 0; kernels_get(k); k++) {
        struct count count;
        memset(&count, 0, sizeof count);
        count.kernels = kernels_get(k);
        count_locale_ask(&count, true);
        memset(count.wanted, 1, sizeof count.wanted);
        struct counter *counter = counter_create(&count);
        struct count_result result;
        counter_run(counter, text, length, &result);
        check(&count, &result, &plain, "long");
        counter_free(counter);
    }
    free(text);
}

/* A charset of bytes of which some beyond ASCII are letters, as in ISO 8859-1. */
static void test_table(void **state)
{
    (void)state;
    struct count count;
    memset(&count, 0, sizeof count);
    setlocale(LC_CTYPE, "C");
    count.kernels = kernels_get(0);
    count_locale_ask(&count, true);
    assert_int_equal(count.charset, COUNT_AS_BYTES);
    count.charset = COUNT_AS_TABLE;
    for (int byte = 0xa0; byte < 256; byte++)
        count.classes[byte] = COUNT_PRINTS;
    count.classes[0xa0] |= COUNT_SPACE;
    memset(count.wanted, 1, sizeof count.wanted);
    struct counter *counter = counter_create(&count);
    struct count_result result;
    static const char text[] = "\xe9t\xe9\xa0\xe0 P\x80\n\tx\xe9\r";
    counter_run(counter, text, sizeof text - 1, &result);
    assert_int_equal(result.lines, 1);
    assert_int_equal(result.words, 4);
    assert_int_equal(result.characters, sizeof text - 1);
    assert_int_equal(count_longest(&result), 10);
    counter_free(counter);
}

static void test_is_size(void **state)
{
    (void)state;
    struct count count;
    memset(&count, 0, sizeof count);
    setlocale(LC_CTYPE, "C");
    count.kernels = kernels_get(0);
    count_locale_ask(&count, true);
    count.wanted[COUNT_BYTES] = count.wanted[COUNT_CHARACTERS] = true;
    assert_true(count_is_size(&count));
    count.charset = COUNT_AS_UTF8;
    assert_false(count_is_size(&count));
    count.wanted[COUNT_CHARACTERS] = false;
    assert_true(count_is_size(&count));
    count.wanted[COUNT_LONGEST] = true;
    assert_false(count_is_size(&count));
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_splits),
        cmocka_unit_test(test_long_text),
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_is_size),
    };
    return cmocka_run_group_tests_name("count", tests, NULL, NULL);
}
