/*
 * finder-test.c - finding sets of literals, by each way there is, against a plain search.
 */
#include "literal/finder.h"

#include "test.h"

#define LONGEST 24
#define TEXT 3000

/* A set in memory as struct literals has it, and a copy to compare with. */
struct sample {
    struct literals literals;
    uint8_t value[300][LONGEST], mask[300][LONGEST];
    size_t length[300], count;
};

/* As literals.c gives them: items and bytes in one block. */
static void give(struct sample *sample)
{
    size_t room = 2 * LONGEST;
    struct literal *items = calloc(sample->count, sizeof *items + room);
    assert_non_null(items);
    uint8_t *bytes = (uint8_t *)(items + sample->count);
    for (size_t i = 0; i < sample->count; i++, bytes += room) {
        items[i] = (struct literal){bytes, bytes + LONGEST, sample->length[i]};
        memcpy(items[i].value, sample->value[i], sample->length[i]);
        memcpy(items[i].mask, sample->mask[i], sample->length[i]);
    }
    sample->literals = (struct literals){.items = items, .count = sample->count};
}

enum kind { PLAIN, CASELESS, MIXED, MASKED, KINDS };

static const char letters[] = "abABxy1 \xe9";

static void make_sample(struct dice *dice, struct sample *sample, size_t count, enum kind kind, size_t longest)
{
    memset(sample, 0, sizeof *sample);
    sample->count = count;
    for (size_t i = 0; i < count; i++) {
        sample->length[i] = 1 + dice_below(dice, longest);
        for (size_t k = 0; k < sample->length[i]; k++) {
            uint8_t value = (uint8_t)letters[dice_below(dice, sizeof letters - 1)], mask = 0xff;
            uint8_t lower = value | 0x20;
            if (lower >= 'a' && lower <= 'z' && (kind == CASELESS || (kind == MIXED && i % 2)))
                mask = 0xdf;
            else if (kind == MASKED && dice_below(dice, 3) == 0)
                mask = (uint8_t)(0xff << dice_below(dice, 8));
            sample->value[i][k] = value & mask;
            sample->mask[i][k] = mask;
        }
        /* At least one byte that tells something. */
        sample->mask[i][0] = sample->mask[i][0] ? sample->mask[i][0] : 0xf0;
        sample->value[i][0] &= sample->mask[i][0];
    }
    give(sample);
}

static bool fits_at(const struct sample *sample, size_t i, bool loose, const char *at, const char *end)
{
    if ((size_t)(end - at) < sample->length[i])
        return false;
    for (size_t k = 0; k < sample->length[i]; k++) {
        uint8_t lower = sample->value[i][k] | 0x20, mask = sample->mask[i][k];
        if (loose && lower >= 'a' && lower <= 'z')
            mask &= 0xdf;
        if (((uint8_t)at[k] & mask) != (sample->value[i][k] & mask))
            return false;
    }
    return true;
}

/* A condition that says no to most places and depends on both ends. */
static bool is_wanted(void *context, const char *begin, const char *end)
{
    const char *text = context;
    return ((size_t)(begin - text) * 3 + (size_t)(end - begin)) % 7 == 0;
}

static const char *plain_find(const struct sample *sample, bool loose, const char *from, const char *end,
                              finder_fits *fits, const char *text)
{
    for (const char *at = from; at < end; at++)
        for (size_t i = 0; i < sample->count; i++)
            if (fits_at(sample, i, loose, at, end) && (!fits || fits((void *)text, at, at + sample->length[i])))
                return at;
    return NULL;
}

/* Whether a place is one of the literals', with its end. */
static bool is_place(const struct sample *sample, bool loose, struct span place, const char *end)
{
    for (size_t i = 0; i < sample->count; i++)
        if (sample->length[i] == (size_t)(place.end - place.begin) && fits_at(sample, i, loose, place.begin, end))
            return true;
    return false;
}

/* All places from the beginning on. */
static void check(const struct finder *finder, const struct sample *sample, const char *text, const char *end,
                  finder_fits *fits)
{
    bool loose = finder_is_loose(finder);
    for (const char *from = text;;) {
        struct span place;
        const char *expected = plain_find(sample, loose, from, end, fits, text);
        bool found = finder_find(finder, from, end, fits, (void *)text, &place);
        if (found != (expected != NULL) || (found && place.begin != expected))
            fail_msg("%s: %zu literals%s: found at %td, not %td, from %td of %td", finder_method(finder), sample->count,
                     fits ? " with a condition" : "", found ? place.begin - text : -1, expected ? expected - text : -1,
                     from - text, end - text);
        if (!found)
            return;
        assert_true(is_place(sample, loose, place, end));
        assert_true(!fits || fits((void *)text, place.begin, place.end));
        from = place.begin + 1;
    }
}

