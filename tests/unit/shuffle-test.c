/*
 * shuffle-test.c - the kernels that step small automata, against a plain loop.
 */
#include "kernels/kernels.h"

#include "test.h"

#define TEXT ((size_t)64 * CURSOR_BLOCK)

/* An automaton in memory of its own. */
struct automaton {
    _Alignas(64) uint8_t rows[256 * SHUFFLE_STATES_MAX];
    _Alignas(64) uint8_t pairs[1 << 16];
    _Alignas(64) uint8_t class_of[256];
    struct shuffle shuffle;
};

/* The pairs of bytes of so many classes, as class_of has them, each of which has some byte. */
static void make_pairs(struct automaton *automaton, unsigned classes)
{
    struct shuffle *shuffle = &automaton->shuffle;
    const size_t size = shuffle->row_size;
    unsigned member[256];
    for (unsigned byte = 0; byte < 256; byte++)
        member[automaton->class_of[byte]] = byte;
    uint8_t *row = automaton->pairs;
    for (unsigned a = 0; a < classes; a++)
        for (unsigned b = 0; b < classes; b++, row += size)
            for (size_t state = 0; state < size; state++)
                row[state] = shuffle->rows[member[b] * size + shuffle->rows[member[a] * size + state]];
    shuffle->pairs = automaton->pairs;
    shuffle->class_of = automaton->class_of;
    shuffle->classes = classes;
}

/* Makes its bytes be of random classes, and all of those above 127 of the first one every other time. */
static void make_classes(struct dice *dice, struct automaton *automaton, unsigned classes)
{
    const size_t size = automaton->shuffle.row_size;
    const unsigned first_only = dice_below(dice, 2) ? 128 : 256;
    for (unsigned byte = 0; byte < 256; byte++) {
        unsigned c = byte < classes ? byte : byte >= first_only ? 0 : (unsigned)dice_below(dice, classes);
        automaton->class_of[byte] = (uint8_t)c;
        memmove(automaton->rows + byte * size, automaton->rows + c * size, size);
    }
    make_pairs(automaton, classes);
}

/* As many classes as there can be. */
static unsigned most_classes(size_t row_size)
{
    return row_size == 16 ? 64 : row_size == 32 ? 45 : 32;
}

/* A random one, which comes into a special state about once in `rarity` bytes; 0: never. */
static void make(struct dice *dice, struct automaton *automaton, size_t row_size, unsigned special, size_t rarity)
{
    automaton->shuffle = (struct shuffle){.rows = automaton->rows, .row_size = row_size, .special = special};
    for (size_t byte = 0; byte < 256; byte++)
        for (size_t state = 0; state < row_size; state++) {
            bool enter = special > 0 && rarity > 0 && dice_below(dice, rarity) == 0;
            size_t next = enter ? dice_below(dice, special) : special + dice_below(dice, row_size - special);
            automaton->rows[byte * row_size + state] = (uint8_t)(state < special ? state : next);
        }
}

/* How it should come out: by single bytes, until a cursor is in a special state after a block or has none left. */
static unsigned plain_step(const struct shuffle *shuffle, struct cursors *cursors)
{
    unsigned due = 0;
    for (size_t k = 0; k < CURSORS; k++)
        due |= (unsigned)(cursors->end[k] - cursors->at[k] < CURSOR_BLOCK) << k;
    while (!due)
        for (size_t k = 0; k < CURSORS; k++) {
            cursors->before[k] = cursors->state[k];
            for (size_t i = 0; i < CURSOR_BLOCK; i++) {
                unsigned char byte = (unsigned char)*cursors->at[k]++;
                cursors->state[k] = shuffle->rows[byte * shuffle->row_size + cursors->state[k]];
            }
            bool ends = cursors->end[k] - cursors->at[k] < CURSOR_BLOCK;
            due |= (unsigned)(ends || cursors->state[k] < shuffle->special) << k;
        }
    return due;
}

static void check(const struct kernels *kernels, const struct shuffle *shuffle, const struct cursors *start)
{
    struct cursors cursors = *start, expected = *start;
    unsigned expected_due = plain_step(shuffle, &expected), due = kernels->shuffle_step(shuffle, &cursors);
    bool same = memcmp(cursors.at, expected.at, sizeof cursors.at) == 0 &&
                memcmp(cursors.end, expected.end, sizeof cursors.end) == 0 &&
                memcmp(cursors.state, expected.state, sizeof cursors.state) == 0;
    if (due != expected_due || !same)
        fail_msg("%s: rows of %zu: due %x, not %x; at %td, not %td", kernels->name, shuffle->row_size, due,
                 expected_due, cursors.at[0] - start->at[0], expected.at[0] - start->at[0]);
    if (cursors.at[0] > start->at[0] && memcmp(cursors.before, expected.before, sizeof cursors.before) != 0)
        fail_msg("%s: rows of %zu: wrong states before the last block", kernels->name, shuffle->row_size);
}

