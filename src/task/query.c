#include "task/query.h"

#include "base/utf8.h"

struct span query_text(const struct query *query, const struct chunk_text *chunk, struct span lines)
{
    if (query->skips_mark && chunk->file->start + chunk->offset == 0 && lines.begin == chunk->begin)
        lines.begin += utf8_mark_length(lines.begin, (size_t)(lines.end - lines.begin));
    return lines;
}
