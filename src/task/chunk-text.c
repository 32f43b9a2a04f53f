#include "task/chunk-text.h"

#include "base/utf8.h"

struct span chunk_text_searched(const struct chunk_text *chunk, const struct query *query, struct span lines)
{
    if (query->skips_mark && chunk->from_start && chunk->offset == 0 && lines.begin == chunk->begin)
        lines.begin += utf8_mark_length(lines.begin, (size_t)(lines.end - lines.begin));
    return lines;
}