/* The same by two bytes: all cursors lie in the text, an even number of bytes behind its beginning. */
static void check_indexed(const struct kernels *kernels, const struct shuffle *shuffle, const struct cursors *start,
                          const char *text, size_t length)
{
    static uint16_t index[TEXT / 2];
    struct cursors cursors = *start;
    if (!kernels->shuffle_index)
        return;
    kernels->shuffle_index(shuffle, text, length, index);
    cursors.index = index;
    cursors.begin = text;
    for (size_t k = 0; k < CURSORS; k++)
        cursors.at[k] -= (cursors.at[k] - text) % 2;
    check(kernels, shuffle, &cursors);
}

static void random_states(struct dice *dice, const struct shuffle *shuffle, struct cursors *cursors)
{
    for (size_t k = 0; k < CURSORS; k++)
        cursors->state[k] = shuffle->special + (uint32_t)dice_below(dice, shuffle->row_size - shuffle->special);
}

static void test_limits(void **state)
{
    (void)state;
    const struct kernels *kernels;
    for (size_t i = 0; (kernels = kernels_get(i)); i++) {
        assert_true(kernels->shuffle_limit <= SHUFFLE_STATES_MAX);
        assert_true((kernels->shuffle_limit > 0) == (kernels->shuffle_step != NULL));
        assert_true(kernels->shuffle_step || !kernels->shuffle_index);
        assert_true(kernels->shuffle_limit == 0 || kernels->shuffle_limit >= 16);
    }
}

/* Random automata, states, places and lengths. */
static void test_random(void **state)
{
    (void)state;
    static const size_t rarities[] = {0, 64, 1000, 20000};
    static struct automaton automaton;
    static char text[TEXT];
    const struct kernels *kernels;
    struct dice dice = {31};
    for (size_t i = 0; (kernels = kernels_get(i)); i++)
        for (size_t row_size = 16; row_size <= kernels->shuffle_limit; row_size *= 2)
            for (unsigned round = 0; round < 300; round++) {
                make(&dice, &automaton, row_size, round % 4, rarities[round / 4 % COUNT(rarities)]);
                for (size_t k = 0; k < TEXT; k++)
                    text[k] = (char)dice_throw(&dice);
                make_classes(&dice, &automaton, 1 + (unsigned)dice_below(&dice, most_classes(row_size)));
                for (int times = 0; times < 8; times++) {
                    struct cursors cursors = {.before = {0}};
                    for (size_t k = 0; k < CURSORS; k++) {
                        cursors.at[k] = text + dice_below(&dice, TEXT - 20 * CURSOR_BLOCK);
                        cursors.end[k] = cursors.at[k] + dice_below(&dice, 20 * CURSOR_BLOCK + 1);
                    }
                    random_states(&dice, &automaton.shuffle, &cursors);
                    check(kernels, &automaton.shuffle, &cursors);
                    check_indexed(kernels, &automaton.shuffle, &cursors, text, TEXT);
                }
            }
}

/* Each cursor by itself comes into a special state at each place of a block. */
static void test_places(void **state)
{
    (void)state;
    static struct automaton automaton;
    char text[CURSORS][4 * CURSOR_BLOCK];
    const struct kernels *kernels;
    for (size_t i = 0; (kernels = kernels_get(i)); i++)
        for (size_t row_size = 16; row_size <= kernels->shuffle_limit; row_size *= 2) {
            /* State s goes to s + 1 and behind the last to 2, but 'x' leads to 1. */
            automaton.shuffle = (struct shuffle){.rows = automaton.rows, .row_size = row_size, .special = 2};
            for (size_t byte = 0; byte < 256; byte++)
                for (size_t s = 0; s < row_size; s++)
                    automaton.rows[byte * row_size + s] = (uint8_t)(s < 2              ? s
                                                                    : byte == 'x'      ? 1
                                                                    : s + 1 < row_size ? s + 1
                                                                                       : 2);
            for (size_t byte = 0; byte < 256; byte++)
                automaton.class_of[byte] = byte == 'x';
            make_pairs(&automaton, 2);
            for (size_t cursor = 0; cursor < CURSORS; cursor++)
                for (size_t place = 0; place < sizeof text[0]; place++) {
                    struct cursors cursors = {.before = {0}};
                    memset(text, '-', sizeof text);
                    text[cursor][place] = 'x';
                    for (size_t k = 0; k < CURSORS; k++) {
                        cursors.at[k] = text[k];
                        cursors.end[k] = text[k] + sizeof text[k];
                        cursors.state[k] = 2 + (uint32_t)k;
                    }
                    check(kernels, &automaton.shuffle, &cursors);
                    check_indexed(kernels, &automaton.shuffle, &cursors, text[0], sizeof text);
                    unsigned due = kernels->shuffle_step(&automaton.shuffle, &cursors);
                    assert_true(due & 1u << cursor);
                    assert_int_equal(cursors.at[cursor] - text[cursor], (place / CURSOR_BLOCK + 1) * CURSOR_BLOCK);
                    assert_int_equal(cursors.state[cursor], 1);
                }
        }
}

