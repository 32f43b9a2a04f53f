/* corpus-random.h - the generator's source of chance.

   xoshiro256**, seeded by splitmix64, after the description by David Blackman and Sebastiano Vigna (prng.di.unimi.it).
   Integers only, so that a seed gives the same numbers on every machine. */

#ifndef CORPUS_RANDOM_H
#define CORPUS_RANDOM_H

#include <stdint.h>

struct random {
    uint64_t state[4];
};

static inline void random_seed(struct random *random, uint64_t seed)
{
    for (int i = 0; i < 4; i++) {
        seed += UINT64_C(0x9e3779b97f4a7c15);
        uint64_t mixed = seed;
        mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
        mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94d049bb133111eb);
        random->state[i] = mixed ^ (mixed >> 31);
    }
}

static inline uint64_t random_next(struct random *random)
{
    uint64_t *s = random->state;
    uint64_t fives = s[1] * 5;
    uint64_t result = ((fives << 7) | (fives >> 57)) * 9;
    uint64_t shifted = s[1] << 17;

    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = (s[3] << 45) | (s[3] >> 19);
    return result;
}

/* A number from 0 to limit - 1. The bias of at most limit / 2^32 is of no matter here. */
static inline uint32_t random_below(struct random *random, uint32_t limit)
{
    return (uint32_t)(((random_next(random) >> 32) * limit) >> 32);
}

#endif
