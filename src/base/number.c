#include "base/number.h"

#include <string.h>

bool number_parse(const char *text, bool suffixes, uint64_t *value)
{
    uint64_t number = 0;
    bool overflow = false;
    const char *p = text;
    for (; *p >= '0' && *p <= '9'; p++) {
        overflow |= __builtin_mul_overflow(number, 10, &number);
        overflow |= __builtin_add_overflow(number, (uint64_t)(*p - '0'), &number);
    }
    if (p == text)
        return false;
    if (suffixes && *p) {
        static const char units[] = "kMGTP";
        const char *unit = strchr(units, *p == 'K' ? 'k' : *p);
        if (!unit)
            return false;
        overflow |= __builtin_mul_overflow(number, UINT64_C(1) << (10 * (unit - units + 1)), &number);
        p++;
    }
    if (*p)
        return false;
    *value = overflow ? UINT64_MAX : number;
    return true;
}

char *number_format(char *end, uint64_t value)
{
    static const char pairs[] = "00010203040506070809101112131415161718192021222324252627282930313233343536373839"
                                "40414243444546474849505152535455565758596061626364656667686970717273747576777879"
                                "8081828384858687888990919293949596979899";
    while (value >= 100) {
        end -= 2;
        memcpy(end, pairs + 2 * (value % 100), 2);
        value /= 100;
    }
    if (value >= 10) {
        end -= 2;
        memcpy(end, pairs + 2 * value, 2);
    } else {
        *--end = (char)('0' + value);
    }
    return end;
}
