/*
 * dice.h - numbers that look random, the same for the same seed.
 *
 * The generator is splitmix64 (G. Steele, D. Lea, C. Flood: Fast splittable pseudorandom number
 * generators, 2014), whose neighbouring seeds give unrelated sequences.
 */
#ifndef MSCAN_FUZZ_DICE_H
#define MSCAN_FUZZ_DICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dice {
    uint64_t state;
};

static inline uint64_t dice_throw(struct dice *dice)
{
    dice->state += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t mixed = dice->state;
    mixed = (mixed ^ mixed >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ mixed >> 31;
}

/* The sequence of case `number` under a seed. */
static inline struct dice dice_seeded(uint64_t seed, uint64_t number)
{
    struct dice dice = {seed};
    dice.state = dice_throw(&dice) ^ (number * UINT64_C(0xd1342543de82ef95));
    dice_throw(&dice);
    return dice;
}

/* A number below `limit`, which is not 0. */
static inline size_t dice_below(struct dice *dice, size_t limit)
{
    return (size_t)(dice_throw(dice) % limit);
}

/* A number from `low` to `high`. */
static inline size_t dice_between(struct dice *dice, size_t low, size_t high)
{
    return low + dice_below(dice, high - low + 1);
}

/* True `percent` times of a hundred. */
static inline bool dice_chance(struct dice *dice, unsigned percent)
{
    return dice_below(dice, 100) < percent;
}

#endif
