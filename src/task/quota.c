#include "task/quota.h"

/*
 * As every selected line is at least a byte long, what lies between the chunks that have been joined and the end of
 * this one bounds what all of these may still select.  Only when that could matter is it waited for.  What has not
 * been joined is asked first: if a chunk is joined in between, the quota is smaller than it was then, never larger.
 */
uint64_t quota_wanted(const struct quota *quota, const struct chunk_text *text)
{
    uint64_t unjoined = text->ties->unjoined(text->context), wanted = atomic_load(&quota->wanted);
    if (wanted > unjoined)
        return wanted;
    return text->ties->wait_turn(text->context) ? atomic_load(&quota->wanted) : 0;
}

uint64_t quota_to_skip(const struct quota *quota, const struct chunk_text *text)
{
    return text->ties->wait_turn(text->context) ? atomic_load(&quota->to_skip) : UINT64_MAX;
}
