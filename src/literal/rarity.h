/*
 * rarity.h - how often bytes occur in the texts that are searched.
 */
#ifndef MSCAN_LITERAL_RARITY_H
#define MSCAN_LITERAL_RARITY_H

#include "kernels/needle.h"

#include <stdint.h>

/* The estimated share, above 0 and at most 1, of the bytes t of a text for which (t & mask) == value. */
double rarity_share(uint8_t value, uint8_t mask);

/* The same of each byte, as the kernels want it. */
void rarity_table(needle_rarity rarity);

#endif