/* What passes as a piece without a line's end or a place, and the search that leaves it out. */
static void check_blank(struct dice *dice, const struct finder *finder, const struct sample *sample, const char *text,
                        const char *end, finder_fits *fits)
{
    size_t length = (size_t)(end - text), first = dice_below(dice, length + 1);
    const char *begin = text + first, *stop = begin + dice_below(dice, dice_below(dice, 4) ? 20 : length - first + 1);
    stop = stop > end ? end : stop;
    const char *place = plain_find(sample, finder_is_loose(finder), begin, end, NULL, text);
    bool blank = !memchr(begin, '\n', (size_t)(stop - begin)) && (!place || place >= stop);
    assert_int_equal(finder_passes(finder, begin, stop, end), blank);
    if (!blank)
        return;
    const char *from = text + dice_below(dice, length + 1);
    struct span expected = {NULL, NULL}, found = {NULL, NULL};
    assert_int_equal(finder_find_outside(finder, (struct span){begin, stop}, from, end, fits, (void *)text, &found),
                     finder_find(finder, from, end, fits, (void *)text, &expected));
    assert_ptr_equal(found.begin, expected.begin);
    assert_ptr_equal(found.end, expected.end);
}

static void check_texts(struct dice *dice, const struct finder *finder, const struct sample *sample, struct fence fence)
{
    static const size_t lengths[] = {0, 1, 5, 30, 70, 200, 1000, TEXT};
    for (size_t l = 0; l < COUNT(lengths); l++) {
        /* Literals, changed here and there, among bytes of which they are made and others. */
        char *text = fence.end - lengths[l];
        bool sparse = dice_below(dice, 2);
        for (size_t i = 0; i < lengths[l]; i++)
            text[i] = sparse ? '-' : letters[dice_below(dice, sizeof letters - 1)];
        for (size_t i = 0; i < lengths[l] / 30 + 1; i++) {
            size_t n = dice_below(dice, sample->count), length = sample->length[n];
            if (length > lengths[l])
                continue;
            char *at = text + dice_below(dice, lengths[l] - length + 1);
            memcpy(at, sample->value[n], length);
            if (dice_below(dice, 2))
                at[dice_below(dice, length)] ^= 0x20;
        }
        check(finder, sample, text, fence.end, NULL);
        check(finder, sample, text, fence.end, is_wanted);
        for (size_t i = 0; i < 8; i++) {
            check_blank(dice, finder, sample, text, fence.end, i & 1 ? is_wanted : NULL);
            if (lengths[l])
                text[dice_below(dice, lengths[l])] = "\n-"[dice_below(dice, 2)];
        }
    }
}

static void test_random(void **state)
{
    (void)state;
    static const size_t counts[] = {1, 2, 3, 8, 9, 31, 32, 33, 64, 65, 300};
    static struct sample sample;
    struct fence fence = fence_create(TEXT);
    const struct kernels *kernels;
    struct dice dice = {71};
    size_t refused = 0;
    for (size_t k = 0; (kernels = kernels_get(k)); k++)
        for (size_t c = 0; c < COUNT(counts); c++)
            for (unsigned round = 0; round < 4 * KINDS; round++) {
                make_sample(&dice, &sample, counts[c], round % KINDS, round < 2 * KINDS ? 4 : LONGEST);
                struct finder *finder = finder_create(&sample.literals, kernels);
                if (!finder) {
                    /* Too many with masks; they are as they were. */
                    assert_true(counts[c] > 64 && round % KINDS == MASKED);
                    assert_int_equal(sample.literals.count, counts[c]);
                    literals_free(&sample.literals);
                    refused++;
                    continue;
                }
                assert_int_equal(sample.literals.count, 0);
                assert_null(sample.literals.items);
                assert_int_equal(finder_literals(finder)->count, counts[c]);
                assert_true(!finder_is_loose(finder) || round % KINDS == MIXED);
                check_texts(&dice, finder, &sample, fence);
                finder_free(finder);
            }
    assert_true(refused > 0);
    fence_free(fence);
}

/* Bytes above 127 that differ only by the bit of case are different ones. */
static void test_high_bytes(void **state)
{
    (void)state;
    static struct sample sample;
    char text[] = "\xc9-\xe9@`\xe9";
    for (size_t count = 1; count <= 40; count += 39) {
        memset(&sample, 0, sizeof sample);
        sample.count = count;
        for (size_t i = 0; i < count; i++) {
            sample.length[i] = 2;
            sample.value[i][0] = i ? (uint8_t)('A' + i % 26) : (uint8_t)'`';
            sample.mask[i][0] = i ? 0xdf : 0xff;
            sample.value[i][1] = i ? '~' : 0xe9;
            sample.mask[i][1] = 0xff;
        }
        for (size_t i = 1; i < count; i++)
            sample.value[i][0] &= 0xdf;
        give(&sample);
        struct finder *finder = finder_create(&sample.literals, kernels_get(0));
        struct span place;
        assert_non_null(finder);
        assert_true(finder_find(finder, text, text + 6, NULL, NULL, &place));
        assert_ptr_equal(place.begin, text + 4);
        assert_ptr_equal(place.end, text + 6);
        assert_false(finder_find(finder, text, text + 5, NULL, NULL, &place));
        finder_free(finder);
    }
}

static void test_none(void **state)
{
    (void)state;
    struct literals none = {.items = NULL};
    assert_null(finder_create(&none, kernels_get(0)));
    finder_free(NULL);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_high_bytes),
        cmocka_unit_test(test_none),
    };
    return cmocka_run_group_tests_name("finder", tests, NULL, NULL);
}
