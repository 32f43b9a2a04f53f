/*
 * kernels-test.c - every kernel that this processor has, against a plain loop.
 */
#include "kernels/kernels.h"

#include "test.h"

/* The longest vector of any kernel, bytes. */
#define VECTOR 64

/* What newline kernels add up in one go: four vectors at a step, 255 steps. */
#define STEPS 255

static size_t plain_newlines(const char *text, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += text[i] == '\n';
    return count;
}

static unsigned plain_class(const char *text, size_t length)
{
    unsigned found = TEXT_ASCII;
    for (size_t i = 0; i < length; i++)
        found |= (text[i] == 0 ? TEXT_NUL : 0u) | ((unsigned char)text[i] > 127 ? TEXT_HIGH : 0u);
    return found;
}

static void check(const struct kernels *kernels, const char *text, size_t length, size_t newlines, unsigned class)
{
    size_t count = kernels->count_newlines(text, length);
    if (count != newlines)
        fail_msg("%s: %zu newlines instead of %zu in %zu bytes at %p", kernels->name, count, newlines, length,
                 (const void *)text);
    size_t nuls = kernels->count_nuls(text, length);
    size_t plain_nuls = 0;
    for (size_t i = 0; i < length; i++)
        plain_nuls += text[i] == 0;
    if (nuls != plain_nuls)
        fail_msg("%s: %zu NULs instead of %zu in %zu bytes at %p", kernels->name, nuls, plain_nuls, length,
                 (const void *)text);
    unsigned found = kernels->classify(text, length);
    if (found != class)
        fail_msg("%s: class %u instead of %u for %zu bytes at %p", kernels->name, found, class, length,
                 (const void *)text);
}

static void test_names(void **state)
{
    (void)state;
    const struct kernels *kernels, *last = NULL;
    assert_non_null(kernels_get(0));
    for (size_t i = 0; (kernels = kernels_get(i)); i++) {
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(kernels->name, kernels_get(j)->name);
        assert_ptr_equal(kernels_choose(kernels->name), kernels);
        last = kernels;
        print_message("%s\n", kernels->name);
    }
    assert_string_equal(last->name, "c");
    assert_null(kernels_choose("mmx"));
    assert_ptr_equal(kernels_choose(""), kernels_get(0));
    assert_ptr_equal(kernels_choose(NULL), kernels_get(0));
}

/* Few bytes, so that each comes often, and close to the ones that count. */
static const char alphabets[][8] = {
    {'\n', '\n', '\n', '\n', '\n', '\n', '\n', '\n'},
    {'a', '\n', 'b', '\n', '\v', '\t', '\n', 'z'},
    {'\n', '\0', '\x8a', '\x80', '\v', '\t', '\xff', '\x01'},
    {'\x01', '\x7f', '\n', ' ', '\x0b', '\x1a', '\x4a', '\x09'},
};

static void test_every_length(void **state)
{
    (void)state;
    const struct kernels *kernels;
    struct fence fence = fence_create(4096);
    struct dice dice = {1};
    for (size_t k = 0; (kernels = kernels_get(k)); k++)
        for (size_t a = 0; a < COUNT(alphabets); a++)
            for (size_t alignment = 0; alignment < 128; alignment++) {
                /* What lies around the text would be counted too. */
                memset(fence.begin, alignment & 1 ? '\n' : '\xff', 4096);
                memset(fence.end - 2048, alignment & 2 ? '\n' : '\0', 2048);
                char *text = fence.begin + alignment;
                size_t newlines = 0;
                unsigned class = TEXT_ASCII;
                for (size_t length = 0; length <= 4 * VECTOR + 8; length++) {
                    check(kernels, text, length, newlines, class);
                    text[length] = alphabets[a][dice_below(&dice, 8)];
                    newlines += plain_newlines(text + length, 1);
                    class |= plain_class(text + length, 1);
                }
            }
    fence_free(fence);
}

static void test_fences(void **state)
{
    (void)state;
    const struct kernels *kernels;
    struct fence fence = fence_create(4096);
    struct dice dice = {2};
    for (char *p = fence.begin; p < fence.end; p++)
        *p = alphabets[2][dice_below(&dice, 8)];
    for (size_t k = 0; (kernels = kernels_get(k)); k++)
        for (size_t length = 0; length <= 4096; length++) {
            const char *at[] = {fence.begin, fence.end - length};
            for (size_t i = 0; i < COUNT(at); i++)
                check(kernels, at[i], length, plain_newlines(at[i], length), plain_class(at[i], length));
        }
    fence_free(fence);
}

/* One byte that counts, at every place of every length. */
static void test_single_bytes(void **state)
{
    (void)state;
    static const size_t alignments[] = {0, 1, 63};
    static const char singles[] = {'\n', '\0', '\x80', '\x8a'};
    const struct kernels *kernels;
    struct fence fence = fence_create(4096);
    for (size_t k = 0; (kernels = kernels_get(k)); k++)
        for (size_t a = 0; a < COUNT(alignments); a++)
            for (size_t s = 0; s < COUNT(singles); s++) {
                char *text = fence.begin + alignments[a];
                memset(fence.begin, 'a', 4096);
                for (size_t length = 1; length <= 4 * VECTOR + 8; length++)
                    for (size_t at = 0; at < length; at++) {
                        text[at] = singles[s];
                        check(kernels, text, length, singles[s] == '\n', plain_class(singles + s, 1));
                        text[at] = 'a';
                    }
            }
    fence_free(fence);
}

/* All pairs of neighbours: lanes do not disturb each other. */
static void test_pairs(void **state)
{
    (void)state;
    const struct kernels *kernels;
    char text[4 * VECTOR];
    for (size_t k = 0; (kernels = kernels_get(k)); k++)
        for (unsigned first = 0; first < 256; first++)
            for (unsigned second = 0; second < 256; second++) {
                for (size_t i = 0; i < sizeof text; i++)
                    text[i] = (char)(i & 1 ? second : first);
                size_t half = sizeof text / 2;
                check(kernels, text, sizeof text, (first == '\n' ? half : 0) + (second == '\n' ? half : 0),
                      plain_class(text, 2));
            }
}

/* More than a lane of 8 bits counts to, in texts around whole blocks of steps. */
static void test_long(void **state)
{
    (void)state;
    const struct kernels *kernels;
    size_t room = (2 * STEPS + 4) * 4 * VECTOR;
    struct fence fence = fence_create(room);
    struct dice dice = {3};
    for (int random = 0; random < 2; random++) {
        memset(fence.begin, '\n', (size_t)(fence.end - fence.begin));
        for (char *p = fence.begin; random && p < fence.end; p++)
            *p = alphabets[dice_below(&dice, 2)][dice_below(&dice, 8)];
        for (size_t k = 0; (kernels = kernels_get(k)); k++)
            for (size_t vector = 8; vector <= VECTOR; vector *= 2)
                for (size_t blocks = 1; blocks <= 2; blocks++)
                    for (size_t i = 0; i < 24; i++) {
                        size_t length = blocks * STEPS * 4 * vector + dice_below(&dice, 9 * vector) - 4 * vector;
                        const char *text = fence.end - length - (i & 1 ? dice_below(&dice, 128) : 0);
                        check(kernels, text, length, plain_newlines(text, length), plain_class(text, length));
                    }
    }
    fence_free(fence);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),        cmocka_unit_test(test_every_length), cmocka_unit_test(test_fences),
        cmocka_unit_test(test_single_bytes), cmocka_unit_test(test_pairs),        cmocka_unit_test(test_long),
    };
    return cmocka_run_group_tests_name("kernels", tests, NULL, NULL);
}
