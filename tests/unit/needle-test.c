/*
 * needle-test.c - every search kernel that this processor has, against a plain loop.
 */
#include "kernels/kernels.h"

#include "test.h"

/* The longest vector of any kernel, bytes, and the longest needle. */
#define VECTOR 64
#define LONGEST 70

/* Texts up to this size come into every loop of a kernel. */
#define TEXT_MAX (7 * VECTOR + 8)

/* A needle with the memory of its own that it points to; not to be moved. */
struct owned {
    unsigned char value[LONGEST + 8], mask[LONGEST + 8];
};

static void clear(struct owned *owned, struct needle *needle, size_t length)
{
    memset(owned, 0, sizeof *owned);
    *needle = (struct needle){.value = owned->value, .mask = owned->mask, .length = length, .looks = 2};
}

/* A needle of plain bytes. */
static void spell(struct owned *owned, struct needle *needle, const char *text, size_t length)
{
    clear(owned, needle, length);
    memcpy(owned->value, text, length);
    memset(owned->mask, 0xff, length);
}

static bool plain_fits(const struct needle *needle, const char *at, const char *end)
{
    if ((size_t)(end - at) < needle->length)
        return false;
    for (size_t i = 0; i < needle->length; i++)
        if (((unsigned char)at[i] & needle->mask[i]) != needle->value[i])
            return false;
    return true;
}

static const char *plain_any(const struct needle *needles, size_t count, const char *text, size_t length, size_t *index)
{
    for (const char *at = text; at < text + length; at++)
        for (size_t n = 0; n < count; n++)
            if (plain_fits(&needles[n], at, text + length)) {
                *index = n;
                return at;
            }
    return NULL;
}

static void check_one(const struct kernels *kernels, const struct needle *needle, const char *text, size_t length,
                      const char *expected)
{
    const char *found = kernels->find_needle(needle, text, length);
    if (found != expected)
        fail_msg("%s: needle of %zu (first %zu, %zu) found at %td, not %td, in %zu bytes at %p", kernels->name,
                 needle->length, needle->rare[0], needle->rare[1], found ? found - text : -1,
                 expected ? expected - text : -1, length, (const void *)text);
    const char *newline = memchr(text, '\n', length);
    expected = newline && (!expected || newline < expected) ? newline : expected;
    found = kernels->find_in_line(needle, text, length);
    if (found != expected)
        fail_msg("%s: needle of %zu (first %zu, %zu) or a newline found at %td, not %td, in %zu bytes at %p",
                 kernels->name, needle->length, needle->rare[0], needle->rare[1], found ? found - text : -1,
                 expected ? expected - text : -1, length, (const void *)text);
}

static void check_set(const struct kernels *kernels, const struct needle_set *set, const char *text, size_t length,
                      const char *expected, size_t expected_index)
{
    size_t index = SIZE_MAX;
    const char *found = kernels->find_any(set, text, length, &index);
    if (found != expected || index != (expected ? expected_index : SIZE_MAX))
        fail_msg("%s: of %zu needles number %zu found at %td, not %zu at %td, in %zu bytes at %p", kernels->name,
                 set->count, index, found ? found - text : -1, expected_index, expected ? expected - text : -1, length,
                 (const void *)text);
}

/* The lines that the needle is in, one after the other; see count_needle_lines in kernels.h. */
static const char *plain_lines(const struct needle *needle, const struct needle_test *test, const char *text,
                               size_t length, size_t *lines)
{
    const char *end = text + length;
    const unsigned char *sides = test->sides;
    *lines = 0;
    for (const char *at = text; at < end; at++) {
        if (!plain_fits(needle, at, end) || *at == '\n')
            continue;
        unsigned before = sides && at > text ? sides[(unsigned char)at[-1]] : VERDICT_YES;
        const char *behind = at + needle->length;
        unsigned after = sides && behind < end ? sides[(unsigned char)*behind] : VERDICT_YES;
        unsigned judged = test->judge ? test->judge(test->context, at) : VERDICT_YES;
        if (before == VERDICT_NO || after == VERDICT_NO || judged == VERDICT_NO)
            continue;
        if (before == VERDICT_OPEN || after == VERDICT_OPEN || judged == VERDICT_OPEN)
            return at;
        ++*lines;
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        at = newline ? newline : end - 1;
    }
    return NULL;
}

