/*
 * verdict.h - what a step before PCRE2 says of a match, a place or a line.
 *
 * It may say too little, never something wrong: what is open, PCRE2 decides.
 */
#ifndef MSCAN_BASE_VERDICT_H
#define MSCAN_BASE_VERDICT_H

#include <stdbool.h>

enum verdict {
    VERDICT_OPEN, /* it cannot tell */
    VERDICT_YES,
    VERDICT_NO,
};

static inline enum verdict verdict_of(bool value)
{
    return value ? VERDICT_YES : VERDICT_NO;
}

/* Of two conditions that both have to hold: NO where one does not, YES where both do. */
static inline enum verdict verdict_both(enum verdict a, enum verdict b)
{
    return a == VERDICT_NO || b == VERDICT_NO ? VERDICT_NO : (enum verdict)(a & b);
}

#endif
