/*
 * text.h - random texts that a pattern matches here and there, and nearly matches elsewhere.
 */
#ifndef MSCAN_FUZZ_TEXT_H
#define MSCAN_FUZZ_TEXT_H

#include "trial.h"

/* Makes the text of a trial whose patterns are there. */
void text_make(struct trial *trial, struct dice *dice);

#endif
