#include "syntax/limits.h"

#include "characters/characters.h"
#include "syntax/node.h"

#define REPEAT_LIMIT 65535

/* Reads one number of a quantifier, and the space around it that is allowed from 10.43 on; false where none is. */
static bool read_limit(struct reader *reader, bool recent, uint32_t *limit)
{
    if (recent)
        reader_skip_blanks(reader);
    bool found = reader_number(reader, REPEAT_LIMIT, limit);
    if (recent)
        reader_skip_blanks(reader);
    return found;
}

bool limits_read(struct reader *reader, uint32_t *min, uint32_t *max)
{
    bool recent = characters_since(10, 43);
    bool has_min = read_limit(reader, recent, min), has_max = false;
    if (!reader_skip(reader, ","))
        *max = *min;
    else if (!(has_max = read_limit(reader, recent, max)))
        *max = REPEAT_UNLIMITED;
    /* From 10.43 on {,m} is one, too. */
    return (has_min || (has_max && recent)) && reader_skip(reader, "}");
}