/* A judge who remembers what he was asked about, and judges by the place alone. */
struct judge {
    const unsigned char *sides;
    const char *last;
    size_t asked;
};

static enum verdict judge(void *context, const char *at)
{
    struct judge *judge = context;
    assert_true(at > judge->last);
    judge->last = at;
    judge->asked++;
    return judge->sides[(uintptr_t)at * 7 & 255];
}

static void check_lines(const struct kernels *kernels, const struct needle *needle, struct needle_test test,
                        const char *text, size_t length)
{
    size_t lines = SIZE_MAX, expected;
    struct judge asked = {.sides = test.judge ? test.context : NULL}, plain = asked;
    if (!kernels->count_needle_lines)
        return;
    test.context = &asked;
    const char *stop = kernels->count_needle_lines(needle, &test, text, length, &lines);
    test.context = &plain;
    const char *expected_stop = plain_lines(needle, &test, text, length, &expected);
    if (asked.asked != plain.asked || asked.last != plain.last)
        fail_msg("%s: %zu places judged, not %zu", kernels->name, asked.asked, plain.asked);
    if (lines != expected || stop != expected_stop)
        fail_msg("%s: needle of %zu (%zu looks) in %zu lines, not %zu, up to %td, not %td, in %zu bytes at %p",
                 kernels->name, needle->length, needle->looks, lines, expected, stop ? stop - text : -1,
                 expected_stop ? expected_stop - text : -1, length, (const void *)text);
}

/* All kernels, on one text, and on the rest of it behind each of the first finds. */
static void check_everywhere(const struct needle_set *set, const char *text, size_t length)
{
    const struct kernels *kernels;
    const char *end = text + length;
    for (int round = 0; round < 3; round++) {
        size_t index = 0, only;
        const char *expected = plain_any(set->needles, set->count, text, length, &index);
        const char *first = plain_any(set->needles, 1, text, length, &only);
        for (size_t k = 0; (kernels = kernels_get(k)); k++) {
            check_set(kernels, set, text, length, expected, index);
            check_one(kernels, set->needles, text, length, first);
        }
        if (!expected)
            break;
        text = expected + 1;
        length = (size_t)(end - text);
    }
}

/* Few letters of both cases, some bytes that share one half with them, and the ends of the range. */
static const unsigned char alphabet[] = {'a', 'b', 'A', 'B', 'q', '1', 0, 0x7f, 0x80, 0xe1, 0xff, '\n'};
static const unsigned char masks[] = {0xff, 0xff, 0xff, 0xdf, 0xf0, 0};

static void random_text(struct dice *dice, char *text, size_t length, size_t letters)
{
    for (size_t i = 0; i < length; i++)
        text[i] = (char)alphabet[dice_below(dice, letters)];
}

/* Often it begins as the one before it does. */
static void random_needle(struct dice *dice, struct owned *owned, struct needle *needle, const struct needle *before,
                          size_t length, size_t letters)
{
    clear(owned, needle, length);
    bool masked = dice_below(dice, 2);
    for (size_t i = 0; i < length; i++) {
        owned->mask[i] = masked ? masks[dice_below(dice, COUNT(masks))] : 0xff;
        if (masked && dice_below(dice, 16) == 0)
            owned->mask[i] = (unsigned char)dice_throw(dice);
        owned->value[i] = alphabet[dice_below(dice, letters)] & owned->mask[i];
    }
    if (before && dice_below(dice, 2))
        for (size_t i = 0; i < length / 2 && i < before->length; i++) {
            owned->value[i] = before->value[i];
            owned->mask[i] = before->mask[i];
        }
    for (size_t k = 0; k < NEEDLE_LOOKS; k++)
        needle->rare[k] = dice_below(dice, length);
    needle->looks = dice_below(dice, 2) ? 2 : NEEDLE_LOOKS;
}

struct haystack {
    struct owned owned[NEEDLE_SET_COUNT];
    struct needle needles[NEEDLE_SET_COUNT];
    struct needle_set set;
};

