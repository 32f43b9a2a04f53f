/*
 * limits.h - how much PCRE2 may do for one match before it gives up.
 */
#ifndef MSCAN_PCRE2_LIMITS_H
#define MSCAN_PCRE2_LIMITS_H

#include <stdint.h>

struct match_limits {
    uint32_t match, depth;
    uint32_t heap; /* KiB */
};

#endif
