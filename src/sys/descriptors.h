/*
 * descriptors.h - whether there are enough file descriptors.
 */
#ifndef MSCAN_SYS_DESCRIPTORS_H
#define MSCAN_SYS_DESCRIPTORS_H

#include <stdbool.h>

/* How many the process may have. */
unsigned long descriptors_limit(void);

/* Whether one more is to be had; `descriptor` is the one that was opened last. */
bool descriptors_left(int descriptor, unsigned long limit);

/* Whether an errno says that there are none. */
bool descriptors_lack(int error);

#endif