static void random_set(struct dice *dice, struct haystack *stack, size_t count, size_t longest, size_t letters)
{
    needle_rarity rarity;
    for (size_t i = 0; i < sizeof rarity; i++)
        rarity[i] = (unsigned char)dice_throw(dice);
    for (size_t n = 0; n < count; n++) {
        size_t length = 1 + dice_below(dice, longest);
        random_needle(dice, &stack->owned[n], &stack->needles[n], n ? &stack->needles[n - 1] : NULL, length, letters);
        if (dice_below(dice, 2))
            needle_choose_rare(&stack->needles[n], rarity);
        for (size_t k = 0; k < NEEDLE_LOOKS; k++)
            assert_in_range(stack->needles[n].rare[k], 0, length - 1);
    }
    needle_set_init(&stack->set, stack->needles, count, rarity);
}

/* Every alignment, every length; what lies before and behind the text would fit too. */
static void test_every_length(void **state)
{
    (void)state;
    static struct haystack stack;
    struct fence fence = fence_create(4096);
    struct dice dice = {1};
    for (size_t alignment = 0; alignment < VECTOR; alignment += quick_step(9))
        for (size_t length = 0; length <= TEXT_MAX; length++) {
            size_t letters = 2 + dice_below(&dice, COUNT(alphabet) - 1);
            random_set(&dice, &stack, 1 + dice_below(&dice, 4), 1 + dice_below(&dice, 8), letters);
            random_text(&dice, fence.begin, TEXT_MAX + 2 * VECTOR, letters);
            check_everywhere(&stack.set, fence.begin + alignment, length);
        }
    fence_free(fence);
}

/* Texts of every length between pages that cannot be read, and in memory of exactly that size. */
static void test_fences(void **state)
{
    (void)state;
    static struct haystack stack;
    struct fence fence = fence_create(4096);
    struct dice dice = {2};
    for (size_t length = 0; length <= TEXT_MAX; length++)
        for (size_t i = 0; i < 8; i += quick_step(7)) {
            size_t letters = 2 + dice_below(&dice, COUNT(alphabet) - 1);
            random_set(&dice, &stack, 1 + dice_below(&dice, 12), 1 + dice_below(&dice, LONGEST), letters);
            random_text(&dice, fence.begin, length, letters);
            random_text(&dice, fence.end - length, length, letters);
            char *exact = malloc(length);
            assert_true(exact || !length);
            random_text(&dice, exact, length, letters);
            check_everywhere(&stack.set, fence.begin, length);
            check_everywhere(&stack.set, fence.end - length, length);
            check_everywhere(&stack.set, exact, length);
            free(exact);
        }
    fence_free(fence);
}

/* Text of lines; the needle is in many. */
static void random_lines(struct dice *dice, const struct needle *needle, char *text, size_t length, size_t letters)
{
    random_text(dice, text, length, letters);
    for (size_t places = dice_below(dice, 1 + length / 16); places; places--) {
        if (length > needle->length)
            memcpy(text + dice_below(dice, length - needle->length), needle->value, needle->length);
        text[dice_below(dice, length)] = '\n';
    }
}

static bool may_hold_newline(const struct needle *needle)
{
    for (size_t i = 0; i < needle->length; i++)
        if (('\n' & needle->mask[i]) == needle->value[i])
            return true;
    return false;
}

static void random_sides(struct dice *dice, unsigned char sides[256])
{
    static const unsigned char kinds[] = {VERDICT_YES, VERDICT_YES, VERDICT_NO, VERDICT_OPEN};
    size_t count = 1 + dice_below(dice, COUNT(kinds));
    for (size_t byte = 0; byte < 256; byte++)
        sides[byte] = kinds[dice_below(dice, count)];
    sides['\n'] = VERDICT_YES;
}

