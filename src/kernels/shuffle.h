/*
 * shuffle.h - a small deterministic automaton whose step is one shuffle of bytes.
 *
 * All states fit into one vector register: for each byte of text there is a row, the states that follow each
 * state, and the present state is an index into it.
 */
#ifndef MSCAN_KERNELS_SHUFFLE_H
#define MSCAN_KERNELS_SHUFFLE_H

#include <stddef.h>
#include <stdint.h>

/* The most states that any kernels take. */
#define SHUFFLE_STATES_MAX 64

/*
 * So many cursors go through the text in step, and so many bytes until somebody looks at their states.  Measured on 1
 * MiB in the cache, GB/s for rows of 16 / 32 / 64 states: 2 cursors 3.6 / 2.0 / 1.6; 4 4.6 / 4.0 / 3.1; 5 5.8 / 4.9
 * / 3.6; 6 5.5 / 5.1 / 3.6; 8 5.6 / 5.0 / 3.7.
 */
#define SHUFFLE_CURSORS 6
#define SHUFFLE_BLOCK ((size_t)16)

struct shuffle {
    const uint8_t *rows; /* of each byte: the state after state s is rows[byte * row_size + s]; aligned to 64 bytes */
    size_t row_size;     /* 16, 32 or 64 bytes */
    unsigned special;    /* states below this one are to be noticed; no byte leads out of them */
};

#endif
