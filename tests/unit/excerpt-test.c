/* excerpt-test.c - which part of a long line is shown, however it is cut into segments, and what is said of the rest.
 */
#include "task/excerpt.h"

#include "base/utf8.h"

#include "test.h"

/* Whether a character of the text goes across the place: every one here is valid. */
static bool is_inside(const char *text, size_t length, uint64_t at)
{
    return at < length && ((unsigned char)text[at] & 0xc0) == 0x80;
}

/* What is shown of a text of `length` bytes that comes in random segments, copied to `shown`. */
static size_t show(struct dice *dice, struct excerpt *excerpt, const char *text, size_t length, uint64_t *matches,
                   char *shown)
{
    size_t size = 0;
    *matches = 0;
    for (size_t at = 0, next; at < length && excerpt_goes_on(excerpt); at = next) {
        next = at + 1 + dice_below(dice, length - at);
        while (excerpt->unicode && is_inside(text, length, next))
            next++;
        struct segment segment = {.text = {text + at, text + next}, .match = dice_below(dice, 2) == 0};
        bool match = segment.match;
        if (!excerpt_cut(excerpt, &segment)) {
            assert_ptr_equal(segment.text.begin, segment.text.end);
            continue;
        }
        /* A segment that is cut at its end is the last. */
        assert_true(segment.rest || match || segment.text.end == text + next);
        *matches += match;
        memcpy(shown + size, segment.text.begin, (size_t)(segment.text.end - segment.text.begin));
        size += (size_t)(segment.text.end - segment.text.begin);
    }
    return size;
}

static void test_cuts(void **state)
{
    (void)state;
    static const char *const characters[] = {"a", "b", "\xc3\xa9", "\xe6\x97\xa5", "\xf0\x9f\x98\x80"};
    struct dice dice = {3};
    for (size_t i = 0; i < 100000; i++) {
        char text[64] = "", shown[64];
        for (size_t j = 2 + dice_below(&dice, 10); j; j--)
            strcat(text, characters[dice_below(&dice, COUNT(characters))]);
        size_t length = strlen(text);
        uint64_t limit = 1 + dice_below(&dice, length - 1), from = dice_below(&dice, length - limit + 1), matches;
        uint64_t begin = from, end = from + limit;
        bool unicode = dice_below(&dice, 4) > 0;
        while (unicode && is_inside(text, length, begin))
            begin++;
        while (unicode && is_inside(text, length, end))
            end--;
        struct excerpt excerpt = {.begin = from, .end = from + limit, .unicode = unicode};
        size_t size = show(&dice, &excerpt, text, length, &matches, shown);
        assert_int_equal(excerpt.matches, matches);
        assert_int_equal(size, begin < end ? end - begin : 0);
        assert_memory_equal(shown, text + begin, size);
        if (size) {
            assert_int_equal(excerpt.begin, begin);
            assert_int_equal(excerpt.end, end);
        }
        /* What is left out before and behind, and what is shown, is all. */
        assert_in_range(excerpt.begin + size, 0, length);
        assert_false(excerpt_goes_on(&excerpt));
    }
}

/* Bytes that are no characters are cut anywhere, those that are, nowhere. */
static void test_invalid(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint64_t limit, shown;
    } cases[] = {
        {"a\x80\x80\x80\x80", 3, 3}, {"\xff\xa9\xa9", 2, 2},    {"\xc3\xa9\xa9\xa9", 3, 3},
        {"\xc3\xa9\xa9\xa9", 1, 0},  {"\xed\xa0\x80xxx", 2, 2}, {"\xf0\x9f\x98\x80xx", 3, 0},
        {"\xf0\x9f\x98", 2, 2},      {"\xc0\x80\x80", 1, 1},    {"\xe6\x97\xa5\x80\x80\x80", 5, 5},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct excerpt excerpt = {.end = cases[i].limit, .unicode = true};
        struct segment segment = {.text = {cases[i].text, cases[i].text + strlen(cases[i].text)}};
        assert_int_equal(excerpt_cut(&excerpt, &segment), cases[i].shown > 0);
        assert_int_equal(excerpt.end, cases[i].shown);
    }
}

static void test_choice(void **state)
{
    (void)state;
    static const struct {
        struct extent extent;
        enum preview preview;
        uint64_t limit, begin;
    } cases[] = {
        {{100, 1, 50, 60}, PREVIEW_START, 20, 0},   {{100, 1, 50, 60}, PREVIEW_MATCH, 20, 45},
        {{100, 1, 50, 61}, PREVIEW_MATCH, 20, 46},  {{100, 1, 50, 70}, PREVIEW_MATCH, 20, 50},
        {{100, 1, 50, 90}, PREVIEW_MATCH, 20, 50},  {{100, 1, 2, 3}, PREVIEW_MATCH, 20, 0},
        {{100, 1, 99, 100}, PREVIEW_MATCH, 20, 80}, {{100, 1, 90, 99}, PREVIEW_MATCH, 20, 80},
        {{100, 1, 85, 86}, PREVIEW_MATCH, 20, 76},  {{100, 0, 0, 0}, PREVIEW_MATCH, 20, 0},
        {{100, 1, 0, 100}, PREVIEW_MATCH, 99, 0},   {{100, 1, 50, 50}, PREVIEW_MATCH, 1, 50},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct query query = {.max_columns = cases[i].limit, .preview = cases[i].preview, .unicode = i & 1};
        struct excerpt excerpt = excerpt_choose(&query, &cases[i].extent);
        assert_int_equal(excerpt.begin, cases[i].begin);
        assert_int_equal(excerpt.end, cases[i].begin + cases[i].limit);
        assert_int_equal(excerpt.unicode, i & 1);
        assert_int_equal(excerpt.position, 0);
    }
}

static void test_remarks(void **state)
{
    (void)state;
    char remark[EXCERPT_REMARK_SIZE];
    excerpt_remark_whole(remark, "line", 12345, 3);
    assert_string_equal(remark, "[line of 12345 bytes, 3 matches]");
    excerpt_remark_whole(remark, "line", 2, 1);
    assert_string_equal(remark, "[line of 2 bytes, 1 match]");
    excerpt_remark_whole(remark, "match", UINT64_MAX, 0);
    assert_string_equal(remark, "[match of 18446744073709551615 bytes]");
    excerpt_remark_before(remark, 1);
    assert_string_equal(remark, "[... 1 byte] ");
    excerpt_remark_behind(remark, 12, 0);
    assert_string_equal(remark, " [... 12 bytes]");
    excerpt_remark_behind(remark, 1, 1);
    assert_string_equal(remark, " [... 1 byte, 1 more match]");
    excerpt_remark_behind(remark, UINT64_MAX, UINT64_MAX);
    assert_string_equal(remark, " [... 18446744073709551615 bytes, 18446744073709551615 more matches]");
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cuts),
        cmocka_unit_test(test_invalid),
        cmocka_unit_test(test_choice),
        cmocka_unit_test(test_remarks),
    };
    return cmocka_run_group_tests_name("excerpt", tests, NULL, NULL);
}
