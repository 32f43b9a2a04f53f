/*
 * shuffle.h - a small deterministic automaton whose step is one shuffle of bytes.
 *
 * All states fit into one vector register: for each byte of text there is a row, the states that follow each
 * state, and the present state is an index into it.  Where the bytes are of few classes there is a row for each two
 * classes as well, and a step takes two bytes: where the row of each two bytes of a text is, is found beforehand, for
 * many of them at once.
 */
#ifndef MSCAN_KERNELS_SHUFFLE_H
#define MSCAN_KERNELS_SHUFFLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The most states that any kernels take. */
#define SHUFFLE_STATES_MAX 64

/*
 * So many cursors go through a text in step, and so many bytes are read before their states are looked at.  Measured on
 * 1 MiB in the cache, GB/s for rows of 16 / 32 / 64 states: 2 cursors 3.6 / 2.0 / 1.6; 4 4.6 / 4.0 / 3.1; 5 5.8 / 4.9
 * / 3.6; 6 5.5 / 5.1 / 3.6; 8 5.6 / 5.0 / 3.7.  By two bytes, on 256 KiB: 4 cursors 11.3 / 7.5 / 6.1; 6 11.5 / 11.1
 * / 7.6; 8 11.4 / 11.5 / 7.5.  For an automaton in a table: 3 cursors 1.84, 4 1.95, 5 2.28, 6 2.49, 7 2.62, 8 2.63,
 * 10 2.61. More of them end a text less evenly.
 */
#define CURSORS 6
#define CURSOR_BLOCK 16

/* Each is somewhere in a part of the text that is its own. */
struct cursors {
    const char *at[CURSORS], *end[CURSORS]; /* end of the part */
    uint32_t state[CURSORS];
    uint32_t before[CURSORS]; /* the state before the last block */
    /*
     * NULL: they are stepped by single bytes.  Otherwise what shuffle_index() has made of the text from `begin` on, in
     * which all parts lie, and each of `at` is an even number of bytes after `begin`.
     */
    const uint16_t *index;
    const char *begin;
};

struct shuffle {
    const uint8_t *rows;  /* of each byte: the state after state s is rows[byte * row_size + s]; aligned to 64 bytes */
    size_t row_size;      /* 16, 32 or 64 bytes */
    unsigned special;     /* states below this one are to be noticed; no byte leads out of them */
    const uint8_t *pairs; /* as rows, of class a and then b at (a * classes + b) * row_size; NULL: there are none */
    const uint8_t *class_of; /* of each byte, if there are pairs; a byte's class is below `classes` */
    unsigned classes;        /* 127 at most, and all pairs take 64 KiB at most */
};

/* How many blocks all cursors can be stepped by. */
static inline size_t cursors_blocks(const struct cursors *cursors)
{
    size_t least = SIZE_MAX;
    for (int k = 0; k < CURSORS; k++) {
        size_t left = (size_t)(cursors->end[k] - cursors->at[k]);
        least = left < least ? left : least;
    }
    return least / CURSOR_BLOCK;
}

/*
 * Notes that all cursors have been stepped by so many blocks, `state` and `before` being up to date.  Returns those to
 * look after, a bit for each: they are in a special state, below `special`, or at less than a block from their end.
 */
static inline unsigned cursors_stepped(struct cursors *cursors, size_t blocks, uint32_t special)
{
    unsigned due = 0;
    for (int k = 0; k < CURSORS; k++) {
        cursors->at[k] += blocks * CURSOR_BLOCK;
        bool ends = cursors->end[k] - cursors->at[k] < CURSOR_BLOCK;
        due |= (unsigned)(ends || cursors->state[k] < special) << k;
    }
    return due;
}

#endif