/* No byte outside of the blocks is read. */
static void test_fences(void **state)
{
    (void)state;
    static struct automaton automaton;
    const struct kernels *kernels;
    struct dice dice = {32};
    struct fence fence = fence_create(TEXT);
    for (char *p = fence.begin; p < fence.end; p++)
        *p = (char)dice_throw(&dice);
    for (size_t i = 0; (kernels = kernels_get(i)); i++)
        for (size_t row_size = 16; row_size <= kernels->shuffle_limit; row_size *= 2)
            for (size_t blocks = 0; blocks <= 8; blocks++) {
                struct cursors cursors = {.before = {0}};
                make(&dice, &automaton, row_size, 2, 0);
                for (size_t k = 0; k < CURSORS; k++) {
                    cursors.at[k] = k % 2 ? fence.begin : fence.end - blocks * CURSOR_BLOCK;
                    cursors.end[k] = cursors.at[k] + blocks * CURSOR_BLOCK;
                }
                random_states(&dice, &automaton.shuffle, &cursors);
                check(kernels, &automaton.shuffle, &cursors);
            }
    fence_free(fence);
}

static void check_index(const struct kernels *kernels, const struct shuffle *shuffle, const char *text, size_t length)
{
    uint16_t *index = malloc(length / 2 * sizeof *index + 1); /* a sanitizer sees what is written outside of it */
    bool high = false;
    assert_non_null(index);
    for (size_t i = 0; i < length; i++)
        high |= (unsigned char)text[i] > 127;
    assert_int_equal(kernels->shuffle_index(shuffle, text, length, index), high);
    for (size_t i = 0; i < length / 2; i++) {
        unsigned a = shuffle->class_of[(unsigned char)text[2 * i]];
        unsigned b = shuffle->class_of[(unsigned char)text[2 * i + 1]];
        if (index[i] != (a * shuffle->classes + b) * shuffle->row_size)
            fail_msg("%s: rows of %zu, %u classes: wrong at %zu of %zu", kernels->name, shuffle->row_size,
                     shuffle->classes, 2 * i, length);
    }
    free(index);
}

/* Texts of all bytes or of ASCII, at each alignment, up to the end of the memory, and of each length. */
static void test_index(void **state)
{
    (void)state;
    static struct automaton automaton;
    const struct kernels *kernels;
    struct dice dice = {33};
    struct fence fence = fence_create(TEXT);
    for (size_t i = 0; (kernels = kernels_get(i)); i++)
        for (size_t row_size = 16; row_size <= kernels->shuffle_limit && kernels->shuffle_index; row_size *= 2)
            for (size_t length = 0; length < 300; length++) {
                unsigned classes = 1 + (unsigned)dice_below(&dice, most_classes(row_size));
                make(&dice, &automaton, row_size, 2, 0);
                make_classes(&dice, &automaton, classes);
                for (char *p = fence.begin; p < fence.end; p++)
                    *p = (char)(dice_throw(&dice) & (length % 3 ? 255 : 127));
                check_index(kernels, &automaton.shuffle, fence.begin + length % 64, length);
                check_index(kernels, &automaton.shuffle, fence.end - length, length);
            }
    fence_free(fence);
}

/* Each byte alone is found to be above 127, and each is of its class. */
static void test_index_bytes(void **state)
{
    (void)state;
    static struct automaton automaton;
    const struct kernels *kernels;
    struct dice dice = {34};
    make(&dice, &automaton, 16, 2, 0);
    make_classes(&dice, &automaton, 64);
    for (size_t i = 0; (kernels = kernels_get(i)); i++)
        for (unsigned byte = 0; byte < 256 && kernels->shuffle_index; byte++)
            for (size_t place = 0; place < 131; place++) {
                char text[131];
                memset(text, 'a', sizeof text);
                text[place] = (char)byte;
                check_index(kernels, &automaton.shuffle, text, sizeof text);
            }
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_limits), cmocka_unit_test(test_random), cmocka_unit_test(test_places),
        cmocka_unit_test(test_fences), cmocka_unit_test(test_index),  cmocka_unit_test(test_index_bytes),
    };
    return cmocka_run_group_tests_name("shuffle", tests, NULL, NULL);
}
