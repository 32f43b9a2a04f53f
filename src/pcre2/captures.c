#include "pcre2/captures.h"

#include "base/alloc.h"
#include "pcre2/captures-data.h"

#include <stdlib.h>

struct captures *captures_create(uint32_t groups)
{
    struct captures *captures = xcalloc(1, sizeof *captures);
    captures->match_data = xnonnull(pcre2_match_data_create(groups + 1, NULL));
    return captures;
}

void captures_free(struct captures *captures)
{
    if (!captures)
        return;
    pcre2_match_data_free(captures->match_data);
    free(captures);
}

bool captures_number(const struct captures *captures, unsigned number, struct span *group)
{
    uint32_t count = 0;
    if (!captures->code)
        return false;
    pcre2_pattern_info(captures->code, PCRE2_INFO_CAPTURECOUNT, &count);
    if (number > count)
        return false;
    const size_t *offsets = pcre2_get_ovector_pointer(captures->match_data) + 2 * (size_t)number;
    if (offsets[0] == PCRE2_UNSET || offsets[0] > offsets[1])
        return false;
    *group = (struct span){captures->base + offsets[0], captures->base + offsets[1]};
    return true;
}

bool captures_name(const struct captures *captures, const char *name, struct span *group)
{
    PCRE2_SPTR first, last;
    if (!captures->code)
        return false;
    int size = pcre2_substring_nametable_scan(captures->code, (PCRE2_SPTR)name, &first, &last);
    for (; size > 0 && first <= last; first += size)
        if (captures_number(captures, (unsigned)first[0] << 8 | first[1], group))
            return true;
    return false;
}