/* Counting lines, at every alignment and length, and in texts that are longer than what is gone through densely. */
static void test_lines(void **state)
{
    (void)state;
    static struct haystack stack;
    const struct kernels *kernels;
    unsigned char sides[256];
    size_t room = 3 * 4096 + 512;
    struct fence fence = fence_create(room);
    struct dice dice = {6};
    for (size_t alignment = 0; alignment < VECTOR; alignment += quick_step(9))
        for (size_t length = 0; length <= 4 * VECTOR + 8; length++) {
            bool is_long = dice_below(&dice, 16) == 0;
            size_t letters = 2 + dice_below(&dice, COUNT(alphabet) - 1);
            random_set(&dice, &stack, 1, 1 + dice_below(&dice, 8), letters);
            size_t size = is_long ? length + dice_below(&dice, room - 512) : length;
            char *text = is_long ? fence.end - size : fence.begin + alignment;
            random_lines(&dice, stack.needles, text, size, letters);
            random_sides(&dice, sides);
            for (size_t k = 0; (kernels = kernels_get(k)); k++) {
                check_lines(kernels, stack.needles, (struct needle_test){NULL, judge, sides}, text, size);
                if (may_hold_newline(stack.needles))
                    continue;
                check_lines(kernels, stack.needles, (struct needle_test){NULL, NULL, NULL}, text, size);
                check_lines(kernels, stack.needles, (struct needle_test){sides, NULL, NULL}, text, size);
            }
        }
    fence_free(fence);
}

/* One hit, at every place of every length, of needles of every length. */
static void test_every_place(void **state)
{
    (void)state;
    static struct haystack stack;
    static struct owned owned;
    struct fence fence = fence_create(4096);
    struct dice dice = {3};
    for (size_t length = 1; length <= LONGEST; length++) {
        char letters[LONGEST];
        for (size_t i = 0; i < length; i++)
            letters[i] = (char)('a' + dice_below(&dice, 26));
        spell(&stack.owned[0], &stack.needles[0], letters, length);
        spell(&owned, &stack.needles[1], "########", 1 + dice_below(&dice, 8));
        needle_choose_rare(stack.needles, (needle_rarity){['a'] = 50, ['b'] = 80, ['c'] = 100});
        needle_set_init(&stack.set, stack.needles, 2, (needle_rarity){['a'] = 50, ['b'] = 80, ['c'] = 100});
        for (size_t size = length; size <= TEXT_MAX + length; size += (1 + dice_below(&dice, 12)) * quick_step(23)) {
            char *text = fence.end - size;
            for (size_t at = 0; at + length <= size; at++) {
                memset(text, '.', size);
                memcpy(text + at, letters, length);
                const struct kernels *kernels;
                for (size_t k = 0; (kernels = kernels_get(k)); k++) {
                    check_one(kernels, stack.needles, text, size, text + at);
                    check_set(kernels, &stack.set, text, size, text + at, 0);
                    check_one(kernels, stack.needles, text, size - 1, at + length == size ? NULL : text + at);
                }
            }
        }
    }
    fence_free(fence);
}

/* The bytes that are looked at first fit nearly everywhere, the others nowhere but at the end. */
static void test_false_candidates(void **state)
{
    (void)state;
    static struct haystack stack;
    struct fence fence = fence_create(4096);
    for (size_t length = 2; length <= LONGEST; length += quick_step(13)) {
        char letters[LONGEST];
        memset(letters, 'x', length);
        needle_rarity rarity = {['x'] = 200, ['y'] = 1};
        memset(fence.begin, 'x', 4096);
        for (size_t odd = 0; odd < length; odd += 1 + length / 8) {
            letters[odd] = 'y';
            for (size_t n = 0; n < NEEDLE_SET_COUNT; n++) {
                spell(&stack.owned[n], &stack.needles[n], letters, length);
                needle_choose_rare(&stack.needles[n], rarity);
                assert_int_equal(letters[stack.needles[n].rare[0]], 'x');
            }
            for (size_t count = 1; count <= NEEDLE_SET_COUNT; count *= 4) {
                needle_set_init(&stack.set, stack.needles, count, rarity);
                check_everywhere(&stack.set, fence.end - 700, 700);
                memcpy(fence.end - length, letters, length);
                check_everywhere(&stack.set, fence.end - 700, 700);
                check_everywhere(&stack.set, fence.end - 700, 699);
                memset(fence.end - length, 'x', length);
            }
            letters[odd] = 'x';
        }
    }
    fence_free(fence);
}

