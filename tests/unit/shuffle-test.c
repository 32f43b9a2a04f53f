/*
 * shuffle-test.c - the kernels that step small automata, against a plain loop.
 */
#include "kernels/kernels.h"

#include "test.h"

#define TEXT ((size_t)64 * CURSOR_BLOCK)

/* An automaton in memory of its own. */
struct automaton {
    _Alignas(64) uint8_t rows[256 * SHUFFLE_STATES_MAX];
    struct shuffle shuffle;
};

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
                for (int times = 0; times < 8; times++) {
                    struct cursors cursors = {.before = {0}};
                    for (size_t k = 0; k < CURSORS; k++) {
                        cursors.at[k] = text + dice_below(&dice, TEXT - 20 * CURSOR_BLOCK);
                        cursors.end[k] = cursors.at[k] + dice_below(&dice, 20 * CURSOR_BLOCK + 1);
                    }
                    random_states(&dice, &automaton.shuffle, &cursors);
                    check(kernels, &automaton.shuffle, &cursors);
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

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_fences),
    };
    return cmocka_run_group_tests_name("shuffle", tests, NULL, NULL);
}