/* Sets of every size, with common beginnings. */
static void test_sets(void **state)
{
    (void)state;
    static struct haystack stack;
    struct fence fence = fence_create(4096);
    struct dice dice = {4};
    bool seen[NEEDLE_SET_ROWS][NEEDLE_SET_PLACES] = {{0}};
    for (size_t count = 1; count <= NEEDLE_SET_COUNT; count++)
        for (size_t i = 0; i < 40; i += quick_step(7)) {
            size_t letters = 2 + dice_below(&dice, COUNT(alphabet) - 1);
            random_set(&dice, &stack, count, i & 1 ? LONGEST : 12, letters);
            seen[stack.set.rows - 1][stack.set.places - 1] = true;
            size_t length = dice_below(&dice, 1024);
            char *text = fence.end - length - dice_below(&dice, 64);
            random_text(&dice, text, length, letters);
            check_everywhere(&stack.set, text, length);
            /* A text of other letters, with a single needle of the set in it. */
            size_t n = dice_below(&dice, count), size = stack.needles[n].length;
            if (length >= size) {
                memset(text, '#', length);
                memcpy(text + dice_below(&dice, length - size + 1), stack.needles[n].value, size);
                check_everywhere(&stack.set, text, length);
            }
        }
    for (size_t rows = 0; rows < NEEDLE_SET_ROWS; rows++)
        for (size_t places = 0; places < NEEDLE_SET_PLACES; places++)
            assert_true(seen[rows][places]);
    fence_free(fence);
}

/* Every byte under every mask, alone and as one of a set. */
static void test_masks(void **state)
{
    (void)state;
    static struct haystack stack;
    struct dice dice = {5};
    char text[256];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)i;
    for (size_t mask = 0; mask < 256; mask += quick_step(17))
        for (size_t i = 0; i < 4; i++) {
            random_set(&dice, &stack, 2, 1, 2);
            for (size_t n = 0; n < 2; n++) {
                size_t byte = dice_below(&dice, 256);
                spell(&stack.owned[n], &stack.needles[n], "", 1);
                stack.owned[n].mask[0] = (unsigned char)(n ? byte : mask);
                /* Value bits outside of the mask let nothing fit. */
                stack.owned[n].value[0] = (unsigned char)(dice_below(&dice, 256) & (i ? stack.owned[n].mask[0] : 255));
            }
            needle_set_init(&stack.set, stack.needles, 2, (needle_rarity){0});
            check_everywhere(&stack.set, text, sizeof text);
        }
}

static void test_choice(void **state)
{
    (void)state;
    needle_rarity rarity = {['e'] = 48, ['t'] = 56, ['i'] = 60, ['Q'] = 200, ['z'] = 160};
    struct owned owned;
    struct needle needle;
    spell(&owned, &needle, "eteQeze", 7);
    needle_choose_rare(&needle, rarity);
    assert_int_equal(needle.rare[0], 3);
    assert_int_equal(needle.rare[1], 5);
    spell(&owned, &needle, "zQ", 2);
    needle_choose_rare(&needle, rarity);
    assert_int_equal(needle.rare[0], 1);
    assert_int_equal(needle.rare[1], 0);
    spell(&owned, &needle, "z", 1);
    needle_choose_rare(&needle, rarity);
    assert_int_equal(needle.rare[0], 0);
    assert_int_equal(needle.rare[1], 0);
    /* A byte that may be anything tells nothing. */
    spell(&owned, &needle, "zz", 2);
    owned.mask[0] = owned.value[0] = 0;
    needle_choose_rare(&needle, rarity);
    assert_int_equal(needle.rare[0], 1);
    assert_int_equal(needle.rare[1], 1);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_length),     cmocka_unit_test(test_fences), cmocka_unit_test(test_every_place),
        cmocka_unit_test(test_false_candidates), cmocka_unit_test(test_sets),   cmocka_unit_test(test_masks),
        cmocka_unit_test(test_choice),           cmocka_unit_test(test_lines),
    };
    return cmocka_run_group_tests_name("needle", tests, NULL, NULL);
}
